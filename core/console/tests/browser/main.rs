//! The page in a real browser, which `cargo xtask test --peers` installs.
// Timings are printed, not judged.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

#[path = "../common/mod.rs"]
mod common;
#[allow(dead_code, reason = "other packages take it in and press other keys")]
mod driver;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use common::Bench;
use deskset_console::{Console, Token};
use deskset_models::Secret;
use deskset_phone::{CallNews, CallState, Command, Input, Memory, State};
use deskset_runtime::floor::{Seat, Wanted};
use driver::{Browser, DOWN, ENTER, F1, Look};
use serde_json::{Value, json};

const DESK: (u16, u16) = (1500, 1150);

/// Far more than any phone takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// Makes a phone by the dialog, and waits until its user can use it.
async fn make(browser: &Browser, model: &str, extension: &str) {
    browser.click("#new-phone").await;
    browser.until("document.querySelector('#new-dialog').open").await;
    browser.run(&format!("const model = document.querySelector('#new-form [name=model]'); model.value = {model:?}; model.dispatchEvent(new Event('change'))")).await;
    browser.fill("#new-form [name=extension]", extension).await;
    browser.click("#new-form [type=submit]").await;
    browser.until("location.hash.startsWith('#/phone/')").await;
    browser.sees("#phone-facts", "ready").await;
    browser.until("document.querySelector('#set canvas')?.drawn").await;
}

