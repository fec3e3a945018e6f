//! Told over the control interface.

use std::net::SocketAddr;

use serde_json::json;

use super::{Teller, below_top_line};
use crate::running::http::ask;

pub struct OverHttp {
    address: SocketAddr,
    /// Each model is a phone of its own: one of the same name would remember who was there.
    phone: String,
}

impl OverHttp {
    pub fn at(address: SocketAddr) -> OverHttp {
        OverHttp { address, phone: String::new() }
    }

    fn post(&self, what: &str, body: &serde_json::Value) -> serde_json::Value {
        let (status, answer) =
            ask(self.address, "POST", &format!("/api/v1/phones/{}/{what}", self.phone), &body.to_string());
        assert_eq!(status, 200, "{what} {body}: {answer}");
        answer
    }
}

impl Teller for OverHttp {
    fn phone(&mut self, model: &str) {
        model.clone_into(&mut self.phone);
        let wish = json!({"name": model, "model": model}).to_string();
        assert_eq!(ask(self.address, "POST", "/api/v1/phones", &wish).0, 201);
    }

    fn wait(&mut self, text: &str) {
        self.post("wait", &json!({"screen": text, "deadline_ms": 60_000}));
    }

    fn settle(&mut self) {
        self.post("wait", &json!({"state": "ready", "settled": true}));
    }

    fn keys(&mut self, keys: &[&str]) {
        self.post("keys", &json!({"keys": keys}));
    }

    fn text(&mut self, text: &str) {
        self.post("text", &json!({"text": text}));
    }

    fn look(&mut self) -> Vec<String> {
        let (_, screen) = ask(self.address, "GET", &format!("/api/v1/phones/{}/screen", self.phone), "");
        below_top_line(screen["rows"].as_array().unwrap().iter().map(|row| row.as_str().unwrap().to_owned()))
    }

    fn leave(&mut self) {
        assert_eq!(ask(self.address, "DELETE", &format!("/api/v1/phones/{}", self.phone), "").0, 204);
    }
}
