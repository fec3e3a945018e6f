use super::Rule;

rules! { TRAPS:
PASSWORD_IN_CLEAR = Warning "password-in-clear",
    title: "A password for everybody to read",
    why: "The files travel unencrypted and every phone may fetch them. (LAN Administrator Guide 555-233-507 R2.7, PROCPSWD.)",
    before: "SET PROCPSWD 2723873\n",
    after: "# deskset: allow password-in-clear\nSET PROCPSWD 2723873\n";
CREDENTIALS_IN_URL = Warning "credentials-in-url",
    title: "A password in an address",
    why: "The files travel unencrypted and every phone may fetch them. (Project rule.)",
    before: "SET WMLHOME http://lab:secret@lab.example.com/\n",
    after: "SET WMLHOME http://lab.example.com/\n";
SHORT_PASSWORD = Warning "short-password",
    title: "A short password",
    why: "PROCPSWD has one to seven digits; nothing slows down who tries them all. (LAN Administrator Guide 555-233-507 R2.7, PROCPSWD.)",
    before: "# deskset: allow password-in-clear\nSET PROCPSWD 272\n",
    after: "# deskset: allow password-in-clear\nSET PROCPSWD 2723\n";
OPEN_PUSH_LIST = Warning "open-push-list",
    title: "Everybody may push",
    why: "A single `/` trusts every web server. (API Guide 16-300256, the TPSLIST parameter.)",
    before: "SET TPSLIST /\n",
    after: "SET TPSLIST .push.example.com\n";
LOOSE_PUSH_ENTRY = Warning "loose-push-entry",
    title: "A trusted domain without its dot",
    why: "Entries are compared as plain texts: company.com also trusts hackercompany.com. (API Guide 16-300256, the TPSLIST parameter.)",
    before: "SET TPSLIST example.com\n",
    after: "SET TPSLIST .example.com\n";
OPSTAT_ONE_DIGIT = Warning "opstat-one-digit",
    title: "OPSTAT with one digit",
    why: "0 means 000 and keeps backup files from having an effect; 1 and 2 are values of younger series. (LAN Administrator Guide 555-233-507 Issue 6, OPSTAT.)",
    before: "SET OPSTAT 2\n",
    after: "SET OPSTAT 010\n";
OPSTAT_NO_RETRIEVAL = Warning "opstat-no-retrieval",
    title: "OPSTAT 000 disables retrieval",
    why: "With 0 or 000 a backup file is retrieved, and nothing of it is taken. (LAN Administrator Guide 555-233-507 R2.7, Backup/Restore.)",
    before: "SET OPSTAT 000\n",
    after: "SET OPSTAT 001\n";
APPSTAT_ORDER = Hint "appstat-order",
    title: "APPSTAT does not rise",
    why: "0 allows least, then 2, then 3; 1 allows everything. (LAN Administrator Guide 555-233-507 R2.2, APPSTAT.)",
    before: "SET APPSTAT 3\n",
    after: "SET APPSTAT 0\n";
VLANTEST_ZERO = Warning "vlantest-zero",
    title: "VLANTEST 0 waits for ever",
    why: "A phone on a VLAN without DHCP never comes back from it. (Settings template of 2022.)",
    before: "SET VLANTEST 0\n",
    after: "SET VLANTEST 90\n";
FIXED_SPEED = Hint "fixed-speed",
    title: "A port that does not negotiate",
    why: "A far side that still negotiates ends up with half duplex. (IEEE 802.3, auto-negotiation.)",
    before: "SET PHY2STAT 5\n",
    after: "SET PHY2STAT 0\n";
OLD_TLS = Hint "old-tls",
    title: "HTTPS with software of these years",
    why: "Such phones trust the vendor's CA only, and their versions of TLS are refused by today's servers. (LAN Administrator Guide 555-233-507 R2.7, file servers.)",
    before: "# deskset: allow http-unsupported\nSET TLSSRVR 192.0.2.1\n",
    after: "SET TFTPSRVR 192.0.2.1\n";
DNS_SERVER_BY_NAME = Warning "dns-server-by-name",
    title: "A DNS server given by name",
    why: "At least one dotted-decimal address is needed, or no name is ever found. (LAN Administrator Guide 555-233-507 R2.7, DNS addressing.)",
    before: "SET DNSSRVR dns.example.com\n",
    after: "SET DNSSRVR 192.0.2.53\n";
APPNAME_IN_SETTINGS = Warning "appname-in-settings",
    title: "APPNAME in a settings file",
    why: "The upgrade script chooses the application file; a settings file outlives upgrades. (LAN Administrator Guide 555-233-507 R2.7, scripts and application files.)",
    before: "SET APPNAME lab-x100.bin\n",
    after: "=== upgrade.scr\nSET APPNAME lab-x100.bin\nGET settings.txt\n=== settings.txt\nSET OPSTAT 110\n";
APPNAME_WITH_PATH = Warning "appname-with-path",
    title: "A folder in APPNAME",
    why: "All application files lie in the folder of the upgrade script, and names are compared whole. (LAN Administrator Guide 555-233-507 R2.2, file servers.)",
    before: "=== upgrade.scr\nSET APPNAME apps/lab-x100.bin\nGET settings.txt\n",
    after: "=== upgrade.scr\nSET APPNAME lab-x100.bin\nGET settings.txt\n";
}
