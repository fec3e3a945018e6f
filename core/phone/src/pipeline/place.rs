//! Where the user's backup file lies, and what it is called.

use deskset_models::{FileName, OptionRow, effects};
use http::Uri;

use crate::{
    Administered, BackupReason, EventKind, FtpAccount, HttpPlace, Phone, Place, Protocol, Server, names,
    servers::host_and_port,
};

/// The control port of FTP.
const FTP_PORT: u16 = 21;

impl Phone {
    pub(crate) fn administered(&self) -> Administered<'_> {
        Administered::of(&self.parameters, self.release())
    }

    /// What holds for a row: the user's value, else the administered one, else the table's.
    pub(crate) fn option_value<'p>(&'p self, row: &'p OptionRow) -> &'p str {
        let own = self.user.as_ref().and_then(|user| user.data().options.get(&row.name));
        own.map_or_else(|| self.value_without_user(row), String::as_str)
    }

    /// What a row has where no user has set it.
    pub(crate) fn value_without_user<'p>(&'p self, row: &'p OptionRow) -> &'p str {
        let administered = row.default_from.as_ref().map_or("", |name| self.parameters.value(name));
        if !administered.is_empty() && row.values.accepts(administered) { administered } else { &row.default }
    }

    /// Whether every Save is followed by a backup.
    pub(crate) fn backs_up_by_itself(&self) -> bool {
        let row = self.setup.model.tables().options.with_effect(effects::AUTOMATIC_BACKUP, self.setup.signaling);
        let wanted = row.is_none_or(|row| self.option_value(row) == "1");
        wanted && self.administered().restores()
    }

    /// The user's own value of the row with this effect, as far as FTPUSERSTAT lets it hold.
    fn own(&self, effect: &str) -> Option<&str> {
        let row = self.setup.model.tables().options.with_effect(effect, self.setup.signaling)?;
        let value = self.user.as_ref()?.data().options.get(&row.name)?;
        (!value.is_empty() && self.administered().lets_hold(row)).then_some(value)
    }

    /// Where the backup file lies: below BRURI where that is administered, known to the release and a URI of HTTP, on
    /// an FTP server otherwise.
    pub(crate) fn place(&self) -> Result<Place, BackupReason> {
        let named = self.user.as_ref().is_some_and(|user| user.extension.is_some());
        match self.http_place() {
            Some(place) if named => Ok(Place::Http(place)),
            _ => self.account().map(Place::Ftp),
        }
    }

    /// Whether a login on a phone that knows nothing of the user's own settings looks where [`Phone::place`] is.
    pub(super) fn is_at_the_administered_place(&self) -> bool {
        let own = [
            (effects::FTP_SERVER, self.parameters.value(names::FTPSRVR)),
            (effects::FTP_DIRECTORY, self.parameters.value(names::FTPDIR)),
            (effects::FTP_USER, ""),
        ];
        self.http_place().is_some()
            || own.iter().all(|(effect, administered)| self.own(effect).is_none_or(|own| own == *administered))
    }

    /// Source: the series' MIB, `endptBRURI`; that the file's name follows a slash: guides of younger series.
    fn http_place(&self) -> Option<HttpPlace> {
        let uri: Uri = self.parameters.value_under(names::BRURI, self.release()).parse().ok()?;
        let (protocol, usual_port) = match uri.scheme_str()? {
            "http" => (Protocol::Http, 80),
            "https" => (Protocol::Https, 443),
            _ => return None,
        };
        let host = uri.host().filter(|host| !host.is_empty())?.to_owned();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let directory = if path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
        Some(HttpPlace { server: Server { protocol, host, port: uri.port_u16().unwrap_or(usual_port) }, directory })
    }

    /// The FTP server in force, with directory and name on it. The user's own hold as far as FTPUSERSTAT lets them.
    fn account(&self) -> Result<FtpAccount, BackupReason> {
        let user = self.user.as_ref().ok_or(BackupReason::NoServer)?;
        let extension = user.extension.as_ref().ok_or(BackupReason::NoServer)?;
        let own_or = |effect, parameter| self.own(effect).unwrap_or_else(|| self.parameters.value(parameter));
        let server = own_or(effects::FTP_SERVER, names::FTPSRVR);
        if server.is_empty() {
            return Err(BackupReason::NoServer);
        }
        let (host, port) = host_and_port(server, FTP_PORT, self.parameters.value(names::DOMAIN));
        let directory = own_or(effects::FTP_DIRECTORY, names::FTPDIR);
        let name = self.own(effects::FTP_USER).unwrap_or_default();
        if !name.is_empty() && user.ftp_password.is_empty() {
            // Automatic transfers fail at once; asking on the screen is the menu's affair.
            return Err(BackupReason::Login);
        }
        Ok(FtpAccount {
            host,
            port,
            directory: (!directory.is_empty()).then(|| directory.to_owned()),
            user: (!name.is_empty()).then(|| (name.to_owned(), user.ftp_password.clone())),
            anonymous_password: format!("{extension}@"),
        })
    }

    /// The name of the user's backup file, from the plugin.
    fn backup_name(&mut self) -> Result<FileName, BackupReason> {
        let extension = self.user.as_ref().and_then(|user| user.extension.clone()).ok_or(BackupReason::NoServer)?;
        self.setup.model.backup_file(&extension, self.setup.signaling, self.release()).map_err(|why| {
            self.event(EventKind::HookFailed(why));
            BackupReason::Local
        })
    }

    /// Place and name for a transfer, or why there can be none, in a sentence too.
    pub(super) fn where_to(&mut self) -> Result<(Place, FileName), (BackupReason, &'static str)> {
        let place = self.place().map_err(|reason| match reason {
            BackupReason::NoServer => (reason, "no FTP server is set"),
            _ => (reason, "the FTP user name has no password"),
        })?;
        let file = self.backup_name().map_err(|reason| (reason, "the plugin gave no file name"))?;
        Ok((place, file))
    }
}
