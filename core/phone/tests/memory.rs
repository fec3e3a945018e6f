//! A phone acts on what it remembers only after the carrier has kept it.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Desk, login, setup};
use deskset_files::backup::SpeedDial;
use deskset_models::Extension;
use deskset_phone::{Command, Input, Memory, Output, Record, State, Step, StoredUser, View, limits::USERS_KEPT_MAX};

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
    assert_eq!((desk.rows()[0].as_str(), desk.phone.deadline()), ("00:00 01/01/1970         <1>", None));
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

fn extension(number: usize) -> Extension {
    format!("{:04}", 1000 + number).parse().unwrap()
}

fn full_of(dirty: impl Fn(usize) -> bool) -> Memory {
    let user = |number| StoredUser { dirty: dirty(number), ..StoredUser::default() };
    Memory { users: (0..USERS_KEPT_MAX).map(|number| (extension(number), user(number))).collect(), ..Memory::default() }
}

// req: AR-3, BR-9
#[test]
fn a_phone_remembers_a_limited_number_of_users_and_gives_up_first_what_is_on_a_server() {
    let keep = |memory: &mut Memory| {
        let record = Record::User { extension: extension(USERS_KEPT_MAX), stored: Some(StoredUser::default()) };
        memory.apply(&record);
        assert_eq!(memory.users.len(), USERS_KEPT_MAX);
        assert!(memory.users.contains_key(&extension(USERS_KEPT_MAX)));
        (0..USERS_KEPT_MAX).filter(|number| !memory.users.contains_key(&extension(*number))).collect::<Vec<_>>()
    };
    assert_eq!(keep(&mut full_of(|number| number < 5)), [5]);
    assert_eq!(keep(&mut full_of(|_| true)), [0]);
    let mut memory = full_of(|_| true);
    memory.apply(&Record::User { extension: extension(1), stored: None });
    assert_eq!((memory.users.len(), memory.given_up_for(&extension(99))), (USERS_KEPT_MAX - 1, None));
}

// req: BR-9
#[test]
fn what_is_lost_for_want_of_room_is_told() {
    for (dirty, told) in [(true, 1), (false, 0)] {
        let mut desk = Desk::new(setup());
        desk.phone = deskset_phone::Phone::new(setup().into(), full_of(|_| dirty));
        desk.hand(Input::PowerOn);
        desk.carry();
        let line = "no room: what 1000 kept here and on no server is lost";
        assert_eq!(desk.told().iter().filter(|one| *one == line).count(), told);
        assert_eq!(desk.phone.memory().users.len(), USERS_KEPT_MAX);
    }
}

// req: BR-9
#[test]
fn a_clear_that_is_not_kept_fails_by_name_and_wipes_nothing() {
    let mut desk = ready_desk();
    desk.hand(Input::Command(Command::Clear));
    assert_eq!(desk.phone.state(), State::Starting);
    not_kept(&mut desk);
    let reason = "the values could not be cleared: the disk is full".to_owned();
    assert_eq!(desk.phone.state(), State::Failed { step: Step::Use, reason });
    assert_eq!(desk.phone.memory().users.len(), 1);
}
