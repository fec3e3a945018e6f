//! What users see and hear of pushes.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{Pushed, TPS};
use deskset_phone::{CallState, Hook, View};
use deskset_sim::WebReply;

// req: PU-6, PR-8
#[test]
fn a_text_waits_behind_a_call_and_goes_after_thirty_seconds() {
    let mut pushed = Pushed::new();
    pushed.call(1, CallState::Active);
    assert_eq!(pushed.text("normal"), Some(200));
    assert_eq!(pushed.top(), "Ann 4712");
    pushed.pass(10);
    pushed.call(1, CallState::Idle);
    assert_eq!(pushed.top(), "Fire drill at noon");
    // It is counted from its acceptance.
    pushed.pass(19);
    assert_eq!(pushed.top(), "Fire drill at noon");
    pushed.pass(2);
    assert_eq!(pushed.top(), "09:00 02/01/2007");
}

// req: PU-2, PU-6
#[test]
fn a_barging_text_is_above_a_call_and_a_newer_text_takes_its_place() {
    let mut pushed = Pushed::new();
    pushed.call(1, CallState::Active);
    pushed.text("barge");
    assert_eq!(pushed.top(), "Fire drill at noon");
    let other = "<Response><Topline>  Fire drill\n over </Topline></Response>";
    pushed.bench.lab.web(&format!("{TPS}/over.xml"), WebReply::content(other));
    pushed.push("topline", "barge", 0, "over.xml");
    assert_eq!(pushed.top(), "Fire drill over");
    pushed.pass(31);
    assert_eq!(pushed.top(), "Ann 4712");
}

// req: PU-6
#[test]
fn a_call_that_comes_after_a_barging_text_is_seen_and_the_text_again_after_it() {
    let mut pushed = Pushed::new();
    pushed.text("barge");
    assert_eq!(pushed.top(), "Fire drill at noon");
    pushed.call(1, CallState::Alerting);
    assert_eq!(pushed.top(), "Ann 4712");
    pushed.pass(10);
    pushed.call(1, CallState::Idle);
    assert_eq!(pushed.top(), "Fire drill at noon");
    pushed.pass(20);
    assert_eq!(pushed.top(), "09:00 02/01/2007 Missed 1");
}

// req: PU-6, PR-8
#[test]
fn a_long_text_alternates_and_ends_at_56_characters() {
    let mut pushed = Pushed::new();
    let text = "abcdefghijklmnopqrstuvwxyz01ABCDEFGHIJKLMNOPQRSTUVWXYZ23 never seen";
    let xml = format!("<Response><Topline>{text}</Topline></Response>");
    pushed.bench.lab.web(&format!("{TPS}/long.xml"), WebReply::content(&xml));
    pushed.push("topline", "normal", 0, "long.xml");
    let mut seen = vec![pushed.top()];
    for _ in 0..3 {
        pushed.pass(2);
        seen.push(pushed.top());
    }
    let (first, second) = (&text[..28], &text[28..56]);
    assert_eq!(seen, [first, second, first, second]);
    // As fast as the user wants other long messages.
    for (rate, seconds) in [("1", 4), ("3", 1)] {
        pushed.bench.set(pushed.phone, "Message Display Rate", rate);
        pushed.bench.save(pushed.phone);
        // The result of the backup goes from the top line.
        pushed.pass(10);
        pushed.push("topline", "normal", 0, "long.xml");
        pushed.pass(seconds - 1);
        assert_eq!(pushed.top(), first, "{rate}");
        pushed.pass(1);
        assert_eq!(pushed.top(), second, "{rate}");
    }
    // The wide display has room for almost all of it.
    let mut wide = Pushed::with("4625SW", &[]);
    wide.bench.lab.web(&format!("{TPS}/long.xml"), WebReply::content(&xml));
    wide.push("topline", "normal", 0, "long.xml");
    let columns = wide.bench.lab.at(wide.phone).screen().columns().into();
    let beginning = wide.top();
    wide.pass(2);
    assert_eq!([beginning.as_str(), &wide.top()], [&text[..columns], &text[columns..56]]);
}

// req: PU-4
#[test]
fn a_page_barges_over_what_is_edited_and_exit_leads_back() {
    let mut pushed = Pushed::new();
    pushed.show(View::Options);
    pushed.key("line1-left");
    let menu = pushed.rows();
    pushed.key("line1-left");
    assert_ne!(pushed.rows(), menu, "a value is edited");
    assert_eq!(pushed.page("barge"), Some(200));
    assert_eq!(pushed.view(), View::Web);
    assert_eq!(pushed.rows()[..4], ["Lunch", "Soup today", "☎ Canteen", "More"]);
    pushed.key("phone-exit");
    assert_eq!(pushed.rows(), menu);
    pushed.key("phone-exit");
    assert_eq!(pushed.view(), View::Phone);
}

