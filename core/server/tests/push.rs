//! Push content and subscriptions, asked for by raw sockets.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::{
    net::{IpAddr, SocketAddr},
    time::{Duration, SystemTime},
};

use deskset_server::{
    ContentServer, Directory, Document, Fetch, PushSite, Recorder, Shelf, Subscription, SubscriptionError,
    limits::{DOCUMENT_BYTES_MAX, SUBSCRIPTION_AGE_MAX},
};
use lab::{LOOPBACK, Lab, http};

fn from(address: &str) -> IpAddr {
    address.parse().unwrap()
}

async fn lab(push: PushSite) -> Lab {
    Lab::with(|settings| settings.push = Some(push)).await
}

fn begin(answer: &(String, Vec<String>, Vec<u8>)) -> (&str, &str) {
    (&answer.0[9..12], str::from_utf8(&answer.2).unwrap())
}

// req: PU-1
#[tokio::test]
async fn content_is_given_out_with_its_type_and_its_phone_is_named() {
    let shelf = Shelf::default();
    let mut lab = lab(PushSite { shelf: Some(shelf.clone()), directory: None }).await;
    let mut page = shelf.place("7/lunch.wml", Document::page("<wml/>")).unwrap();
    let mut audio = shelf
        .place(
            "7/wake.xml",
            Document::response_for(|fetch| format!("<Response>{:?}</Response>", fetch.rtp_port).into()),
        )
        .unwrap();
    let answer = http(lab.http(), "GET", &page.path()).await;
    let headers =
        ["content-type: text/vnd.wap.wml", "content-length: 6", "cache-control: no-store", "connection: close"];
    assert_eq!(answer, ("HTTP/1.1 200 OK".to_owned(), headers.map(str::to_owned).to_vec(), b"<wml/>".to_vec()));
    assert_eq!(page.fetched().await, Some(Fetch { from: LOOPBACK, rtp_port: None }));
    assert_eq!(lab.told().await, "HTTP fetch /push/content/7/lunch.wml -> push/content/7/lunch.wml: complete, 6 bytes");

    let answer = http(lab.http(), "POST", &format!("{}?a=b&rtpLPort=5004", audio.path())).await;
    assert_eq!(begin(&answer), ("200", "<Response>Some(5004)</Response>"));
    assert!(answer.1.contains(&"content-type: text/xml; charset=utf-8".to_owned()));
    assert_eq!(audio.fetched().await, Some(Fetch { from: LOOPBACK, rtp_port: Some(5004) }));
    // The files are served beside it.
    assert_eq!(http(lab.http(), "GET", "/upgrade.scr").await.0, "HTTP/1.1 200 OK");
}

