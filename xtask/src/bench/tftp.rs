//! Files over TFTP, beside the three servers that Debian has.

use std::{path::Path, time::Duration};

use super::{
    Better, Figure, Pace,
    contest::{Run, View, contest},
    load::{Delay, Load, TftpLoad},
    servers::{FILES, ONE_K, ONE_M, Ours, Peers, QUARTER_M, TWO_K},
};

const GROUP: &str = "tftp";
const LARGE: &str = "1 MiB in blocks of 1428, 16 clients";
const WINDOWS: &str = "256 KiB in blocks of 1428, 4 clients, 5 ms there and back: windows of 16";

/// There and back five milliseconds, with the clock's ticks.
const ONE_WAY: Duration = Duration::from_millis(2);

pub(super) async fn run(pace: &Pace, peers: &Peers, files: &Path, tell: &dyn Fn(&str)) -> Result<Vec<Figure>, String> {
    let ours = Ours::with_one_worker(peers, files)?;
    let mut figures = Vec::new();
    for (file, block, words) in [(ONE_K, 512, "1 KB in blocks of 512"), (TWO_K, 1428, "2 KB in blocks of 1428")] {
        if pace.wants(GROUP, words) {
            tell(words);
            figures.extend(small(pace, peers, &ours, file, block, words).await?);
        }
    }
    if pace.wants(GROUP, LARGE) {
        tell(LARGE);
        figures.extend(large(pace, peers, &ours).await?);
    }
    if pace.wants(GROUP, WINDOWS) {
        tell(WINDOWS);
        figures.extend(windows(pace, &ours).await?);
    }
    Ok(figures)
}

fn load(file: &'static str, clients: usize, block: u16, window: u16) -> impl Fn(std::net::SocketAddr) -> Load {
    let size = FILES.iter().find(|(name, _)| *name == file).map_or(0, |(_, size)| *size);
    move |server| Load::Tftp(TftpLoad { server, file, size, clients, block, window })
}

async fn small(
    pace: &Pace,
    peers: &Peers,
    ours: &Ours,
    file: &'static str,
    block: u16,
    words: &str,
) -> Result<Vec<Figure>, String> {
    let load = load(file, 64, block, 1);
    let contestants = [
        ours.contestant("deskset", 1, load(ours.address("tftp")?)),
        peers.contestant("dnsmasq", 1, load(peers.address("PEER_TFTP_DNSMASQ")?))?,
    ];
    let view = |what, unit, better, aim, needs_load, value| View {
        name: format!("{words}, 64 clients: {what}"),
        unit,
        better,
        aim,
        against: &[],
        needs_load,
        value,
    };
    let views = vec![
        view("for each second of the server's processor", "reads", Better::More, Some(1.2), false, Run::thrift),
        view("the slowest of 100", "µs", Better::Less, Some(1.0), false, Run::slow),
        view("a second", "reads", Better::More, None, true, Run::rate),
    ];
    contest(GROUP, pace, &contestants, views).await
}

async fn large(pace: &Pace, peers: &Peers, ours: &Ours) -> Result<Vec<Figure>, String> {
    let load = load(ONE_M, 16, 1428, 1);
    let contestants = [
        ours.contestant("deskset", 1, load(ours.address("tftp")?)),
        peers.contestant("dnsmasq", 1, load(peers.address("PEER_TFTP_DNSMASQ")?))?,
        // A process, or a thread, for each transfer.
        peers.contestant("tftpd-hpa", 2, load(peers.address("PEER_TFTP_HPA")?))?,
        peers.contestant("atftpd", 2, load(peers.address("PEER_TFTP_ATFTPD")?))?,
    ];
    let view = View {
        name: LARGE.to_owned(),
        unit: "MiB/s",
        better: Better::More,
        aim: Some(1.0),
        against: &[],
        needs_load: true,
        value: Run::flow,
    };
    contest(GROUP, pace, &contestants, vec![view]).await
}

/// Ours beside ours.
async fn windows(pace: &Pace, ours: &Ours) -> Result<Vec<Figure>, String> {
    let far = Delay::before(ours.address("tftp")?, ONE_WAY).await.map_err(|why| format!("no long line: {why}"))?;
    let contestants = [("windowsize 16", 16), ("windowsize 1", 1)]
        .map(|(name, window)| ours.contestant(name, 1, load(QUARTER_M, 4, 1428, window)(far.address)));
    let view = View {
        name: WINDOWS.to_owned(),
        unit: "MiB/s",
        better: Better::More,
        aim: Some(5.0),
        against: &[],
        needs_load: true,
        value: Run::flow,
    };
    contest(GROUP, pace, &contestants, vec![view]).await
}
