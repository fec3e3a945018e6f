use super::{
    Findings, Names, Rule, Sheet, Target,
    names::Facts,
    rules,
    runs::Run,
    sheet::Set,
    target::{Targets, Who},
};
use crate::settings::names::*;

/// What holds when one target has read all files of one run.
pub(super) struct End<'e> {
    pub(super) sheets: &'e [Sheet<'e>],
    pub(super) targets: &'e Targets<'e>,
    pub(super) names: &'e Names,
    pub(super) facts: &'e [Vec<Facts<'e>>],
    pub(super) number: usize,
    pub(super) target: &'e Target<'e>,
    pub(super) root: usize,
    pub(super) run: &'e Run,
    /// Per name: file and SET that was taken last.
    pub(super) last: &'e [Option<(usize, usize)>],
}

/// What does not go together.
pub(super) fn check(end: &End<'_>, findings: &mut Findings) {
    end.pairs(findings);
    if !end.run.open {
        end.lacks(findings);
    }
    end.dns(findings);
    end.application(findings);
}

impl<'e> End<'e> {
    fn set(&self, name: &str) -> Option<(&'e Sheet<'e>, &'e Set<'e>)> {
        let (file, set) = (*self.last.get(self.names.find(name)?)?)?;
        let sheet = self.sheets.get(file)?;
        Some((sheet, sheet.sets.get(set)?))
    }

