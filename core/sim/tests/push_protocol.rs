//! What the push agent answers, whom it trusts, how it subscribes.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{Pushed, TPS, message};
use deskset_phone::{CallState, Input, Policy, PushId, PushRequest, PushStatus, SubscribeSeparator};
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

// req: PR-4
#[test]
fn a_post_that_comes_while_the_port_closes_is_told_that_push_is_off() {
    let answered = |pushed: &mut Pushed| {
        let body = format!("XMLData={}", message("topline", "barge", 0, "http://push.lab/text.xml"));
        let request = PushRequest { id: PushId(7), peer: [192, 0, 2, 30].into(), body: body.into_bytes().into() };
        pushed.bench.lab.input(pushed.phone, Input::PushRequest(request));
        pushed.tale().last().unwrap().clone()
    };
    let mut nobody = Pushed::with("4620SW", &[("TPSLIST", "")]);
    assert_eq!(answered(&mut nobody), "push from 192.0.2.30: 201 Push Services Disabled (TPSLIST is empty)");
    let mut gone = Pushed::new();
    gone.bench.log_off(gone.phone);
    assert_eq!(
        answered(&mut gone),
        "push from 192.0.2.30: 202 Internal Error: Push Aborted (the phone is not registered)"
    );
}

// req: PR-17
#[test]
fn content_and_pages_are_asked_for_with_what_the_model_can_show() {
    for (model, user_agent, images) in [
        ("4610SW", "AVAYA/4610SW (4610D01A; 2.9.2)", "image/vnd.wap.wbmp"),
        ("4625SW", "AVAYA/4625SW (4625D01A; 2.9.2)", "image/vnd.wap.wbmp, image/jpeg"),
    ] {
        let mut pushed = Pushed::with(model, &[]);
        for (kind, file) in
            [("display", "lunch.wml"), ("topline", "text.xml"), ("audio", "audio.xml"), ("subscribe", "again.xml")]
        {
            assert_eq!(pushed.push(kind, "barge", 0, file), Some(200));
        }
        // A page that the user opens from there.
        pushed.key("line3-left");
        let seen = |request: &deskset_phone::WebRequest| {
            let header = |name: &str| request.headers.iter().find(|(other, _)| other == name).unwrap().1.clone();
            let of = [header("User-Agent"), header("Accept"), header("Accept-Charset")];
            (request.url.path().to_owned(), of, request.connect_within.as_secs(), request.within.as_secs())
        };
        let row = |path: &str, accept: String, within| {
            let of = [user_agent.to_owned(), accept, "utf-8, iso-8859-1".to_owned()];
            (path.to_owned(), of, 5, within)
        };
        let page = format!("text/vnd.wap.wml, {images}");
        let content = format!("{page}, text/xml");
        let requests: Vec<_> = pushed.bench.lab.web_requests().iter().map(seen).collect();
        assert_eq!(
            requests,
            [
                row("/subscribe", content.clone(), 10),
                row("/lunch.wml", content.clone(), 15),
                row("/text.xml", content.clone(), 15),
                row("/audio.xml", content.clone(), 15),
                row("/again.xml", content.clone(), 15),
                row("/subscribe", content, 10),
                row("/more.wml", page, 15),
            ]
        );
    }
}

// req: PR-22
#[test]
fn pushport_moves_the_port() {
    for (settings, line) in [
        (&[][..], "listens on port 80"),
        (&[("PUSHPORT", "8080")], "listens on port 8080"),
        (&[("PUSHPORT", "79")], "listens on port 80"),
    ] {
        let pushed = Pushed::with("4620SW", settings);
        assert_eq!(pushed.tale()[0], line);
    }
}

// req: PR-7
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
fn a_server_that_says_no_is_tried_again_every_twenty_minutes() {
    let mut pushed =
        Pushed::with("4620SW", &[("SUBSCRIBELIST", "http://no.lab/s,http://push.lab/subscribe,,x,http://no.lab/t")]);
    pushed.bench.lab.web("http://no.lab/s", WebReply::status(503));
    pushed.bench.lab.web("http://no.lab/t", WebReply::Silent);
    let asked = |pushed: &Pushed| {
        let path = |line: &String| line.split_once(".lab/").unwrap().1.split('?').next().unwrap().to_owned();
        pushed.bench.lab.web_asked().iter().map(path).collect::<Vec<_>>()
    };
    assert_eq!(asked(&pushed), ["s", "subscribe", "t"]);
    let (mut seen, mut minutes) = (asked(&pushed), Vec::new());
    for minute in 1..180 {
        pushed.pass(60);
        let more = asked(&pushed).split_off(seen.len());
        if !more.is_empty() {
            assert_eq!(more, ["s", "t"]);
            minutes.push(minute);
            seen = asked(&pushed);
        }
    }
    // Each time the silent one takes ten seconds, and twenty minutes begin after it.
    assert_eq!(minutes, [20, 41, 61, 81, 101]);
}

// req: PR-16
#[test]
fn the_items_may_be_apart_as_the_guide_prints_them() {
    let policy = Policy { subscribe_separator: SubscribeSeparator::Plus, ..Policy::default() };
    let pushed = Pushed::with_policy("4622SW", &[], policy);
    assert_eq!(
        pushed.bench.lab.web_asked(),
        ["GET http://push.lab/subscribe?MAC=00:04:0d:00:00:01+Extn=4711+ip=0.0.0.0+SetID=4622D01A"]
    );
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
