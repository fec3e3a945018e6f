use std::{sync::Arc, time::Duration};

use deskset_files::lint::closest;
use deskset_files::{
    backup::SpeedDial,
    dhcp::{Order, SiteOption},
};
use deskset_host::Catalog;
use deskset_models::Secret;
use deskset_phone::{Command, Login, Memory, State};
use deskset_profiles::Profile;
use deskset_runtime::{Carrier, Desk, PhoneChoice, Report, lab};
use deskset_terminal::TerminalError;

use super::{block_on, boot_console, pair, profile, progress, state, stop::Stop, tui};
use crate::{
    CommandError, Exit,
    arguments::{Boot, Phone},
    plugins, show,
};

pub(crate) fn run(asked: &Boot) -> Result<Exit, CommandError> {
    if asked.tui && !deskset_terminal::is_terminal() {
        return Err(TerminalError::NoTerminal.into());
    }
    let overrides: Vec<_> =
        asked.vendor_ca.iter().map(|path| ("servers.vendor_ca", path.display().to_string())).collect();
    let profile = profile(&asked.common, &overrides)?;
    let catalog = plugins::catalog(&profile)?;
    let (mut choice, commands) = (choice(&asked.phone, &profile, &asked.name)?, commands(&asked.phone)?);
    choice.site = asked.site_option.as_deref().map_or_else(|| Ok(Vec::new()), site_option)?;
    for text in &asked.site {
        choice.site.push(pair(text)?);
    }
    if !asked.lab && choice.site.is_empty() && profile.site.pairs().is_empty() {
        return Err(CommandError::Usage(
            "no file server is named; give --set HTTPSRVR=ADDRESS (or TLSSRVR, TFTPSRVR), a profile with [site], or --lab"
                .to_owned(),
        ));
    }
    choice.site.iter().for_each(|(name, _)| remark_on(name, &catalog, &choice.model));
    if asked.console.console.is_some() {
        return boot_console::run(asked, &profile, &catalog, choice, commands);
    }
    let bar = progress(asked.common.json || asked.tui);
    let line = bar.clone();
    let watcher = Arc::new(move |_: &str, event: &deskset_phone::Event| {
        line.set_message(event.kind.to_string());
        line.tick();
    });
    let state = state(&asked.common, &profile);
    let watch = |desk, commands| {
        let (bar, profile) = (bar.clone(), &profile);
        async move {
            let desk = use_it(desk, profile, commands).await;
            bar.finish_and_clear();
            tell_and_stay(asked, desk).await
        }
    };
    if asked.tui {
        let report = tui::run(asked, &profile, &catalog, state, choice, commands)?;
        bar.finish_and_clear();
        return tell(asked, &Report::of(vec![report]));
    }
    if asked.lab {
        return on_own_lab(&profile, &catalog, state, Some(watcher), &choice, async |desk| watch(desk, commands).await);
    }
    block_on(None, async {
        let carrier = foreign_carrier(&profile, state)?.watched(watcher);
        let model = catalog.model(&choice.model).map_err(deskset_runtime::RuntimeError::from)?.clone();
        let desk = carrier.desk_with(choice.setup(&profile, model)?, Memory::default())?;
        watch(desk, commands).await
    })
}

/// Reports; then leaves the phone in use, if that is wanted.
async fn tell_and_stay(asked: &Boot, mut desk: Desk) -> Result<Exit, CommandError> {
    let limit = asked.common.timeout.map(|seconds| Duration::from_secs(seconds.into()));
    let stop = asked.stay.then(Stop::listen).transpose()?;
    if asked.stay {
        // Whoever reads the report may look for the phone in a directory. Each request ends by its own time limit.
        while desk.awaits_web() {
            desk.step().await;
        }
    }
    let exit = tell(asked, &Report::of(vec![desk.report()]))?;
    let Some(stop) = stop.filter(|_| exit == Exit::Fine) else { return Ok(exit) };
    let stopped = stop.wished(limit);
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            () = desk.step() => {}
            () = &mut stopped => return Ok(exit),
        }
    }
}

fn tell(asked: &Boot, report: &Report) -> Result<Exit, CommandError> {
    print(asked, report)?;
    for phone in report.phones.iter().filter(|phone| phone.has_failed()) {
        eprintln!("deskset: {}: {}", phone.name, phone.outcome);
    }
    Ok(if report.failed == 0 { Exit::Fine } else { Exit::Failed })
}

/// A carrier for servers that run elsewhere.
pub(super) fn foreign_carrier(
    profile: &Profile,
    state: deskset_runtime::StateFolder,
) -> Result<Carrier, deskset_runtime::RuntimeError> {
    let ca = lab::vendor_ca(profile)?.map(|(path, pem)| (path.display().to_string(), pem));
    let ca = ca.as_ref().map(|(path, pem)| (path.as_str(), pem.clone()));
    lab::carrier(profile, ca, lab::registrar(profile), state)
}

