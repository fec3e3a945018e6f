//! The main story on embedded defaults: every model and signaling boots, a user saves on one phone and finds it all on
//! another, whose user takes the first one; at last a text, a page and a sound are pushed.

mod fault;
mod pushes;

use std::sync::Arc;

use deskset_files::{
    application::Fingerprint,
    backup::SpeedDial,
    site::{application_name, newest_release},
};
use deskset_host::Catalog;
use deskset_models::{Extension, FilePath, Model, Secret, Signaling};
use deskset_phone::{
    CallNews, CallState, Checked, Command, Input, Login, Memory, Protocol, Screen, State, StoredApplication, View,
};
use tokio::task::JoinSet;

pub use fault::{Fault, FaultError};

use crate::{Desk, Moment, Report, RuntimeError, lab::Lab, setups::PhoneChoice};

/// What the story needs to know of its cast.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The model on which the user saves.
    pub from: String,
    /// The model on which the user finds it.
    pub to: String,
    /// The model that has calls at the end, one on hold, one ringing, when a page comes over them.
    pub rings: String,
    /// The model that hears the sound.
    pub hears: String,
    /// What goes wrong, if anything.
    pub fault: Option<Fault>,
}

impl Plan {
    /// Whether something is pushed to this phone at the end.
    fn pushes_to(&self, desk: &Desk) -> bool {
        self.fault.is_none() && [&self.from, &self.rings, &self.hears].into_iter().any(|model| is(desk, model))
    }
}

/// The extension of the user who moves; the other phones' follow it.
const FIRST_EXTENSION: u32 = 4711;

/// Labels in three scripts, with numbers.
pub const DIALS: [(u16, &str, &str); 4] =
    [(1, "Front desk", "21000"), (2, "Ирина", "912025550123"), (3, "總機", "0"), (4, "国际长途", "9011")];

/// One phone of the demo.
#[derive(Debug)]
struct Member {
    choice: PhoneChoice,
    model: Model,
    protocol: Protocol,
    memory: Memory,
}

/// Runs the story. Phones that do not do as told are in the report; an error means that it could not begin.
pub async fn run(lab: &mut Lab, catalog: &Catalog, plan: &Plan) -> Result<Report, RuntimeError> {
    let cast = cast(lab, catalog, plan)?;
    lab.write_site(catalog.models())?;
    if plan.fault == Some(Fault::NoApplication) {
        for member in cast.iter().filter(|member| member.memory.application.is_none()) {
            lab.remove(&wanted(&member.model, member.choice.signaling)?)?;
        }
    }
    let mut desks = boot_all(lab, cast).await?;
    let user = lab.extension(&extension(FIRST_EXTENSION)?);
    let saved = move_user(lab, &mut desks, plan, user).await;
    if let Some(desk) = desks.iter_mut().find(|desk| is(desk, &plan.rings)) {
        call(desk);
    }
    let before: Vec<Screen> = desks.iter().map(Desk::screen).collect();
    // With a fault there is enough to look at.
    let pushed = if plan.fault.is_none() { pushes::push_all(lab, &mut desks, plan).await? } else { Vec::new() };
    let mut reports: Vec<_> = desks.iter().map(Desk::report).collect();
    // The phone that the user left is logged off, as it should be.
    let arrived = plan.fault != Some(Fault::WrongPassword);
    for ((report, desk), before) in reports.iter_mut().zip(&desks).zip(before) {
        if report.outcome == "logged off" && arrived {
            "ready".clone_into(&mut report.outcome);
        }
        report.cells = before;
        let due = plan.pushes_to(desk) && lab.takes_pushes();
        match pushed.iter().find(|(pushed, _)| pushed.line.to == report.name) {
            Some((pushed, _)) => {
                let why = pushed.line.trouble.as_deref().or(pushed.line.words).unwrap_or("it was refused");
                report.expect(pushed.line.fine, "push", why);
            }
            None => report.expect(!due, "push", "it does not listen"),
        }
        if is(desk, &plan.to) {
            let found = DIALS.iter().all(|(at, label, number)| {
                let memory = &desk.phone().memory().users;
                memory.values().any(|user| {
                    let dial = SpeedDial { label: (*label).to_owned(), number: (*number).to_owned() };
                    user.data.speed_dials.get(at) == Some(&dial)
                })
            });
            report.expect(found, "retrieve", "the user's speed dials did not arrive");
        }
    }
    let mut whole = Report::of(reports);
    whole.moments.extend(saved);
    for (pushed, seen) in pushed {
        whole.moments.push(Moment { phone: pushed.line.to.clone(), what: pushed.line.kind, cells: seen });
        whole.pushes.push(pushed);
    }
    Ok(whole)
}

