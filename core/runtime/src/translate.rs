//! Between the words of the phone and those of the transport. No other file knows both.

use deskset_phone as phone;
use deskset_transport as transport;

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
