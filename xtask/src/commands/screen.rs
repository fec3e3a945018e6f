use deskset_phone::{Command, View};

use super::{boot, profile, state};
use crate::{CommandError, Exit, arguments::Screen, plugins, show};

pub(crate) fn run(asked: &Screen) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let choice = boot::choice(&asked.phone, &profile, "phone")?;
    let mut commands = boot::commands(&asked.phone)?;
    commands.push(Command::Show(view(asked)?));
    let state = state(&asked.common, &profile);
    let phone = boot::on_own_lab(&profile, &catalog, state, None, &choice, commands)?;
    if asked.common.json {
        show::json(&serde_json::json!({ "schema": "deskset-screen-1", "model": phone.model, "screen": phone.screen }))?;
    } else {
        show::screen(&phone);
    }
    if phone.has_failed() {
        eprintln!("deskset: {}: {}", phone.name, phone.outcome);
        return Ok(Exit::Failed);
    }
    Ok(Exit::Fine)
}

fn view(asked: &Screen) -> Result<View, CommandError> {
    match asked.application.as_deref() {
        None if asked.phone.dial.is_empty() => Ok(View::Phone),
        Some("phone") => Ok(View::Phone),
        None | Some("speed-dial") => Ok(View::SpeedDial { page: 0 }),
        Some(other) => Err(CommandError::Usage(format!("\"{other}\" is no application: write phone or speed-dial"))),
    }
}
