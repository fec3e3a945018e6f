//! The push initiator.

mod arguments;
mod messages;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use deskset_profiles::Profile;
use deskset_runtime::initiator::{self, Campaign, Message, Outcome, PushReport, Target, TargetError};
use deskset_server::Subscription;
use deskset_transport::{Transport, TransportSettings};
use serde_json::json;

pub(crate) use arguments::Push;
use arguments::{List, Way};

use super::{block_on, profile, progress};
use crate::{CommandError, Exit, show};

/// The port of real phones.
const USUAL_PORT: u16 = 80;

pub(crate) fn run(asked: &Push) -> Result<Exit, CommandError> {
    match asked {
        Push::Topline(asked) => push(&asked.way, messages::topline(asked)),
        Push::Display(asked) => push(&asked.way, messages::display(asked)?),
        Push::Audio(asked) => push(&asked.way, messages::audio(asked)?),
        Push::Subscribe(asked) => push(&asked.way, messages::subscribe(asked)),
        Push::Together(asked) => push(&asked.way, messages::together(asked)?),
        Push::List(asked) => list(asked),
    }
}

fn push(way: &Way, messages: Vec<Message>) -> Result<Exit, CommandError> {
    let profile = profile(&way.common, &[])?;
    let limit = way.common.timeout.map(|seconds| Duration::from_secs(seconds.into()));
    let bar = Arc::new(progress(way.common.json));
    let line = bar.clone();
    let outcomes: Vec<Outcome> = block_on(limit, async {
        let transport = transport(&profile)?;
        let targets = targets(way, &profile, &transport).await?;
        let address = content_address(way);
        let campaign = Campaign { targets, messages, address, port: way.port, pace: way.rate };
        let tell = |outcome: &Outcome| {
            line.set_message(outcome.target.name.clone());
            line.tick();
        };
        Ok(initiator::push(&transport, campaign, tell).await?)
    })?;
    bar.finish_and_clear();
    let report = PushReport::of(&outcomes);
    if way.common.json {
        show::json(&report)?;
    } else {
        report.pushes.iter().for_each(show::push);
    }
    let (failed, all) = (report.failed, report.pushes.len());
    if failed > 0 {
        eprintln!("deskset: {failed} of {all} messages did not get through");
        return Ok(Exit::Failed);
    }
    if all == 0 {
        eprintln!("deskset: nobody has subscribed, so nobody was pushed to");
        return Ok(Exit::Failed);
    }
    Ok(Exit::Fine)
}

fn list(asked: &List) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let phones = block_on(None, async {
        let transport = transport(&profile)?;
        initiator::directory(&transport, &asked.directory).await.map_err(not_found)
    })?;
    if asked.common.json {
        show::json(&json!({ "schema": "deskset-subscriptions-1", "phones": phones }))?;
    } else {
        let extension = |phone: &Subscription| match phone.extension.as_str() {
            "" => "-".to_owned(),
            digits => digits.to_owned(),
        };
        for phone in &phones {
            say!("{:<12} {}  {:<9}  {}", extension(phone), phone.mac, phone.set_id, phone.push);
        }
    }
    Ok(Exit::Fine)
}

fn transport(profile: &Profile) -> Result<Transport, CommandError> {
    let settings = TransportSettings { slots: profile.limits.transfers_at_once, ..TransportSettings::default() };
    Transport::new(settings).map_err(|why| CommandError::Environment(why.to_string()))
}

/// The phones that the command line means. The directory is asked only if it is needed.
async fn targets(way: &Way, profile: &Profile, transport: &Transport) -> Result<Vec<Target>, CommandError> {
    let port = profile.phones.push_listen.port().unwrap_or(USUAL_PORT);
    let (mut targets, mut known) = (Vec::new(), None);
    for text in &way.to {
        if let Some(target) = Target::at(text, port).map_err(not_found)? {
            targets.push(target);
            continue;
        }
        let phones = match &mut known {
            Some(phones) => phones,
            none => none.insert(subscribed(way, transport).await?),
        };
        let wanted = |phone: &&Subscription| text == "all" || phone.extension == *text;
        let found: Vec<Target> = phones.iter().filter(wanted).filter_map(Target::subscribed).collect();
        if found.is_empty() && text != "all" {
            return Err(not_found(TargetError::Unknown { extension: text.clone() }));
        }
        targets.extend(found);
    }
    Ok(targets)
}

/// Where phones fetch from. The directory's own address is one of this machine's that phones have reached already, and
/// towards a phone on this machine there is no better one: it would be the phone's.
fn content_address(way: &Way) -> Option<IpAddr> {
    let of_directory = || {
        let server = way.directory.as_deref()?.trim_start_matches("http://").trim_end_matches('/');
        let address = server.parse().or_else(|_| server.parse().map(|socket: SocketAddr| socket.ip())).ok()?;
        Some(address).filter(|address: &IpAddr| !address.is_loopback() && !address.is_unspecified())
    };
    way.address.or_else(of_directory)
}

async fn subscribed(way: &Way, transport: &Transport) -> Result<Vec<Subscription>, CommandError> {
    let Some(server) = &way.directory else {
        let why = "extensions are found by a directory: name the running `serve` with --directory ADDRESS:PORT";
        return Err(CommandError::Usage(why.to_owned()));
    };
    initiator::directory(transport, server).await.map_err(not_found)
}

fn not_found(why: TargetError) -> CommandError {
    match why {
        TargetError::Directory { .. } => CommandError::Environment(why.to_string()),
        TargetError::Unknown { .. } | TargetError::Unreadable(_) => CommandError::Usage(why.to_string()),
    }
}
