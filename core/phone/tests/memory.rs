//! A phone acts on what it remembers only after the carrier has kept it.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Desk, login, setup};
use deskset_files::backup::SpeedDial;
use deskset_models::Extension;
use deskset_phone::{Command, Input, Memory, Output, Record, State, StoredUser, View, limits::USERS_KEPT_MAX};

fn edit(desk: &mut Desk, position: u16, label: &str) {
    let dial = Some(SpeedDial { label: label.to_owned(), number: "1".to_owned() });
    desk.hand(Input::Command(Command::EditSpeedDial { position, dial }));
}

fn ready_desk() -> Desk {
    let mut desk = Desk::new(setup());
    desk.hand(Input::PowerOn);
    desk.carry();
    desk.hand(Input::Command(Command::Show(View::SpeedDial { page: 0 })));
    assert_eq!(desk.phone.state(), State::Ready { extension: Some(login().extension), settled: true });
    assert_eq!(desk.rows()[1], "Kept");
    desk
}

fn not_kept(desk: &mut Desk) {
    let Some(Output::Keep(wish, _)) = desk.wishes.pop() else { panic!("{:?}", desk.told()) };
    desk.hand(Input::KeepFailed { wish, words: "the disk is full".to_owned() });
}

// req: BR-9
#[test]
fn a_save_holds_when_it_is_kept_and_is_sent_only_then() {
    let mut desk = ready_desk();
    edit(&mut desk, 1, "New");
    desk.hand(Input::Command(Command::Save));
    assert!(matches!(desk.wishes[..], [Output::Keep(..)]));
    assert_eq!(desk.rows()[1], "Kept");
    desk.answer();
    assert_eq!(desk.rows()[..2], ["Backup in progress", "New"]);
    assert!(matches!(desk.wishes[..], [Output::Store(..)]));
}

// req: BR-9
#[test]
fn a_save_that_is_not_kept_can_be_tried_again() {
    let mut desk = ready_desk();
    edit(&mut desk, 1, "New");
    desk.hand(Input::Command(Command::Save));
    not_kept(&mut desk);
    assert_eq!(desk.rows()[..2], ["Backup failed", "Kept"]);
    assert_eq!(desk.told().last().unwrap(), "local: the disk is full");
    desk.hand(Input::Command(Command::Save));
    desk.carry();
    assert_eq!(desk.rows()[..2], ["Backup successful", "New"]);
}

// req: AR-3
#[test]
fn retrieved_data_that_are_not_kept_change_nothing() {
    let mut desk = ready_desk();
    edit(&mut desk, 1, "Mine");
    desk.hand(Input::Command(Command::Save));
    desk.carry();
    desk.hand(Input::Command(Command::Retrieve));
    desk.answer();
    let before = desk.phone.memory().clone();
    not_kept(&mut desk);
    assert_eq!(desk.phone.memory(), &before);
    assert_eq!(desk.rows()[..2], ["Retrieval failed", "Mine"]);
}

// req: BR-3
#[test]
fn a_result_goes_from_the_top_line_by_itself() {
    let mut desk = ready_desk();
    desk.hand(Input::Command(Command::Save));
    desk.carry();
    assert_eq!(desk.rows()[0], "Backup successful");
    desk.now = desk.phone.deadline().unwrap();
    desk.hand(Input::Tick);
    assert_eq!((desk.rows()[0].as_str(), desk.phone.deadline()), ("00:00 01/01/1970", None));
}

// req: FS-12
#[test]
fn a_stray_answer_changes_nothing() {
    let mut desk = ready_desk();
    let before = (desk.phone.memory().clone(), desk.rows(), desk.phone.state());
    for number in 0..100 {
        let wish = deskset_phone::WishId(number);
        for input in [
            Input::FileArrived { wish, bytes: b"Contrast=1\n".as_slice().into() },
            Input::Stored { wish },
            Input::Registered { wish },
            Input::Kept { wish },
            Input::KeepFailed { wish, words: String::new() },
        ] {
            desk.hand(input);
        }
    }
    assert_eq!((desk.phone.memory().clone(), desk.rows(), desk.phone.state()), before);
}

// req: AR-3
#[test]
fn a_phone_remembers_a_limited_number_of_users() {
    let mut memory = Memory::default();
    let extension = |number: usize| -> Extension { format!("{:04}", 1000 + number).parse().unwrap() };
    for number in 0..=USERS_KEPT_MAX {
        let stored = Some(StoredUser::default());
        memory.apply(&Record::User { extension: extension(number), stored });
    }
    assert_eq!(memory.users.len(), USERS_KEPT_MAX);
    assert!(!memory.users.contains_key(&extension(0)) && memory.users.contains_key(&extension(USERS_KEPT_MAX)));
    memory.apply(&Record::User { extension: extension(1), stored: None });
    assert_eq!(memory.users.len(), USERS_KEPT_MAX - 1);
}
