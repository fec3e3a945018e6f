//! Between the words of the phone and those of the transport. No other file knows both.

use std::net::Ipv4Addr;

use deskset_phone as phone;
use deskset_transport as transport;
use headers::{Authorization, authorization::Credentials as _};

pub(crate) fn fetch_ask(
    fetch: &phone::Fetch,
    id: &str,
    user_agent: &str,
    transfer: Option<transport::TransferId>,
) -> transport::FetchAsk {
    transport::FetchAsk {
        protocol: match fetch.server.protocol {
            phone::Protocol::Https => transport::Protocol::Https,
            phone::Protocol::Http => transport::Protocol::Http,
            phone::Protocol::Tftp => transport::Protocol::Tftp,
        },
        server: transport::Endpoint::new(&fetch.server.host, fetch.server.port),
        path: fetch.path.to_string(),
        size_limit: fetch.size_limit,
        user_agent: (!user_agent.is_empty()).then(|| user_agent.to_owned()),
        id: id.to_owned(),
        transfer,
    }
}

pub(crate) fn ftp_ask(account: &phone::FtpAccount, file: &deskset_models::FileName, id: &str) -> transport::FtpAsk {
    transport::FtpAsk {
        server: transport::Endpoint::new(&account.host, account.port),
        directory: account.directory.clone(),
        file: file.to_string(),
        login: account.user.as_ref().map(|(user, password)| transport::Login {
            user: user.clone(),
            password: transport::Password::new(password.reveal()),
        }),
        anonymous_password: account.anonymous_password.clone(),
        mode: transport::FtpMode::default(),
        size_limit: deskset_files::limits::BACKUP_BYTES_MAX as u64,
        id: id.to_owned(),
    }
}

pub(crate) fn http_ask(
    place: &phone::HttpPlace,
    file: &deskset_models::FileName,
    id: &str,
    user_agent: &str,
    transfer: Option<transport::TransferId>,
) -> transport::HttpBackupAsk {
    transport::HttpBackupAsk {
        secure: place.server.protocol == phone::Protocol::Https,
        server: transport::Endpoint::new(&place.server.host, place.server.port),
        path: place.path(file),
        size_limit: deskset_files::limits::BACKUP_BYTES_MAX as u64,
        user_agent: (!user_agent.is_empty()).then(|| user_agent.to_owned()),
        id: id.to_owned(),
        transfer,
    }
}

pub(crate) fn fetch_reason(kind: transport::FetchKind) -> phone::FetchReason {
    use phone::FetchReason as Reason;
    use transport::FetchKind as Kind;
    match kind {
        Kind::NameNotFound => Reason::NameNotFound,
        Kind::Refused => Reason::Refused,
        Kind::Silent => Reason::Silent,
        Kind::Tls => Reason::Tls,
        Kind::NotFound => Reason::NotFound,
        Kind::Denied => Reason::Denied,
        Kind::Status(_) | Kind::Protocol => Reason::Wrong,
        Kind::Lost => Reason::Lost,
        Kind::TooLarge => Reason::TooLarge,
        Kind::Local => Reason::Local,
    }
}

pub(crate) fn backup_reason(kind: transport::FtpKind) -> phone::BackupReason {
    use phone::BackupReason as Reason;
    use transport::FtpKind as Kind;
    match kind {
        Kind::NoServer => Reason::NoServer,
        Kind::Connect | Kind::Protocol => Reason::Connect,
        Kind::Login => Reason::Login,
        Kind::Directory => Reason::Directory,
        Kind::NoFile => Reason::NoFile,
        Kind::Denied => Reason::Denied,
        Kind::Data | Kind::TooLarge => Reason::Data,
    }
}

pub(crate) fn http_backup_reason(kind: transport::HttpBackupKind) -> phone::BackupReason {
    use phone::BackupReason as Reason;
    use transport::HttpBackupKind as Kind;
    match kind {
        Kind::NoServer => Reason::NoServer,
        Kind::Connect | Kind::Tls | Kind::Protocol => Reason::Connect,
        Kind::Directory => Reason::Directory,
        Kind::NoFile => Reason::NoFile,
        Kind::Denied => Reason::Denied,
        Kind::Data | Kind::TooLarge => Reason::Data,
        Kind::Local => Reason::Local,
    }
}

/// Digest and other schemes that the telephones do not speak are an error, in words.
pub(crate) fn web_ask(
    request: &phone::WebRequest,
    id: &str,
    own: Option<Ipv4Addr>,
) -> Result<transport::WebAsk, String> {
    let mut headers = request.headers.clone();
    for credentials in &request.credentials {
        headers.push(authorization(credentials)?);
    }
    Ok(transport::WebAsk {
        method: match request.method {
            phone::browser::Method::Get => transport::WebMethod::Get,
            phone::browser::Method::Post => transport::WebMethod::Post,
        },
        url: request.url.without_fragment().as_str().to_owned(),
        headers,
        body: request.body.clone().into_bytes().into(),
        via: request.via.as_ref().map(|proxy| transport::Endpoint::new(&proxy.host, proxy.port)),
        own: own.map(Into::into),
        size_limit: request.size_limit as u64,
        connect: request.connect_within,
        whole: request.within,
        id: id.to_owned(),
    })
}

/// The header that answers a challenge (RFC 7617).
fn authorization(with: &phone::Credentials) -> Result<(String, String), String> {
    let field = if with.proxy { "Proxy-Authorization" } else { "Authorization" };
    let scheme = with.challenge.split_whitespace().next().unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(format!("the server asks for the password in a way that is not spoken here: {scheme}"));
    }
    let value = Authorization::basic(&with.name, with.password.reveal()).0.encode();
    Ok((field.to_owned(), value.to_str().unwrap_or_default().to_owned()))
}

pub(crate) fn web_answer(answer: transport::WebAnswer) -> phone::browser::Answer {
    let headers = |wanted: &'static str| answer.headers.iter().filter(move |(name, _)| name == wanted);
    let header = |wanted| headers(wanted).next().map(|(_, value)| value.clone());
    // A server may ask in several ways, each on a line of its own: the one that is spoken here counts.
    let is_basic = |value: &str| value.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic"));
    let asking = |wanted| {
        let spoken = headers(wanted).find(|(_, value)| is_basic(value));
        spoken.map(|(_, value)| value.clone()).or_else(|| header(wanted))
    };
    phone::browser::Answer {
        status: answer.status,
        content_type: header("content-type"),
        location: header("location"),
        challenge: asking(if answer.status == 407 { "proxy-authenticate" } else { "www-authenticate" }),
        body: answer.body.to_vec(),
    }
}