    /// The value that the files set, or nothing.
    fn value(&self, name: &str) -> &'e str {
        self.set(name).map_or("", |(_, set)| set.value)
    }

    fn add(&self, rule: &'static Rule, name: &str, what: &str, remedy: &str, findings: &mut Findings) {
        if let Some((sheet, set)) = self.set(name) {
            findings.add_for(Who::one(self.number), rule, sheet.whole(set.line), what, remedy);
        }
    }

    /// Two values that contradict each other.
    fn pairs(&self, findings: &mut Findings) {
        let vlan = self.value(L2QVLAN);
        if self.value(L2Q) == TAGGING_OFF && !vlan.is_empty() && vlan != "0" {
            let what = format!("L2Q 2 turns tagging off: VLAN {vlan} is never used");
            self.add(&rules::VLAN_WITHOUT_TAGGING, L2QVLAN, &what, "set L2Q to 0 or 1", findings);
        }
        if self.value("PROCSTAT") == "1" && !self.value("PROCPSWD").is_empty() {
            let what = "PROCSTAT 1 blocks the procedures that this password is for";
            self.add(&rules::PASSWORD_WITHOUT_PROCEDURES, "PROCPSWD", what, "take one of them out", findings);
        }
    }

    /// A value that has no effect because another one is nowhere set.
    fn lacks(&self, findings: &mut Findings) {
        let none = |name: &str| self.value(name).is_empty();
        let no_server = none(FTPSRVR) && none("BRURI");
        if self.value(RESTORESTAT) == "1" && no_server {
            let what = "no server for backup files is set: there is nothing to save to or to retrieve from";
            self.add(&rules::RESTORE_WITHOUT_SERVER, RESTORESTAT, what, "set FTPSRVR", findings);
        }
        if !none(FTPDIR) && none(FTPSRVR) {
            let what = "no FTP server is set that could have this directory";
            self.add(&rules::FTP_DIRECTORY_WITHOUT_SERVER, FTPDIR, what, "set FTPSRVR", findings);
        }
        if matches!(self.value(FTPUSERSTAT), "0" | "2") && no_server {
            let what = "users may not enter a server for backup files, and none is set";
            let remedy = "set FTPSRVR, or let users enter one";
            self.add(&rules::FTP_LOCKED_WITHOUT_SERVER, FTPUSERSTAT, what, remedy, findings);
        }
        if self.value(AUTH) == "1" && none(TLSSRVR) {
            let what = "files must come from an HTTPS server, and none is set";
            self.add(&rules::AUTH_WITHOUT_TLS, AUTH, what, "set TLSSRVR, or have DHCP set it", findings);
        }
        if !none("SUBSCRIBELIST") && none("TPSLIST") {
            let what = "without a trusted push server the phone takes no push that it subscribes to";
            self.add(&rules::SUBSCRIBE_WITHOUT_PUSH, "SUBSCRIBELIST", what, "set TPSLIST", findings);
        }
    }

    /// Names need DNS, and DNS must be known before they are used.
    fn dns(&self, findings: &mut Findings) {
        let me = Who::one(self.number);
        let mut names_so_far: Option<(&str, u32)> = None;
        let mut bare: Vec<(&Sheet<'_>, &Set<'_>, &str)> = Vec::new();
        for (file, number) in &self.run.order {
            let Some(sheet) = self.sheets.get(*file) else { continue };
            let Some(set) = sheet.sets.get(*number) else { continue };
            let is = |name: &str| set.name.eq_ignore_ascii_case(name);
            if is(DOMAIN) || is(DNSSRVR) {
                if let Some((name, line)) = names_so_far.filter(|_| !set.value.is_empty()) {
                    let what = format!("line {line} uses the name `{name}` before this is known");
                    let remedy = "set DNSSRVR and DOMAIN first";
                    findings.add_for(me, &rules::DNS_TOO_LATE, sheet.whole(set.line), what, remedy);
                    names_so_far = None;
                }
            } else if let Some(name) = self.name_in(set) {
                names_so_far = names_so_far.or(Some((name, set.line)));
                bare.extend((!name.contains('.')).then_some((sheet, set, name)));
            }
        }
        if self.value(DOMAIN).is_empty() && !self.run.open {
            for (sheet, set, name) in bare {
                findings.add_once(me, &rules::NAME_WITHOUT_DOMAIN, sheet.spot(set.line, name), || {
                    let what = format!("`{name}` has no domain, and DOMAIN is not set here");
                    (what, "write the full name, or set DOMAIN unless DHCP does")
                });
            }
        }
    }

    /// The first DNS name in a list of addresses.
    fn name_in<'s>(&self, set: &Set<'s>) -> Option<&'s str> {
        let mut entries = set.value.split(',').map(|entry| entry.split(':').next().unwrap_or_default());
        let name = entries.find(|entry| entry.contains(|c: char| c.is_ascii_alphabetic()))?;
        let row = self.facts.iter().find_map(|family| family.get(set.id)?.row)?;
        let addresses = matches!(row.values, deskset_models::Values::Address | deskset_models::Values::AddressList);
        addresses.then_some(name)
    }

    /// What an upgrade script is for.
    fn application(&self, findings: &mut Findings) {
        let me = Who::one(self.number);
        let Some(root) = self.sheets.get(self.root) else { return };
        let is_first = self.target.model.tables().files.upgrade_script.eq_ignore_ascii_case(root.name());
        match self.set(APPNAME) {
            Some((sheet, set)) => {
                if let Some(other) = self.other_model(set.value) {
                    let what = format!("this names software of the {other} for a {}", self.target.model.name());
                    let remedy = "ask $MODEL or $MODEL4 first";
                    findings.add_for(me, &rules::APPNAME_OF_OTHER_MODEL, sheet.spot(set.line, set.value), what, remedy);
                }
            }
            None if is_first => {
                let what = "the upgrade script names no application file for these phones";
                findings.add_for(me, &rules::NO_APPNAME, root.beginning(), what, "SET APPNAME for them");
            }
            None => {}
        }
        if is_first && !self.run.gets {
            let what = "the upgrade script leads these phones to no settings file";
            findings.add_for(me, &rules::UPGRADE_WITHOUT_GET, root.beginning(), what, "GET the settings file");
        }
    }

    /// The model whose Set ID is in a file's name, if it is another one.
    fn other_model(&self, file: &str) -> Option<&'e str> {
        let file = file.to_ascii_lowercase();
        let named = |target: &&Target<'e>| {
            let id = target.model.tables().model_id.to_ascii_lowercase();
            // Names of real files repeat its last six characters.
            let tail = id.len().checked_sub(ID_TAIL).and_then(|from| id.get(from..)).unwrap_or(&id);
            !tail.is_empty() && file.contains(tail)
        };
        if named(&self.target) {
            return None;
        }
        self.targets.all.iter().find(named).map(|target| target.model.name())
    }
}

const TAGGING_OFF: &str = "2";
const ID_TAIL: usize = 6;
