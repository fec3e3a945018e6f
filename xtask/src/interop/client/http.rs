//! Our HTTP client and foreign servers.

use std::{fs, path::PathBuf};

use deskset_transport::{
    Connections, Endpoint, FetchAsk, FetchError, FetchFault, HttpBackupAsk, Protocol, Transport, TransportSettings,
};

use super::{
    super::Peers,
    Quirk, cases_of, compare,
    files::{LARGE, contents},
    relay::Relay,
};

/// A foreign HTTP server.
#[derive(Debug)]
pub(in super::super) struct Server {
    pub(in super::super) peer: &'static str,
    pub(in super::super) version: &'static str,
    /// What stands behind the names of its variables.
    variables: &'static str,
    quirks: &'static [Quirk],
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Get(&'static str),
    /// Two files; how many connections it takes.
    Two(Protocol),
    /// From the port of this name, trusting the authority of that one.
    Tls(&'static str, Option<&'static str>),
    /// Into this folder.
    Put(&'static str),
}

const OLD: &str = "we refuse by rule: TLS below 1.2 has been withdrawn (RFC 8996)";
const REDIRECTION: &str = "we refuse by rule: a phone is told the final address, redirections are not followed";

/// Case, way, what is seen, the rule behind it.
const CASES: &[(&str, Way, &str, Option<&str>)] = &[
    ("get", Way::Get("phone.bin"), "whole", None),
    ("empty file", Way::Get("empty.bin"), "whole", None),
    ("64 MB", Way::Get("large.bin"), "whole", None),
    ("missing file", Way::Get("none.bin"), "NotFound", None),
    ("redirection", Way::Get("moved/phone.bin"), "Status(302)", Some(REDIRECTION)),
    ("two files, one connection", Way::Two(Protocol::Http), "whole, whole, connections: 1", None),
    ("TLS", Way::Tls("", Some("")), "whole", None),
    ("TLS: two files, one connection", Way::Two(Protocol::Https), "whole, whole, connections: 1", None),
    ("TLS: certificate for another name", Way::Tls("_WRONGNAME", Some("")), "Tls WrongName", None),
    ("TLS: expired certificate", Way::Tls("_EXPIRED", Some("")), "Tls Expired", None),
    ("TLS: another authority", Way::Tls("", Some("_OTHER")), "Tls OtherAuthority", None),
    ("TLS: no authority administered", Way::Tls("", None), "Tls NoVendorCa", None),
    ("TLS 1.0 and 1.1 only", Way::Tls("_OLDTLS", Some("")), "Tls OldTls", Some(OLD)),
    ("put", Way::Put("put/"), "stored", None),
    ("put over an older file", Way::Put("put/"), "stored", None),
];

const READ_ONLY: &str = "the server, as it is set up here, stores nothing and says 404";

/// Foreign servers and what they do otherwise.
pub(in super::super) const SERVERS: &[Server] = &[
    Server { peer: "nginx", version: "NGINX", variables: "", quirks: &[] },
    Server { peer: "apache2", version: "APACHE2", variables: "_APACHE2", quirks: &[] },
    Server {
        peer: "lighttpd",
        version: "LIGHTTPD",
        variables: "_LIGHTTPD",
        quirks: &[Quirk::new("put", "Directory", READ_ONLY), Quirk::absent("put over an older file")],
    },
    Server {
        peer: "caddy",
        version: "CADDY",
        variables: "_CADDY",
        quirks: &[
            // Its library knows no TLS below 1.2.
            Quirk::absent("TLS 1.0 and 1.1 only"),
            Quirk::new("put", "Directory", READ_ONLY),
            Quirk::absent("put over an older file"),
        ],
    },
];

pub(in super::super) fn cases(server: &Server) -> Vec<(&'static str, Option<&'static str>)> {
    cases_of(CASES.iter().map(|(case, _, _, rule)| (*case, *rule)), server.quirks)
}

pub(in super::super) async fn attempt(server: &Server, case: &'static str, peers: &Peers) -> Result<(), String> {
    let Some((_, way, expected, _)) = CASES.iter().find(|row| row.0 == case) else {
        return Err("no such case".to_owned());
    };
    let port = |kind: &str| peers.value(&format!("PEER_HTTP{kind}{}", server.variables));
    let authority = |kind: &str| -> Result<Vec<u8>, String> {
        let file = peers.value(&format!("PEER_CA{kind}"))?;
        fs::read(file).map_err(|why| format!("{file}: {why}"))
    };
    let seen = match *way {
        Way::Get(path) => get(&transport(None)?.connections(), Protocol::Http, port("")?, path).await,
        Way::Tls(kind, ca) => {
            let ca = ca.map(authority).transpose()?;
            get(&transport(ca)?.connections(), Protocol::Https, port(&format!("S{kind}"))?, "phone.bin").await
        }
        Way::Two(protocol) => {
            let secure = protocol == Protocol::Https;
            let (ca, kind) = if secure { (Some(authority("")?), "S") } else { (None, "") };
            two(&transport(ca)?, protocol, port(kind)?).await
        }
        Way::Put(folder) => {
            let older = (case == "put over an older file").then(|| contents("small.bin"));
            put(server, port("")?, folder, older, peers).await?
        }
    };
    compare(case, expected, server.quirks, &seen)
}

fn transport(vendor_ca_pem: Option<Vec<u8>>) -> Result<Transport, String> {
    let settings = TransportSettings { vendor_ca_pem, ..TransportSettings::default() };
    Transport::new(settings).map_err(|why| why.to_string())
}

fn endpoint(address: &str) -> Endpoint {
    let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));
    Endpoint::new(host, port.parse().unwrap_or_default())
}

