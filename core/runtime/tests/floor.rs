//! Phones on a floor: driven by themselves, looked at and used from outside.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Bench, dial, dials, model, ready};
use deskset_phone::{Command, Input, Memory, Phone, Protocol, State};
use deskset_runtime::{
    RuntimeError,
    floor::{Floor, Gone, Late, Seat},
};

const PATIENCE: Duration = Duration::from_secs(60);

/// A phone of that name and extension, booted.
async fn booted(bench: &Bench, floor: &Floor, name: &str, kind: &str, extension: &str) -> Seat {
    let mut choice = bench.phone(kind, extension, &[Protocol::Http]);
    choice.name = name.to_owned();
    let seat = floor.place(choice.setup(&bench.profile, model(kind)).unwrap(), Memory::default()).unwrap();
    assert_eq!(seat.glance().state, State::Off);
    seat.hand(Input::PowerOn).await.unwrap();
    let expected = ready(extension);
    seat.until(PATIENCE, move |phone| phone.state() == expected).await.unwrap();
    seat
}

// req: DC-6, AR-3
#[tokio::test(flavor = "multi_thread")]
async fn phones_side_by_side_work_by_themselves_and_show_what_was_done_at_them() {
    let bench = Bench::new().await;
    let floor = Floor::new(bench.carrier());
    let mut news = floor.news();
    let (first, second) = tokio::join!(
        booted(&bench, &floor, "first", "4620SW", "4711"),
        booted(&bench, &floor, "second", "4621SW", "4712")
    );
    let before = first.glance();
    first.command(dial(1, "Front desk", "21000")).await.unwrap();
    first.command(Command::Save).await.unwrap();
    let backed_up = |phone: &Phone| {
        phone.screen().rows()[0].starts_with("Backup successful")
            && matches!(phone.state(), State::Ready { settled: true, .. })
    };
    let shown = first.until(PATIENCE, backed_up).await.unwrap();
    assert!(shown.number > before.number);
    assert_eq!(shown, first.glance());
    let saved = first.ask(|desk| dials(desk, "4711")).await.unwrap();
    assert_eq!(saved, [(1, "Front desk".to_owned(), "21000".to_owned())]);
    assert!(second.ask(|desk| dials(desk, "4712")).await.unwrap().is_empty());

    // Every event of every phone came along, in each phone's order.
    let mut numbers = std::collections::BTreeMap::<String, Vec<u64>>::new();
    while let Ok(told) = news.try_recv() {
        numbers.entry(told.phone.to_string()).or_default().push(told.number);
    }
    assert_eq!(numbers.keys().collect::<Vec<_>>(), ["first", "second"]);
    assert!(numbers.values().all(|numbers| *numbers == (1..=numbers.len() as u64).collect::<Vec<_>>()));
    assert!(numbers.values().all(|numbers| numbers.len() > 10));
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn names_are_unique_waiting_ends_and_a_phone_that_was_taken_away_says_so() {
    let bench = Bench::new().await;
    let floor = Floor::new(bench.carrier());
    let seat = booted(&bench, &floor, "phone", "4620SW", "4711").await;
    let again = bench.phone("4620SW", "4712", &[]).setup(&bench.profile, model("4620SW")).unwrap();
    let taken = floor.place(again, Memory::default()).unwrap_err();
    assert!(matches!(&taken, RuntimeError::NameTaken { name } if name == "phone"), "{taken}");

    let Err(Late::Over(glance)) = seat.until(Duration::ZERO, |_| false).await else { panic!("was met") };
    assert_eq!(glance.state, ready("4711"));
    assert_eq!(floor.seats().len(), 1);
    let waits = tokio::spawn({
        let seat = seat.clone();
        async move { seat.until(PATIENCE, |_| false).await }
    });
    assert!(floor.remove("phone"));
    assert!(!floor.remove("phone"));
    assert!(floor.seat("phone").is_none());
    assert_eq!(waits.await.unwrap(), Err(Late::Gone(Gone)));
    assert_eq!(seat.command(Command::Save).await, Err(Gone));
}

// req: AR-3
#[tokio::test(flavor = "multi_thread")]
async fn an_extension_is_taken_over_by_keys_and_the_phone_that_had_it_hears_of_it() {
    let bench = Bench::new().await;
    let floor = Floor::new(bench.carrier());
    let (first, second) = tokio::join!(
        booted(&bench, &floor, "first", "4620SW", "4711"),
        booted(&bench, &floor, "second", "4621SW", "4712")
    );
    second.command(Command::LogOff).await.unwrap();
    second.until(PATIENCE, |phone| phone.state() == State::LoggedOff).await.unwrap();
    log_in(&bench, &second, "4711").await;
    second.until(PATIENCE, |phone| matches!(phone.state(), State::Failed { .. })).await.unwrap();
    assert!(second.glance().screen.rows()[0].starts_with("Extension in Use"));
    second.hand(Input::Key("#".parse().unwrap())).await.unwrap();
    log_in(&bench, &second, "4711").await;
    first.until(PATIENCE, |phone| phone.state() == State::LoggedOff).await.unwrap();
    second.until(PATIENCE, |phone| phone.state() == ready("4711")).await.unwrap();
}

/// At the login screen, by keys.
async fn log_in(bench: &Bench, seat: &Seat, extension: &str) {
    for digit in extension.chars() {
        seat.hand(Input::Key(digit.to_string().parse().unwrap())).await.unwrap();
    }
    seat.hand(Input::Key("line2-left".parse().unwrap())).await.unwrap();
    seat.hand(Input::Text(bench.login(extension).password.reveal().to_owned())).await.unwrap();
    seat.hand(Input::Key("soft4".parse().unwrap())).await.unwrap();
}
