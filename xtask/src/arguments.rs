use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use deskset_models::{Extension, Signaling};
use deskset_runtime::demo::Fault;

use crate::{
    bench::Group,
    commands::{Backup, Push, Settings, Why},
};

/// Avaya 4600-series phones as software: boot them, save and retrieve their users' data, look at their screens.
#[derive(Parser, Debug)]
#[command(name = "deskset", version, bin_name = "cargo xtask", arg_required_else_help = true)]
#[command(after_help = "Example:\n  cargo xtask demo")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Boots every model and signaling on loopback; a user saves on one phone and finds it all on another; a text, a page
    /// and a sound are pushed
    #[command(after_help = "Example:\n  cargo xtask demo\n  cargo xtask demo --json > report.json")]
    Demo(Demo),
    /// Boots one phone and reports what it did
    #[command(after_help = "Examples:\n  cargo xtask boot --lab --model 4620SW --extension 4711\n  \
        cargo xtask boot --model 4610SW --signaling sip --extension 4712 --set HTTPSRVR=10.0.0.5 --json\n  \
        cargo xtask boot --lab --model 4625SW --tui")]
    Boot(Boot),
    /// Serves a folder over TFTP, HTTP, HTTPS and FTP until it is stopped
    #[command(
        after_help = "Examples:\n  cargo xtask serve files --init\n  cargo xtask serve files --init --console --phones 12"
    )]
    Serve(Serve),
    /// Says which model plugins are there
    #[command(subcommand, after_help = "Example:\n  cargo xtask plugin list")]
    Plugin(Plugin),
    /// Checks, explains, evaluates, compares and formats upgrade scripts and settings files
    #[command(subcommand, after_help = "Example:\n  cargo xtask settings check 46xxupgrade.scr")]
    Settings(Settings),
    /// Shows, checks, mends, compares, converts, makes, fetches and stores users' backup files
    #[command(subcommand, after_help = "Example:\n  cargo xtask backup check 4711_4620data.txt")]
    Backup(Backup),
    /// Pushes texts, pages and sound to phones
    #[command(subcommand, after_help = "Example:\n  cargo xtask push topline \"Lunch is ready\" --to 127.80.1.1")]
    Push(Push),
    /// Says which rule and which transfer gave a phone a file
    #[command(
        after_help = "Example:\n  cargo xtask why 46xxsettings.txt --for 4620SW --folder files --log transfers.jsonl"
    )]
    Why(Why),
    /// Boots a phone on a lab of its own and shows its screen
    #[command(
        after_help = "Examples:\n  cargo xtask screen --model 4621SW --extension 4711 --dial 1=Ирина=912025550123\n  \
                      cargo xtask screen --model 4625SW --extension 4711 --png screen.png --scale 3"
    )]
    Screen(Screen),
    /// Installs, starts and stops the foreign servers that tests use
    #[command(subcommand, after_help = "Example:\n  cargo xtask peers install")]
    Peers(Peers),
    /// Tries which foreign programs work with ours, cell by cell: protocol, direction, program, case
    #[command(after_help = "Examples:\n  cargo xtask interop\n  cargo xtask interop --only tftp --only curl\n  \
        cargo xtask interop --page")]
    Interop(Interop),
    /// Measures how fast ours are, servers beside those of other makers in the same run
    #[command(after_help = "Examples:\n  cargo xtask bench\n  cargo xtask bench servers --rounds 3\n  \
        cargo xtask bench files screens --json")]
    Bench(Bench),
    /// Builds the plugins and runs the tests
    #[command(after_help = "Examples:\n  cargo xtask test\n  cargo xtask test --peers")]
    Test(Test),
    /// Runs everything that a change must pass, with the minutes of each step
    #[command(after_help = "Examples:\n  cargo xtask ci\n  cargo xtask ci --only clippy")]
    Ci(Ci),
}

