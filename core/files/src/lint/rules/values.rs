use super::Rule;

rules! { VALUES:
UNKNOWN_PARAMETER = Warning "unknown-parameter",
    title: "A parameter that no phone knows",
    why: "It is passed over. (Settings template.)",
    before: "SET OPTSTAT 110\n",
    after: "SET OPSTAT 110\n";
LATER_PARAMETER = Hint "later-parameter",
    title: "A parameter of a younger series",
    why: "Younger series share the settings file; these phones pass it over. (Settings template of 2022.)",
    before: "SET USE_DHCP 1\n",
    after: "SET OPSTAT 110\n";
OUT_OF_RANGE = Error "out-of-range",
    title: "A number out of range",
    why: "The value before it stays. (LAN Administrator Guide 555-233-507 R2.7, customizing system parameters; the series' MIB.)",
    before: "SET L2QVLAN 4095\n",
    after: "SET L2QVLAN 4094\n";
WRONG_TYPE = Error "wrong-type",
    title: "A text where a number is wanted",
    why: "The value before it stays. (LAN Administrator Guide 555-233-507 R2.7, customizing system parameters; the series' MIB.)",
    before: "SET HTTPPORT http\n",
    after: "SET MCPORT 1720\n";
NOT_A_CHOICE = Error "not-a-choice",
    title: "None of the values that there are",
    why: "The value before it stays. (LAN Administrator Guide 555-233-507 R2.7, customizing system parameters; the series' MIB.)",
    before: "SET OPSTAT 112\n",
    after: "SET OPSTAT 110\n";
NOT_AN_ADDRESS = Error "not-an-address",
    title: "Neither an address nor a DNS name",
    why: "The value before it stays. (LAN Administrator Guide 555-233-507 R2.2, DNS addressing.)",
    before: "SET MCIPADD 192.0.2.1;192.0.2.2\n",
    after: "SET MCIPADD 192.0.2.1,192.0.2.2\n";
MORE_THAN_ONE_ADDRESS = Error "more-than-one-address",
    title: "A list where one address is wanted",
    why: "The value before it stays. (The series' MIB.)",
    before: "SET LOGSRVR 192.0.2.1,192.0.2.2\n",
    after: "SET LOGSRVR 192.0.2.1\n";
VALUE_TOO_LONG = Error "value-too-long",
    title: "A value that is too long",
    why: "The value before it stays: 255 characters, 1000 for the dial plan, fewer where a row says so. (LAN Administrator Guide 555-233-507; the series' MIB.)",
    before: "SET PROCPSWD 27238738\n",
    after: "# deskset: allow password-in-clear\nSET PROCPSWD 2723873\n";
LOCAL_PARAMETER = Error "local-parameter",
    title: "A parameter that is set only at the phone",
    why: "SIG and GROUP cannot be set by a file. (LAN Administrator Guide 555-233-507 Issue 4, scripts and application files.)",
    before: "SET GROUP 1\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\n";
READ_ONLY_PARAMETER = Error "read-only-parameter",
    title: "A value that only tells what the phone is",
    why: "Scripts may ask for it, nobody sets it. (The series' MIB.)",
    before: "SET MODEL4 X100\n",
    after: "IF $MODEL4 SEQ X100 GOTO END\nSET OPSTAT 110\n# END\n";
NOT_FROM_FILES = Error "not-from-files",
    title: "A parameter that files do not set",
    why: "It comes from the call server or from DHCP only. (LAN Administrator Guide 555-233-507 Issue 1.7.)",
    before: "SET NETMASK 255.255.255.0\n",
    after: "SET OPSTAT 110\n";
OTHER_SIGNALING = Warning "other-signaling",
    title: "A parameter of the other signaling",
    why: "All phones that read the line run the other one. In a file for both nothing is said. (LAN Administrator Guide 555-233-507 R2.7, customizing system parameters.)",
    before: "SET SIPPORT 5061\n",
    after: "SET MCPORT 1720\n";
NEWER_RELEASE = Warning "newer-release",
    title: "A parameter that old software does not know",
    why: "It came with a later release than these phones have. Where a signaling never got so far nothing is said. (LAN Administrator Guide 555-233-507, what is new.)",
    before: "SET AUDASYS 2\n",
    after: "SET AUDIOENV 2\n";
NO_CAPABILITY = Warning "no-capability",
    title: "A parameter for something these phones do not have",
    why: "No phone that reads the line has the port or light that it is about. In a file for all models nothing is said. (LAN Administrator Guide 555-233-507 R2.7.)",
    before: "SET IRSTAT 0\n",
    after: "SET BAKLIGHTOFF 60\n";
HTTP_UNSUPPORTED = Warning "http-unsupported",
    title: "HTTP for phones that know TFTP only",
    why: "HTTP and HTTPS came with R2.2, and later for some models. (LAN Administrator Guide 555-233-507 R2.7, file servers.)",
    before: "SET HTTPSRVR 192.0.2.1\n",
    after: "SET TFTPSRVR 192.0.2.1\n";
DEFAULT_VALUE = Hint "default-value",
    title: "A value that new phones have anyway",
    why: "It only matters if DHCP or somebody at the phone set another one. (Project rule.)",
    before: "SET OPSTAT 111\n",
    after: "SET OPSTAT 110\n";
SET_TWICE = Warning "set-twice",
    title: "The same value again",
    why: "One of the two will be forgotten when the value changes. (Project rule.)",
    before: "SET OPSTAT 110\nSET OPSTAT 110\n",
    after: "SET OPSTAT 110\n";
OVERRIDDEN = Hint "overridden",
    title: "A value that another one always replaces",
    why: "The last SET wins, and every path leads from this one to that. (Project rule.)",
    before: "SET OPSTAT 110\nSET OPSTAT 101\n",
    after: "SET OPSTAT 110\nIF $GROUP SEQ 1 GOTO END\nSET OPSTAT 101\n# END\n";
}
