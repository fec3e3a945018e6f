use std::fs;

use deskset_phone::{Command, View};
use deskset_runtime::PhoneReport;
use deskset_screen::{Depth, Picture, Renderer, ScreenError};

use super::{boot, profile, state};
use crate::{CommandError, Exit, arguments::Screen, plugins, show};

pub(crate) fn run(asked: &Screen) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let choice = boot::choice(&asked.phone, &profile, "phone")?;
    let mut commands = boot::commands(&asked.phone)?;
    commands.push(Command::Show(view(asked)?));
    let state = state(&asked.common, &profile);
    let display = &catalog.model(&choice.model).map_err(deskset_runtime::RuntimeError::from)?.tables().display;
    let mut renderer = Renderer::new(display).map_err(refused)?;
    let phone = boot::on_own_lab(&profile, &catalog, state, None, &choice, async |desk| {
        Ok(boot::use_it(desk, &profile, commands).await.report())
    })?;
    let native = renderer.draw(&phone.cells);
    let picture = native.scaled(asked.scale).map_err(refused)?;
    if let Some(path) = &asked.png {
        let failed = |source| CommandError::Folder { what: format!("writing {}", path.display()), source };
        fs::write(path, picture.to_png().map_err(refused)?).map_err(failed)?;
    }
    if asked.common.json {
        show::json(&report(&phone, &native))?;
    } else {
        if asked.text || (asked.png.is_none() && !asked.ansi) {
            show::screen(&phone, &phone.screen);
        }
        if asked.ansi {
            say!("{}", picture.to_ansi(depth()).trim_end());
        }
    }
    if phone.has_failed() {
        eprintln!("deskset: {}: {}", phone.name, phone.outcome);
        return Ok(Exit::Failed);
    }
    Ok(Exit::Fine)
}

fn report(phone: &PhoneReport, native: &Picture) -> serde_json::Value {
    let [red, green, blue] = phone.cells.background;
    serde_json::json!({
        "schema": "deskset-screen-1",
        "model": phone.model,
        "screen": phone.screen,
        "contrast": phone.cells.contrast,
        "background": format!("{red:02X}{green:02X}{blue:02X}"),
        "lit": phone.cells.lit,
        "pixels": { "width": native.width(), "height": native.height(), "sha256": native.digest() },
    })
}

/// What the terminal says it has.
fn depth() -> Depth {
    Depth::of_variable(std::env::var("COLORTERM").ok().as_deref())
}

pub(super) fn refused(why: ScreenError) -> CommandError {
    CommandError::Usage(why.to_string())
}

fn view(asked: &Screen) -> Result<View, CommandError> {
    match asked.application.as_deref() {
        None if asked.phone.dial.is_empty() => Ok(View::Phone),
        Some("phone") => Ok(View::Phone),
        None | Some("speed-dial") => Ok(View::SpeedDial { page: 0 }),
        Some("call-log") => Ok(View::CallLog),
        Some("redial") => Ok(View::Redial),
        Some("options") => Ok(View::Options),
        Some("web") => Ok(View::Web),
        Some(other) => Err(CommandError::Usage(format!(
            "\"{other}\" is no application: write phone, speed-dial, call-log, redial, options or web"
        ))),
    }
}
