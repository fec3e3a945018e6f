use deskset_models::{OptionRow, OptionTable, RowKind, Signaling, Values};

use crate::{Member, Panel, colours::background_values, languages::language_values, sources::BACKUP};

/// Applications with a background of their own on the colour screen.
const COLOURED: [(&str, &str); 4] =
    [("Phone", "phone"), ("Speed Dial", "speed_dial"), ("Call Log", "call_log"), ("Options", "options")];

/// The longest path and user name (MIB `endptFTPDIR`; user name: project rule).
const DIRECTORY_CHARS: usize = 127;
const USER_CHARS: usize = 32;

/// All 22 rows in the order in which they are written.
///
/// Names, kinds, models and signalings: LAN Administrator Guide 555-233-507 R2.7, Backup/Restore. How a value is coded
/// is documented for younger series only; the codes and most defaults are a project rule. A row that another model of
/// the series has is carried, so that its value survives a visit here.
pub(crate) fn option_table(member: &Member) -> OptionTable {
    let mut rows = phone_rows(member);
    rows.extend(device_rows(member));
    rows.extend(backup_rows());
    rows.extend(colour_rows(member));
    rows.extend(sip_rows(member));
    OptionTable { rows: rows.into_iter().map(|row| row.source(BACKUP)).collect() }
}

fn option(name: &str, values: Values, default: &str, effect: &str) -> OptionRow {
    OptionRow::new(RowKind::Option, name, values).default(default).effect(effect)
}

fn yes_no() -> Values {
    Values::choice(&[("1", "Yes"), ("0", "No")])
}

fn on_off() -> Values {
    Values::choice(&[("1", "On"), ("0", "Off")])
}

fn width() -> Values {
    Values::choice(&[("0", "Full"), ("1", "Half")])
}

/// `row` as this model's own if `own`, carried otherwise.
fn owned(own: bool, row: OptionRow) -> OptionRow {
    if own { row } else { row.carried() }
}

/// Personalized Ring is on the second Options screen, the others are Application Options.
fn phone_rows(member: &Member) -> Vec<OptionRow> {
    let patterns = Values::choice(&["1", "2", "3", "4", "5", "6", "7", "8"].map(|pattern| (pattern, pattern)));
    // As many numbers as the smaller and the larger screens have rows.
    let list = if member.panel == Panel::Small { "Last 3 numbers" } else { "Last 6 numbers" };
    let redial = Values::choice(&[("1", list), ("0", "One number")]);
    let rate = Values::choice(&[("1", "Slow"), ("2", "Medium"), ("3", "Fast")]);
    vec![
        option("Personalized Ring", patterns, "1", "ring")
            .label("Personal Ringing")
            .aliases(&["PERSONALRING"])
            .opstat_digit(1),
        option("Redial", redial, "1", "redial").aliases(&["PHNREDIAL"]).appstat(&[1, 3]),
        option("Phone Screen on Answer", yes_no(), "1", "phone_screen_on_answer"),
        option("Phone Screen on Calling", yes_no(), "1", "phone_screen_on_calling").aliases(&["PHNSCRONCALL"]),
        option("Call Timer", on_off(), "0", "call_timer").aliases(&["PHNTIMERS"]),
        option("Message Display Rate", rate, "2", "message_display_rate"),
        owned(
            member.panel != Panel::Small,
            option("Call Appearance Width", width(), "0", "call_appearance_width").only(Signaling::H323),
        ),
        option("Visual Alerting", on_off(), "0", "visual_alerting")
            .aliases(&["PHNVISUALALERT"])
            .default_from("NVALERT")
            // Installation Guide 555-233-128 Issue 6: with 0 and 1 alerting is the administrator's.
            .unless("AUDASYS", &["0", "1"]),
        option("Call Log Enable", on_off(), "1", "call_log")
            .label("Call Log")
            .aliases(&["LOGACTIVE", "Call Log Active"])
            .appstat(&[1, 3]),
    ]
}

/// All on the second Options screen.
fn device_rows(member: &Member) -> Vec<OptionRow> {
    let ethernet = Values::choice(&[
        ("0", "Disabled"),
        ("1", "Auto"),
        ("2", "10 Mbps half"),
        ("3", "10 Mbps full"),
        ("4", "100 Mbps half"),
        ("5", "100 Mbps full"),
    ]);
    vec![
        option("Contrast", Values::Number { min: 0, max: 15 }, "8", "contrast")
            .label("Contrast Control")
            .default_from("NVCONTRAST")
            .opstat_digit(1),
        option("Display Language", language_values(member), "English", "language")
            .label("Select Display Language")
            .aliases(&["LANGUSER"])
            .default_from("SYSLANG")
            .opstat_digit(1),
        option("Ethernet", ethernet, "1", "ethernet")
            .label("PC Ethernet interface")
            .default_from("PHY2STAT")
            .opstat_digit(1),
    ]
}

/// The rows of the backup itself.
fn backup_rows() -> Vec<OptionRow> {
    let parameter =
        |name, values, effect| OptionRow::new(RowKind::Parameter, name, values).effect(effect).opstat_digit(1);
    vec![
        option("Automatic Backup", yes_no(), "1", "automatic_backup").default_from("RESTORESTAT").opstat_digit(1),
        parameter("FTP Server IP Address", Values::Address, "ftp_server")
            .label("FTP Server")
            .default_from("FTPSRVR")
            .ftpuserstat(&[1]),
        parameter("FTP Directory Path", Values::Text { max_chars: DIRECTORY_CHARS }, "ftp_directory")
            .label("FTP Directory")
            .default_from("FTPDIR")
            .ftpuserstat(&[1, 2]),
        parameter("FTP User Name", Values::Text { max_chars: USER_CHARS }, "ftp_user").label("User ID"),
    ]
}

fn colour_rows(member: &Member) -> Vec<OptionRow> {
    COLOURED
        .iter()
        .map(|(application, key)| {
            let name = format!("{application} Application Background Color");
            let row = OptionRow::new(RowKind::Setting, &name, background_values())
                .label(&format!("{application} Color"))
                .default("1")
                .effect(&format!("background_{key}"))
                .opstat_digit(1);
            owned(member.panel == Panel::Colour, row)
        })
        .collect()
}

/// Which models have the width is inferred from its H.323 twin.
fn sip_rows(member: &Member) -> Vec<OptionRow> {
    let transfer = Values::choice(&[("0", "Attended"), ("1", "Unattended")]);
    let sip = member.sip.is_some();
    vec![
        owned(
            sip && member.panel != Panel::Small,
            option("Session Appearance Width", width(), "0", "session_appearance_width").only(Signaling::Sip),
        ),
        owned(sip, option("Transfer Type", transfer, "0", "transfer_type").only(Signaling::Sip)),
    ]
}
