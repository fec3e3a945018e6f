//! The power goes at every step of a save and of a retrieval: afterwards there is the old or the new, never a mixture.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, h323, ready};
use deskset_files::backup::{BackupFile, UserData};
use deskset_models::Signaling;
use deskset_phone::{Command, State};
use deskset_sim::{Behaviour, PhoneId};

const FILE: &str = "4711_4620data.txt";
/// More than any of the stories here has.
const STEPS_MAX: usize = 100;

fn user_edits(bench: &mut Bench, phone: PhoneId, label: &str, contrast: &str) {
    for position in [1, 108] {
        bench.dial(phone, position, label, "1");
    }
    bench.lab.command(phone, Command::EditFeatureLabel { number: 1, label: label.to_owned() });
    bench.set(phone, "Contrast", contrast);
}

/// A phone with old data on it and on the server, about to do something that brings new ones.
fn with_old_data() -> (Bench, PhoneId, UserData) {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4625SW"));
    user_edits(&mut bench, phone, "Old", "1");
    bench.save(phone);
    let old = bench.owned(phone, "4711");
    (bench, phone, old)
}

/// What the server holds: a whole file, as the phone would read it.
fn on_server(bench: &Bench) -> UserData {
    let model = common::model("4625SW");
    let file = BackupFile::read(bench.backup(FILE).unwrap().as_bytes(), &model, Signaling::H323).unwrap();
    assert_eq!(file.dropped, []);
    file.data
}

/// What both the memory and a file have of a user.
fn core_of(data: &UserData) -> UserData {
    let mut core = data.clone();
    core.options.retain(|name, _| name == "Contrast");
    core
}

/// Cuts the power after every number of steps of what `begin` begins; gives what was kept then, by turns.
fn cut_everywhere(begin: impl Fn(&mut Bench, PhoneId)) -> Vec<(UserData, UserData)> {
    let mut found = Vec::new();
    for steps in 0..STEPS_MAX {
        let (mut bench, phone, _) = with_old_data();
        begin(&mut bench, phone);
        let more = (0..steps).all(|_| bench.lab.step());
        // What is on the way to the server ends with the power; the server does not answer the new boot either, so
        // that what the phone itself has kept can be seen.
        bench.lab.power_cut(phone);
        let (kept, stored) = (bench.owned(phone, "4711"), on_server(&bench));
        bench.ftp(Behaviour::Refuses);
        bench.lab.settle();
        if bench.state(phone) != State::AwaitsLogin {
            assert_eq!(bench.state(phone), ready("4711"));
            assert_eq!(bench.owned(phone, "4711"), kept, "a boot without a server changes nothing");
        }
        found.push((kept, stored));
        if !more {
            return found;
        }
    }
    panic!("it never ends");
}

fn new_data(begin: impl Fn(&mut Bench, PhoneId)) -> UserData {
    let (mut bench, phone, _) = with_old_data();
    begin(&mut bench, phone);
    bench.lab.settle();
    bench.owned(phone, "4711")
}

// req: BR-9, AR-1, BD-14
#[test]
fn a_power_cut_at_any_step_of_a_save_leaves_the_old_or_the_new() {
    let begin = |bench: &mut Bench, phone| {
        user_edits(bench, phone, "New", "14");
        bench.lab.tell(phone, Command::Save);
    };
    let (_, _, old) = with_old_data();
    let new = new_data(begin);
    let found = cut_everywhere(begin);
    assert!(found.first().unwrap().0 == old && found.last().unwrap().0 == new);
    let mut had_new = (false, false);
    for (kept, stored) in &found {
        assert!(*kept == old || *kept == new, "{kept:?}");
        assert!(core_of(stored) == core_of(&old) || core_of(stored) == core_of(&new), "{stored:?}");
        let has_new = (*kept == new, core_of(stored) == core_of(&new));
        assert!(has_new.0 || !has_new.1, "nothing is on the server that is not kept");
        assert!(has_new >= had_new, "what was kept once stays");
        had_new = has_new;
    }
    assert_eq!(had_new, (true, true));
}

// req: AR-3
#[test]
fn a_power_cut_at_any_step_of_a_retrieval_leaves_the_old_or_the_new() {
    let begin = |bench: &mut Bench, phone| {
        let file = "Contrast=14\r\nABKNAME002=New\r\nABKNUMBER002=2\r\nABKNUMBER108=3\r\nPHNLABEL02=New\r\n";
        bench.put_backup(FILE, file);
        bench.lab.tell(phone, Command::Retrieve);
    };
    let (_, _, old) = with_old_data();
    let new = new_data(begin);
    assert_eq!(new.speed_dials.len(), 2);
    let found = cut_everywhere(begin);
    assert!(found.first().unwrap().0 == old && found.last().unwrap().0 == new);
    for (kept, _) in &found {
        assert!(*kept == old || *kept == new, "{kept:?}");
    }
}

// req: BR-9, AR-1
#[test]
fn a_power_cut_at_any_step_of_a_logoff_loses_nothing() {
    for behaviour in [Behaviour::Sound, Behaviour::Refuses] {
        let begin = |bench: &mut Bench, phone| {
            user_edits(bench, phone, "New", "14");
            bench.lab.tell(phone, Command::Save);
            bench.ftp(behaviour);
            bench.lab.tell(phone, Command::LogOff);
        };
        for (at, (kept, stored)) in cut_everywhere(begin).iter().enumerate().skip(1) {
            let is_new = |data: &UserData| data.speed_dials.values().all(|dial| dial.label == "New");
            let somewhere = (is_new(kept) && !kept.speed_dials.is_empty()) || is_new(stored);
            assert!(somewhere, "{behaviour:?}, step {at}: {kept:?} {stored:?}");
        }
    }
}

// req: BR-19
#[test]
fn a_power_cut_at_any_step_of_a_clear_leaves_everything_or_nothing() {
    let begin = |bench: &mut Bench, phone| bench.lab.tell(phone, Command::Clear);
    let (_, _, old) = with_old_data();
    let found = cut_everywhere(begin);
    assert!(found.iter().all(|(kept, _)| *kept == old || *kept == UserData::default()));
    assert_eq!(found.last().unwrap().0, UserData::default());
}
