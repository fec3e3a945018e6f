//! Whatever somebody presses, types and is called by, on every model: nothing panics, the grid stays, no password shows.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Bench, h323, six};
use deskset_phone::{CallNews, FeatureState, Hook, Input, Key, Setup, State};
use deskset_sim::PhoneId;
use oorandom::Rand64;
use unicode_width::UnicodeWidthStr as _;

const PRESSES: usize = 2_000;
const SEEDS: u128 = if cfg!(feature = "full") { 20 } else { 1 };
const SECRET: &str = "Geheim~9";

fn pick<'t, T>(random: &mut Rand64, from: &'t [T]) -> &'t T {
    &from[usize::try_from(random.rand_range(0..from.len() as u64)).unwrap()]
}

/// Types the secret where a password is asked for; elsewhere something that is none.
fn typed(bench: &Bench, phone: PhoneId, random: &mut Rand64) -> String {
    let asked = bench.rows(phone).iter().take(3).any(|row| row.starts_with("Password=") || row == "FTP Password");
    if asked {
        SECRET.to_owned()
    } else {
        (*pick(random, &["Ирина", "漢字", "ab c", "4712", "שלום", "~"])).to_owned()
    }
}

fn act(bench: &mut Bench, phone: PhoneId, random: &mut Rand64) {
    let resting = !matches!(bench.state(phone), State::Ready { .. });
    match random.rand_range(0..100) {
        0..8 if resting => bench.keys(phone, "4 7 1 1 # 1 2 3 4 # soft4"),
        0..82 => {
            let keys: Vec<Key> = bench.lab.at(phone).keys().collect();
            bench.lab.input(phone, Input::Key(*pick(random, &keys)));
        }
        82..86 => {
            let text = typed(bench, phone, random);
            bench.text(phone, &text);
        }
        86..88 => {
            let hook = *pick(random, &[Hook::On, Hook::Off]);
            bench.lab.input(phone, Input::Hook(hook));
        }
        88..91 => {
            let state = pick(random, &["idle", "alerting", "active", "held", "soft-hold"]).parse().unwrap();
            let appearance = u16::try_from(random.rand_range(0..5)).unwrap();
            let name = "A caller whose name is far too long for a line".to_owned();
            bench.lab.input(phone, Input::Call(CallNews { appearance, state, name, number: "4712".to_owned() }));
        }
        91..93 => {
            let number = u16::try_from(random.rand_range(0..26)).unwrap();
            let state = *pick(random, &[FeatureState::On, FeatureState::Denied, FeatureState::Flashing]);
            bench.lab.input(phone, Input::Feature { number, label: "Send all calls".to_owned(), state });
        }
        93..97 => bench.lab.settle(),
        _ => {
            let millis = random.rand_range(1..8_000);
            bench.lab.pass(Duration::from_millis(millis));
        }
    }
}

// req: DC-3, BR-19
#[test]
fn two_thousand_random_presses_on_every_model_leave_a_screen_and_no_password() {
    for model in six() {
        for seed in 0..SEEDS {
            let mut random = Rand64::new(seed);
            let mut bench = Bench::new();
            bench.lab.extension(&"4711".parse().unwrap(), "1234");
            let phone = bench.boot(Setup { login: None, ..h323(model.name()) });
            let display = model.tables().display.clone();
            for _ in 0..PRESSES {
                act(&mut bench, phone, &mut random);
                let screen = bench.lab.at(phone).screen();
                assert_eq!(screen.rows().len(), usize::from(display.rows), "{} seed {seed}", model.name());
                for row in screen.rows() {
                    assert_eq!(row.width(), usize::from(display.columns), "{} seed {seed}: {row}", model.name());
                    assert!(!row.contains(SECRET), "{} seed {seed}: {row}", model.name());
                }
            }
            assert!(!bench.lab.story().to_string().contains(SECRET), "{} seed {seed}", model.name());
            assert!(!format!("{:?}", bench.lab.at(phone)).contains(SECRET), "{} seed {seed}", model.name());
            for name in bench.backup_names() {
                assert!(!bench.backup(&name).unwrap().contains(SECRET), "{} seed {seed}", model.name());
            }
        }
    }
}
