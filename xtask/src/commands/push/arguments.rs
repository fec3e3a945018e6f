use std::{net::IpAddr, num::NonZeroU32, path::PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use deskset_phone::browser::push::Mode;

use crate::arguments::Common;

/// What is pushed.
#[derive(Subcommand, Debug)]
pub(crate) enum Push {
    /// A text for the top line
    #[command(after_help = format!("{EXIT_CODES}\n\nExamples:\n  \
        cargo xtask push topline \"Lunch is ready\" --to 4711 --directory 127.0.0.1:8080\n  \
        cargo xtask push topline \"Fire alarm\" --to 10.0.0.50:80 --mode barge --alert 3 --json"))]
    Topline(Topline),
    /// A page: a WML deck from a file, or one that another server has
    #[command(after_help = format!("{EXIT_CODES}\n\nExamples:\n  \
        cargo xtask push display --file lunch.wml --to all --directory 127.0.0.1:8080\n  \
        cargo xtask push display --url http://intranet.example.com/news.wml --to 127.80.1.1:5080 --mode barge"))]
    Display(Display),
    /// Something to hear, from a WAV file, in real time
    #[command(after_help = format!("{EXIT_CODES}\n\nExamples:\n  \
        cargo xtask push audio --from gong.wav --to 4711 --directory 127.0.0.1:8080 --mode barge\n  \
        cargo xtask push audio --stop --to 4711 --directory 127.0.0.1:8080"))]
    Audio(Audio),
    /// A wish that phones subscribe anew
    #[command(after_help = format!("{EXIT_CODES}\n\nExample:\n  \
        cargo xtask push subscribe --to all --directory 127.0.0.1:8080"))]
    Subscribe(Subscribe),
    /// Several of them, one after the other for each phone
    #[command(after_help = format!("{EXIT_CODES}\n\nExample:\n  \
        cargo xtask push together --topline \"Lunch is ready\" --display lunch.wml --audio gong.wav --to all \
        --directory 127.0.0.1:8080"))]
    Together(Together),
    /// Lists the phones that have subscribed with a running `serve`
    #[command(after_help = "Exit codes: 0 listed, 3 the directory cannot be asked\n\nExample:\n  \
        cargo xtask push list --directory 127.0.0.1:8080")]
    List(List),
}

const EXIT_CODES: &str = "Exit codes: 0 every phone took it, 1 some did not, 2 wrong usage, 3 no directory or port";

/// To whom, and how.
#[derive(Args, Debug)]
pub(crate) struct Way {
    #[command(flatten)]
    pub(super) common: Common,
    /// An extension, ADDRESS, ADDRESS:PORT, push URL, or all; can be repeated
    #[arg(long, required = true, value_name = "EXTENSION|ADDRESS|URL|all")]
    pub(super) to: Vec<String>,
    /// The HTTP address of a running `serve`, whose directory finds extensions
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) directory: Option<String>,
    /// Messages a second, over all phones [default: as fast as they go]
    #[arg(long, value_name = "MESSAGES")]
    pub(super) rate: Option<NonZeroU32>,
    /// The address that phones fetch from [default: that of --directory, on loopback the one towards each phone]
    #[arg(long, value_name = "ADDRESS")]
    pub(super) address: Option<IpAddr>,
    /// The port that phones fetch from
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(super) port: u16,
}

/// How urgent.
#[derive(Args, Debug)]
pub(crate) struct Urgency {
    /// Whether it may have to wait, or comes before almost everything
    #[arg(long, value_enum, default_value = "normal")]
    pub(super) mode: ModeWord,
    /// How many pings before it, 0 to 3
    #[arg(long, value_name = "PINGS", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=3))]
    pub(super) alert: u8,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
pub(crate) enum ModeWord {
    Normal,
    Barge,
}

impl From<ModeWord> for Mode {
    fn from(word: ModeWord) -> Mode {
        match word {
            ModeWord::Normal => Mode::Normal,
            ModeWord::Barge => Mode::Barge,
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct Topline {
    #[command(flatten)]
    pub(super) way: Way,
    #[command(flatten)]
    pub(super) urgency: Urgency,
    /// The text; phones show the first 56 characters
    pub(super) text: String,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false, args = ["file", "url"])]
pub(crate) struct Display {
    #[command(flatten)]
    pub(super) way: Way,
    #[command(flatten)]
    pub(super) urgency: Urgency,
    /// The deck
    #[arg(long)]
    pub(super) file: Option<PathBuf>,
    /// Where the deck is
    #[arg(long)]
    pub(super) url: Option<String>,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false, args = ["from", "stop"])]
pub(crate) struct Audio {
    #[command(flatten)]
    pub(super) way: Way,
    #[command(flatten)]
    pub(super) urgency: Urgency,
    #[command(flatten)]
    pub(super) coding: Coding,
    /// A WAV file of 16-bit integers, 8,000 samples a second or 2 to 6 times that
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// Ends what phones hear; always as barge
    #[arg(long)]
    pub(super) stop: bool,
}

/// How sound is sent.
#[derive(Args, Debug)]
pub(crate) struct Coding {
    /// PCMU or PCMA
    #[arg(long, default_value = "PCMU")]
    pub(super) codec: String,
    /// Milliseconds in one packet: 10, 20, 30, 40, 50 or 60
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 20)]
    pub(super) packet: u16,
    /// Seconds without a packet after which phones stop to listen, 5 to 30
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u8).range(5..=30))]
    pub(super) timer: u8,
}

#[derive(Args, Debug)]
pub(crate) struct Subscribe {
    #[command(flatten)]
    pub(super) way: Way,
    /// Only with this server, written as in the phones' SUBSCRIBELIST [default: all]
    #[arg(long, value_name = "URL")]
    pub(super) me: Option<String>,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = true, args = ["topline", "display", "audio"])]
pub(crate) struct Together {
    #[command(flatten)]
    pub(super) way: Way,
    #[command(flatten)]
    pub(super) urgency: Urgency,
    #[command(flatten)]
    pub(super) coding: Coding,
    /// A text for the top line
    #[arg(long, value_name = "TEXT")]
    pub(super) topline: Option<String>,
    /// A deck
    #[arg(long, value_name = "FILE")]
    pub(super) display: Option<PathBuf>,
    /// A WAV file
    #[arg(long, value_name = "FILE")]
    pub(super) audio: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct List {
    #[command(flatten)]
    pub(super) common: Common,
    /// The HTTP address of a running `serve`
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) directory: String,
}
