//! `boot --console`: the phone stays on its desk until somebody stops the command.

use std::time::Duration;

use deskset_console::{Control, Served};
use deskset_host::Catalog;
use deskset_phone::{Command, Input, Memory, State};
use deskset_profiles::Profile;
use deskset_runtime::{
    PhoneChoice, Report, RuntimeError,
    floor::{Late, Seat},
    lab::Servers,
};
use deskset_server::Recorder;

use super::{block_on, boot, console, state, stop::Stop};
use crate::{CommandError, Exit, arguments::Boot};

pub(super) fn run(
    asked: &Boot,
    profile: &Profile,
    catalog: &Catalog,
    choice: PhoneChoice,
    commands: Vec<Command>,
) -> Result<Exit, CommandError> {
    let state = state(&asked.common, profile);
    if !asked.lab {
        return block_on(None, async {
            let carrier = boot::foreign_carrier(profile, state)?;
            use_it(asked, catalog, console::alone(carrier, profile, catalog, choice.site.clone()), choice, commands)
                .await
        });
    }
    let failed = |source| CommandError::Folder { what: "making a folder for the lab".to_owned(), source };
    let folder = tempfile::Builder::new().prefix("deskset-lab-").tempdir().map_err(failed)?;
    block_on(None, async {
        let served = Served::default();
        let remembered = served.clone();
        let recorder = Recorder::calling(move |record| remembered.remember(record.json_line()));
        let servers = Servers::start(profile, catalog, folder.path(), None, None, recorder).await?;
        servers.write_site(catalog.models())?;
        let control = console::beside(&servers, profile, catalog, state, served)?;
        let mut choice = choice;
        choice.site = servers.site_here().into_iter().chain(choice.site).collect();
        let exit = use_it(asked, catalog, control, choice, commands).await;
        servers.stop().await;
        exit
    })
}

async fn use_it(
    asked: &Boot,
    catalog: &Catalog,
    control: Control,
    choice: PhoneChoice,
    commands: Vec<Command>,
) -> Result<Exit, CommandError> {
    let model = catalog.model(&choice.model).map_err(RuntimeError::from)?.clone();
    let setup = choice.setup(&control.supply.profile, model)?;
    let seat = control.floor.place(setup, Memory::default())?;
    let open = console::open(&asked.console, &control).await?;
    let stop = Stop::listen()?;
    // Nobody can have taken it away yet.
    let _ = seat.hand(Input::PowerOn).await;
    console::furnish(&asked.console, &control, choice.login.as_ref().map(|login| &login.extension)).await?;
    if let Some(open) = &open {
        let url = console::url(open);
        if asked.common.json {
            eprintln!("deskset: console at {url}");
        } else {
            say!("console at {url}");
            say!("stop with Ctrl-C");
        }
    }
    let patience = control.supply.profile.limits.whole_command;
    let story = tokio::spawn(do_it_all(seat.clone(), commands, patience));
    stop.wished(asked.common.timeout.map(|seconds| Duration::from_secs(seconds.into()))).await;
    story.abort();
    // Of a phone that somebody took away there is nothing to report.
    let report = seat.ask(|desk| desk.report()).await.ok();
    if let Some(open) = open {
        open.stop().await;
    }
    boot::print(asked, &Report::of(report.into_iter().collect()))?;
    Ok(Exit::Fine)
}

/// What the arguments ask to be done at the phone, as long as it is there.
async fn do_it_all(seat: Seat, commands: Vec<Command>, patience: Duration) -> Result<(), Late> {
    for command in commands {
        let glance = seat.rest(patience).await?;
        // Whoever the phone remembers is in already.
        if !matches!(command, Command::LogIn(_)) || glance.state == State::AwaitsLogin {
            seat.command(command).await?;
        }
    }
    Ok(())
}
