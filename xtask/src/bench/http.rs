//! Files over HTTP, beside nginx; one worker thread and no log of accesses on both sides.

use std::path::Path;

use super::{
    Better, Figure, Pace,
    contest::{Run, View, contest},
    load::{HttpLoad, Load},
    servers::{ONE_M, Ours, Peers, TWO_K},
};

const GROUP: &str = "http";

/// What is fetched, by how many, whether each request has its connection, the words, the aim.
const CASES: [(&str, usize, bool, &str, f64); 3] = [
    (TWO_K, 64, false, "2 KB, 64 connections kept alive", 1.1),
    (TWO_K, 64, true, "2 KB, 64 clients, a connection each time", 0.9),
    (ONE_M, 16, false, "1 MiB, 16 connections kept alive", 0.9),
];

pub(super) async fn run(pace: &Pace, peers: &Peers, files: &Path, tell: &dyn Fn(&str)) -> Result<Vec<Figure>, String> {
    let ours = Ours::with_one_worker(peers, files)?;
    let wrk = peers.said.value("PEER_PROGRAM_WRK")?.to_owned();
    let mut figures = Vec::new();
    for (file, clients, closes, words, aim) in CASES {
        if !pace.wants(GROUP, words) {
            continue;
        }
        tell(words);
        let load = |server| Load::Http(HttpLoad { server, file, clients, closes, wrk: wrk.clone() });
        let contestants = [
            ours.contestant("deskset", 1, load(ours.address("http")?)),
            peers.contestant("nginx", 1, load(peers.address("PEER_HTTP")?))?,
        ];
        let view = |what: &str, aim, needs_load, value| View {
            name: format!("{words}{what}"),
            unit: "requests",
            better: Better::More,
            aim,
            against: &[],
            needs_load,
            value,
        };
        let views = vec![
            view(": a second", Some(aim), true, Run::rate),
            view(": for each second of the server's processor", None, false, Run::thrift),
        ];
        figures.extend(contest(GROUP, pace, &contestants, views).await?);
    }
    Ok(figures)
}
