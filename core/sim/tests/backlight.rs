//! The light goes out when nobody uses a phone.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Bench, h323};
use deskset_phone::{CallNews, CallState, Input};

const MINUTE: Duration = Duration::from_secs(60);

// req: FS-13
#[test]
fn the_light_goes_out_after_the_minutes_without_keys_and_calls_and_comes_back_with_the_next() {
    let table = [(&[][..], 120), (&[("BAKLIGHTOFF", "5")], 5), (&[("BAKLIGHTOFF", "999")], 999)];
    for (settings, minutes) in table {
        let mut bench = Bench::with_settings(settings);
        let phone = bench.boot(h323("4625SW"));
        let call = |state| {
            let (name, number) = ("Ann".to_owned(), "4712".to_owned());
            Input::Call(CallNews { appearance: 1, state, name, number })
        };
        for used in [Input::Key("options".parse().unwrap()), call(CallState::Alerting), call(CallState::Idle)] {
            bench.lab.input(phone, used);
            bench.lab.pass(MINUTE * minutes - Duration::from_secs(1));
            assert!(bench.lab.at(phone).screen().lit, "{minutes} minutes are not over");
            bench.lab.pass(Duration::from_secs(2));
            assert!(!bench.lab.at(phone).screen().lit, "{minutes} minutes are over");
            assert_eq!(bench.lab.at(phone).deadline(), None);
        }
    }
    let mut bench = Bench::with_settings(&[("BAKLIGHTOFF", "0")]);
    let [always, none] = ["4625SW", "4620SW"].map(|model| {
        let phone = bench.boot(h323(model));
        bench.lab.pass(MINUTE * 100_000);
        let at = bench.lab.at(phone);
        (at.screen().lit, at.deadline())
    });
    assert_eq!((always, none), ((true, None), (false, None)), "never dark, and no light to go out");
}