// req: BR-1, BR-4, DC-6
#[tokio::test(flavor = "multi_thread")]
async fn a_speed_dial_typed_at_one_phone_is_found_at_another_model() {
    let bench = Bench::new().await;
    let browser = Browser::open(bench.port(), DESK, Look::Light).await;
    browser.until("!document.querySelector('#wall-empty').hidden").await;
    make(&browser, "4620SW", "4711").await;
    browser.keys(F1).await;
    browser.sees("#phone-rows", "Add").await;
    browser.click("[data-key=soft1]").await;
    browser.sees("#phone-rows", "Label:").await;
    browser.keys("Ирина").await;
    browser.sees("#phone-rows", "Label: Ирина").await;
    browser.keys(DOWN).await;
    browser.keys("9120").await;
    browser.sees("#phone-rows", "Number: 9120").await;
    browser.picture("page-phone.png").await;
    browser.keys(ENTER).await;
    browser.sees("#phone-rows", "Backup successful").await;
    browser.sees("#phone-events", "4711_4620data.txt").await;

    browser.click("header nav a[href='#/backups']").await;
    browser.sees("#backup-differences", "Ирина = 9120").await;
    browser.sees("#backup-text", "ABKNAME001=Ирина").await;
    browser.click("header nav a[href='#/files']").await;
    browser.sees("#files-rows", "4711_4620data.txt").await;
    browser.click("header nav a[href='#/timeline']").await;
    browser.sees("#timeline-rows", "phone-1").await;

    browser.go("/#/phone/phone-1").await;
    browser.click("#phone-remove").await;
    browser.click("#remove-form [type=submit]").await;
    browser.until("!document.querySelector('#wall-empty').hidden").await;
    make(&browser, "4621SW", "4711").await;
    browser.keys(F1).await;
    browser.sees("#phone-rows", "Ирина").await;
    let label = "document.querySelector('[data-key=line1-left]').ariaLabel";
    assert_eq!(browser.until(label).await, "Line 1 left: Ирина");
    browser.stayed_at_home().await;
    browser.close().await;
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn a_call_rings_parameters_are_explained_and_versions_compared() {
    let bench = Bench::new().await;
    let browser = Browser::open(bench.port(), DESK, Look::Dark).await;
    make(&browser, "4625SW", "4712").await;
    browser.click("#call [value=alerting]").await;
    browser.sees("#phone-rows", "Anna 9120").await;
    browser.until("document.querySelector('#set .lamp.lit')").await;
    browser.fill("#parameters-find", "RESTORESTAT").await;
    browser.click("[aria-label='Why RESTORESTAT?']").await;
    browser.sees("#parameters .why", "46xxsettings.txt").await;
    browser.run("scrollTo(0, 0)").await;
    browser.picture("page-dark.png").await;
    browser.run("document.querySelector('#parameters').scrollIntoView()").await;
    browser.picture("page-dark-parameters.png").await;

    bench.save("phone-1", 1, "Ирина", "9120").await;
    bench.save("phone-1", 2, "Front desk", "21000").await;
    bench.save("phone-1", 1, "Ирина Петрова", "9121").await;
    browser.go("/#/backups").await;
    browser.sees("#backup-differences ins", "Ирина Петрова = 9121").await;
    browser.sees("#backup-differences del", "Ирина = 9120").await;
    browser.picture("page-backups.png").await;
    browser.stayed_at_home().await;
    browser.close().await;
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn a_guarded_console_asks_for_its_token_once() {
    let bench = Bench::new().await;
    let token = || Some(Token::new(Secret::new("a-token-of-the-lab-1")).unwrap());
    let guarded = Console::start("127.0.0.1:0".parse().unwrap(), token(), bench.control.clone()).await.unwrap();
    let browser = Browser::open(guarded.address().port(), DESK, Look::Light).await;
    browser.until("document.querySelector('#token-dialog').open").await;
    browser.keys("a-token-of-nobody-1").await;
    browser.keys(ENTER).await;
    browser.sees("#token-trouble", "That was not the token").await;
    browser.keys("a-token-of-the-lab-1").await;
    browser.keys(ENTER).await;
    browser.until("!document.querySelector('#wall-empty').hidden").await;
    make(&browser, "4610SW", "4713").await;
    browser.go("/#/files").await;
    browser.sees("#files-rows", "4713_4610data.txt").await;
    browser.close().await;
    guarded.stop().await;
}

/// What axe-core finds wrong for people who cannot see, hear or point.
async fn faults(browser: &Browser) -> Vec<String> {
    let axe = std::fs::read_to_string(std::env::var("PEER_FILE_AXE").unwrap()).unwrap();
    browser.run(&format!("{axe}; globalThis.axe = axe")).await;
    let script = "axe.run(document).then((found) => done(found.violations.map((one) => \
                  `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200) + ' ' + node.failureSummary).join(' | ')}`)))";
    let found = browser.run_until_done(script).await;
    found.as_array().unwrap().iter().map(Value::to_string).collect()
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn every_view_is_fit_for_everybody() {
    let bench = Bench::new().await;
    for (number, model) in ["4610SW", "4620SW", "4625SW"].into_iter().enumerate() {
        let wish = json!({"name": format!("desk-{number}"), "model": model, "extension": (4711 + number).to_string()});
        assert_eq!(bench.post("/api/v1/phones", wish).await.0, 201);
    }
    bench.post("/api/v1/phones", json!({"name": "asks", "model": "4622SW"})).await;
    bench.post("/api/v1/phones", json!({"name": "dark", "model": "4620", "boot": false})).await;
    bench.save("desk-1", 1, "Ирина", "9120").await;
    for look in [Look::Light, Look::Dark] {
        // As wide as at 200 % on a screen of usual size, too.
        for size in [DESK, (640, 900)] {
            let browser = Browser::open(bench.port(), size, look).await;
            let views = [
                ("/#/phones", "#wall-phones .state.ready"),
                ("/#/phone/desk-1", "#parameters tr"),
                ("/#/timeline", "#timeline-rows tr"),
                ("/#/files", "#files-rows tr"),
                ("/#/backups", "#backup-differences tr"),
            ];
            for (place, there) in views {
                browser.go(place).await;
                browser.until(&format!("document.querySelector({there:?})")).await;
                assert_eq!(faults(&browser).await, [""; 0], "{place}");
                let fits = "return document.documentElement.scrollWidth <= innerWidth";
                assert_eq!(browser.run(fits).await, true, "{place} is wider than the window");
            }
            browser.click("#new-phone").await;
            browser.until("document.querySelector('#new-dialog').open").await;
            assert_eq!(faults(&browser).await, [""; 0], "the dialog");
            browser.close().await;
        }
    }
}

/// Phones on the wall.
const CROWD: usize = 200;

/// Phones of all models, in use without a name, started a few at a time.
async fn crowd(bench: &Bench) -> Vec<Seat> {
    let mut supply = (*bench.control.supply).clone();
    supply.site.retain(|(name, _)| name == "HTTPSRVR");
    let models: Vec<String> = supply.models.iter().map(|model| model.name().to_owned()).collect();
    let mut seats = Vec::new();
    for (number, model) in (0..CROWD).zip(models.iter().cycle()) {
        let (name, index) = (format!("phone-{}", number + 1), number as u64);
        let wanted = Wanted { name, model: Some(model.clone()), index, ..Wanted::default() };
        seats.push(bench.control.floor.place(supply.setup(&wanted).unwrap(), Memory::default()).unwrap());
    }
    for some in seats.chunks(20) {
        for seat in some {
            seat.hand(Input::PowerOn).await.unwrap();
        }
        for seat in some {
            seat.until(PATIENCE, |phone| phone.state() == State::AwaitsLogin).await.unwrap();
            seat.command(Command::LogIn(None)).await.unwrap();
            seat.until(PATIENCE, |phone| matches!(phone.state(), State::Ready { .. })).await.unwrap();
        }
    }
    seats
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_phones_are_seen_at_once() {
    let bench = Bench::new().await;
    let seats = crowd(&bench).await;
    let browser = Browser::open(bench.port(), (1920, 2400), Look::Light).await;
    browser.click("[name=size][value=small]").await;
    let drawn = "[...document.querySelectorAll('#wall canvas')]";
    browser.until(&format!("{drawn}.filter((one) => one.drawn).length === {CROWD}")).await;
    browser.picture("page-wall.png").await;

    // Every phone is called, by another twenty times a second.
    let calling = Arc::new(AtomicBool::new(true));
    let (goes_on, crowd) = (calling.clone(), seats.clone());
    let callers = tokio::spawn(async move {
        let mut pace = tokio::time::interval(Duration::from_millis(50));
        pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        for turn in 0_u64.. {
            if !goes_on.load(Ordering::Relaxed) {
                return turn;
            }
            pace.tick().await;
            for seat in &crowd {
                let name = format!("Caller {turn}");
                let (state, number) = (CallState::Alerting, String::new());
                seat.hand(Input::Call(CallNews { appearance: 1, state, name, number })).await.unwrap();
            }
        }
        0
    });
    let measured = browser
        .run_until_done(&format!(
            "const tasks = []; new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration))).observe({{ type: 'longtask' }});
             const before = {drawn}.map((one) => one.drawn);
             setTimeout(() => {{
               const counts = {drawn}.map((one, at) => (one.drawn - before[at]) / 5).sort((one, other) => one - other);
               done({{ least: counts[0], median: counts[counts.length >> 1], most: counts.at(-1), tasks: tasks.length, longest: Math.max(0, ...tasks) }});
             }}, 5000);"
        ))
        .await;
    calling.store(false, Ordering::Relaxed);
    let turns = callers.await.unwrap();
    eprintln!("pictures a second and phone, long tasks and their ms: {measured}; {turns} turns of calls");

    // What is seen in the end is what the phones show.
    for seat in &seats {
        let (name, number) = (seat.name(), seat.glance().number);
        let canvas = format!("document.querySelector('#wall a[href=\"#/phone/{name}\"] canvas').number >= {number}");
        browser.until(&canvas).await;
    }
    browser.click("[name=size][value=medium]").await;
    browser.picture("page-wall-medium.png").await;
    // Whoever is out of sight costs nothing.
    browser.stayed_at_home().await;
    browser.click("[name=size][value=large]").await;
    let streams =
        |requests: Vec<String>| requests.into_iter().filter_map(|url| Some(url.split_once("phones=")?.1.to_owned()));
    let few = async {
        while !streams(browser.traffic().await.0).any(|names| names.split(',').count() < CROWD / 4) {
            browser.until("true").await;
        }
    };
    tokio::time::timeout(PATIENCE, few).await.unwrap();
    browser.close().await;
}
