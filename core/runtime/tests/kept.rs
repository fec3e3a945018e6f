//! One connection for the files of one boot, and one name for a transfer at both ends.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::net::SocketAddr;

use common::{Bench, model, ready, up_to_date};
use deskset_phone::{Memory, Protocol};
use deskset_runtime::{Desk, PhoneChoice};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

/// Stands before a server and tells when a connection is opened and when the phone closes it.
async fn door(server: SocketAddr) -> (SocketAddr, UnboundedReceiver<&'static str>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (tell, told) = unbounded_channel();
    tokio::spawn(async move {
        while let Ok((phone, _)) = listener.accept().await {
            let _ = tell.send("opened");
            let (from_phone, to_phone) = phone.into_split();
            let (from_server, to_server) = TcpStream::connect(server).await.unwrap().into_split();
            tokio::spawn(pass(from_server, to_phone, None));
            tokio::spawn(pass(from_phone, to_server, Some(tell.clone())));
        }
    });
    (at, told)
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, tell: Option<UnboundedSender<&'static str>>) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(size @ 1..) = from.read(&mut bytes).await {
        if to.write_all(&bytes[..size]).await.is_err() {
            break;
        }
    }
    if let Some(tell) = tell {
        let _ = tell.send("closed by the phone");
    }
}

/// A phone that finds a server of this protocol behind the door.
fn behind(bench: &Bench, protocol: Protocol, door: SocketAddr) -> PhoneChoice {
    let mut choice = bench.phone("4620SW", "4711", &[protocol]);
    for (_, address) in &mut choice.site {
        *address = door.to_string();
    }
    choice
}

fn server(bench: &Bench, protocol: Protocol) -> SocketAddr {
    let addresses = bench.servers.addresses();
    if protocol == Protocol::Https { addresses.https } else { addresses.http }.unwrap()
}

/// What the phone itself says that servers were told, each with its file, in order.
fn named(desk: &Desk) -> Vec<(String, Option<String>)> {
    let files = desk.report().files.into_iter().filter(|file| file.protocol != "ftp");
    files.map(|file| (file.name, file.transfer)).collect()
}

// req: FS-1, FS-7
#[tokio::test(flavor = "multi_thread")]
async fn the_files_of_a_boot_come_over_one_connection_and_a_ready_phone_holds_none() {
    for protocol in [Protocol::Http, Protocol::Https] {
        let bench = Bench::new().await;
        let carrier = bench.carrier();
        let (door, mut told) = door(server(&bench, protocol)).await;
        let choice = behind(&bench, protocol, door);
        let desk = bench.boot(&carrier, &choice, up_to_date(&model("4620SW"))).await;
        assert_eq!(desk.phone().state(), ready("4711"), "{protocol:?}");
        assert_eq!(bench.files_asked(3).await.len(), 3);
        assert_eq!((told.recv().await, told.recv().await), (Some("opened"), Some("closed by the phone")));
        assert!(told.try_recv().is_err(), "{protocol:?}: one connection for all");
        drop(desk);
    }
}

// req: FS-1, FS-10
#[tokio::test(flavor = "multi_thread")]
async fn a_restart_with_new_software_opens_a_connection_of_its_own() {
    let bench = Bench::new().await;
    let carrier = bench.carrier();
    let (door, mut told) = door(server(&bench, Protocol::Http)).await;
    let desk = bench.boot(&carrier, &behind(&bench, Protocol::Http, door), Memory::default()).await;
    assert_eq!(desk.phone().state(), ready("4711"));
    assert_eq!(bench.files_asked(5).await.len(), 5);
    let mut story = Vec::new();
    for _ in 0..4 {
        story.push(told.recv().await.unwrap());
    }
    story.sort_unstable();
    assert_eq!(story, ["closed by the phone", "closed by the phone", "opened", "opened"]);
    assert!(told.try_recv().is_err());
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_has_one_name_in_the_phone_s_report_and_in_the_server_s_record() {
    let bench = Bench::new().await;
    let carrier = bench.carrier();
    let choice = bench.phone("4620SW", "4711", &[Protocol::Http]);
    let desk = bench.boot(&carrier, &choice, Memory::default()).await;
    let records = bench.transfers_named(5).await;
    let names: Vec<_> = records.iter().map(|(_, name)| name.as_deref().unwrap()).collect();
    for (name, boot) in names.iter().zip(["phone-1-", "phone-1-", "phone-2-", "phone-2-", "phone-2-"]) {
        assert!(name.starts_with(boot), "{names:?}");
    }
    // The one that is not there, 46xxsettings.scr, is a step and no file.
    let missing = records.iter().find(|(file, _)| file == "46xxsettings.scr").unwrap().1.clone();
    let steps = desk.report().steps;
    let step = steps.iter().find(|step| step.transfer == missing).unwrap();
    assert!(step.detail.starts_with("46xxsettings.scr: not from"), "{}", step.detail);
    let arrived: Vec<_> = records.into_iter().filter(|(file, _)| file != "46xxsettings.scr").collect();
    assert_eq!(named(&desk), arrived);
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn tftp_has_no_place_for_a_name() {
    let bench = Bench::new().await;
    let carrier = bench.carrier();
    let choice = bench.phone("4620SW", "4711", &[Protocol::Tftp]);
    let desk = bench.boot(&carrier, &choice, up_to_date(&model("4620SW"))).await;
    let nameless = |files: Vec<(String, Option<String>)>| files.into_iter().all(|(_, name)| name.is_none());
    assert!(nameless(bench.transfers_named(3).await) && nameless(named(&desk)));
    assert!(desk.report().steps.iter().all(|step| step.transfer.is_none()));
}
