//! All rules for backup files. An example's file is `4711_data.txt`; the phone that reads it is made up: an X100 under
//! H.323, which shows ASCII and Latin letters.

use crate::lint::{Rule, rules};

/// The rules by what they are about: title and rules.
pub static BACKUP_THEMES: [(&str, &[&Rule]); 6] = [
    ("How a file is stored", STORED),
    ("What a file is called", NAMED),
    ("How a line is written", LINES),
    ("Passwords", PASSWORDS),
    ("Options", ROWS),
    ("Speed dials and labels", DIALS),
];

/// All rules, in the order of the documentation.
pub static BACKUP_RULES: &[&Rule] = &ALL;

const COUNT: usize = STORED.len() + NAMED.len() + LINES.len() + PASSWORDS.len() + ROWS.len() + DIALS.len();

static ALL: [&Rule; COUNT] = {
    let mut all = [&PASSWORD; COUNT];
    let (mut next, mut theme) = (0, 0);
    while theme < BACKUP_THEMES.len() {
        let mut at = 0;
        while at < BACKUP_THEMES[theme].1.len() {
            all[next] = BACKUP_THEMES[theme].1[at];
            (next, at) = (next + 1, at + 1);
        }
        theme += 1;
    }
    all
};

/// What a person has to decide: everything else is mended by [`super::super::fix`].
static LEFT: [&Rule; 18] = [
    &TOO_LARGE,
    &NOTHING_USABLE,
    &CONTROL_CHARACTER,
    &LOST_CHARACTER,
    &UNKNOWN_FILE_NAME,
    &FILE_NAME_CASE,
    &OTHER_PHONES_FILE,
    &BLANK_AT_END,
    &BLANK_BEFORE_VALUE,
    &QUOTED_VALUE,
    &OTHER_MODEL,
    &OTHER_SIGNALING,
    &NOT_ON_EVERY_MODEL,
    &BACKUP_OFF,
    &NO_BACKUP_SERVER,
    &SAME_NUMBER,
    &NOT_SHOWN,
    &EMPTY_FILE,
];

/// Whether [`super::super::fix`] leaves no finding of this rule.
pub fn is_mended(rule: &Rule) -> bool {
    !LEFT.iter().any(|left| left.id == rule.id)
}

rules! { STORED:
TOO_LARGE = Error "too-large",
    title: "The file is larger than 64 KiB",
    why: "A phone does not take so large a file: nothing is restored. (Project rule; the guide names no limit.)",
    before: "a file of 65,537 bytes",
    after: "\nContrast=8\n";
EMPTY_FILE = Error "empty-file",
    title: "The file is empty",
    why: "There is nothing to restore: the phone reports a failure and keeps what it has. (Project rule.)",
    before: "",
    after: "\nContrast=8\n";
NOTHING_USABLE = Error "nothing-usable",
    title: "No line can be used",
    why: "A retrieval without one usable line fails, and the phone keeps what it has. (Administrator guides of younger series, Restore; project rule.)",
    before: "\n\n",
    after: "\nContrast=8\n";
UTF_16 = Error "utf-16",
    title: "The file is UTF-16",
    why: "Phones of younger series want it so, this series wants UTF-8. (LAN Administrator Guide 555-233-507, Backup/Restore.)",
    before: "Contrast=8 as UTF-16 with a byte-order mark",
    after: "\nContrast=8\n";
NOT_UTF_8 = Warning "not-utf-8",
    title: "The file is not UTF-8",
    why: "It is taken as ISO 8859-1, in which only Western letters can be written. A file changed by hand must be UTF-8. (LAN Administrator Guide 555-233-507, Backup/Restore.)",
    before: "PHNLABEL01=Café as ISO 8859-1",
    after: "\nPHNLABEL01=Café\n";
BYTE_ORDER_MARK = Warning "byte-order-mark",
    title: "A byte-order mark begins the file",
    why: "It is why the first line of a file made by hand may be lost. (LAN Administrator Guide 555-233-507, Backup/Restore; that it is the reason is inferred.)",
    before: "\u{feff}\nContrast=8\n",
    after: "\nContrast=8\n";
NO_BLANK_FIRST_LINE = Warning "no-blank-first-line",
    title: "The first line is not blank",
    why: "The first line with data may be ignored if the line before it is not blank. (LAN Administrator Guide 555-233-507, Backup/Restore.)",
    before: "Contrast=8\n",
    after: "\nContrast=8\n";
CR_LINE_ENDS = Warning "cr-line-ends",
    title: "Lines end with CR alone",
    why: "Phones write CR LF; what a real one makes of CR alone is not documented. (Project rule.)",
    before: "\rContrast=8\r",
    after: "\r\nContrast=8\r\n";
MIXED_LINE_ENDS = Hint "mixed-line-ends",
    title: "Lines end in more than one way",
    why: "The file went through several editors; look it over. (Project rule.)",
    before: "\r\nContrast=8\r\nRedial=1\n",
    after: "\r\nContrast=8\r\nRedial=1\r\n";
NO_LINE_END_AT_END = Hint "no-line-end-at-end",
    title: "The last line has no line end",
    why: "What is added to the file later would become a part of that line. (Project rule.)",
    before: "\nContrast=8",
    after: "\nContrast=8\n";
CONTROL_CHARACTER = Warning "control-character",
    title: "A control character stands in the file",
    why: "Null bytes, tabs and the like cannot be typed at a phone, nor shown. (Project rule.)",
    before: "\nPHNLABEL01=Send\u{0}calls\n",
    after: "\nPHNLABEL01=Send calls\n";
LOST_CHARACTER = Warning "lost-character",
    title: "A character was lost before",
    why: "U+FFFD stands where a program could not read a character; nobody can bring it back but the user. (The Unicode Standard, U+FFFD.)",
    before: "\nPHNLABEL01=Caf\u{fffd}\n",
    after: "\nPHNLABEL01=Café\n";
}

