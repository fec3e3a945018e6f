//! The Web application by keys.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{LUNCH, Pushed, TPS};
use deskset_phone::{Input, View, browser::Answer};
use deskset_sim::WebReply;

// req: PU-1, PR-21
#[test]
fn a_link_dials_and_another_is_followed() {
    let mut pushed = Pushed::new();
    pushed.page("barge");
    pushed.key("line2-left");
    assert_eq!(pushed.view(), View::Phone);
    let told = pushed.bench.told("use");
    assert!(told.iter().any(|line| line.ends_with("call appearance 1 dials 5551")), "{told:?}");
    pushed.bench.lab.web(&format!("{TPS}/more.wml"), WebReply::page(LUNCH));
    pushed.key("soft3");
    pushed.key("line3-right");
    assert_eq!(pushed.bench.lab.web_asked().last().unwrap(), "GET http://push.lab/more.wml");
}

#[test]
fn a_link_adds_to_speed_dial_where_it_can_be_edited() {
    let mut pushed = Pushed::new();
    let page = "<wml><card><p><a href=\"wtai://wp/ap;5551;Canteen\">Add</a></p></card></wml>";
    pushed.bench.lab.web(&format!("{TPS}/lunch.wml"), WebReply::page(page));
    pushed.page("barge");
    pushed.key("line1-left");
    assert_eq!(pushed.rows()[..3], ["Add button 1", "Label: Canteen", "Number: 5551"]);
    pushed.key("soft1");
    pushed.pass(1);
    assert_eq!(pushed.bench.owned(pushed.phone, "4711").speed_dials[&1].label, "Canteen");
}

#[test]
fn fields_are_filled_in_by_the_dial_pad_and_a_password_is_never_told() {
    let mut pushed = Pushed::new();
    pushed.push("display", "barge", 0, "form.wml");
    let row = |pushed: &Pushed, what: &str| {
        let rows = pushed.rows();
        u8::try_from(rows.iter().position(|row| row.starts_with(what)).unwrap()).unwrap()
    };
    let first = row(&pushed, "[enter");
    pushed.key(&format!("line{first}-left"));
    pushed.keys("2 2 3");
    assert!(pushed.rows().iter().any(|row| row.contains("bd")), "{:?}", pushed.rows());
    pushed.key("soft1");
    let second = row(&pushed, "[enter");
    pushed.key(&format!("line{second}-left"));
    pushed.bench.lab.input(pushed.phone, Input::Text("s3cret".to_owned()));
    pushed.key("7");
    assert!(pushed.rows().iter().all(|row| !row.contains("s3cret")), "{:?}", pushed.rows());
    assert!(pushed.bench.told("use").last().unwrap().ends_with("a key into a password field"));
    pushed.keys("soft1 soft1");
    assert_eq!(pushed.bench.lab.web_asked().last().unwrap(), "GET http://push.lab/desk?n=bd&c=s3cretp");
    assert!(pushed.bench.lab.story().lines().iter().all(|line| !line.contains("s3cret")));
}

#[test]
fn a_locked_page_asks_for_name_and_password() {
    let mut pushed = Pushed::new();
    let answer = Answer {
        status: 200,
        content_type: Some("text/vnd.wap.wml".to_owned()),
        body: LUNCH.into(),
        ..Answer::default()
    };
    let locked = WebReply::Locked { name: "ann".to_owned(), password: "s3cret".to_owned(), answer };
    pushed.bench.lab.web(&format!("{TPS}/home.wml"), locked);
    pushed.key("soft3");
    assert_eq!(pushed.rows()[..3], ["Sign in: staff", "Name:", "Password:"]);
    let sign_in = |pushed: &mut Pushed, password: &str| {
        pushed.bench.lab.input(pushed.phone, Input::Text("ann".to_owned()));
        pushed.key("line2-left");
        pushed.bench.lab.input(pushed.phone, Input::Text(password.to_owned()));
        assert_eq!(pushed.rows()[2], format!("Password: {}", "*".repeat(password.len())));
        pushed.key("soft1");
    };
    sign_in(&mut pushed, "wrong!");
    assert_eq!(pushed.rows()[..3], ["Sign in: staff", "Name:", "Password:"]);
    sign_in(&mut pushed, "s3cret");
    assert_eq!(pushed.rows()[..2], ["Lunch", "Soup today"]);
    assert!(pushed.bench.lab.story().lines().iter().all(|line| !line.contains("s3cret") && !line.contains("wrong!")));
}

// req: PR-7
#[test]
fn pages_go_through_the_proxy_but_not_to_exceptions() {
    let proxy = [("WMLPROXY", "proxy.lab"), ("WMLPORT", "8080"), ("WMLEXCEPT", "other.lab,push.lab")];
    let mut around = Pushed::with("4620SW", &proxy);
    around.page("barge");
    assert_eq!(around.bench.lab.web_asked().last().unwrap(), "GET http://push.lab/lunch.wml");
    let mut through = Pushed::with("4620SW", &proxy[..2]);
    through.page("barge");
    assert_eq!(through.bench.lab.web_asked().last().unwrap(), "GET http://push.lab/lunch.wml via proxy.lab:8080");
    // Other content never takes that way.
    through.text("barge");
    assert_eq!(through.bench.lab.web_asked().last().unwrap(), "GET http://push.lab/text.xml");
}

#[test]
fn an_idle_phone_shows_its_page_after_a_while() {
    let mut pushed = Pushed::with("4620SW", &[("WMLIDLEURI", "http://push.lab/lunch.wml"), ("WMLIDLETIME", "2")]);
    pushed.key("volume-up");
    pushed.pass(119);
    assert_eq!(pushed.view(), View::Phone);
    pushed.pass(2);
    assert_eq!((pushed.view(), pushed.top().as_str()), (View::Web, "Lunch"));
    pushed.key("phone-exit");
    assert_eq!(pushed.view(), View::Phone);
}

// req: PR-23
#[test]
fn without_a_home_page_there_is_no_web_softkey_until_a_page_is_pushed() {
    let mut pushed = Pushed::with("4620SW", &[("WMLHOME", "")]);
    assert!(!pushed.rows()[7].contains("Web"));
    pushed.page("barge");
    assert_eq!(pushed.view(), View::Web);
    pushed.key("phone-exit");
    assert!(pushed.rows()[7].contains("Web"));
}

// req: PR-7
#[test]
fn a_barging_page_that_does_not_come_shows_why() {
    let mut pushed = Pushed::new();
    pushed.push("display", "barge", 1, "nothing.wml");
    assert_eq!(pushed.view(), View::Web);
    let text = pushed.rows()[1..].concat().replace(' ', "");
    assert!(text.contains("http://push.lab/nothing.wml:noanswer:nobodylistensthere"), "{text}");
    assert!(pushed.tale().iter().all(|line| !line.contains("ping")));
}
