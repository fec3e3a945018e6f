use std::path::PathBuf;

use clap::{Args, Subcommand};
use deskset_models::{Release, Signaling};

use crate::arguments::Common;

/// What is asked of upgrade scripts and settings files.
#[derive(Subcommand, Debug)]
pub(crate) enum Settings {
    /// Finds what phones would ignore or misunderstand
    #[command(
        after_help = "Exit codes: 0 no error (warnings and hints are allowed), 1 errors, 2 a file cannot be read\n\n\
        Examples:\n  cargo xtask settings check 46xxupgrade.scr\n  \
        cargo xtask settings check 46xxsettings.txt --model 4621SW --release 2.2 --json\n  \
        cargo xtask settings check 46xxupgrade.scr --sarif > findings.sarif"
    )]
    Check(Check),
    /// Says where a parameter's value comes from, and which way a phone takes through the files
    #[command(override_usage = "cargo xtask settings explain [OPTIONS] <PARAM> <FILE>...\n       \
        cargo xtask settings explain [OPTIONS] --all <FILE>...")]
    #[command(after_help = "Example:\n  cargo xtask settings explain OPSTAT 46xxupgrade.scr --model 4625SW")]
    Explain(Explain),
    /// Prints the parameters that the files set, as JSON
    #[command(after_help = "Example:\n  cargo xtask settings eval 46xxupgrade.scr --model 4610SW --signaling sip")]
    Eval(Eval),
    /// Says what changes for which phones when one set of files takes the place of another
    #[command(
        after_help = "Exit codes: 0 nothing changes for any phone, 1 something does, 2 a file cannot be read\n\n\
        Example:\n  cargo xtask settings diff old/ new/"
    )]
    Diff(Diff),
    /// Brings files into one form, without a change of meaning
    #[command(after_help = "Exit codes: 0 done; with --check: nothing to do, 1 a file has another form, 2 a file \
        cannot be read\n\nExample:\n  cargo xtask settings fmt --check 46xxupgrade.scr 46xxsettings.txt")]
    Fmt(Fmt),
}

/// Which phones.
#[derive(Args, Debug)]
pub(crate) struct Phones {
    /// The model, as `plugin list` names it
    #[arg(long, conflicts_with = "all_models")]
    pub(super) model: Option<String>,
    /// h323 or sip
    #[arg(long)]
    pub(super) signaling: Option<Signaling>,
    /// The software that the phones run, such as 2.2 [default: each model's newest]
    #[arg(long)]
    pub(super) release: Option<Release>,
    /// What GROUP stands at [default: the profile's]
    #[arg(long, value_parser = clap::value_parser!(u16).range(0..=999))]
    pub(super) group: Option<u16>,
    /// Every model and signaling
    #[arg(long)]
    pub(super) all_models: bool,
}

/// The files of a phone.
const FILES: &str = "The file that the phone begins with, then files that GET finds, in any folder; GET also finds \
                     what lies beside the first one";

#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) phones: Phones,
    /// Prints a SARIF 2.1.0 log, as code-review tools read it
    #[arg(long, conflicts_with = "json")]
    pub(super) sarif: bool,
    #[arg(required = true, value_name = "FILE", help = FILES)]
    pub(super) files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) phones: Phones,
    /// Explains everything that somebody tried to set
    #[arg(long)]
    pub(super) all: bool,
    /// Shows passwords instead of ***
    #[arg(long)]
    pub(super) show_secrets: bool,
    /// The parameter, unless --all is given, and the files as for `check`
    #[arg(required = true, value_name = "PARAM FILE")]
    pub(super) words: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Eval {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) phones: Phones,
    /// Shows passwords instead of ***
    #[arg(long)]
    pub(super) show_secrets: bool,
    #[arg(required = true, value_name = "FILE", help = FILES)]
    pub(super) files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) phones: Phones,
    /// Shows passwords instead of ***
    #[arg(long)]
    pub(super) show_secrets: bool,
    /// What phones get now: the file that they begin with, or a folder with the upgrade script
    pub(super) old: PathBuf,
    /// What they would get
    pub(super) new: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Fmt {
    /// Changes nothing, only says which files have another form
    #[arg(long)]
    pub(super) check: bool,
    /// Prints only the report, as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// The files, which are changed in place
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}
