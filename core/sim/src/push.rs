//! The far side of push and the web: initiators, web servers, streams.

use std::{net::Ipv4Addr, time::Duration};

use deskset_phone::{Input, PushDoor, PushId, PushRequest, PushStatus, WebRequest};

use crate::{Lab, PhoneId, WebReply};

/// Where push requests come from.
const INITIATOR: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 30);

impl Lab {
    /// What a web server does for an address without its query; an address that was never named refuses.
    pub fn web(&mut self, url: &str, reply: WebReply) {
        self.web.put(url, reply);
    }

    /// Everything web servers were asked, in order: method, address with its query, proxy, body.
    pub fn web_asked(&self) -> &[String] {
        &self.web.asked
    }

    /// The same requests, whole.
    pub fn web_requests(&self) -> &[WebRequest] {
        &self.web.requests
    }

    /// This proxy passes on what comes with name and password, and asks everybody else for them.
    pub fn lock_proxy(&mut self, host: &str, name: &str, password: &str) {
        self.web.lock_proxy(host, name, password);
    }

    /// Streams from this host last so long, until their server ends them. Others never begin.
    pub fn stream(&mut self, host: &str, lasts: Duration) {
        self.streams.insert(host.to_owned(), lasts);
    }

    /// Posts a body to a phone's push agent; `None` if nobody listens there.
    pub fn post_push(&mut self, id: PhoneId, body: &[u8]) -> Option<PushStatus> {
        if self.desks[id.0].door == PushDoor::Closed {
            return None;
        }
        self.sequence += 1;
        let request = PushRequest { id: PushId(self.sequence), peer: INITIATOR.into(), body: body.into() };
        let push = request.id;
        self.hand(id, Input::PushRequest(request));
        let answered = self.desks[id.0].answered.iter().find(|(answered, _)| *answered == push);
        answered.map(|(_, status)| *status)
    }

    /// How many streams a phone has ports open for.
    pub fn open_streams(&self, id: PhoneId) -> usize {
        self.desks[id.0].audio.len()
    }
}
