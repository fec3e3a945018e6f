use std::time::Duration;

use deskset_runtime::lab::Servers;
use deskset_server::Recorder;
use serde_json::json;

use super::{block_on, profile};
use crate::{CommandError, Exit, arguments::Serve, plugins, show};

pub(crate) fn run(asked: &Serve) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let ca_folder = asked.common.state.as_ref().map(|state| state.join("ca"));
    let limit = asked.common.timeout.map(|seconds| Duration::from_secs(seconds.into()));
    if asked.init {
        let what = format!("making {}", asked.folder.display());
        std::fs::create_dir_all(&asked.folder).map_err(|source| CommandError::Folder { what, source })?;
    }
    block_on(None, async {
        let (recorder, mut records) = Recorder::channel();
        let (folder, ca_folder) = (&asked.folder, ca_folder.as_deref());
        let servers = Servers::start(&profile, &catalog, folder, ca_folder, asked.address, recorder).await?;
        if asked.init {
            servers.write_site(catalog.models())?;
        }
        announce(asked, &servers)?;
        let stopped = async {
            tokio::select! {
                done = tokio::signal::ctrl_c() => done,
                () = async { match limit { Some(limit) => tokio::time::sleep(limit).await, None => std::future::pending().await } } => Ok(()),
            }
        };
        tokio::pin!(stopped);
        loop {
            tokio::select! {
                Some(record) = records.recv() => if !asked.common.json { say!("{record}") },
                done = &mut stopped => {
                    done.map_err(|source| CommandError::Folder { what: "waiting for the stop signal".to_owned(), source })?;
                    break;
                }
            }
        }
        servers.stop().await;
        Ok(Exit::Fine)
    })
}

fn announce(asked: &Serve, servers: &Servers) -> Result<(), CommandError> {
    let addresses = servers.addresses();
    let listed =
        [("tftp", addresses.tftp), ("http", addresses.http), ("https", addresses.https), ("ftp", addresses.ftp)];
    if asked.common.json {
        let of = |address: Option<std::net::SocketAddr>| address.map(|address| address.to_string());
        let map: serde_json::Map<_, _> =
            listed.iter().map(|(name, address)| ((*name).to_owned(), json!(of(*address)))).collect();
        let site: serde_json::Map<_, _> =
            servers.site_for(None).into_iter().map(|(name, value)| (name, json!(value))).collect();
        let ca = servers.ca_certificate();
        return show::json(&json!({ "schema": "deskset-serve-1", "servers": map, "site": site, "ca": ca }));
    }
    for (name, address) in listed {
        if let Some(address) = address {
            say!("{name:<5} {address}");
        }
    }
    let site: Vec<String> = servers.site_for(None).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    if site.is_empty() {
        say!("site  unknown; name this machine's address with --address");
    } else {
        say!("site  {}", site.join(","));
    }
    say!("stop with Ctrl-C");
    Ok(())
}