async fn get(connections: &Connections, protocol: Protocol, server: &str, path: &str) -> String {
    let ask = FetchAsk {
        protocol,
        server: endpoint(server),
        path: path.to_owned(),
        size_limit: LARGE as u64,
        user_agent: Some("deskset".to_owned()),
        id: "interop".to_owned(),
        transfer: None,
    };
    match connections.fetch(&ask, |_| ()).await {
        Ok(fetched) if fetched.bytes == contents(path) => "whole".to_owned(),
        Ok(_) => "another file".to_owned(),
        Err(FetchError { fault: FetchFault::Tls(fault), .. }) => {
            let fault = format!("{fault:?}");
            format!("Tls {}", fault.split('(').next().unwrap_or_default())
        }
        Err(why) => format!("{:?}", why.kind()),
    }
}

async fn two(transport: &Transport, protocol: Protocol, server: &str) -> String {
    let relay = match Relay::to(server.to_owned()).await {
        Ok(relay) => relay,
        Err(why) => return why.to_string(),
    };
    let (connections, server) = (transport.connections(), format!("127.0.0.1:{}", relay.port));
    let first = get(&connections, protocol, &server, "small.bin").await;
    let second = get(&connections, protocol, &server, "phone.bin").await;
    format!("{first}, {second}, connections: {}", relay.connections())
}

async fn put(
    server: &Server,
    address: &str,
    folder: &str,
    older: Option<Vec<u8>>,
    peers: &Peers,
) -> Result<String, String> {
    let name = format!("interop-{}{}.bin", server.peer, if older.is_some() { "-again" } else { "" });
    let file = PathBuf::from(peers.value("PEER_PUT")?).join(&name);
    drop(fs::remove_file(&file));
    let ask = HttpBackupAsk {
        secure: false,
        server: endpoint(address),
        path: format!("{folder}{name}"),
        size_limit: LARGE as u64,
        user_agent: Some("deskset".to_owned()),
        id: "interop".to_owned(),
        transfer: None,
    };
    let transport = transport(None)?;
    if let Some(older) = older
        && let Err(why) = transport.put(&ask, older.into()).await
    {
        return Ok(format!("the older file: {:?}", why.kind()));
    }
    let sent = contents("phone.bin");
    let seen = match transport.put(&ask, sent.clone().into()).await {
        Ok(()) if fs::read(&file).is_ok_and(|stored| stored == sent) => "stored".to_owned(),
        Ok(()) => "another file".to_owned(),
        Err(why) => format!("{:?}", why.kind()),
    };
    drop(fs::remove_file(&file));
    Ok(seen)
}
