//! A browser that is driven over WebDriver (W3C Recommendation of 2018): JSON over HTTP. It needs nothing of the tests
//! around it: those of other packages take it in as well.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream},
    net::TcpStream,
};

/// Keys that are no characters, as WebDriver writes them.
pub const ENTER: &str = "\u{E007}";
pub const DOWN: &str = "\u{E015}";
pub const ESCAPE: &str = "\u{E00C}";
pub const F1: &str = "\u{E031}";
pub const F2: &str = "\u{E032}";
pub const F3: &str = "\u{E033}";
pub const F4: &str = "\u{E034}";

const STARTS_MAX: u32 = 10;

pub struct Browser {
    process: Child,
    port: u16,
    session: String,
    page: String,
}

/// How the person who looks has set the system up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Light,
    Dark,
}

impl Browser {
    /// Opens the console that listens on `console`.
    pub async fn open(console: u16, (width, height): (u16, u16), look: Look) -> Browser {
        let driver = std::env::var("PEER_PROGRAM_CHROMEDRIVER").expect("run `cargo xtask test --peers`");
        let (process, port) = (0..STARTS_MAX).find_map(|_| start(&driver)).expect("the browser's driver starts");
        // As root it starts only without its sandbox; no page but ours is opened.
        let mut arguments =
            vec!["--headless=new".to_owned(), "--no-sandbox".to_owned(), format!("--window-size={width},{height}")];
        if look == Look::Dark {
            arguments.push("--blink-settings=preferredColorScheme=0".to_owned());
        }
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments, "binary": std::env::var("PEER_PROGRAM_CHROMIUM").unwrap()},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "timeouts": {"script": 120_000},
        }}});
        let page = format!("http://127.0.0.1:{console}");
        let mut browser = Browser { process, port, session: String::new(), page };
        let begun = browser.ask("POST", "/session", wanted).await;
        browser.session = format!("/session/{}", begun["sessionId"].as_str().unwrap());
        browser.go("/").await;
        browser
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        let path = format!("{}{path}", self.session);
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let (port, length) = (self.port, body.len());
        let mut stream = BufStream::new(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
        // The driver keeps the connection open, whatever it is asked.
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            let start = head.len();
            assert_ne!(stream.read_line(&mut head).await.unwrap(), 0, "{path}: {head}");
            if let Some((name, value)) = head[start..].split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
        }
        let mut answer = vec![0; length];
        stream.read_exact(&mut answer).await.unwrap();
        assert!(head.starts_with("HTTP/1.1 200 "), "{path}: {}", String::from_utf8_lossy(&answer));
        serde_json::from_slice::<Value>(&answer).unwrap()["value"].take()
    }

    pub async fn go(&self, place: &str) {
        self.ask("POST", "/url", json!({"url": format!("{}{place}", self.page)})).await;
    }

    /// Runs statements; `return` gives a value.
    pub async fn run(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", json!({"script": script, "args": []})).await
    }

    /// Runs statements that call `done` with a value.
    pub async fn run_until_done(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.ask("POST", "/execute/async", json!({"script": script, "args": []})).await
    }

    /// Waits until an expression is true, and gives its value.
    pub async fn until(&self, expression: &str) -> Value {
        let script = format!(
            "const look = () => {{ let value; try {{ value = ({expression}); }} catch {{}} if (value) done(value); \
             else requestAnimationFrame(look); }}; look();"
        );
        self.run_until_done(&script).await
    }

    /// Waits until the text of an element has these words in it.
    pub async fn sees(&self, selector: &str, words: &str) {
        let expression = format!("document.querySelector({selector:?})?.textContent.includes({words:?})");
        self.until(&expression).await;
    }

    pub async fn click(&self, selector: &str) {
        self.until(&format!("document.querySelector({selector:?})")).await;
        let found = self.ask("POST", "/element", json!({"using": "css selector", "value": selector})).await;
        let id = found.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned();
        self.ask("POST", &format!("/element/{id}/click"), json!({})).await;
    }

    /// Presses and releases keys, one after the other, wherever the focus is.
    pub async fn keys(&self, keys: &str) {
        let pressed = |key: char| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()}));
        let actions: Vec<Value> = keys.chars().flat_map(pressed).collect();
        let keyboard = json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]});
        self.ask("POST", "/actions", keyboard).await;
    }

    /// Puts a value into a field of a form, as a person would.
    pub async fn fill(&self, selector: &str, value: &str) {
        self.click(selector).await;
        self.run(&format!("document.querySelector({selector:?}).select?.()")).await;
        self.keys(value).await;
    }

    /// Keeps a picture of the page, if somebody wants to look at them.
    pub async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("DESKSET_PICTURES") else { return };
        let encoded = self.ask("GET", "/screenshot", Value::Null).await;
        fs::write(Path::new(&folder).join(name), base64(encoded.as_str().unwrap())).unwrap();
    }

    /// Every address that the page asked for since the last time, and every complaint of the browser.
    pub async fn traffic(&self) -> (Vec<String>, Vec<String>) {
        let log = |kind: &'static str| self.ask("POST", "/se/log", json!({"type": kind}));
        let told = log("performance").await;
        let requests = told.as_array().unwrap().iter().filter_map(|entry| {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let message = &message["message"];
            let is_request = message["method"] == "Network.requestWillBeSent";
            is_request.then(|| message["params"]["request"]["url"].as_str().unwrap().to_owned())
        });
        let complaints = log("browser").await;
        let complaints = complaints.as_array().unwrap().iter().map(|entry| entry["message"].to_string());
        (requests.collect(), complaints.collect())
    }

    /// Nothing left the console, and the browser had nothing to complain of.
    pub async fn stayed_at_home(&self) {
        let (requests, complaints) = self.traffic().await;
        let home = format!("{}/", self.page);
        let away: Vec<&String> = requests.iter().filter(|url| !url.starts_with(&home)).collect();
        // The empty page that a browser begins with.
        assert!(away.iter().all(|url| url.starts_with("data:,")), "{away:?}");
        assert!(requests.iter().any(|url| url.starts_with(&home)));
        assert_eq!(complaints, [""; 0]);
    }

    pub async fn close(self) {
        self.ask("DELETE", "", json!({})).await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The driver and its port. It takes any free port of IPv4 and then needs the same one of IPv6: where somebody has that,
/// it ends.
fn start(driver: &str) -> Option<(Child, u16)> {
    let mut process = Command::new(driver).arg("--port=0").stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let port = lines.find_map(|line| {
        let line = line.unwrap();
        line.split_once("started successfully on port ").map(|(_, port)| port.trim_end_matches('.').parse().unwrap())
    });
    if port.is_none() {
        process.wait().unwrap();
    }
    Some((process, port?))
}

/// RFC 4648, section 4.
fn base64(text: &str) -> Vec<u8> {
    let value = |sign: u8| match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let signs: Vec<u8> = text.bytes().filter(|sign| *sign != b'=').map(value).collect();
    let mut bytes = Vec::new();
    for four in signs.chunks(4) {
        let bits = four.iter().fold(0_u32, |bits, sign| bits << 6 | u32::from(*sign)) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}