rules! { NAMED:
UNKNOWN_FILE_NAME = Warning "unknown-file-name",
    title: "No phone asks for a file of this name",
    why: "The name holds the extension, the class of the model and, with SIP, the signaling. (LAN Administrator Guide 555-233-507, Backup/Restore.)",
    before: "=== 4711data.txt\n\nContrast=8\n",
    after: "=== 4711_data.txt\n\nContrast=8\n";
FILE_NAME_CASE = Warning "file-name-case",
    title: "The name is written in another case than phones write it",
    why: "A server that tells capitals from small letters will not find the file, and the next backup makes a second one. (LAN Administrator Guide 555-233-507, Backup/Restore: the names as printed.)",
    before: "=== 4711_DATA.TXT\n\nContrast=8\n",
    after: "=== 4711_data.txt\n\nContrast=8\n";
OTHER_PHONES_FILE = Warning "other-phones-file",
    title: "Other phones ask for this file",
    why: "H.323 and SIP have files of their own, and so has each class of models. (LAN Administrator Guide 555-233-507, Backup/Restore.)",
    before: "=== 4711_sip.txt\n\nContrast=8\n",
    after: "=== 4711_data.txt\n\nContrast=8\n";
}

rules! { LINES:
NO_EQUAL_SIGN = Error "no-equal-sign",
    title: "A line without an equal sign",
    why: "A line is NAME=VALUE; others are ignored. (Project rule, after the younger series' documented files.)",
    before: "\nContrast 8\nRedial=1\n",
    after: "\nContrast=8\nRedial=1\n";
COMMENT = Warning "comment",
    title: "A comment",
    why: "Backup files have none: phones ignore the line and the next backup is written without it. (Project rule, after the younger series' documented files.)",
    before: "\n# of the front desk\nContrast=8\n",
    after: "\nContrast=8\n";
NO_NAME = Error "no-name",
    title: "No name before the equal sign",
    why: "The line says nothing to any phone. (Project rule.)",
    before: "\n=8\nRedial=1\n",
    after: "\nContrast=8\nRedial=1\n";
UNKNOWN_NAME = Error "unknown-name",
    title: "No phone knows this name",
    why: "The line is ignored, and the next backup is written without it. (Administrator guides of younger series, Restore; project rule.)",
    before: "\nContrest=8\nRedial=1\n",
    after: "\nContrast=8\nRedial=1\n";
ALIAS = Hint "alias",
    title: "Another name than phones write",
    why: "It is read, for the sake of files of younger series, and written under the series' own name at the next backup. (Project rule.)",
    before: "\nPHNREDIAL=1\n",
    after: "\nRedial=1\n";
NAME_SPELLING = Hint "name-spelling",
    title: "A name is written in another case or with another count of digits",
    why: "Names are compared without case, and any count of digits is read; phones write one form only. (Administrator guides of younger series, backup file format; project rule.)",
    before: "\nabknumber1=21000\nABKNAME001=Desk\n",
    after: "\nABKNUMBER001=21000\nABKNAME001=Desk\n";
BLANKS_AROUND_NAME = Hint "blanks-around-name",
    title: "Blanks before or after a name",
    why: "They are dropped here; younger series take them as a part of the name. (Administrator guides of younger series, backup file format; project rule.)",
    before: "\nContrast =8\n",
    after: "\nContrast=8\n";
BLANK_BEFORE_VALUE = Warning "blank-before-value",
    title: "A blank before the value",
    why: "The value is everything behind the equal sign, blanks too. (Project rule.)",
    before: "\nPHNLABEL01= Send calls\n",
    after: "\nPHNLABEL01=Send calls\n";
BLANK_AT_END = Warning "blank-at-end",
    title: "A blank at the end of the line",
    why: "It is a part of the value, and nobody sees it. (Project rule.)",
    before: "\nFTP Directory Path=phones \n",
    after: "\nFTP Directory Path=phones\n";
QUOTED_VALUE = Warning "quoted-value",
    title: "Quotation marks around a value",
    why: "They are a part of it: backup files need none, unlike settings files. (Project rule.)",
    before: "\nPHNLABEL01=\"Night\"\n",
    after: "\nPHNLABEL01=Night\n";
OVERRIDDEN = Warning "overridden",
    title: "A later line says the same thing again",
    why: "Of equal names the last good line holds. (Administrator guides of younger series, Restore.)",
    before: "\nContrast=3\nContrast=8\n",
    after: "\nContrast=8\n";
}

