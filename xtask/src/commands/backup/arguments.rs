use std::path::PathBuf;

use clap::{Args, Subcommand};
use deskset_models::{Extension, Signaling};

use crate::arguments::Common;

/// What is asked of users' backup files.
#[derive(Subcommand, Debug)]
pub(crate) enum Backup {
    /// Says what a file holds, as the model shows it
    #[command(after_help = "Example:\n  cargo xtask backup show 4711_4620data.txt --model 4620")]
    Show(Show),
    /// Finds what phones would ignore, cut or cannot show
    #[command(
        after_help = "Exit codes: 0 no error (warnings and hints are allowed), 1 errors, 2 a file cannot be read\n\n\
        Example:\n  cargo xtask backup check backups/*.txt --json"
    )]
    Check(Check),
    /// Mends files in place, and keeps the old ones beside them
    #[command(after_help = "Exit codes: 0 done, 2 a file cannot be read or holds nothing a phone can use\n\n\
        Example:\n  cargo xtask backup fix 4711_4620data.txt")]
    Fix(Fix),
    /// Compares two files by what they mean
    #[command(after_help = "Exit codes: 0 they mean the same, 1 they do not, 2 a file cannot be read\n\n\
        Example:\n  cargo xtask backup diff 4711_4620data.txt 4711_4620data.txt.old")]
    Diff(Diff),
    /// Makes the file of another model or signaling out of one, and says what does not carry over
    #[command(after_help = "Exit codes: 0 written, 2 a file cannot be read or is there already\n\n\
        Example:\n  cargo xtask backup convert 4711_4620data.txt --to 4610SW --signaling sip")]
    Convert(Convert),
    /// Makes first files for users from a table of speed dials (CSV)
    #[command(after_help = "Exit codes: 0 all written, 2 something in the table is wrong and nothing is written\n\n\
        Example:\n  cargo xtask backup new --from dials.csv --model 4620SW --signaling h323 --extension 4711")]
    New(New),
    /// Fetches users' files from an FTP server
    #[command(after_help = TRANSFER_HELP)]
    Get(Transfer),
    /// Stores users' files on an FTP server
    #[command(after_help = TRANSFER_HELP)]
    Put(Transfer),
}

const TRANSFER_HELP: &str = "Exit codes: 0 all done, 1 some are not, 2 wrong usage, 3 no session with the server\n\n\
    The password comes from --password-file or from the variable FTP_PASSWORD, never from the command line.\n\n\
    Example:\n  cargo xtask backup get --server 192.0.2.10 --model 4620SW --signaling h323 --extension 4711 --folder kept";

/// Which phone reads the file.
#[derive(Args, Debug)]
pub(crate) struct Reader {
    /// The model, as `plugin list` names it [default: what the file's name tells]
    #[arg(long)]
    pub(super) model: Option<String>,
    /// h323 or sip [default: what the file's name tells]
    #[arg(long)]
    pub(super) signaling: Option<Signaling>,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) reader: Reader,
    /// The file
    pub(super) file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) reader: Reader,
    /// Prints a SARIF 2.1.0 log, as code-review tools read it
    #[arg(long, conflicts_with = "json")]
    pub(super) sarif: bool,
    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) reader: Reader,
    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) reader: Reader,
    /// What was
    pub(super) old: PathBuf,
    /// What is
    pub(super) new: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Convert {
    #[command(flatten)]
    pub(super) common: Common,
    /// The model that wrote the file [default: what the file's name tells]
    #[arg(long, value_name = "MODEL")]
    pub(super) from: Option<String>,
    /// Its signaling [default: what the file's name tells]
    #[arg(long, value_name = "SIGNALING")]
    pub(super) from_signaling: Option<Signaling>,
    /// The model that is to read it
    #[arg(long, value_name = "MODEL")]
    pub(super) to: String,
    /// h323 or sip
    #[arg(long)]
    pub(super) signaling: Signaling,
    /// Whose file it is [default: what the file's name tells]
    #[arg(long)]
    pub(super) extension: Option<Extension>,
    /// Where to write [default: beside the file, under the name that the model asks for]
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Takes the place of a file that is there, which is kept beside it
    #[arg(long)]
    pub(super) replace: bool,
    /// The file
    pub(super) file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct New {
    #[command(flatten)]
    pub(super) common: Common,
    /// The table: columns label and number, perhaps position and extension
    #[arg(long, value_name = "FILE")]
    pub(super) from: PathBuf,
    /// The model
    #[arg(long)]
    pub(super) model: String,
    /// h323 or sip
    #[arg(long)]
    pub(super) signaling: Signaling,
    /// Whose dials they are, where the table does not say
    #[arg(long)]
    pub(super) extension: Option<Extension>,
    /// An option of every user, such as "Redial=0"; can be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub(super) option: Vec<String>,
    /// Where to write
    #[arg(short = 'o', long, value_name = "DIR", default_value = ".")]
    pub(super) output: PathBuf,
    /// Takes the place of files that are there, which are kept beside the new ones
    #[arg(long)]
    pub(super) replace: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Transfer {
    #[command(flatten)]
    pub(super) common: Common,
    /// The FTP server: name or address, and a port if it is not 21
    #[arg(long, value_name = "HOST[:PORT]")]
    pub(super) server: String,
    /// The directory on it [default: the one after login]
    #[arg(long, value_name = "DIR")]
    pub(super) directory: Option<String>,
    /// Who logs in [default: a visitor without a name]
    #[arg(long, value_name = "NAME")]
    pub(super) user: Option<String>,
    /// A file with the password in its first line [default: the variable FTP_PASSWORD]
    #[arg(long, value_name = "FILE", requires = "user")]
    pub(super) password_file: Option<PathBuf>,
    /// Whose file; can be repeated
    #[arg(long, required_unless_present = "all_from")]
    pub(super) extension: Vec<Extension>,
    /// A file with an extension on each line; `#` begins a comment
    #[arg(long, value_name = "LIST")]
    pub(super) all_from: Option<PathBuf>,
    /// The model whose files they are
    #[arg(long)]
    pub(super) model: String,
    /// h323 or sip
    #[arg(long)]
    pub(super) signaling: Signaling,
    /// The folder here
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
}
