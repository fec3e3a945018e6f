//! What the push agent answers, whom it trusts, how it subscribes.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{Pushed, TPS, message};
use deskset_phone::{CallState, PushStatus};
use deskset_sim::WebReply;

// req: PU-2, PU-9, PR-2, PR-4, PR-6
#[test]
fn a_message_that_cannot_be_taken_is_answered_with_the_first_thing_that_is_wrong() {
    let good = message("topline", "normal", 0, "http://push.lab/text.xml");
    let long = format!("http://push.lab/{}", "a".repeat(1024));
    let post = "<Push type=\"topline\"><go href=\"http://push.lab/a\" method=\"post\"/></Push>".to_owned();
    let answers = [
        (good.clone(), 200),
        (good.replace("<Push", "<Push color=\"red\""), 301),
        (good.replace("</Push>", "</push>"), 302),
        (String::new(), 303),
        (good.replace("1.0\"", "1.0\" encoding=\"klingon\""), 304),
        (good.replace("Push", "Pull"), 305),
        (post, 306),
        (format!("{good}{}", " ".repeat(5200)), 307),
        (good.replace("push.lab", "evil.example"), 402),
        (good.replace("http:", "https:"), 402),
        (good.replace("http://push.lab/text.xml", "text.xml"), 501),
        (good.replace("http://push.lab/text.xml", &long), 501),
    ];
    let mut pushed = Pushed::new();
    for (xml, code) in answers {
        assert_eq!(pushed.post(&xml), Some(code), "{xml}");
    }
    assert_eq!(pushed.bench.lab.post_push(pushed.phone, good.as_bytes()).map(PushStatus::code), Some(303));
    let plain = format!("XMLData={good}");
    assert_eq!(pushed.bench.lab.post_push(pushed.phone, plain.as_bytes()).map(PushStatus::code), Some(200));
}

// req: PR-3, PR-4
#[test]
fn every_code_has_its_http_status() {
    let statuses = PushStatus::ALL.map(|status| (status.code(), status.http_status()));
    assert_eq!(
        statuses,
        [
            (200, 200),
            (201, 403),
            (202, 500),
            (204, 200),
            (205, 200),
            (208, 200),
            (301, 400),
            (302, 400),
            (303, 400),
            (304, 400),
            (305, 400),
            (306, 400),
            (307, 400),
            (402, 403),
            (501, 400),
            (503, 200),
        ]
    );
}

// req: PR-7, PR-17
#[test]
fn post_fields_go_along_and_a_redirect_is_not_followed() {
    let mut pushed = Pushed::new();
    let push = |method: &str, file: &str| {
        format!(
            "<Push type=\"topline\" mode=\"barge\"><go href=\"{TPS}/{file}\" method=\"{method}\"><postfield name=\"a\" \
             value=\"1 2\"/></go></Push>"
        )
    };
    let moved =
        deskset_phone::browser::Answer { status: 302, location: Some(format!("{TPS}/text.xml")), ..Default::default() };
    pushed.bench.lab.web(&format!("{TPS}/moved.xml"), WebReply::Answer(moved));
    for (method, file) in [("get", "text.xml"), ("post", "text.xml"), ("get", "moved.xml")] {
        pushed.post(&push(method, file));
        pushed.pass(1);
    }
    assert_eq!(
        pushed.bench.lab.web_asked()[1..],
        [
            "GET http://push.lab/text.xml?a=1+2",
            "POST http://push.lab/text.xml a=1+2",
            "GET http://push.lab/moved.xml?a=1+2"
        ]
    );
    assert_eq!(pushed.tale().last().unwrap(), "text dropped: the server answered 302");
}

// req: PR-16
#[test]
fn a_phone_subscribes_after_its_registration_and_tries_again_five_times() {
    let mut pushed = Pushed::new();
    assert_eq!(
        pushed.bench.lab.web_asked(),
        ["GET http://push.lab/subscribe?MAC=00:04:0d:00:00:01&Extn=4711&ip=0.0.0.0&SetID=4620D01B"]
    );
    let list = "http://push.lab/subscribe,http://dead.lab/subscribe?x=1";
    pushed = Pushed::with("4625SW", &[("SUBSCRIBELIST", list)]);
    pushed.pass(3 * 60 * 60);
    let asked =
        |pushed: &Pushed, host: &str| pushed.bench.lab.web_asked().iter().filter(|line| line.contains(host)).count();
    assert_eq!((asked(&pushed, "push.lab"), asked(&pushed, "dead.lab")), (1, 6));
    assert!(pushed.bench.lab.web_asked().iter().any(|line| line.contains("?x=1&MAC=")));
    // A push asks for it, once a minute at most; what fails then is not tried again.
    assert_eq!(pushed.push("subscribe", "normal", 0, "again.xml"), Some(200));
    assert_eq!((asked(&pushed, "push.lab/subscribe"), asked(&pushed, "dead.lab")), (2, 7));
    assert_eq!(pushed.push("subscribe", "normal", 0, "again.xml"), Some(503));
    pushed.pass(60);
    assert_eq!(pushed.push("subscribe", "normal", 0, "again.xml"), Some(200));
    pushed.pass(3 * 60 * 60);
    assert_eq!(asked(&pushed, "dead.lab"), 8);
}

// req: PR-16
#[test]
fn without_a_subscription_server_a_subscribe_push_is_refused() {
    let mut pushed = Pushed::with("4620SW", &[("SUBSCRIBELIST", "")]);
    assert_eq!(pushed.push("subscribe", "normal", 0, "again.xml"), Some(503));
}

// req: PR-22
#[test]
fn pushcap_keeps_types_and_modes_out() {
    let mut pushed = Pushed::with("4620SW", &[("PUSHCAP", "012")]);
    assert_eq!(pushed.text("normal"), Some(200));
    assert_eq!((pushed.page("normal"), pushed.page("barge")), (Some(205), Some(200)));
    assert_eq!(pushed.audio("barge"), Some(208));
}

// req: PR-24
#[test]
fn the_same_push_twice_is_fetched_once_and_a_lesser_one_waits() {
    let mut pushed = Pushed::new();
    let barge = message("topline", "barge", 0, "http://push.lab/text.xml");
    let normal = message("topline", "normal", 0, "http://push.lab/text.xml");
    let codes = [&barge, &barge, &normal].map(|xml| pushed.post(xml));
    assert_eq!(codes, [Some(200), Some(200), Some(202)]);
    pushed.pass(1);
    let fetches = pushed.bench.lab.web_asked().iter().filter(|line| line.ends_with("text.xml")).count();
    assert_eq!(fetches, 1);
}

// req: PR-24
#[test]
fn what_no_longer_fits_when_its_content_comes_is_not_forced_on_the_user() {
    let mut pushed = Pushed::new();
    assert_eq!(pushed.post(&message("topline", "normal", 0, "http://push.lab/text.xml")), Some(200));
    pushed.call(1, CallState::Alerting);
    pushed.pass(1);
    assert_eq!(pushed.tale().last().unwrap(), "text dropped: Not In Push State: Push Aborted");
}