/// Every model under every signaling; the one that is saved on comes first.
fn cast(lab: &mut Lab, catalog: &Catalog, plan: &Plan) -> Result<Vec<Member>, RuntimeError> {
    let first = catalog.model(&plan.from)?.name().to_owned();
    catalog.model(&plan.to)?;
    let mut phones: Vec<(Model, Signaling)> = Vec::new();
    for model in catalog.models() {
        phones.extend(model.tables().signaling.keys().map(|signaling| (model.clone(), *signaling)));
    }
    phones.sort_by_key(|(model, signaling)| (model.name() != first, *signaling, model.name().to_owned()));
    let protocols = [Protocol::Http, Protocol::Https, Protocol::Tftp];
    phones
        .into_iter()
        .zip(FIRST_EXTENSION..)
        .zip(protocols.into_iter().cycle())
        .enumerate()
        .map(|(index, (((model, signaling), number), protocol))| {
            let extension = lab.extension(&extension(number)?);
            let login = (index == 0 && plan.fault == Some(Fault::WrongPassword))
                .then(|| Login { password: Secret::new("mistyped"), ..extension.clone() });
            let name = format!("{}-{}", model.name().to_lowercase(), signaling.key());
            let mut choice = PhoneChoice::new(&name, model.name(), signaling);
            choice.index = index as u64;
            choice.login = Some(login.unwrap_or(extension));
            choice.site = lab.site_for(protocol);
            choice.site.extend(lab.servers().push_settings());
            let memory = memory(&model, signaling, index)?;
            Ok(Member { choice, model, protocol, memory })
        })
        .collect()
}

/// What a phone comes with: the second nothing, the third the release before, all others what the script wants.
fn memory(model: &Model, signaling: Signaling, index: usize) -> Result<Memory, RuntimeError> {
    let releases = model.under(signaling).map_or(&[][..], |rules| &rules.releases);
    let release = match index {
        1 => None,
        2 => releases.iter().rev().nth(1),
        _ => releases.last(),
    };
    let Some(release) = release.copied() else { return Ok(Memory::default()) };
    let name = application_name(model, signaling, release)?.to_string();
    let (sha256, bytes, checked) = (Fingerprint::of(name.as_bytes()), 0, Checked::Container);
    let application = Some(Arc::new(StoredApplication { name, release, signaling, sha256, bytes, checked }));
    Ok(Memory { application, ..Memory::default() })
}

fn wanted(model: &Model, signaling: Signaling) -> Result<FilePath, RuntimeError> {
    let release = newest_release(model, signaling).unwrap_or_default();
    Ok(application_name(model, signaling, release)?.into())
}

/// All phones at once, as after a power cut in the building.
async fn boot_all(lab: &Lab, cast: Vec<Member>) -> Result<Vec<Desk>, RuntimeError> {
    let mut booting = JoinSet::new();
    for (index, member) in cast.into_iter().enumerate() {
        tracing::debug!(phone = member.choice.name, protocol = member.protocol.key(), "takes its place");
        let mut desk = lab.desk(&member.choice, member.model, member.memory)?;
        let limit = lab.patience();
        booting.spawn(async move {
            desk.power_on();
            // A phone that is not ready in time says so in its report.
            let _ = tokio::time::timeout(limit, desk.rest()).await;
            (index, desk)
        });
    }
    let mut desks: Vec<(usize, Desk)> = Vec::new();
    while let Some(joined) = booting.join_next().await {
        // A task ends early only by a panic, which is a defect; its phone is then missing from the report.
        match joined {
            Ok(desk) => desks.push(desk),
            Err(why) => tracing::error!("a phone's task ended: {why}"),
        }
    }
    desks.sort_by_key(|(index, _)| *index);
    Ok(desks.into_iter().map(|(_, desk)| desk).collect())
}

fn is(desk: &Desk, model: &str) -> bool {
    let setup = desk.phone().setup();
    setup.model.name().eq_ignore_ascii_case(model) && setup.signaling == Signaling::H323
}

/// The call server says that somebody waits and somebody else calls.
fn call(desk: &mut Desk) {
    for (appearance, state, at) in [(1, CallState::Held, 1), (2, CallState::Alerting, 0)] {
        let (_, name, number) = DIALS[at];
        let news = CallNews { appearance, state, name: name.to_owned(), number: number.to_owned() };
        desk.input(Input::Call(news));
    }
}

/// Labels are made on one phone, saved, and found on the other, whose own user then takes the first one. Gives what that
/// shows when all is saved.
async fn move_user(lab: &mut Lab, desks: &mut [Desk], plan: &Plan, user: Login) -> Option<Moment> {
    let mut saved = None;
    let limit = lab.patience();
    if plan.fault == Some(Fault::FtpStops) {
        lab.stop_ftp().await;
    }
    let story = async {
        let Some(from) = desks.iter_mut().find(|desk| is(desk, &plan.from)) else { return };
        if !matches!(from.rest().await, State::Ready { .. }) {
            return;
        }
        for (position, label, number) in DIALS {
            let dial = SpeedDial { label: label.to_owned(), number: number.to_owned() };
            from.command(Command::EditSpeedDial { position, dial: Some(dial) });
        }
        from.command(Command::Save);
        from.rest().await;
        from.command(Command::Show(View::SpeedDial { page: 0 }));
        saved = Some(Moment { phone: from.phone().setup().name.to_string(), what: "saved", cells: from.screen() });
        from.command(Command::LogOff);
        from.rest().await;
        let Some(to) = desks.iter_mut().find(|desk| is(desk, &plan.to)) else { return };
        let other = to.phone().setup().login.clone();
        to.command(Command::LogOff);
        to.rest().await;
        to.command(Command::LogIn(Some(user)));
        to.rest().await;
        to.command(Command::Show(View::SpeedDial { page: 0 }));
        let Some(from) = desks.iter_mut().find(|desk| is(desk, &plan.from)) else { return };
        if plan.fault.is_none() {
            from.command(Command::LogIn(other));
            from.rest().await;
        }
    };
    // What did not come to its end shows in the reports.
    let _ = tokio::time::timeout(limit, story).await;
    saved
}

fn extension(number: u32) -> Result<Extension, RuntimeError> {
    Ok(number.to_string().parse()?)
}
