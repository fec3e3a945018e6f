//! A plugin whose hooks fail: the phone says so and goes on.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::{Desk, login, model, setup};
use deskset_models::{FileAsk, FileKind, HookError, Hooks, Model};
use deskset_phone::{BackupReason, Command, Input, Setup, State};

/// Fails wherever a user's data are concerned.
#[derive(Debug)]
struct Broken;

fn why(hook: &'static str) -> HookError {
    HookError::Failed { plugin: "broken".to_owned(), hook, why: "it panicked".to_owned() }
}

impl Hooks for Broken {
    fn file_name(&self, ask: &FileAsk) -> Result<Option<String>, HookError> {
        if ask.kind == FileKind::Backup { Err(why("file_name")) } else { Ok(None) }
    }

    fn check_value(&self, _: &str, _: &str) -> Result<Option<String>, HookError> {
        Err(why("check_value"))
    }
}

// req: BR-8, BR-16
#[test]
fn a_broken_hook_refuses_the_value_and_fails_the_transfer_by_name() {
    let model = Model::new(model().tables().clone(), Arc::new(Broken)).unwrap();
    let mut desk = Desk::new(Setup { model, ..setup() });
    desk.hand(Input::PowerOn);
    desk.carry();
    assert_eq!(desk.phone.state(), State::Ready { extension: Some(login().extension), settled: true });
    let words = |hook| why(hook).to_string();
    assert!(desk.told().contains(&words("file_name")));
    desk.hand(Input::Command(Command::SetOption { name: "Contrast".to_owned(), value: "3".to_owned() }));
    assert_eq!(
        desk.told()[desk.told().len() - 2..],
        [words("check_value"), format!("Contrast refused: {}", words("check_value"))]
    );
    desk.hand(Input::Command(Command::Save));
    desk.carry();
    let local = Some(Err(BackupReason::Local));
    let status = desk.phone.backup_status();
    assert_eq!((status.backup.map(|last| last.result), status.retrieval.map(|last| last.result)), (local, local));
    assert_eq!(desk.rows()[0], "Backup failed");
}
