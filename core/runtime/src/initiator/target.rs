use std::net::IpAddr;

use deskset_phone::browser::Url;
use deskset_server::Subscription;
use deskset_transport::{
    Endpoint, Transport, WebAsk, WebMethod,
    limits::{WEB_CONNECT, WEB_WHOLE},
};
use serde::Deserialize;
use tokio::net::UdpSocket;

use crate::{limits::DIRECTORY_BYTES_MAX, words::in_full};

/// A phone to push to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// What reports call it: an extension, or what it was named by.
    pub name: String,
    /// Address or name, and the port it listens on.
    pub phone: Endpoint,
}

/// Why phones cannot be found.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The directory cannot be asked.
    #[error("the directory at {url} cannot be asked: {why}; is `serve` running there, on this machine?")]
    Directory {
        /// Where it was looked for.
        url: String,
        /// What is wrong.
        why: String,
    },
    /// Nobody with that extension has subscribed.
    #[error("no phone with extension {extension} has subscribed; boot it, or name its address")]
    Unknown {
        /// Which.
        extension: String,
    },
    /// Neither extension, address nor URL.
    #[error("\"{0}\" is no phone: write an extension, ADDRESS, ADDRESS:PORT, its push URL, or all")]
    Unreadable(String),
}

impl Target {
    /// A phone at an address, `ADDRESS:PORT`, or push URL. `None` if the text is neither, so perhaps an extension.
    ///
    /// # Errors
    /// [`TargetError::Unreadable`] if it begins like an address.
    pub fn at(text: &str, usual_port: u16) -> Result<Option<Self>, TargetError> {
        let unreadable = || TargetError::Unreadable(text.to_owned());
        let phone = if text.contains("://") {
            let url = Url::parse(text).map_err(|_| unreadable())?;
            Endpoint::new(url.host(), url.port())
        } else if let Some((host, port)) = text.rsplit_once(':') {
            Endpoint::new(host, port.parse().map_err(|_| unreadable())?)
        } else if text.contains('.') {
            Endpoint::new(text, usual_port)
        } else {
            return Ok(None);
        };
        if phone.host.is_empty() || phone.port == 0 {
            return Err(unreadable());
        }
        Ok(Some(Target { name: text.to_owned(), phone }))
    }

    /// A phone that a directory knows.
    pub fn subscribed(phone: &Subscription) -> Option<Self> {
        let url = Url::parse(&phone.push).ok()?;
        let name = if phone.extension.is_empty() { phone.mac.clone() } else { phone.extension.clone() };
        Some(Target { name, phone: Endpoint::new(url.host(), url.port()) })
    }

    /// The address that this machine has towards the phone.
    pub(super) async fn way(&self) -> Result<IpAddr, String> {
        let ask = async {
            // Nothing is sent: connecting a datagram socket only chooses the way.
            let socket = UdpSocket::bind("0.0.0.0:0").await?;
            socket.connect((self.phone.host.as_str(), self.phone.port)).await?;
            socket.local_addr()
        };
        match ask.await {
            Ok(address) => Ok(address.ip()),
            Err(why) => Err(format!("{}: there is no way to it: {why}; check name and network", self.phone)),
        }
    }
}

/// All phones that have subscribed with the `serve` at `server`, such as `127.0.0.1:8080` or `http://127.0.0.1:8080`.
///
/// # Errors
/// [`TargetError::Directory`].
pub async fn directory(transport: &Transport, server: &str) -> Result<Vec<Subscription>, TargetError> {
    #[derive(Deserialize)]
    struct Listed {
        phones: Vec<Subscription>,
    }
    let server = server.strip_prefix("http://").unwrap_or(server).trim_end_matches('/');
    let url = format!("http://{server}/push/subscriptions");
    let failed = |why: String| TargetError::Directory { url: url.clone(), why };
    let ask = WebAsk {
        method: WebMethod::Get,
        url: url.clone(),
        headers: Vec::new(),
        body: Default::default(),
        via: None,
        own: None,
        size_limit: DIRECTORY_BYTES_MAX,
        connect: WEB_CONNECT,
        whole: WEB_WHOLE,
        id: "push".to_owned(),
    };
    let answer = transport.web(&ask).await.map_err(|why| failed(in_full(&why.fault)))?;
    if answer.status != 200 {
        return Err(failed(format!("it answered with status {}", answer.status)));
    }
    let listed: Listed =
        serde_json::from_slice(&answer.body).map_err(|why| failed(format!("its answer is no directory ({why})")))?;
    Ok(listed.phones)
}