#[tokio::test]
async fn content_that_is_gone_too_large_or_asked_for_in_another_way_is_refused() {
    let shelf = Shelf::default();
    let server = ContentServer::start(SocketAddr::new(LOOPBACK, 0), shelf.clone(), Recorder::log_only()).unwrap();
    let at = server.address();
    let page = shelf.place("a", Document::page("first")).unwrap();
    let newer = shelf.place("a", Document::page("second")).unwrap();
    let huge = shelf.place("huge", Document::page(vec![b'x'; DOCUMENT_BYTES_MAX + 1])).unwrap();
    let path = page.path();
    // Taken away, the older one takes nothing with it.
    drop(page);
    assert_eq!(begin(&http(at, "GET", &path).await), ("200", "second"));
    assert_eq!(begin(&http(at, "PUT", &path).await).0, "405");
    assert_eq!(begin(&http(at, "GET", &huge.path()).await).0, "404");
    drop(newer);
    for gone in [path.as_str(), "/push/content/", "/push/", "/push/subscriptions", "/upgrade.scr", "/"] {
        assert_eq!(begin(&http(at, "GET", gone).await).0, "404", "{gone}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_phone_that_subscribes_is_in_the_directory_until_another_takes_its_place() {
    let directory = Directory::new(5080);
    let lab = lab(PushSite { shelf: None, directory: Some(directory) }).await;
    let subscribe = |query: &str| {
        let path = format!("/push/subscribe?{query}");
        let at = lab.http();
        async move { begin(&http(at, "GET", &path).await).0.to_owned() }
    };
    assert_eq!(subscribe("MAC=02:00:00:00:00:01&Extn=4711&ip=127.1.2.3&SetID=4620D01B").await, "200");
    // As the guide prints it, and with blanks.
    assert_eq!(subscribe("MAC=02-00-00-00-00-02+Extn=4712+ip=127.1.2.4+SetID=4610D01A").await, "200");
    assert_eq!(subscribe("MAC=0200000000ff%20Extn=%20ip=127.1.2.5%20SetID=4625D01A").await, "200");
    let list = http(lab.http(), "GET", "/push/subscriptions").await;
    let list: serde_json::Value = serde_json::from_slice(&list.2).unwrap();
    let phone = |mac: &str, extension: &str, address: &str, set_id: &str| {
        let push = format!("http://{address}:5080/forms/push");
        serde_json::json!({
            "mac": mac, "extension": extension, "address": address, "set_id": set_id, "push": push, "age_seconds": 0
        })
    };
    let mut said = list["phones"].clone();
    said.as_array_mut().unwrap().iter_mut().for_each(|phone| phone["age_seconds"] = 0.into());
    assert_eq!(list["schema"], "deskset-subscriptions-1");
    assert_eq!(
        said,
        serde_json::json!([
            phone("02:00:00:00:00:01", "4711", "127.1.2.3", "4620D01B"),
            phone("02:00:00:00:00:02", "4712", "127.1.2.4", "4610D01A"),
            phone("02:00:00:00:00:ff", "", "127.1.2.5", "4625D01A"),
        ])
    );
    for broken in ["", "MAC=1&Extn=4711&ip=127.1.2.3&SetID=x", "MAC=020000000001&Extn=4711&ip=lab&SetID=x"] {
        assert_eq!(subscribe(broken).await, "400", "{broken}");
    }
    assert_eq!(begin(&http(lab.http(), "POST", "/push/subscribe").await).0, "405");
}

#[test]
fn the_newest_phone_of_an_extension_or_an_address_is_believed() {
    let directory = Directory::new(80);
    let now = SystemTime::now();
    let subscribe = |query: &str, at| directory.subscribe(query, from("10.0.0.9"), at).unwrap();
    let known = |at| {
        let of = |phone: Subscription| format!("{} {} {}", phone.mac, phone.extension, phone.push);
        directory.list(at).into_iter().map(of).collect::<Vec<_>>()
    };
    subscribe("MAC=020000000001&Extn=4711&ip=10.0.0.1&SetID=a", now);
    subscribe("MAC=020000000002&Extn=4712&ip=10.0.0.2&SetID=a", now);
    // The user moves to a third phone; the second gets another address, which the first had.
    subscribe("MAC=020000000003&Extn=4711&ip=10.0.0.3&SetID=a", now);
    subscribe("MAC=020000000002&Extn=4712&ip=10.0.0.1&SetID=a", now + Duration::from_secs(60));
    assert_eq!(
        known(now),
        ["02:00:00:00:00:02 4712 http://10.0.0.1/forms/push", "02:00:00:00:00:03 4711 http://10.0.0.3/forms/push"]
    );
    // Two phones without a user are two phones.
    subscribe("MAC=020000000004&Extn=&ip=10.0.0.4&SetID=a", now);
    subscribe("MAC=020000000005&Extn=&ip=10.0.0.5&SetID=a", now);
    assert_eq!(known(now).len(), 4);
    // In time all are forgotten.
    let later = now + SUBSCRIPTION_AGE_MAX + Duration::from_secs(1);
    assert_eq!(known(later), ["02:00:00:00:00:02 4712 http://10.0.0.1/forms/push"]);
    assert_eq!(known(later + Duration::from_secs(60)), [""; 0]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let directory = Directory::new(80);
    let long = "9".repeat(33);
    for (query, error) in [
        ("Extn=1&ip=10.0.0.1&SetID=a", SubscriptionError::Missing("MAC")),
        ("MAC=020000000001&ip=10.0.0.1&SetID=a", SubscriptionError::Missing("Extn")),
        ("MAC=02000000000g&Extn=1&ip=10.0.0.1&SetID=a", SubscriptionError::Unreadable("MAC")),
        ("MAC=020000000001&Extn=1&ip=::1&SetID=a", SubscriptionError::Unreadable("ip")),
        (&format!("MAC=020000000001&Extn={long}&ip=10.0.0.1&SetID=a"), SubscriptionError::Unreadable("Extn")),
        ("MAC=020000000001&Extn=1&ip=10.0.0.1&SetID=%00", SubscriptionError::Unreadable("SetID")),
    ] {
        assert_eq!(directory.subscribe(query, from("10.0.0.1"), SystemTime::now()), Err(error), "{query}");
    }
    assert_eq!(directory.list(SystemTime::now()), []);
}
