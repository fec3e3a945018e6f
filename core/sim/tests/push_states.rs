//! What a push does in every state of a phone: each cell of the table is tried on a phone that is in that state.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{fmt::Write as _, fs, path::Path, time::Duration};

use common::push::{KINDS, MODES, Pushed, message};
use deskset_phone::{
    CallState, Command, Input, PushEffect, PushState, View,
    browser::push::{Mode, PushType},
};

/// A phone in a state.
fn in_state(state: PushState) -> Pushed {
    let mut pushed = Pushed::new();
    match state {
        PushState::NotRegistered => pushed.bench.log_off(pushed.phone),
        PushState::Idle => {}
        PushState::Web => pushed.key("soft3"),
        PushState::WebEntry => {
            pushed.push("display", "barge", 0, "form.wml");
            pushed.key("line2-left");
        }
        PushState::Entry => {
            pushed.show(View::SpeedDial { page: 0 });
            pushed.key("soft1");
        }
        PushState::Application => pushed.show(View::SpeedDial { page: 0 }),
        PushState::Alerting => pushed.call(1, CallState::Alerting),
        PushState::ActiveCall => pushed.call(1, CallState::Active),
        PushState::SoftHold => pushed.call(1, CallState::SoftHold),
        PushState::HeldCall => pushed.call(1, CallState::Held),
        PushState::ToplineShown => drop(pushed.text("normal")),
        PushState::PageShown => drop(pushed.page("barge")),
        PushState::AudioPlaying => drop(pushed.audio("barge")),
        PushState::Restoring => pushed.bench.lab.input(pushed.phone, Input::Command(Command::Retrieve)),
        PushState::LocalProcedure => pushed.bench.lab.input(pushed.phone, Input::Command(Command::Clear)),
    }
    pushed
}

/// What there is to be seen of a push's effect.
fn seen(pushed: &Pushed, before: &[String]) -> Vec<String> {
    let done = pushed.tale().into_iter().skip(before.len());
    done.filter(|line| !line.contains(" from 192.0.2.30: ")).collect()
}

fn expected(state: PushState, effect: PushEffect) -> Vec<&'static str> {
    const PLAYS: &str = "plays a stream from 192.0.2.20";
    match effect {
        PushEffect::Nothing | PushEffect::PortClosed => vec![],
        // The page's title tells of it.
        PushEffect::Background => {
            vec!["http://push.lab/lunch.wml waits in the Web application", "5 characters on the top line"]
        }
        PushEffect::Show | PushEffect::Replace => vec!["http://push.lab/lunch.wml is shown"],
        PushEffect::Text | PushEffect::ReplaceText => vec!["18 characters on the top line"],
        PushEffect::Play | PushEffect::HoldAndPlay => vec![PLAYS],
        PushEffect::ReplaceStream => vec!["the stream is over: a newer one came", PLAYS],
        PushEffect::Subscribe if matches!(state, PushState::Restoring | PushState::LocalProcedure) => vec![],
        PushEffect::Subscribe => vec!["subscribed with http://push.lab/subscribe"],
    }
}

fn try_cell(state: PushState, (kind, of_kind, file): (&str, PushType, &str), (mode, of_mode): (&str, Mode)) {
    let mut pushed = in_state(state);
    let states = pushed.tale();
    let cell = state.cell(of_kind, of_mode);
    let code = pushed.post(&message(kind, mode, 0, &format!("http://push.lab/{file}")));
    let wanted = (cell.effect != PushEffect::PortClosed).then(|| cell.status.code());
    assert_eq!(code, wanted, "{state}: {mode} {kind}\n{}", states.join("\n"));
    if matches!(state, PushState::Restoring | PushState::LocalProcedure) {
        // These states do not last.
        return;
    }
    let held = |pushed: &Pushed| pushed.bench.told("use").iter().any(|line| line.ends_with("1: held, Ann 4712"));
    let held_before = held(&pushed);
    pushed.bench.lab.pass(Duration::from_millis(300));
    assert_eq!(seen(&pushed, &states), expected(state, cell.effect), "{state}: {mode} {kind}");
    if cell.effect == PushEffect::HoldAndPlay {
        assert!(!held_before && held(&pushed), "the call was not put on hold");
    }
}

// req: PU-2, PU-7, PR-4, PR-8, PR-10
#[test]
fn every_push_does_in_every_state_what_the_table_says() {
    for state in PushState::ALL {
        for kind in KINDS {
            for mode in MODES {
                try_cell(state, kind, mode);
            }
        }
    }
}

/// The table for people; `DESKSET_UPDATE=1` writes it.
#[test]
fn the_table_of_states_is_as_it_was() {
    let mut sheet = String::new();
    for state in PushState::ALL {
        for (kind, of_kind, _) in KINDS {
            for (mode, of_mode) in MODES {
                let cell = state.cell(of_kind, of_mode);
                let code = match cell.effect {
                    PushEffect::PortClosed => "-".to_owned(),
                    _ => cell.status.code().to_string(),
                };
                if of_kind == PushType::Subscribe && of_mode == Mode::Barge {
                    continue;
                }
                writeln!(sheet, "{state:<16} {kind:<9} {mode:<6} {code:<3} {}", cell.effect).unwrap();
            }
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/push-states.txt");
    if std::env::var_os("DESKSET_UPDATE").is_some() {
        return fs::write(path, sheet).unwrap();
    }
    assert_eq!(sheet, fs::read_to_string(path).unwrap());
}
