//! Servers, a floor and the control interface on loopback, and a plain HTTP client.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use std::{sync::Arc, time::Duration};

use deskset_console::{Backups, Console, Control, Served};
use deskset_files::backup::SpeedDial;
use deskset_phone::{Command, State};
use deskset_profiles::{Choice, Environment, Profile};
use deskset_runtime::{
    StateFolder,
    floor::{Floor, Supply},
    lab::{self, Servers},
};
use deskset_screen::Renderer;
use deskset_server::Recorder;
use http_body_util::{BodyExt as _, Full};
use hyper::{
    HeaderMap, Request,
    body::{Bytes, Incoming},
    client::conn::http1,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpStream;

/// Far more than any test takes.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Bench {
    pub control: Control,
    console: Console,
    servers: Servers,
    folder: TempDir,
}

impl Bench {
    pub async fn new() -> Bench {
        let catalog = deskset_host::from_environment().unwrap_or_else(|why| panic!("{why}"));
        let environment = Environment::Given(Vec::new());
        let profile = Profile::load(&Choice { environment, search: Vec::new(), ..Choice::new("lab") }).unwrap();
        let folder = TempDir::new().unwrap();
        let served = Served::default();
        let remembered = served.clone();
        let recorder = Recorder::calling(move |record| remembered.remember(record.json_line()));
        let servers = Servers::start(&profile, &catalog, folder.path(), None, None, recorder).await.unwrap();
        servers.write_site(catalog.models()).unwrap();
        let ca = Some(("the CA", servers.ca_certificate().as_bytes().to_vec()));
        let carrier = lab::carrier(&profile, ca, lab::registrar(&profile), StateFolder::Nowhere).unwrap();
        let models = catalog.models().cloned().collect();
        let backups = servers.ftp_folder().map(|folder| Backups { folder: folder.to_owned() });
        let supply = Arc::new(Supply { models, profile, site: servers.site_for(None) });
        let control = Control { floor: Floor::new(carrier), supply, served, backups };
        let console = Console::start("127.0.0.1:0".parse().unwrap(), None, control.clone()).await.unwrap();
        Bench { control, console, servers, folder }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port())
    }

    pub fn port(&self) -> u16 {
        self.console.address().port()
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let (status, _, text) = self.ask_in_full(method, path, headers, body).await;
        (status, text)
    }

    pub async fn ask_in_full(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> (u16, HeaderMap, String) {
        let mut answer = send(self.port(), method, path, headers, body).await;
        let headers = std::mem::take(answer.headers_mut());
        (answer.status().as_u16(), headers, text_of(answer.into_body()).await)
    }

    pub async fn text(&self, path: &str) -> (u16, String) {
        self.ask("GET", path, &[], "").await
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        let (status, text) = self.text(path).await;
        (status, serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why}: {text}")))
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let headers = [("content-type", "application/json")];
        let (status, text) = self.ask("POST", path, &headers, &body.to_string()).await;
        // The answer to a body that is too large is not ours.
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    pub async fn delete(&self, path: &str) -> u16 {
        self.ask("DELETE", path, &[], "").await.0
    }

    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        let answer = send(self.port(), "GET", path, &[], "").await;
        answer.into_body().collect().await.unwrap().to_bytes().to_vec()
    }

    /// A phone's screen, drawn here, and its number.
    pub async fn drawn(&self, name: &str) -> (Vec<[u8; 3]>, u64) {
        let seat = self.control.floor.seat(name).unwrap();
        let display = seat.ask(|desk| desk.phone().setup().model.tables().display.clone()).await.unwrap();
        let glance = seat.glance();
        (Renderer::new(&display).unwrap().draw(&glance.screen).colours().collect(), glance.number)
    }

    pub async fn stream(&self, path: &str) -> Stream {
        Stream { body: send(self.port(), "GET", path, &[], "").await.into_body(), came: Vec::new() }
    }

    /// A ready phone's user saves one Speed Dial.
    pub async fn save(&self, name: &str, position: u16, label: &str, number: &str) {
        let seat = self.control.floor.seat(name).unwrap();
        let dial = Some(SpeedDial { label: label.to_owned(), number: number.to_owned() });
        let settled = |phone: &deskset_phone::Phone| matches!(phone.state(), State::Ready { settled: true, .. });
        seat.until(PATIENCE, settled).await.unwrap();
        seat.command(Command::EditSpeedDial { position, dial }).await.unwrap();
        seat.command(Command::Save).await.unwrap();
        seat.until(PATIENCE, settled).await.unwrap();
    }
}

pub struct Stream {
    body: Incoming,
    came: Vec<u8>,
}

/// One picture out of a stream.
pub struct Frame {
    pub name: String,
    pub number: u32,
    pub width: u16,
    pub height: u16,
    pub colours: Vec<[u8; 3]>,
}

impl Stream {
    /// All that came, up to and with this text.
    pub async fn until(&mut self, text: &str) -> String {
        loop {
            let came = String::from_utf8_lossy(&self.came);
            if came.contains(text) {
                return came.into_owned();
            }
            assert!(self.more().await, "the stream ended: {came}", came = String::from_utf8_lossy(&self.came));
        }
    }

    /// The next picture.
    pub async fn frame(&mut self) -> Frame {
        loop {
            if let Some((length, rest)) = self.came.split_first_chunk() {
                let length = u32::from_be_bytes(*length) as usize;
                if let Some(frame) = rest.get(..length) {
                    let frame = Frame::read(frame);
                    self.came.drain(..4 + length);
                    return frame;
                }
            }
            assert!(self.more().await, "the stream ended");
        }
    }

    /// Reads on until nothing comes any more.
    pub async fn end(&mut self) {
        while self.more().await {}
    }

    async fn more(&mut self) -> bool {
        match tokio::time::timeout(PATIENCE, self.body.frame()).await.unwrap() {
            Some(frame) => {
                self.came.extend_from_slice(&frame.unwrap().into_data().unwrap());
                true
            }
            None => false,
        }
    }
}

impl Frame {
    fn read(bytes: &[u8]) -> Frame {
        let mut at = 0;
        let mut take = |count: usize| {
            at += count;
            &bytes[at - count..at]
        };
        let two = |bytes: &[u8]| u16::from_be_bytes(bytes.try_into().unwrap());
        let name_bytes = two(take(2));
        let name = String::from_utf8(take(name_bytes.into()).to_vec()).unwrap();
        let number = u32::from_be_bytes(take(4).try_into().unwrap());
        let (width, height) = (two(take(2)), two(take(2)));
        let count = usize::from(take(1)[0]) + 1;
        let palette: Vec<[u8; 3]> = take(count * 3).chunks(3).map(|colour| colour.try_into().unwrap()).collect();
        let runs = bytes[at..].chunks(2);
        let colours: Vec<[u8; 3]> =
            runs.flat_map(|run| std::iter::repeat_n(palette[usize::from(run[1])], usize::from(run[0]) + 1)).collect();
        assert_eq!(colours.len(), usize::from(width) * usize::from(height));
        Frame { name, number, width, height, colours }
    }
}

pub async fn ask(port: u16, method: &str, path: &str, headers: Vec<(&str, &str)>, body: &str) -> (u16, String) {
    let answer = send(port, method, path, &headers, body).await;
    (answer.status().as_u16(), text_of(answer.into_body()).await)
}

async fn text_of(body: Incoming) -> String {
    String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn send(port: u16, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> hyper::Response<Incoming> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", format!("127.0.0.1:{port}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(Bytes::from(body.to_owned()))).unwrap();
    tokio::time::timeout(PATIENCE, sender.send_request(request)).await.unwrap().unwrap()
}
