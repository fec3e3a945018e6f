mod backup;
mod bench;
mod boot;
mod boot_console;
mod ci;
mod console;
mod demo;
mod findings;
mod found;
mod interop;
mod peers;
mod plugin;
mod push;
mod sarif;
mod screen;
mod serve;
mod settings;
mod stop;
mod test;
mod tui;
mod whole_file;
mod why;

use std::{future::Future, time::Duration};

use deskset_profiles::{Choice, Profile};
use deskset_runtime::StateFolder;
use indicatif::{ProgressBar, ProgressStyle};

pub(crate) use backup::Backup;
pub(crate) use push::Push;
pub(crate) use settings::Settings;
pub(crate) use why::Why;

use crate::{
    Arguments, CommandError, Exit,
    arguments::{Command, Common},
};

pub(crate) fn run(arguments: Arguments) -> Result<Exit, CommandError> {
    match arguments.command {
        Command::Demo(asked) => demo::run(&asked),
        Command::Boot(asked) => boot::run(&asked),
        Command::Serve(asked) => serve::run(&asked),
        Command::Plugin(asked) => plugin::run(&asked),
        Command::Settings(asked) => settings::run(&asked),
        Command::Backup(asked) => backup::run(&asked),
        Command::Push(asked) => push::run(&asked),
        Command::Why(asked) => why::run(&asked),
        Command::Screen(asked) => screen::run(&asked),
        Command::Peers(asked) => peers::run(&asked),
        Command::Interop(asked) => interop::run(&asked),
        Command::Bench(asked) => bench::run(&asked),
        Command::Test(asked) => test::run(&asked),
        Command::Ci(asked) => ci::run(&asked),
    }
}

/// The profile with what the command line says on top.
fn profile(common: &Common, overrides: &[(&str, String)]) -> Result<Profile, CommandError> {
    let mut choice = Choice::new(common.profile.clone());
    if let Some(seconds) = common.timeout {
        choice.overrides.push(("limits.whole_command_seconds".to_owned(), seconds.to_string()));
    }
    choice.overrides.extend(overrides.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    Ok(Profile::load(&choice)?)
}

/// Where phones keep their memory.
fn state(common: &Common, profile: &Profile) -> StateFolder {
    match common.state.clone().or_else(|| profile.state.clone()) {
        Some(folder) => StateFolder::In(folder),
        None => StateFolder::Nowhere,
    }
}

/// Runs `work` on a runtime of its own, for at most `limit`.
fn block_on<T>(
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, CommandError>>,
) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|source| CommandError::Folder { what: "starting the runtime".to_owned(), source })?;
    let done = runtime.block_on(async {
        match limit {
            None => work.await,
            Some(limit) => tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
                Err(CommandError::Environment(format!("gave up after {} seconds; see --timeout", limit.as_secs())))
            }),
        }
    });
    // Whatever still runs has nobody left to tell.
    runtime.shutdown_background();
    done
}

/// Runs `work` on this thread alone.
fn block_on_one<T>(work: impl Future<Output = Result<T, CommandError>>) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| CommandError::Folder { what: "starting the runtime".to_owned(), source })?;
    runtime.block_on(work)
}

/// A line that moves on a terminal, and nothing in a pipe.
fn progress(json: bool) -> ProgressBar {
    let bar = if json { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar
}

/// `NAME=VALUE` taken apart.
fn pair(text: &str) -> Result<(String, String), CommandError> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(CommandError::Usage(format!("\"{text}\" is no NAME=VALUE"))),
    }
}
