//! The console beside servers or beside a phone, and the phones that are put on its floor.

use std::{fs, path::Path, sync::Arc};

use deskset_console::{Backups, Console, ConsoleError, Control, Served, Token};
use deskset_files::site::newest_release;
use deskset_host::Catalog;
use deskset_models::{Extension, Secret, Signaling};
use deskset_phone::{Input, Memory};
use deskset_profiles::Profile;
use deskset_runtime::{
    Carrier, StateFolder,
    floor::{Floor, Supply, Wanted},
    lab::{self, Servers},
};

use crate::{CommandError, arguments::ConsoleArguments};

/// What the console shows and does: phones that boot from `servers`, what these served, what users saved.
pub(super) fn beside(
    servers: &Servers,
    profile: &Profile,
    catalog: &Catalog,
    state: StateFolder,
    served: Served,
) -> Result<Control, CommandError> {
    let carrier = lab::carrier_beside(servers, profile, state)?;
    let backups = servers.ftp_folder().map(|folder| Backups { folder: folder.to_owned() });
    Ok(Control { served, backups, ..alone(carrier, profile, catalog, servers.site_here()) })
}

/// The same for phones that boot from servers elsewhere.
pub(super) fn alone(carrier: Carrier, profile: &Profile, catalog: &Catalog, site: Vec<(String, String)>) -> Control {
    let supply = Supply { models: catalog.models().cloned().collect(), profile: profile.clone(), site };
    Control { floor: Floor::new(carrier), supply: Arc::new(supply), served: Served::default(), backups: None }
}

/// Opens the console if it is asked for.
pub(super) async fn open(asked: &ConsoleArguments, control: &Control) -> Result<Option<Console>, CommandError> {
    let Some(address) = asked.console else { return Ok(None) };
    let token = asked.console_token_file.as_deref().map(token).transpose()?;
    Ok(Some(Console::start(address, token, control.clone()).await.map_err(refused)?))
}

/// Where a person looks at it.
pub(super) fn url(console: &Console) -> String {
    format!("http://{}/", console.address())
}

/// Puts as many phones on the floor as are asked for, of all models in turn, each with an extension of the profile
/// while there are some that nobody has.
pub(super) async fn furnish(
    asked: &ConsoleArguments,
    control: &Control,
    taken: Option<&Extension>,
) -> Result<(), CommandError> {
    let (floor, supply) = (&control.floor, &control.supply);
    let mut extensions = supply.profile.extensions.keys().filter(|extension| Some(*extension) != taken);
    let models = supply.models.iter().cycle();
    for (number, model) in (1..=asked.phones.unwrap_or(0)).zip(models) {
        let usual = supply.profile.phones.signaling;
        let wanted = Wanted {
            name: format!("phone-{number}"),
            model: Some(model.name().to_owned()),
            // A model without the profile's signaling has the other one.
            signaling: [usual].into_iter().chain(Signaling::ALL).find(|one| newest_release(model, *one).is_some()),
            extension: extensions.next().cloned(),
            index: floor.seats().len() as u64,
            ..Wanted::default()
        };
        let seat = floor.place(supply.setup(&wanted)?, Memory::default())?;
        // Nobody can have taken it away yet.
        let _ = seat.hand(Input::PowerOn).await;
    }
    Ok(())
}

fn token(file: &Path) -> Result<Token, CommandError> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).map_err(|source| CommandError::Input { file: name.clone(), source })?;
    Token::new(Secret::new(text.trim())).map_err(|why| CommandError::Usage(format!("{name}: {why}")))
}

fn refused(why: ConsoleError) -> CommandError {
    match why {
        ConsoleError::Listen { .. } => CommandError::Environment(format!("the console: {why}")),
        ConsoleError::TokenNeeded(_) => CommandError::Usage(format!("the console: {why} (--console-token-file)")),
        ConsoleError::WeakToken => CommandError::Usage(format!("the console: {why}")),
    }
}
