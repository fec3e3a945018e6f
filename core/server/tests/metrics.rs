//! Numbers for monitoring.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::{sync::Arc, time::UNIX_EPOCH};

use deskset_server::{Action, Metrics, MetricsPort, Protocol, RecordOutcome, ServerRecord};
use lab::{LOOPBACK, http};

fn record(protocol: Protocol, action: Action, outcome: RecordOutcome, bytes: u64) -> ServerRecord {
    ServerRecord {
        transfer: None,
        id: 1,
        protocol,
        action,
        peer: "127.0.0.1:40000".parse().unwrap(),
        asked: "x".to_owned(),
        served: None,
        outcome,
        bytes,
        micros: 20_000,
        began: UNIX_EPOCH,
    }
}

// req: FS-14
#[tokio::test]
async fn transfers_bytes_and_times_are_counted_and_served_as_text() {
    let metrics = Arc::new(Metrics::new());
    let aborted = RecordOutcome::Aborted("gone".to_owned());
    metrics.count(&record(Protocol::Http, Action::Fetch, RecordOutcome::Complete, 29));
    metrics.count(&record(Protocol::Http, Action::Fetch, RecordOutcome::Complete, 71));
    metrics.count(&record(Protocol::Http, Action::Fetch, RecordOutcome::Refused("none".to_owned()), 0));
    metrics.count(&record(Protocol::Ftp, Action::Store, aborted, 5));
    let port = MetricsPort::start((LOOPBACK, 0).into(), metrics).await.unwrap();
    let (status, headers, body) = http(port.address(), "GET", "/metrics").await;
    assert_eq!(status, "HTTP/1.1 200 OK");
    let kind = "content-type: application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert!(headers.contains(&kind.to_owned()), "{headers:?}");
    let text = String::from_utf8(body).unwrap();
    for line in [
        "# TYPE deskset_transfers counter",
        "deskset_transfers_total{protocol=\"http\",action=\"fetch\",outcome=\"complete\"} 2",
        "deskset_transfers_total{protocol=\"http\",action=\"fetch\",outcome=\"refused\"} 1",
        "deskset_transfers_total{protocol=\"ftp\",action=\"store\",outcome=\"aborted\"} 1",
        "deskset_transferred_bytes_total{protocol=\"http\",action=\"fetch\"} 100",
        "deskset_transferred_bytes_total{protocol=\"ftp\",action=\"store\"} 5",
        "deskset_transfer_duration_seconds_bucket{le=\"0.016\",protocol=\"http\",action=\"fetch\"} 0",
        "deskset_transfer_duration_seconds_bucket{le=\"0.064\",protocol=\"http\",action=\"fetch\"} 2",
        "deskset_transfer_duration_seconds_count{protocol=\"http\",action=\"fetch\"} 2",
        "# EOF",
    ] {
        assert!(text.lines().any(|other| other == line), "{line} in\n{text}");
    }
    assert_eq!(http(port.address(), "GET", "/").await.0, "HTTP/1.1 404 Not Found");
    let address = port.address();
    port.stop().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}