// req: PU-5, PR-9
#[test]
fn a_normal_page_waits_is_announced_and_comes_with_the_web_softkey() {
    let mut pushed = Pushed::new();
    let before = pushed.rows();
    pushed.page("normal");
    assert_eq!(pushed.view(), View::Phone);
    assert_eq!(pushed.top(), "Lunch");
    assert_eq!(pushed.rows()[1..], before[1..]);
    pushed.pass(40);
    assert_eq!(pushed.rows(), before);
    pushed.key("soft3");
    assert_eq!(pushed.rows()[..2], ["Lunch", "Soup today"]);
    pushed.key("phone-exit");
    assert_eq!(pushed.view(), View::Phone);
}

// req: PU-5, PR-9
#[test]
fn of_two_pages_that_wait_the_newer_one_is_kept() {
    let mut pushed = Pushed::new();
    pushed.push("display", "normal", 0, "home.wml");
    pushed.page("normal");
    pushed.key("soft3");
    assert_eq!(pushed.top(), "Lunch");
}

// req: PU-4
#[test]
fn a_page_takes_the_place_of_the_page_in_front() {
    let mut pushed = Pushed::new();
    pushed.key("soft3");
    assert_eq!(pushed.top(), "Home");
    pushed.page("normal");
    assert_eq!((pushed.top().as_str(), pushed.view()), ("Lunch", View::Web));
}

// req: PU-5
#[test]
fn a_page_for_somebody_who_types_is_kept_and_the_prompt_stays() {
    let mut pushed = Pushed::new();
    pushed.show(View::SpeedDial { page: 0 });
    pushed.key("soft1");
    let form = pushed.rows();
    assert_eq!(pushed.page("normal"), Some(204));
    assert_eq!(pushed.rows(), form);
    pushed.keys("soft4 phone-exit");
    assert_eq!(pushed.top(), "Lunch");
}

// req: PU-7, PR-15
#[test]
fn a_stream_barges_into_a_call_which_waits_and_is_taken_back_by_hand() {
    let mut pushed = Pushed::new();
    pushed.call(1, CallState::Active);
    assert_eq!(pushed.audio("normal"), Some(208));
    assert_eq!(pushed.audio("barge"), Some(200));
    assert_eq!(pushed.bench.lab.open_streams(pushed.phone), 1);
    assert!(pushed.bench.told("use").last().unwrap().ends_with("call appearance 1: held, Ann 4712"));
    pushed.pass(15);
    // The server ended it; nothing comes back by itself.
    assert_eq!(pushed.tale().last().unwrap(), "the stream is over: its server ended it");
    assert!(pushed.bench.told("use").last().unwrap().ends_with("call appearance 1: held, Ann 4712"));
    pushed.key("line1-left");
    assert!(pushed.bench.told("use").last().unwrap().ends_with("call appearance 1: active, Ann 4712"));
    assert_eq!(pushed.bench.lab.open_streams(pushed.phone), 0);
}

// req: PU-8, PR-13, PR-14
#[test]
fn without_a_call_the_phone_goes_off_hook_by_itself_and_back() {
    let mut pushed = Pushed::new();
    pushed.audio("normal");
    assert!(pushed.bench.lab.at(pushed.phone).lamps().speaker);
    pushed.pass(15);
    assert!(!pushed.bench.lab.at(pushed.phone).lamps().speaker);
    assert_eq!(
        pushed.tale()[2..],
        [
            "normal audio push for push.lab from 192.0.2.30: 200 Push Message Accepted",
            "plays a stream from 192.0.2.20",
            "the stream is over: its server ended it"
        ]
    );
    let asked = pushed.bench.lab.web_asked().last().unwrap().clone();
    let port: u16 = asked.strip_prefix("GET http://push.lab/audio.xml?rtpLPort=").unwrap().parse().unwrap();
    assert_eq!(port % 2, 0);
}

// req: PU-8, PR-14
#[test]
fn a_stream_of_which_nothing_comes_ends_by_its_own_timer() {
    let mut pushed = Pushed::new();
    let silent = "<Response><Audio><AudioTimer value=\"2\"/><Url href=\"RTPRx://192.0.2.99\"/></Audio></Response>";
    pushed.bench.lab.web(&format!("{TPS}/audio.xml"), WebReply::content(silent));
    pushed.audio("normal");
    // Shorter than allowed: five seconds hold.
    pushed.pass(4);
    assert!(pushed.bench.lab.at(pushed.phone).lamps().speaker);
    pushed.pass(1);
    assert!(!pushed.bench.lab.at(pushed.phone).lamps().speaker);
    assert_eq!(pushed.tale().last().unwrap(), "the stream is over: nothing came any more");
}