#[derive(Args, Debug)]
pub(crate) struct Common {
    /// A profile by name, or the path of a .toml file
    #[arg(long, value_name = "NAME|PATH", default_value = "lab")]
    pub(crate) profile: String,
    /// Seconds until the command gives up
    #[arg(long, value_name = "SECONDS")]
    pub(crate) timeout: Option<u32>,
    /// Folder in which phones keep their memory [default: it ends with the command]
    #[arg(long, value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,
    /// Prints only the report, as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Demo {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Folder for the served files, the report and the recording of the pushed sound [default: a new one]
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Writes what every phone shows before the pushes into this folder, as PNG, and what passes: the phone on which the user
    /// has saved, and each push
    #[arg(long, value_name = "DIR")]
    pub(crate) pictures: Option<PathBuf>,
    /// Lets something go wrong: ftp-stops, wrong-password or no-application
    #[arg(long)]
    pub(crate) fault: Option<Fault>,
}

/// Which phone, and what is done at it.
#[derive(Args, Debug)]
pub(crate) struct Phone {
    /// The model, as `plugin list` names it [default: the profile's]
    #[arg(long)]
    pub(crate) model: Option<String>,
    /// h323 or sip [default: the profile's]
    #[arg(long)]
    pub(crate) signaling: Option<Signaling>,
    /// Who logs in; without it the phone registers without a name
    #[arg(long)]
    pub(crate) extension: Option<Extension>,
    /// The password typed at the phone [default: the one the profile has for the extension]
    #[arg(long)]
    pub(crate) password: Option<String>,
    /// The password for the phone's option "FTP User Name"; without one the FTP server is visited anonymously
    #[arg(long, value_name = "PASSWORD")]
    pub(crate) ftp_password: Option<String>,
    /// Edits a speed dial and saves; can be repeated
    #[arg(long, value_name = "POSITION=LABEL=NUMBER")]
    pub(crate) dial: Vec<String>,
    /// Sets an option and saves; can be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) option: Vec<String>,
}

/// The console beside what a command does.
#[derive(Args, Debug)]
pub(crate) struct ConsoleArguments {
    /// Opens the console, a page for people and an interface for scripts, and runs until it is stopped [default
    /// ADDRESS: any free port of 127.0.0.1]
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "127.0.0.1:0")]
    pub(crate) console: Option<std::net::SocketAddr>,
    /// File with the token that the console asks for; needed at an address that others can reach
    #[arg(long, value_name = "FILE", requires = "console")]
    pub(crate) console_token_file: Option<PathBuf>,
    /// Puts so many phones on the console's floor, of all models in turn
    #[arg(long, value_name = "NUMBER", requires = "console")]
    pub(crate) phones: Option<u16>,
}

#[derive(Args, Debug)]
pub(crate) struct Boot {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(flatten)]
    pub(crate) console: ConsoleArguments,
    #[command(flatten)]
    pub(crate) phone: Phone,
    /// Starts servers of its own and boots from those
    #[arg(long)]
    pub(crate) lab: bool,
    /// A value that DHCP gives, such as HTTPSRVR=10.0.0.5; can be repeated
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub(crate) site: Vec<String>,
    /// A DHCP server's whole site option, such as "MCIPADD=10.0.0.4,HTTPSRVR=10.0.0.5"
    #[arg(long, value_name = "STRING")]
    pub(crate) site_option: Option<String>,
    /// PEM file with the only CA that the phone trusts over HTTPS [default: the profile's]
    #[arg(long, value_name = "FILE")]
    pub(crate) vendor_ca: Option<PathBuf>,
    /// Leaves the phone in use after the report, until the program is stopped or --timeout seconds are over
    #[arg(long)]
    pub(crate) stay: bool,
    /// What the run calls the phone; its memory is kept under this name
    #[arg(long, default_value = "phone")]
    pub(crate) name: String,
    /// Sits down at the phone: its screen in this terminal, its keys on the keyboard, until Ctrl-Q
    #[arg(long, conflicts_with_all = ["json", "console"])]
    pub(crate) tui: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(flatten)]
    pub(crate) console: ConsoleArguments,
    /// The folder; FTP has the folder `backups` in it
    pub(crate) folder: PathBuf,
    /// Makes the folder if needed, and puts a lab's upgrade script, settings and application files into it
    #[arg(long)]
    pub(crate) init: bool,
    /// The address that phones are told, where the profile opens the ports on all of them (bind 0.0.0.0)
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) address: Option<std::net::IpAddr>,
    /// Adds each transfer to this file when it is over, as one line of JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) log: Option<PathBuf>,
    /// Counts of all transfers for monitoring, at http://ADDRESS/metrics; such as 127.0.0.1:9176
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) metrics: Option<std::net::SocketAddr>,
    /// Becomes this user once the ports are open, if started as root; with --init the folder is given to the user
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Plugin {
    /// Lists the plugins, their models, and libraries that were refused
    #[command(after_help = "Example:\n  cargo xtask plugin list")]
    List(PluginList),
    /// Shows everything that a plugin says of a model
    #[command(after_help = "Example:\n  cargo xtask plugin show 4625SW --json")]
    Show(PluginShow),
}

