//! One phone, really run: login, Save, Retrieve.

use std::{collections::BTreeMap, sync::Arc};

use deskset_files::{application::Fingerprint, backup::UserData, tree::FileTree as _};
use deskset_models::{Model, Signaling, Values, effects};
use deskset_phone::{Checked, Command, Login, Memory, Policy, Protocol, Setup, StoredApplication, StoredUser};
use deskset_sim::{Behaviour, Lab, MemoryTree};

use super::{
    common::{FILES, FTP, PASSWORD, login, model},
    factors::{Case, Factor},
};

/// What a phone did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    pub file: String,
    pub at_login: String,
    pub at_save: String,
    pub taken: String,
}

const AUTOMATIC_BACKUP: &str = "Automatic Backup";

pub fn run(name: &str, case: &Case) -> Outcome {
    let model = model(name);
    let (signaling, release) = case.software();
    let Login { extension, .. } = login("4711").unwrap();
    let file = model.backup_file(&extension, signaling, release).unwrap();
    let (files, backups) = (MemoryTree::new(), MemoryTree::new());
    files.store(&model.upgrade_script(signaling, release).unwrap().into(), b"# nothing\n").unwrap();
    let mut lab = Lab::new(1);
    lab.serve(Protocol::Tftp, FILES, 69, &files, Behaviour::Sound);
    lab.serve_ftp(FTP, 21, &backups, Behaviour::Sound);
    lab.extension(&extension, PASSWORD);

    let path = file.clone().into();
    backups.store(&path, b"Call Timer=0\r\n").unwrap();
    let phone = lab.phone_with(setup(&model, case), memory(case));
    lab.power_on(phone);
    lab.settle();
    let told = |lab: &Lab, step: &str| {
        lab.story().lines().iter().filter(|line| line.split_whitespace().nth(2) == Some(step)).count()
    };
    let at_login = told(&lab, "retrieve") > 0;
    lab.command(phone, Command::Save);
    let at_save = lab.story().lines().iter().any(|line| line.ends_with("bytes stored"));
    let status = lab.at(phone).backup_status();
    assert_eq!(status.backup.map(|last| last.result), at_save.then_some(Ok(())));

    let own =
        |lab: &Lab| lab.kept(phone).users.get(&extension).map(|user| UserData::clone(&user.data)).unwrap_or_default();
    let before = own(&lab);
    backups.store(&path, everything(&model, signaling, &before).as_bytes()).unwrap();
    lab.command(phone, Command::Retrieve);
    let after = own(&lab);
    let yes = |done: bool| if done { "yes" } else { "no" }.to_owned();
    Outcome {
        file: file.to_string().replace("4711", "<ext>"),
        at_login: yes(at_login),
        at_save: yes(at_save),
        taken: taken(&model, signaling, &before, &after),
    }
}

fn setup(model: &Model, case: &Case) -> Setup {
    let (signaling, release) = case.software();
    let server = if case.level(Factor::Ftpsrvr) == "set" { FTP } else { "" };
    let mut site = vec![("TFTPSRVR".to_owned(), FILES.to_owned()), ("FTPSRVR".to_owned(), server.to_owned())];
    for factor in [Factor::Opstat, Factor::Appstat, Factor::Ftpuserstat, Factor::Restorestat] {
        site.push((factor.word().to_owned(), case.level(factor).to_owned()));
    }
    Setup {
        name: "desk".into(),
        model: model.clone(),
        signaling,
        group: 0,
        mac: "00040D000001".to_owned(),
        boot_release: release,
        manual: Arc::default(),
        address: None,
        site: site.into(),
        login: login("4711"),
        applications: Arc::default(),
        policy: Policy::default(),
        library: Default::default(),
    }
}

/// The release in flash, and the user's choice of Automatic Backup from before.
fn memory(case: &Case) -> Memory {
    let (signaling, release) = case.software();
    let application = Some(Arc::new(StoredApplication {
        name: "app.bin".to_owned(),
        release,
        signaling,
        sha256: Fingerprint::of(b"software"),
        bytes: 8,
        checked: Checked::Container,
    }));
    let choice = if case.level(Factor::AutomaticBackup) == "Yes" { "1" } else { "0" };
    let options = BTreeMap::from([(AUTOMATIC_BACKUP.to_owned(), choice.to_owned())]);
    let stored = StoredUser { data: UserData { options, ..UserData::default() }.into(), dirty: false };
    Memory { application, users: [("4711".parse().unwrap(), stored)].into(), ..Memory::default() }
}

/// A file in which every row the phone has differs from what the user has, with Speed Dial and labels.
fn everything(model: &Model, signaling: Signaling, before: &UserData) -> String {
    let mut file = String::new();
    for (_, row) in model.tables().options.rows_on(signaling) {
        let now = before.options.get(&row.name).unwrap_or(&row.default);
        let value = match &row.values {
            Values::Choice { choices } => choices.iter().find(|one| one.value != *now).unwrap().value.clone(),
            Values::Number { min, .. } => min.to_string(),
            _ if row.effect == effects::FTP_SERVER => "my-pc.lab".to_owned(),
            _ => "mine".to_owned(),
        };
        file += &format!("{}={value}\r\n", row.name);
    }
    file + "ABKNAME001=Ann\r\nABKNUMBER001=1\r\nPHNLABEL01=Mine\r\n"
}

/// The rows a retrieval took, or those it left if these are fewer; Speed Dial and labels like rows.
fn taken(model: &Model, signaling: Signaling, before: &UserData, after: &UserData) -> String {
    let rows = model.tables().options.rows_on(signaling).map(|(_, row)| {
        let took = before.options.get(&row.name) != after.options.get(&row.name);
        (row.name.as_str(), took)
    });
    let lists = [
        ("Speed Dial", before.speed_dials != after.speed_dials),
        ("button labels", before.feature_labels != after.feature_labels),
    ];
    let all: Vec<(&str, bool)> = rows.chain(lists).collect();
    let names = |wanted: bool| {
        let names: Vec<&str> = all.iter().filter(|(_, took)| *took == wanted).map(|(name, _)| *name).collect();
        names.join(", ")
    };
    if all.iter().all(|(_, took)| *took) {
        "everything".to_owned()
    } else if all.iter().all(|(_, took)| !*took) {
        "nothing".to_owned()
    } else {
        format!("all but {}", names(false))
    }
}
