use std::{fmt, str::FromStr};

/// What can be made to go wrong, to see how it looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The FTP server stops before the user saves.
    FtpStops,
    /// The user mistypes the password.
    WrongPassword,
    /// The application file of the first phone is not on the server.
    NoApplication,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::FtpStops => "ftp-stops",
            Fault::WrongPassword => "wrong-password",
            Fault::NoApplication => "no-application",
        })
    }
}

/// A word that names no fault.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("\"{0}\" is no fault: choose ftp-stops, wrong-password or no-application")]
pub struct FaultError(String);

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(word: &str) -> Result<Self, FaultError> {
        [Fault::FtpStops, Fault::WrongPassword, Fault::NoApplication]
            .into_iter()
            .find(|fault| fault.to_string() == word)
            .ok_or_else(|| FaultError(word.to_owned()))
    }
}
