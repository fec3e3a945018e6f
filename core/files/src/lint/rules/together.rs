use super::Rule;

rules! { TOGETHER:
RESTORE_WITHOUT_SERVER = Warning "restore-without-server",
    title: "Retrieval without a server",
    why: "RESTORESTAT 1 needs FTPSRVR, or BRURI from R2.8 on. (LAN Administrator Guide 555-233-507 R2.7, Backup/Restore.)",
    before: "# deskset: allow default-value\nSET RESTORESTAT 1\n",
    after: "# deskset: allow default-value\nSET RESTORESTAT 1\nSET FTPSRVR 192.0.2.1\n";
FTP_DIRECTORY_WITHOUT_SERVER = Warning "ftp-directory-without-server",
    title: "An FTP directory without a server",
    why: "FTPDIR is a directory of FTPSRVR. (LAN Administrator Guide 555-233-507 R2.7, customizing system parameters.)",
    before: "SET FTPDIR backup\n",
    after: "SET FTPSRVR 192.0.2.1\nSET FTPDIR backup\n";
FTP_LOCKED_WITHOUT_SERVER = Warning "ftp-locked-without-server",
    title: "Nobody can enter a backup server",
    why: "FTPUSERSTAT 0 and 2 keep users from entering one; without FTPSRVR there is none. (LAN Administrator Guide 555-233-507 R2.7, customizing system parameters.)",
    before: "SET FTPUSERSTAT 0\n",
    after: "SET FTPUSERSTAT 0\nSET FTPSRVR 192.0.2.1\n";
AUTH_WITHOUT_TLS = Warning "auth-without-tls",
    title: "AUTH without an HTTPS server",
    why: "AUTH 1 wants files from an authenticated server. (The series' MIB; that this is HTTPS is a project rule.)",
    before: "SET AUTH 1\n",
    after: "# deskset: allow old-tls, http-unsupported\nSET TLSSRVR 192.0.2.1\nSET AUTH 1\n";
SUBSCRIBE_WITHOUT_PUSH = Warning "subscribe-without-push",
    title: "A subscription without trusted push servers",
    why: "With an empty TPSLIST push is off. (API Guide 16-300256, push administration.)",
    before: "SET SUBSCRIBELIST http://push.example.com/subscribe\n",
    after: "SET TPSLIST .push.example.com\nSET SUBSCRIBELIST http://push.example.com/subscribe\n";
VLAN_WITHOUT_TAGGING = Warning "vlan-without-tagging",
    title: "A VLAN with tagging off",
    why: "L2Q 2 never tags. (LAN Administrator Guide 555-233-507 Issue 4, VLAN considerations.)",
    before: "SET L2Q 2\nSET L2QVLAN 20\n",
    after: "SET L2Q 1\nSET L2QVLAN 20\n";
PASSWORD_WITHOUT_PROCEDURES = Hint "password-without-procedures",
    title: "A password for blocked procedures",
    why: "PROCSTAT 1 blocks the local procedures that PROCPSWD guards. (LAN Administrator Guide 555-233-507 R2.7, customizing system parameters.)",
    before: "SET PROCSTAT 1\n# deskset: allow password-in-clear\nSET PROCPSWD 2723873\n",
    after: "SET PROCSTAT 1\n";
DNS_TOO_LATE = Warning "dns-too-late",
    title: "DNS is set after names are used",
    why: "DNSSRVR and DOMAIN come first if later lines use names. (LAN Administrator Guide 555-233-507 R2.7, DNS addressing.)",
    before: "SET TFTPSRVR files.example.com\nSET DNSSRVR 192.0.2.53\n",
    after: "SET DNSSRVR 192.0.2.53\nSET TFTPSRVR files.example.com\n";
NAME_WITHOUT_DOMAIN = Warning "name-without-domain",
    title: "A short name, and no DOMAIN",
    why: "DOMAIN is appended to names; without it they must be complete. (LAN Administrator Guide 555-233-507 R2.2, DNS addressing.)",
    before: "SET TFTPSRVR files\n",
    after: "SET TFTPSRVR files.example.com\n";
NO_APPNAME = Warning "no-appname",
    title: "An upgrade script without APPNAME",
    why: "The script names at least the application file to use. (LAN Administrator Guide 555-233-507 R2.7, file servers.)",
    before: "=== upgrade.scr\nGET settings.txt\n",
    after: "=== upgrade.scr\nSET APPNAME lab-x100.bin\nGET settings.txt\n";
UPGRADE_WITHOUT_GET = Warning "upgrade-without-get",
    title: "An upgrade script without GET",
    why: "Phones find the settings file by a GET of the upgrade script only. (LAN Administrator Guide 555-233-507 R2.7, scripts and application files.)",
    before: "=== upgrade.scr\nSET APPNAME lab-x100.bin\n",
    after: "=== upgrade.scr\nSET APPNAME lab-x100.bin\nGET settings.txt\n";
APPNAME_OF_OTHER_MODEL = Warning "appname-of-other-model",
    title: "Another model's software",
    why: "Names of application files repeat the Set ID, and this one is another model's. (Project rule, after the names that the guides print.)",
    before: "=== upgrade.scr\nSET APPNAME lab-x120d01a.bin\nGET settings.txt\n",
    after: "=== upgrade.scr\nIF $MODEL SEQ X120D01A GOTO x120\nSET APPNAME lab-x100d01a.bin\nGOTO settings\n# x120\nSET APPNAME lab-x120d01a.bin\n# settings\nGET settings.txt\n";
}
