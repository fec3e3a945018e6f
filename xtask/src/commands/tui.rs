//! One phone in this terminal, on the servers that `boot` would use.

use std::time::Duration;

use deskset_host::Catalog;
use deskset_phone::{Command, Input, Memory};
use deskset_profiles::Profile;
use deskset_runtime::{
    PhoneChoice, PhoneReport, RuntimeError, StateFolder,
    floor::{Floor, Late, Seat},
    lab::Lab,
};
use deskset_screen::Depth;
use deskset_terminal::{Sitting, TerminalError};

use super::{block_on, boot::foreign_carrier};
use crate::{CommandError, arguments::Boot};

pub(super) fn run(
    asked: &Boot,
    profile: &Profile,
    catalog: &Catalog,
    state: StateFolder,
    mut choice: PhoneChoice,
    mut commands: Vec<Command>,
) -> Result<PhoneReport, CommandError> {
    // Somebody sits there to answer the question.
    commands.retain(|command| !matches!(command, Command::LogIn(None)));
    let failed = |source| CommandError::Folder { what: "making a folder for the lab".to_owned(), source };
    let folder = tempfile::Builder::new().prefix("deskset-lab-").tempdir().map_err(failed)?;
    block_on(None, async {
        let (lab, floor) = if asked.lab {
            let lab = Lab::start(profile, catalog, folder.path(), state, None).await?;
            lab.write_site(catalog.models())?;
            choice.site = lab.servers().site_for(None).into_iter().chain(choice.site).collect();
            let floor = lab.floor();
            (Some(lab), floor)
        } else {
            (None, Floor::new(foreign_carrier(profile, state)?))
        };
        let model = catalog.model(&choice.model).map_err(RuntimeError::from)?.clone();
        let seat = floor.place(choice.setup(profile, model)?, Memory::default())?;
        let report = sit(seat, &floor, profile.limits.whole_command, commands).await;
        drop(floor);
        if let Some(lab) = lab {
            lab.stop().await;
        }
        report
    })
}

async fn sit(
    seat: Seat,
    floor: &Floor,
    patience: Duration,
    commands: Vec<Command>,
) -> Result<PhoneReport, CommandError> {
    let depth = Depth::of_variable(std::env::var("COLORTERM").ok().as_deref());
    let sitting = Sitting::at(seat.clone(), floor, depth).await?;
    let script = tokio::spawn(follow(seat.clone(), patience, commands));
    let sat = sitting.run().await;
    script.abort();
    sat?;
    Ok(seat.ask(|desk| desk.report()).await.map_err(TerminalError::from)?)
}

/// Power, then what the command line says is done at the phone. What does not come to its end is seen on the screen.
async fn follow(seat: Seat, patience: Duration, commands: Vec<Command>) -> Result<(), Late> {
    seat.hand(Input::PowerOn).await?;
    for command in commands {
        seat.rest(patience).await?;
        seat.command(command).await?;
    }
    Ok(())
}
