//! Web requests of browser and push agent, to servers that answer well, badly or not at all.
#![allow(missing_docs, clippy::unwrap_used)]

mod far_side;

use std::net::SocketAddr;

use deskset_transport::{Endpoint, FetchKind, WebAnswer, WebAsk, WebMethod};
use far_side::{AMPLE, BRIEF, Then, closed_port, http, limits, ok, transport};

fn ask(at: SocketAddr, path: &str) -> WebAsk {
    WebAsk {
        method: WebMethod::Get,
        url: format!("http://{at}{path}"),
        headers: vec![("User-Agent".to_owned(), "AVAYA/desk".to_owned())],
        body: Vec::new().into(),
        via: None,
        own: None,
        size_limit: 100,
        connect: AMPLE,
        whole: AMPLE,
        id: "phone".to_owned(),
    }
}

async fn outcome(ask: &WebAsk) -> Result<WebAnswer, FetchKind> {
    transport(limits(), None).web(ask).await.map_err(|error| error.kind())
}

#[tokio::test]
async fn a_page_is_asked_for_with_the_headers_given() {
    let (at, served) = http(ok(b"<wml/>"), Then::Close).await;
    let answer = outcome(&ask(at, "/a%20b.wml?x=1&y=%26#card")).await.unwrap();
    let headers = vec![("content-length".to_owned(), "6".to_owned())];
    assert_eq!(answer, WebAnswer { status: 200, headers, body: "<wml/>".into(), from: at });
    assert_eq!(
        served.await.unwrap(),
        format!(
            "GET /a%20b.wml?x=1&y=%26 HTTP/1.1\r\nhost: {at}\r\nuser-agent: AVAYA/desk\r\nconnection: close\r\n\r\n"
        )
    );
}

#[tokio::test]
async fn what_is_posted_goes_with_its_length() {
    let (at, served) = http(ok(b""), Then::Close).await;
    let headers = vec![("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
    let post = WebAsk { method: WebMethod::Post, body: "a=b".into(), headers, ..ask(at, "/") };
    outcome(&post).await.unwrap();
    assert_eq!(
        served.await.unwrap(),
        format!(
            "POST / HTTP/1.1\r\nhost: {at}\r\ncontent-type: application/x-www-form-urlencoded\r\nconnection: close\r\n\
             content-length: 3\r\n\r\na=b"
        )
    );
}

#[tokio::test]
async fn a_proxy_is_asked_for_the_whole_address() {
    let (at, served) = http(ok(b"page"), Then::Close).await;
    let via = Some(Endpoint::new("127.0.0.1", at.port()));
    let ask = WebAsk { via, url: "http://pages.example:81/a?b".to_owned(), headers: vec![], ..ask(at, "") };
    assert_eq!(outcome(&ask).await.unwrap().body, "page");
    assert_eq!(
        served.await.unwrap(),
        "GET http://pages.example:81/a?b HTTP/1.1\r\nhost: pages.example:81\r\nconnection: close\r\n\r\n"
    );
}

#[tokio::test]
async fn every_status_is_passed_on_and_no_redirection_is_followed() {
    for (status, line) in [
        (302, "Location: http://192.0.2.1/elsewhere"),
        (401, "WWW-Authenticate: Basic realm=\"lab\""),
        (407, "Proxy-Authenticate: Basic realm=\"way\""),
        (404, "x: y"),
        (500, "x: y"),
    ] {
        let (at, _served) =
            http(format!("HTTP/1.1 {status} Words\r\n{line}\r\nContent-Length: 2\r\n\r\nno").into_bytes(), Then::Close)
                .await;
        let answer = outcome(&ask(at, "/")).await.unwrap();
        let (name, value) = line.split_once(": ").unwrap();
        assert_eq!((answer.status, answer.body.as_ref()), (status, &b"no"[..]));
        assert_eq!(answer.headers[0], (name.to_lowercase(), value.to_owned()));
    }
}

#[tokio::test]
async fn servers_that_are_dead_slow_huge_or_lie_are_told_apart() {
    assert_eq!(outcome(&ask(closed_port().await, "/")).await, Err(FetchKind::Refused));

    let brief = |at| WebAsk { whole: BRIEF, ..ask(at, "/") };
    let (at, _served) = http(Vec::new(), Then::Silence).await;
    assert_eq!(outcome(&brief(at)).await, Err(FetchKind::Silent));
    let (at, _served) = http(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nslow".to_vec(), Then::Silence).await;
    assert_eq!(outcome(&brief(at)).await, Err(FetchKind::Lost));

    let (at, _served) = http(ok(&[b'x'; 101]), Then::Close).await;
    assert_eq!(outcome(&ask(at, "/")).await, Err(FetchKind::TooLarge));
    let endless =
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".as_slice(), &b"8\r\nxxxxxxxx\r\n".repeat(99)];
    let (at, _served) = http(endless.concat(), Then::Silence).await;
    assert_eq!(outcome(&ask(at, "/")).await, Err(FetchKind::TooLarge));

    // It announces more than it sends, or nothing that can be a length.
    let (at, _served) = http(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort".to_vec(), Then::Close).await;
    assert_eq!(outcome(&ask(at, "/")).await, Err(FetchKind::Lost));
    let (at, _served) = http(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n".to_vec(), Then::Close).await;
    assert_eq!(outcome(&ask(at, "/")).await, Err(FetchKind::Protocol));
    let (at, _served) = http(b"220 this is FTP\r\n".to_vec(), Then::Close).await;
    assert_eq!(outcome(&ask(at, "/")).await, Err(FetchKind::Protocol));
}

#[tokio::test]
async fn only_full_http_addresses_are_asked_for_and_errors_hide_the_query() {
    let at = closed_port().await;
    for url in ["https://127.0.0.1/", "/page.wml", "page.wml", "http:///page.wml", ""] {
        let ask = WebAsk { url: url.to_owned(), ..ask(at, "/") };
        assert_eq!(outcome(&ask).await, Err(FetchKind::Local), "{url}");
    }
    let ask = ask(at, "/login?pin=1234");
    let error = transport(limits(), None).web(&ask).await.unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("http://{at}/login: ")) && !format!("{error}{ask:?}").contains("1234"),
        "{error}"
    );
}

#[tokio::test]
async fn a_phone_asks_from_its_own_address_if_it_is_this_machines() {
    for (own, peer) in [("127.1.2.3", "127.1.2.3"), ("192.0.2.1", "127.0.0.1"), ("::1", "127.0.0.1")] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ask = WebAsk { own: Some(own.parse().unwrap()), ..ask(listener.local_addr().unwrap(), "/") };
        let (asked, accepted) = tokio::join!(outcome(&ask), async { listener.accept().await.unwrap().1 });
        assert_eq!((asked.is_err(), accepted.ip().to_string().as_str()), (true, peer));
    }
}
