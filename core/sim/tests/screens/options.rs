//! Scenes of the options, of backup and retrieval, and of the local procedures.

use deskset_sim::Behaviour;

use super::scene::{Do, Do::*, Scene, used};
use super::{ALL, SMALL_AND_LARGE, THREE};

pub const MENUS: &[Scene] = &[
    used("options", ALL, &[Keys("options")]),
    used("options-second-page", THREE, &[Keys("options page-right")]),
    used("options-third-page", &["4610SW", "4625SW"], &[Keys("options page-right page-right")]),
    used("options-opstat-011", THREE, &[Keys("options")]).with(&[("OPSTAT", "011")]),
    used("options-opstat-000", SMALL_AND_LARGE, &[Keys("options")]).with(&[("OPSTAT", "000")]),
    used("options-sip", &["4620SW"], &[Keys("options"), Choose("Application Options")]).sip(),
    used("application-options", THREE, &[Keys("options"), Choose("Application Options")]),
    used("ip-settings", SMALL_AND_LARGE, &[Keys("options"), Choose("View IP Settings")]),
    used("audio-quality", &["4621SW"], &[Keys("options"), Choose("Network Audio Quality")]),
    used("log-off", THREE, &[Keys("options"), Choose("Log Off")]),
];

const CONTRAST: Do = Choose("Contrast Control");

pub const VALUES: &[Scene] = &[
    used("personal-ringing", &["4610SW", "4620SW"], &[Keys("options"), Choose("Personal Ringing")]),
    used("language", &["4620", "4621SW"], &[Keys("options"), Choose("Select Display Language")]),
    used("language-cyrillic", &["4621SW"], &[Keys("options"), Choose("Select Display Language"), Choose("Русский")]),
    used("ethernet-warning", &["4622SW"], &[Keys("options"), Choose("PC Ethernet"), Keys("line1-left soft1")]),
    used("label-none", &["4622SW"], &[Keys("options"), Choose("Feature Button Labeling")]),
    used("contrast-0", THREE, &[Set(&[("Contrast", "0")]), Keys("options"), CONTRAST]),
    used("contrast-8", THREE, &[Keys("options"), CONTRAST]),
    used("contrast-15", THREE, &[Set(&[("Contrast", "15")]), Keys("options"), CONTRAST]),
    used("contrast-15-calls", SMALL_AND_LARGE, &[Set(&[("Contrast", "15")])]),
];

pub const COLORS: &[Scene] = &[
    used("colors", COLOURED, &[Keys("options"), Choose("Colors")]),
    used("colors-choice", COLOURED, &[Keys("options"), Choose("Colors"), Choose("Speed Dial Color")]),
    used("colors-phone", COLOURED, &[PAINTED]),
    used("colors-speed-dial", COLOURED, &[PAINTED, Keys("soft1")]),
    used("colors-call-log", COLOURED, &[PAINTED, Keys("soft2")]),
    used("colors-options", COLOURED, &[PAINTED, Keys("options")]),
];
const COLOURED: &[&str] = &["4625SW"];
const PAINTED: Do = Set(&[
    ("Phone Application Background Color", "2"),
    ("Speed Dial Application Background Color", "3"),
    ("Call Log Application Background Color", "4"),
    ("Options Application Background Color", "5"),
]);

const BY_HAND: Do = Set(&[("Automatic Backup", "0")]);
const OPTIONS: Do = Keys("options");
const BACKUP_MENU: Do = Choose("Backup/Restore");

pub const BACKUP: &[Scene] = &[
    used("backup-menu", THREE, &[OPTIONS, BACKUP_MENU]),
    used("backup-menu-by-hand", &["4621SW"], &[BY_HAND, OPTIONS, BACKUP_MENU, Keys("page-right")]),
    used("backup-user", &["4620"], &[OPTIONS, BACKUP_MENU, Choose("User ID"), Text("ann")]),
    used("backup-password", &["4610SW"], &[OPTIONS, BACKUP_MENU, Choose("Password"), Text("geheim")]),
    used("backup-status-none", SMALL_AND_LARGE, &[OPTIONS, BACKUP_MENU, Choose("Status")]),
    used(
        "backup-status-failed",
        THREE,
        &[BY_HAND, OPTIONS, BACKUP_MENU, Ftp(Behaviour::ReadOnly), Choose("Backup"), Choose("Status"), Pass(31)],
    ),
    used("backup-running", &["4620"], &[BY_HAND, OPTIONS, BACKUP_MENU, Press("line6-left")]),
    used("backup-done", SMALL_AND_LARGE, &[BY_HAND, OPTIONS, BACKUP_MENU, Choose("Backup")]),
    used("backup-failed", &["4621SW"], &[BY_HAND, OPTIONS, BACKUP_MENU, Ftp(Behaviour::Refuses), Choose("Backup")]),
    used("backup-no-server", &["4622SW"], &[OPTIONS, BACKUP_MENU, Choose("Retrieve")]).with(&[("FTPSRVR", "")]),
    used("retrieval-running", &["4625SW"], &[OPTIONS, BACKUP_MENU, Press("line6-left")]),
    used("retrieval-failed", &["4620SW"], &[OPTIONS, BACKUP_MENU, Choose("Retrieve")]),
    used("retrieval-done", &["4625SW"], &[BY_HAND, OPTIONS, BACKUP_MENU, Choose("Backup"), Choose("Retrieve")]),
];

pub const PROCEDURES: &[Scene] = &[
    used("contrast-procedure", THREE, &[Keys("mute 2 6 6 8 # 0 0 0")]),
    used("contrast-procedure-save", &["4620"], &[Keys("mute 2 6 6 8 # 0 0 0 #")]),
    used("clear-procedure", &["4622SW"], &[Keys("mute 2 5 3 2 7 #")]),
    used("address-procedure", SMALL_AND_LARGE, &[Keys("mute 2 3 3 7 # 1 0 * 0 * 0 * 9")]),
    used("address-procedure-tagging", &["4620SW"], &[Keys("mute 2 3 3 7 # # # # # # #")]),
    used("group-procedure", &["4610SW", "4621SW"], &[Keys("mute 4 7 6 8 7 # 1 2")]),
    used("group-procedure-save", &["4620"], &[Keys("mute 4 7 6 8 7 # 7 #")]),
    used("group-procedure-saving", &["4622SW"], &[Keys("mute 4 7 6 8 7 # 7 #"), Press("#")]),
    used("signaling-procedure", &["4621SW"], &[Keys("mute 7 4 4 # *")]),
    used("view-procedure", THREE, &[Keys("mute 8 4 3 9 #")]),
    used("view-procedure-last", &["4610SW", "4625SW"], &[Keys("mute 8 4 3 9 # * *")]),
];