#[derive(Args, Debug)]
pub(crate) struct PluginList {
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct PluginShow {
    #[command(flatten)]
    pub(crate) common: Common,
    /// The model's name
    pub(crate) model: String,
}

#[derive(Args, Debug)]
pub(crate) struct Screen {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(flatten)]
    pub(crate) phone: Phone,
    /// phone, speed-dial, call-log, redial, options or web [default: speed-dial if --dial is given]
    #[arg(long)]
    pub(crate) application: Option<String>,
    /// Writes the pixels into this file, as PNG
    #[arg(long, value_name = "FILE")]
    pub(crate) png: Option<PathBuf>,
    /// Prints the rows of text in a frame [default: if neither --png nor --ansi is given]
    #[arg(long)]
    pub(crate) text: bool,
    /// Prints the pixels, two in each character; in 24-bit colour where COLORTERM says that the terminal has it
    #[arg(long)]
    pub(crate) ansi: bool,
    /// How many times as large the pixels are, 1 to 16
    #[arg(long, value_name = "FACTOR", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=i64::from(deskset_screen::limits::SCALE_MAX)))]
    pub(crate) scale: u16,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Peers {
    /// Installs them (Debian; root or sudo)
    #[command(after_help = "Example:\n  cargo xtask peers install")]
    Install(PeerNames),
    /// Starts them and prints where they are
    #[command(after_help = "Example:\n  cargo xtask peers up nginx vsftpd")]
    Up(PeerNames),
    /// Stops them
    #[command(after_help = "Example:\n  cargo xtask peers down")]
    Down(PeerNames),
}

#[derive(Args, Debug)]
pub(crate) struct PeerNames {
    /// Which [default: those that `test --peers` needs]
    pub(crate) names: Vec<String>,
    /// Those that only `interop` needs, too
    #[arg(long, conflicts_with = "names")]
    pub(crate) all: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Interop {
    /// Only cells with this in "protocol direction program case"; can be repeated, and then all must be in it
    #[arg(long, value_name = "WORDS")]
    pub(crate) only: Vec<String>,
    /// Every second cell, as on a chessboard
    #[arg(long)]
    pub(crate) half: bool,
    /// Prints only the table, as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Writes docs/interop.md
    #[arg(long, conflicts_with_all = ["only", "half"])]
    pub(crate) page: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Bench {
    #[command(flatten)]
    pub(crate) common: Common,
    /// What is measured [default: all]
    pub(crate) groups: Vec<Group>,
    /// Only loads of servers with this in "protocol name"; can be repeated, and then all must be in it
    #[arg(long, value_name = "WORDS")]
    pub(crate) only: Vec<String>,
    /// How often each side has its turn
    #[arg(long, value_name = "NUMBER", default_value_t = 9, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) rounds: u32,
    /// Short turns, to see that everything runs; the figures say nothing, and no aim is judged by the exit code
    #[arg(long)]
    pub(crate) quick: bool,
    /// Measures this program as it was built [default: it is built with optimizations first]
    #[arg(long)]
    pub(crate) as_built: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Test {
    /// Also installs foreign servers and tests against them (Debian; root or sudo)
    #[arg(long)]
    pub(crate) peers: bool,
    /// Passed on to `cargo test`
    #[arg(last = true)]
    pub(crate) rest: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Ci {
    /// Runs the long halves, too
    #[arg(long)]
    pub(crate) full: bool,
    /// Runs one step only
    #[arg(long, value_name = "STEP")]
    pub(crate) only: Option<String>,
}
