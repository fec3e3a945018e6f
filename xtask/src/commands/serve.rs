use std::{
    fs::{File, OpenOptions},
    io::Write as _,
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::Duration,
};

use deskset_console::Served;
use deskset_runtime::{
    RuntimeError, StateFolder,
    lab::{CA_FOLDER, SUBSCRIPTIONS_FOLDER, Servers},
};
use deskset_server::{Metrics, MetricsPort, Recorder, ServerRecord};
use serde_json::json;

use super::{block_on, console, profile, stop::Stop};
use crate::{CommandError, Exit, arguments::Serve, dhcp, plugins, show, user};

pub(crate) fn run(asked: &Serve) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let limit = asked.common.timeout.map(|seconds| Duration::from_secs(seconds.into()));
    if asked.init {
        let what = format!("making {}", asked.folder.display());
        std::fs::create_dir_all(&asked.folder).map_err(|source| CommandError::Folder { what, source })?;
    }
    let mut witness = Witness {
        log: asked.log.as_deref().map(open_log).transpose()?,
        silent: asked.common.json,
        metrics: asked.metrics.map(|_| Arc::new(Metrics::new())),
        served: asked.console.console.map(|_| Served::default()),
    };
    let user = asked.user.as_deref().map(user::find).transpose()?;
    block_on(None, async {
        let (recorder, mut records) = Recorder::channel();
        let recorder = if witness.is_idle() { Recorder::log_only() } else { recorder };
        let (folder, state) = (&asked.folder, asked.common.state.as_deref());
        let servers = Servers::start(&profile, &catalog, folder, state, asked.address, recorder).await?;
        let port = match asked.metrics.zip(witness.metrics.clone()) {
            Some((address, metrics)) => Some(MetricsPort::start(address, metrics).await.map_err(RuntimeError::from)?),
            None => None,
        };
        let control = match &witness.served {
            Some(served) => {
                let memory = asked.common.state.as_ref().map(|state| state.join("phones"));
                let memory = memory.map_or(StateFolder::Nowhere, StateFolder::In);
                Some(console::beside(&servers, &profile, &catalog, memory, served.clone())?)
            }
            None => None,
        };
        let open = match &control {
            Some(control) => console::open(&asked.console, control).await?,
            None => None,
        };
        if let Some(user) = &user {
            if asked.init {
                // All that a server writes: what it stores, keeps and logs.
                let kept = [CA_FOLDER, SUBSCRIPTIONS_FOLDER].map(|name| state.map(|state| state.join(name)));
                let kept = kept.iter().map(|place| place.as_deref());
                let written = [Some(folder.as_path()), servers.ftp_folder(), asked.log.as_deref()];
                written.into_iter().chain(kept).flatten().try_for_each(|place| user::give(user, place))?;
            }
            user::become_user(user)?;
            servers.check_writable()?;
        }
        if asked.init {
            servers.write_site_with(catalog.models(), servers.push_settings())?;
        }
        if let Some(control) = &control {
            console::furnish(&asked.console, control, None).await?;
        }
        let stop = Stop::listen()?;
        let open_at =
            Open { metrics: port.as_ref().map(MetricsPort::address), console: open.as_ref().map(console::url) };
        announce(asked, &servers, &open_at)?;
        let stopped = stop.wished(limit);
        tokio::pin!(stopped);
        loop {
            tokio::select! {
                Some(record) = records.recv() => witness.tell(&record),
                () = &mut stopped => break,
            }
        }
        if let Some(open) = open {
            open.stop().await;
        }
        drop(control);
        servers.stop().await;
        if let Some(port) = port {
            port.stop().await;
        }
        // What was cut short by the stop is told, too.
        while let Ok(record) = records.try_recv() {
            witness.tell(&record);
        }
        Ok(Exit::Fine)
    })
}

/// Passes on what the servers did.
struct Witness {
    log: Option<File>,
    /// Nothing is said on the standard output.
    silent: bool,
    /// For monitoring.
    metrics: Option<Arc<Metrics>>,
    /// For the console.
    served: Option<Served>,
}

impl Witness {
    /// Nobody wants to hear of transfers.
    fn is_idle(&self) -> bool {
        self.silent && self.log.is_none() && self.metrics.is_none() && self.served.is_none()
    }

    fn tell(&mut self, record: &ServerRecord) {
        if let Some(metrics) = &self.metrics {
            metrics.count(record);
        }
        if let Some(served) = &self.served {
            served.remember(record.json_line());
        }
        if !self.silent {
            say!("{record}");
        }
        // One write a line: whoever reads the file sees whole lines, and may move it away and empty it at any time.
        if let Some(log) = &mut self.log
            && let Err(error) = log.write_all(format!("{}\n", record.json_line()).as_bytes())
        {
            tracing::error!(%error, "a transfer could not be written to the log: make room on its disk");
        }
    }
}

fn open_log(file: &Path) -> Result<File, CommandError> {
    let what = || format!("opening {}", file.display());
    let open = OpenOptions::new().append(true).create(true).open(file);
    open.map_err(|source| CommandError::Folder { what: what(), source })
}

/// What is open beside the file servers.
struct Open {
    metrics: Option<SocketAddr>,
    console: Option<String>,
}

fn announce(asked: &Serve, servers: &Servers, Open { metrics, console }: &Open) -> Result<(), CommandError> {
    let addresses = servers.addresses();
    let dhcp = dhcp::lines(&servers.site_for(None));
    let listed =
        [("tftp", addresses.tftp), ("http", addresses.http), ("https", addresses.https), ("ftp", addresses.ftp)];
    if asked.common.json {
        let of = |address: Option<SocketAddr>| address.map(|address| address.to_string());
        let map: serde_json::Map<_, _> =
            listed.iter().map(|(name, address)| ((*name).to_owned(), json!(of(*address)))).collect();
        let site: serde_json::Map<_, _> =
            servers.site_for(None).into_iter().map(|(name, value)| (name, json!(value))).collect();
        let ca = servers.ca_certificate();
        let dhcp = dhcp.map(|dhcp| json!({ "dnsmasq": dhcp.dnsmasq, "dhcpd": dhcp.dhcpd, "kea": dhcp.kea }));
        let metrics = of(*metrics);
        return show::json(&json!({
            "schema": "deskset-serve-1", "servers": map, "site": site, "dhcp": dhcp, "ca": ca, "metrics": metrics,
            "console": console,
        }));
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
    if let Some(dhcp::Lines { dnsmasq, dhcpd, kea }) = dhcp {
        say!("for dnsmasq:\n  {dnsmasq}");
        say!("for ISC dhcpd:\n  {}", dhcpd.join("\n  "));
        say!("for Kea:\n  {}", kea.join("\n  "));
    }
    if let Some(metrics) = metrics {
        say!("metrics at http://{metrics}/metrics");
    }
    if let Some(console) = console {
        say!("console at {console}");
    }
    say!("stop with Ctrl-C");
    Ok(())
}