// req: PU-7, PU-8
#[test]
fn a_stream_ends_when_the_user_goes_on_hook_or_to_a_call() {
    let mut by_speaker = Pushed::new();
    by_speaker.audio("barge");
    by_speaker.key("speaker");
    assert_eq!(by_speaker.tale().last().unwrap(), "the stream is over: the user went on-hook");

    let mut by_handset = Pushed::new();
    by_handset.audio("barge");
    by_handset.hook(Hook::Off);
    assert!(!by_handset.bench.lab.at(by_handset.phone).lamps().speaker);
    assert_eq!(by_handset.bench.lab.open_streams(by_handset.phone), 1);
    by_handset.hook(Hook::On);
    assert_eq!(by_handset.tale().last().unwrap(), "the stream is over: the user went on-hook");

    let mut by_call = Pushed::new();
    by_call.audio("barge");
    by_call.call(2, CallState::Alerting);
    by_call.hook(Hook::Off);
    assert_eq!(by_call.tale().last().unwrap(), "the stream is over: the user went to a call");
    for pushed in [by_speaker, by_handset, by_call] {
        assert_eq!(pushed.bench.lab.open_streams(pushed.phone), 0);
    }
}

// req: PU-7
#[test]
fn a_barge_push_can_stop_a_stream() {
    let mut pushed = Pushed::new();
    pushed.audio("normal");
    assert_eq!(pushed.push("audio", "normal", 0, "stop.xml"), Some(208));
    assert_eq!(pushed.push("audio", "barge", 0, "stop.xml"), Some(200));
    assert_eq!(pushed.tale().last().unwrap(), "the stream is over: the server said so");
    assert!(!pushed.bench.lab.at(pushed.phone).lamps().speaker);
    assert_eq!(pushed.bench.lab.open_streams(pushed.phone), 0);
}

// req: PU-3, PR-11
#[test]
fn pings_come_before_what_they_announce_and_as_beeps_in_a_call() {
    let mut pushed = Pushed::new();
    for alert in 0..=3 {
        pushed.push("topline", "barge", alert, "text.xml");
    }
    pushed.call(1, CallState::Active);
    pushed.push("topline", "barge", 3, "text.xml");
    let of_pushes = pushed.tale().into_iter().filter(|line| line.contains("ping") || line.contains("characters"));
    let text = "18 characters on the top line";
    let beeps = "3 beeps in the voice path";
    let (one, two, three) =
        ("1 ping in ringing pattern 1", "2 pings in ringing pattern 1", "3 pings in ringing pattern 1");
    let tones: Vec<String> = pushed.tale().into_iter().filter(|line| line.contains("beeps")).chain(of_pushes).collect();
    assert_eq!(tones, [beeps, text, one, text, two, text, three, text, text]);
}

// req: PU-3, PR-7
#[test]
fn what_is_refused_or_does_not_come_makes_no_tone() {
    let mut pushed = Pushed::new();
    assert_eq!(pushed.push("topline", "normal", 3, "nothing.xml"), Some(200));
    pushed.call(1, CallState::Alerting);
    assert_eq!(pushed.push("topline", "normal", 3, "text.xml"), Some(205));
    assert_eq!(
        pushed.tale()[2..],
        [
            "normal topline push for push.lab from 192.0.2.30: 200 Push Message Accepted",
            "text dropped: nobody listens there",
            "normal topline push for push.lab from 192.0.2.30: 205 Not In Push State: Push Aborted",
        ]
    );
}

// req: PU-9
#[test]
fn only_trusted_servers_are_heard() {
    let mut pushed = Pushed::new();
    let from = |host: &str| common::push::message("topline", "barge", 0, &format!("http://{host}/text.xml"));
    assert_eq!(pushed.post(&from("evil.example")), Some(402));
    // The guide's own looseness, unless the profile is strict.
    assert_eq!(pushed.post(&from("notpush.lab")), Some(200));
    assert!(pushed.bench.lab.web_asked().iter().all(|line| !line.contains("evil")));
}

// req: PU-1, PR-12
#[test]
fn page_text_and_stream_come_together() {
    let mut pushed = Pushed::new();
    for (kind, file) in [("topline", "text.xml"), ("display", "lunch.wml"), ("audio", "audio.xml")] {
        let message = common::push::message(kind, "barge", 1, &format!("{TPS}/{file}"));
        assert_eq!(pushed.post(&message), Some(200));
    }
    pushed.bench.lab.pass(std::time::Duration::from_millis(300));
    assert_eq!(pushed.rows()[..2], ["Fire drill at noon", "Soup today"]);
    assert!(pushed.bench.lab.at(pushed.phone).lamps().speaker);
    assert_eq!(pushed.bench.lab.open_streams(pushed.phone), 1);
}

// req: PU-9, PR-1
#[test]
fn only_a_registered_phone_with_push_and_a_list_listens() {
    let mut nobody = Pushed::with("4620SW", &[("TPSLIST", "")]);
    assert_eq!(nobody.text("barge"), None);
    let mut gone = Pushed::new();
    assert_eq!(gone.text("barge"), Some(200));
    gone.bench.log_off(gone.phone);
    assert_eq!(gone.text("barge"), None);
    let mut bench = common::Bench::with_settings(&[("TPSLIST", "/")]);
    let sip = bench.boot(common::setup("4620SW", deskset_models::Signaling::Sip));
    assert_eq!(bench.lab.post_push(sip, b"XMLData="), None);
}