pub(super) fn print(asked: &Boot, report: &Report) -> Result<(), CommandError> {
    if asked.common.json {
        return show::json(report);
    }
    show::timeline(report);
    say!("");
    report.phones.iter().for_each(|phone| show::screen(phone, &phone.screen));
    report.phones.iter().filter_map(|phone| phone.push.as_ref()).for_each(|push| say!("takes pushes at {push}"));
    Ok(())
}

/// One phone on servers of its own, in a folder that ends with the command.
pub(super) fn on_own_lab<T>(
    profile: &Profile,
    catalog: &Catalog,
    state: deskset_runtime::StateFolder,
    watcher: Option<deskset_runtime::Watcher>,
    choice: &PhoneChoice,
    work: impl AsyncFnOnce(Desk) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let failed = |source| CommandError::Folder { what: "making a folder for the lab".to_owned(), source };
    let folder = tempfile::Builder::new().prefix("deskset-lab-").tempdir().map_err(failed)?;
    block_on(None, async {
        let started = lab::Lab::start(profile, catalog, folder.path(), state, watcher).await?;
        started.write_site(catalog.models())?;
        let model = catalog.model(&choice.model).map_err(deskset_runtime::RuntimeError::from)?.clone();
        let mut choice = choice.clone();
        choice.site = started.servers().site_for(None).into_iter().chain(choice.site).collect();
        let desk = started.desk(&choice, model, Memory::default())?;
        let done = work(desk).await;
        started.stop().await;
        done
    })
}

/// The phone, booted and used.
pub(super) async fn use_it(mut desk: Desk, profile: &Profile, commands: Vec<Command>) -> Desk {
    desk.power_on();
    let story = async {
        desk.rest().await;
        for command in commands {
            // Whoever the phone remembers is in already.
            if matches!(command, Command::LogIn(_)) && desk.phone().state() != State::AwaitsLogin {
                continue;
            }
            desk.command(command);
            desk.rest().await;
        }
    };
    // A phone that is not through in time says so in its report.
    let _ = tokio::time::timeout(profile.limits.whole_command, story).await;
    desk
}

/// A parameter that the phone does not have is kept like any other, but is probably a slip.
fn remark_on(name: &str, catalog: &Catalog, model: &str) {
    let Ok(model) = catalog.model(model) else { return };
    let known = &model.tables().parameters;
    if known.find(name).is_some() {
        return;
    }
    let meant = closest(name, known.rows.iter().map(|row| row.name.as_str()));
    let meant = meant.map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
    eprintln!("deskset: the {} has no parameter {name}{meant}", model.name());
}

/// A site option's values; whatever of it would have no effect is an error here: it was just typed.
fn site_option(text: &str) -> Result<Vec<(String, String)>, CommandError> {
    let site = SiteOption::parse(text, Order::Free);
    match site.faults.first() {
        Some(fault) => Err(CommandError::Usage(format!("--site-option: {fault}"))),
        None => Ok(site.values),
    }
}

/// Which phone the arguments mean.
pub(super) fn choice(asked: &Phone, profile: &Profile, name: &str) -> Result<PhoneChoice, CommandError> {
    let model = asked.model.as_ref().unwrap_or(&profile.phones.model);
    let mut choice = PhoneChoice::new(name, model, asked.signaling.unwrap_or(profile.phones.signaling));
    if let Some(extension) = &asked.extension {
        let known = profile.extensions.get(extension).cloned();
        let password = asked.password.as_deref().map(Secret::new).or(known).ok_or_else(|| {
            CommandError::Usage(format!("the profile has no extension {extension}; add it there, or give --password"))
        })?;
        choice.login = Some(Login { extension: extension.clone(), password });
    }
    Ok(choice)
}

/// What is done at the phone once it is ready.
pub(super) fn commands(asked: &Phone) -> Result<Vec<Command>, CommandError> {
    let mut commands = Vec::new();
    if asked.extension.is_none() && !(asked.dial.is_empty() && asked.option.is_empty()) {
        let why = "--dial and --option need --extension: a phone without one saves nothing";
        return Err(CommandError::Usage(why.to_owned()));
    }
    if asked.extension.is_none() {
        commands.push(Command::LogIn(None));
    }
    if let Some(password) = &asked.ftp_password {
        commands.push(Command::FtpPassword(Secret::new(password)));
    }
    for text in &asked.dial {
        let wrong = || CommandError::Usage(format!("\"{text}\" is no POSITION=LABEL=NUMBER"));
        let (position, rest) = pair(text)?;
        let (label, number) = rest.rsplit_once('=').ok_or_else(wrong)?;
        let dial = SpeedDial { label: label.to_owned(), number: number.to_owned() };
        let position = position.parse().map_err(|_| wrong())?;
        commands.push(Command::EditSpeedDial { position, dial: Some(dial) });
    }
    for text in &asked.option {
        let (name, value) = pair(text)?;
        commands.push(Command::SetOption { name, value });
    }
    if !(asked.dial.is_empty() && asked.option.is_empty()) {
        commands.push(Command::Save);
    }
    Ok(commands)
}