rules! { PASSWORDS:
PASSWORD = Error "password",
    title: "Something that looks like a password",
    why: "Phones save all but passwords, and anybody who may read the file could read it. (LAN Administrator Guide 555-233-507, Backup/Restore: non-password parameters only.)",
    before: "\nFTP User Name=ann\nFTP Password=sesame\n",
    after: "\nFTP User Name=ann\n";
}

rules! { ROWS:
BAD_VALUE = Error "bad-value",
    title: "Not among the row's values",
    why: "The line is ignored and the phone keeps the value it has. (Administrator guides of younger series, Restore; the values are a project rule.)",
    before: "\nContrast=16\nRedial=1\n",
    after: "\nContrast=15\nRedial=1\n";
UNKNOWN_LANGUAGE = Error "unknown-language",
    title: "A language that the model does not have",
    why: "The line is ignored. Languages are written by their English names. (Project rule; the guides list none.)",
    before: "\nDisplay Language=Deutsch\nRedial=1\n",
    after: "\nDisplay Language=German\nRedial=1\n";
UNKNOWN_COLOUR = Error "unknown-colour",
    title: "No such background colour",
    why: "The line is ignored. Colours are written as numbers. (LAN Administrator Guide 555-233-507, Backup/Restore, for the rows; the numbers are a project rule.)",
    before: "\nPhone Color=blue\nRedial=1\n",
    after: "\nPhone Color=3\nRedial=1\n";
NOT_AN_ADDRESS = Error "not-an-address",
    title: "Neither an address nor a DNS name",
    why: "The server is one dotted-decimal address or DNS name. (The series' MIB, endptFTPSRVR.)",
    before: "\nFTP Server IP Address=192.0.2.10, 192.0.2.11\nRedial=1\n",
    after: "\nFTP Server IP Address=192.0.2.10\nRedial=1\n";
REFUSED = Error "refused",
    title: "The model refuses the value",
    why: "Its plugin has a rule of its own, beyond the table. (The plugin's documentation.)",
    before: "\nFTP Directory Path=refused\nRedial=1\n",
    after: "\nFTP Directory Path=phones\nRedial=1\n";
VALUE_CUT = Warning "value-cut",
    title: "The value is longer than the phone keeps",
    why: "What is over the limit is cut off. (Project rule.)",
    before: "\nFTP User Name=a-name-of-thirty-three-characters\n",
    after: "\nFTP User Name=a-name-of-thirty-two-characters\n";
CARRIED_TOO_LONG = Error "carried-too-long",
    title: "A value for other phones is too long to be kept",
    why: "A row of another model is kept unread up to 255 characters; a longer one is dropped. (Project rule.)",
    before: "a row of another model with 256 characters",
    after: "\nRedial=1\n";
OTHER_MODEL = Hint "other-model",
    title: "A row of another model",
    why: "It is kept unread and written out again, for the phone that has it. (LAN Administrator Guide 555-233-507, Backup/Restore, for the rows of each model; keeping them is a project rule.)",
    before: "\nRoom Color=1\n",
    after: "\nRedial=1\n";
OTHER_SIGNALING = Hint "other-signaling",
    title: "A row of the other signaling",
    why: "It is kept unread, but phones of the other signaling have another file. (LAN Administrator Guide 555-233-507, Backup/Restore.)",
    before: "\nTransfer Type=1\n",
    after: "\nRedial=1\n";
NOT_ON_EVERY_MODEL = Warning "not-on-every-model",
    title: "Not every model that reads the file can use the line",
    why: "Models that share a file do not have the same languages and sizes; those that cannot use a line ignore it. (LAN Administrator Guide 555-233-507, Backup/Restore, for the shared name; project rule.)",
    before: "a language that an X120 lacks, in a file that an X100 and an X120 share",
    after: "\nDisplay Language=German\n";
BACKUP_OFF = Hint "backup-off",
    title: "Automatic Backup is switched off",
    why: "After the retrieval the phone saves nothing by itself any more. (LAN Administrator Guide 555-233-507, Backup/Restore.)",
    before: "\nAutomatic Backup=0\n",
    after: "\nAutomatic Backup=1\n";
NO_BACKUP_SERVER = Hint "no-backup-server",
    title: "An empty FTP server",
    why: "Without a server nothing is saved, unless the administrator names one in FTPSRVR. (LAN Administrator Guide 555-233-507, Backup/Restore.)",
    before: "\nFTP Server IP Address=\n",
    after: "\nFTP Server IP Address=192.0.2.10\n";
}

