use super::{
    Findings, Rule, Sheet, rules,
    runs::Reached,
    sheet::Set,
    target::{Targets, Who},
    values::Taken,
};
use crate::settings::names::*;

/// Parameters whose values are not for everybody's eyes.
const SECRETS: [&str; 7] =
    ["PROCPSWD", "SNMPSTRING", "DIRSRVRPWD", "ADMIN_PASSWORD", "SCEPPASSWORD", "FORCE_SIP_PASSWORD", "NVIKEPSK"];

/// Local procedures are guarded by so many digits at most; fewer than these are guessed.
const GOOD_PASSWORD_DIGITS: usize = 4;

/// Whether the value of a parameter, spelled in capitals, must not be repeated.
pub(super) fn is_secret(name: &str) -> bool {
    SECRETS.contains(&name)
}

/// Values that phones take and that mean something else than one might think.
pub(super) fn check(
    sheet: &Sheet<'_>,
    sheets: &[Sheet<'_>],
    targets: &Targets<'_>,
    taken: &Taken,
    reached: &Reached,
    findings: &mut Findings,
) {
    let is_settings = is_settings_file(sheet, sheets, targets);
    for (number, set) in sheet.sets.iter().enumerate().filter(|(number, _)| taken.by_all(sheet.at, *number)) {
        let trap = Trap { sheet, set, who: reached.by(number).or_everybody() };
        let name = set.name.to_ascii_uppercase();
        if is_secret(&name) && !set.value.is_empty() {
            trap.report(
                &rules::PASSWORD_IN_CLEAR,
                format!("{name} stands here for everybody who reads the file"),
                "files travel unencrypted: use it nowhere else",
                findings,
            );
        }
        trap.credentials(findings);
        match name.as_str() {
            "PROCPSWD" if (1..GOOD_PASSWORD_DIGITS).contains(&set.value.len()) => {
                let what = format!("a password of fewer than {GOOD_PASSWORD_DIGITS} digits is soon guessed");
                trap.report(&rules::SHORT_PASSWORD, what, "up to 7 digits are possible", findings);
            }
            "TPSLIST" => trap.push_servers(findings),
            OPSTAT => trap.opstat(findings),
            APPSTAT if matches!(set.value, "2" | "3") => {
                let what = format!("APPSTAT {}: 1 allows everything, then 3, 2, and 0 nothing", set.value);
                trap.report(&rules::APPSTAT_ORDER, what, "allow this line if it is what you want", findings);
            }
            "VLANTEST" if set.value.bytes().all(|byte| byte == b'0') && !set.value.is_empty() => {
                let what = "the phone stays on a VLAN without DHCP for ever";
                trap.report(&rules::VLANTEST_ZERO, what, "set the seconds after which it leaves", findings);
            }
            "PHY1STAT" | "PHY2STAT" if matches!(set.value, "2" | "3" | "4" | "5") => {
                let what = "the port no longer negotiates: the far side must be fixed too";
                trap.report(&rules::FIXED_SPEED, what, "set it to 1", findings);
            }
            TLSSRVR if !set.value.is_empty() => {
                let what = "phones of this age speak old versions of TLS only, and trust the vendor's CA only";
                trap.report(&rules::OLD_TLS, what, "keep TFTP or HTTP as a second way", findings);
            }
            DNSSRVR => trap.dns_servers(findings),
            APPNAME => trap.application(is_settings, findings),
            _ => {}
        }
    }
}

/// Whether other files lead to this one, or models call their settings file so.
fn is_settings_file(sheet: &Sheet<'_>, sheets: &[Sheet<'_>], targets: &Targets<'_>) -> bool {
    let name = sheet.name();
    let usual = |target: &super::Target<'_>| {
        target.model.tables().files.settings.iter().any(|settings| settings.eq_ignore_ascii_case(name))
    };
    if targets.begins_with(name) || targets.all.is_empty() {
        return false;
    }
    let begins = sheets.first().is_some_and(|first| first.at != sheet.at && targets.begins_with(first.name()));
    begins || targets.all.iter().any(usual)
}

struct Trap<'t> {
    sheet: &'t Sheet<'t>,
    set: &'t Set<'t>,
    who: Who,
}

impl Trap<'_> {
    fn report(&self, rule: &'static Rule, what: impl Into<String>, remedy: &str, findings: &mut Findings) {
        findings.add_for(self.who, rule, self.sheet.value_spot(self.set), what, remedy);
    }

    fn report_part(&self, rule: &'static Rule, part: &str, what: String, remedy: &str, findings: &mut Findings) {
        findings.add_for(self.who, rule, self.sheet.spot(self.set.line, part), what, remedy);
    }

    /// `http://user:password@server`
    fn credentials(&self, findings: &mut Findings) {
        let Some((_, rest)) = self.set.value.split_once("://") else { return };
        let host = rest.split('/').next().unwrap_or_default();
        if let Some((user, _)) = host.rsplit_once('@').filter(|(user, _)| user.contains(':')) {
            let what = "a user's password stands in this address".to_owned();
            let remedy = "let the server do without, and trust the phones' network";
            self.report_part(&rules::CREDENTIALS_IN_URL, user, what, remedy, findings);
        }
    }

    fn push_servers(&self, findings: &mut Findings) {
        for entry in self.set.value.split(',') {
            let host = entry.split_once("://").map_or(entry, |(_, rest)| rest).split('/').next().unwrap_or_default();
            let address = host.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b':'));
            if host.is_empty() && !entry.is_empty() {
                let what = "every web server may push to the phones".to_owned();
                self.report_part(&rules::OPEN_PUSH_LIST, entry, what, "list the servers that may", findings);
            } else if !address && !host.starts_with('.') && host.matches('.').count() < 2 {
                let what = format!("`{host}` also trusts every name that ends so, such as `other{host}`");
                let remedy = "begin a domain with a dot";
                self.report_part(&rules::LOOSE_PUSH_ENTRY, entry, what, remedy, findings);
            }
        }
    }

    fn opstat(&self, findings: &mut Findings) {
        if self.set.value.len() == 1 {
            let what = "OPSTAT has three digits; of one digit only 0 is documented";
            self.report(&rules::OPSTAT_ONE_DIGIT, what, "write 000, 010 or 111", findings);
        } else if self.set.value == "000" {
            let what = "with 000 a backup file is retrieved without any effect";
            self.report(&rules::OPSTAT_NO_RETRIEVAL, what, "001 still lets users log off, and retrieves", findings);
        }
    }

    fn dns_servers(&self, findings: &mut Findings) {
        for entry in self.set.value.split(',').filter(|entry| entry.contains(|c: char| c.is_ascii_alphabetic())) {
            let what = format!("`{entry}` is a name: a DNS server must be an address");
            self.report_part(&rules::DNS_SERVER_BY_NAME, entry, what, "write its dotted-decimal address", findings);
        }
    }

    fn application(&self, is_settings: bool, findings: &mut Findings) {
        if is_settings {
            let what = "the application file is chosen by the upgrade script, not by a settings file";
            findings.add_for(
                self.who,
                &rules::APPNAME_IN_SETTINGS,
                self.sheet.name_spot(self.set),
                what,
                "move it to the upgrade script",
            );
        }
        if self.set.value.contains(['/', '\\']) {
            let what = "application files lie beside the upgrade script: the name must have no folder";
            self.report(&rules::APPNAME_WITH_PATH, what, "write the file's name only", findings);
        }
    }
}
