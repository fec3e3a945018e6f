//! Name and password for web servers and for the proxy on the way to them.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{LUNCH, Pushed, TPS};
use deskset_phone::{Input, View, browser::Answer};
use deskset_sim::WebReply;

fn page() -> Answer {
    let content_type = Some("text/vnd.wap.wml".to_owned());
    Answer { status: 200, content_type, body: LUNCH.into(), ..Answer::default() }
}

/// A page that asks for ann's password.
fn locked() -> WebReply {
    WebReply::Locked { name: "ann".to_owned(), password: "s3cret".to_owned(), answer: page() }
}

fn sign_in(pushed: &mut Pushed, name: &str, password: &str) {
    pushed.bench.lab.input(pushed.phone, Input::Text(name.to_owned()));
    pushed.key("line2-left");
    pushed.bench.lab.input(pushed.phone, Input::Text(password.to_owned()));
    pushed.key("soft1");
}

/// A proxy that asks everybody for bob's password.
fn behind_a_proxy() -> Pushed {
    let mut pushed = Pushed::with("4620SW", &[("WMLPROXY", "proxy.lab"), ("WMLPORT", "8080")]);
    pushed.bench.lab.lock_proxy("proxy.lab", "bob", "byway");
    pushed
}

#[test]
fn a_proxy_asks_once_for_all_pages() {
    let mut pushed = behind_a_proxy();
    pushed.key("soft3");
    assert_eq!(pushed.rows()[..3], ["Sign in: way", "Name:", "Password:"]);
    assert_eq!(pushed.bench.tale("use").last().unwrap(), "the proxy asks for name and password");
    sign_in(&mut pushed, "bob", "wrong!");
    assert_eq!(pushed.top(), "Sign in: way");
    sign_in(&mut pushed, "bob", "byway");
    assert_eq!(pushed.rows()[..2], ["Home", "Welcome"]);
    // A page of another server takes the same way.
    assert_eq!(pushed.page("barge"), Some(200));
    assert_eq!(pushed.top(), "Lunch");
    assert!(pushed.bench.lab.story().lines().iter().all(|line| !line.contains("byway") && !line.contains("wrong!")));
}

#[test]
fn a_proxy_and_the_server_behind_it_each_have_their_own_password() {
    let mut pushed = behind_a_proxy();
    pushed.bench.lab.web(&format!("{TPS}/home.wml"), locked());
    pushed.key("soft3");
    sign_in(&mut pushed, "bob", "byway");
    assert_eq!(pushed.top(), "Sign in: staff");
    sign_in(&mut pushed, "ann", "wrong!");
    assert_eq!(pushed.top(), "Sign in: staff");
    sign_in(&mut pushed, "ann", "s3cret");
    assert_eq!(pushed.rows()[..2], ["Lunch", "Soup today"]);
    // Neither is asked for again.
    pushed.bench.lab.web(&format!("{TPS}/more.wml"), locked());
    pushed.key("line3-left");
    assert_eq!(pushed.bench.lab.web_asked().last().unwrap(), "GET http://push.lab/more.wml via proxy.lab:8080");
    assert_eq!(pushed.rows()[..2], ["Lunch", "Soup today"]);
}

// req: PR-7
#[test]
fn a_pushed_page_is_fetched_as_the_user_signed_in_and_other_content_as_nobody() {
    let mut pushed = Pushed::new();
    for file in ["home.wml", "lunch.wml"] {
        pushed.bench.lab.web(&format!("{TPS}/{file}"), locked());
    }
    assert_eq!(pushed.page("normal"), Some(200));
    assert_eq!(pushed.tale().last().unwrap(), "page dropped: http://push.lab/lunch.wml: the server answered 401");
    pushed.key("soft3");
    sign_in(&mut pushed, "ann", "s3cret");
    pushed.key("phone-exit");
    assert_eq!(pushed.page("barge"), Some(200));
    assert_eq!((pushed.view(), pushed.top().as_str()), (View::Web, "Lunch"));
    pushed.text("barge");
    let given: Vec<usize> = pushed.bench.lab.web_requests().iter().map(|request| request.credentials.len()).collect();
    assert_eq!(given, [0, 0, 0, 1, 1, 0]);
}

#[test]
fn nobody_is_asked_for_a_password_that_cannot_be_given() {
    let mut pushed = Pushed::new();
    let digest = Answer { status: 401, challenge: Some("Digest realm=\"x\", nonce=\"1\"".to_owned()), ..page() };
    pushed.bench.lab.web(&format!("{TPS}/home.wml"), WebReply::Answer(digest));
    pushed.key("soft3");
    let text = pushed.rows()[1..].concat().replace(' ', "");
    assert!(text.contains("itasksforapasswordinawaynotspokenhere"), "{text}");
}

#[test]
fn who_gives_up_comes_back_to_the_page_before() {
    let mut pushed = Pushed::new();
    pushed.page("barge");
    pushed.bench.lab.web(&format!("{TPS}/more.wml"), locked());
    pushed.key("line3-left");
    assert_eq!(pushed.top(), "Sign in: staff");
    // Nothing is typed yet: there is nothing to submit.
    pushed.key("soft1");
    assert_eq!(pushed.top(), "Sign in: staff");
    pushed.key("soft4");
    assert_eq!(pushed.rows()[..2], ["Lunch", "Soup today"]);
}