rules! { DIALS:
NO_SUCH_POSITION = Error "no-such-position",
    title: "No such Speed Dial position",
    why: "The line is ignored: positions count from 1, as far as the model has some. (Project rule; the guides give no number.)",
    before: "\nABKNAME000=Desk\nABKNUMBER000=21000\nRedial=1\n",
    after: "\nABKNAME001=Desk\nABKNUMBER001=21000\nRedial=1\n";
LABEL_WITHOUT_NUMBER = Error "label-without-number",
    title: "A label without a number",
    why: "There is nothing to dial: the line is ignored. (Project rule.)",
    before: "\nABKNAME001=Desk\nRedial=1\n",
    after: "\nABKNAME001=Desk\nABKNUMBER001=21000\nRedial=1\n";
NUMBER_WITHOUT_LABEL = Warning "number-without-label",
    title: "A number without a label",
    why: "The number becomes its own label. (Project rule.)",
    before: "\nABKNUMBER001=21000\n",
    after: "\nABKNAME001=Desk\nABKNUMBER001=21000\n";
EMPTY_NUMBER = Error "empty-number",
    title: "An empty number",
    why: "The line is ignored, and its label with it. Empty positions are not written at all. (Project rule.)",
    before: "\nABKNUMBER001=\nRedial=1\n",
    after: "\nABKNAME001=Desk\nABKNUMBER001=21000\nRedial=1\n";
ILLEGAL_NUMBER = Error "illegal-number",
    title: "A number with characters that cannot be dialed",
    why: "The line is ignored: only digits, star, pound and comma (a pause) are dialed. (Project rule.)",
    before: "\nABKNAME001=Desk\nABKNUMBER001=+49 30 1234\nABKNUMBER002=1\nABKNAME002=B\n",
    after: "\nABKNAME001=Desk\nABKNUMBER001=0049301234\nABKNUMBER002=1\nABKNAME002=B\n";
NUMBER_CUT = Error "number-cut",
    title: "A number longer than the phone keeps",
    why: "What is over the limit is cut off: the phone dials another number. (Project rule.)",
    before: "\nABKNAME001=Desk\nABKNUMBER001=1234567890123456789012345\n",
    after: "\nABKNAME001=Desk\nABKNUMBER001=123456789012345678901234\n";
LABEL_CUT = Warning "label-cut",
    title: "A label longer than the phone keeps",
    why: "What is over the limit is cut off. (Project rule: half a line less one column.)",
    before: "\nABKNAME001=Front desk, ground floor\nABKNUMBER001=21000\n",
    after: "\nABKNAME001=Front desk\nABKNUMBER001=21000\n";
NO_SUCH_BUTTON = Error "no-such-button",
    title: "No feature button of this number",
    why: "The label is ignored: buttons are counted from 1, as far as the model has some. (Project rule.)",
    before: "\nPHNLABEL00=Night\nRedial=1\n",
    after: "\nPHNLABEL01=Night\nRedial=1\n";
EMPTY_LABEL = Hint "empty-label",
    title: "An empty label",
    why: "It is the same as no line: the call server's own label, or the number, is shown. (Project rule.)",
    before: "\nPHNLABEL01=\nRedial=1\n",
    after: "\nRedial=1\n";
NOT_SHOWN = Warning "not-shown",
    title: "Characters that the model cannot show",
    why: "A rectangle is drawn for each; the file keeps them. (LAN Administrator Guide 555-233-507, Backup/Restore.)",
    before: "\nPHNLABEL01=Ночь\n",
    after: "\nPHNLABEL01=Night\n";
SAME_NUMBER = Hint "same-number",
    title: "Two positions dial the same number",
    why: "Nothing is wrong with it; often one was meant to be changed. (Project rule.)",
    before: "\nABKNAME001=Desk\nABKNUMBER001=21000\nABKNAME002=Lab\nABKNUMBER002=21000\n",
    after: "\nABKNAME001=Desk\nABKNUMBER001=21000\nABKNAME002=Lab\nABKNUMBER002=21001\n";
}
