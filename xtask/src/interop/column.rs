//! Columns of the table: one program, all its cases, run one after the other; columns run side by side.

use std::{collections::BTreeSet, path::Path, sync::Arc, time::Duration};

use tokio::{sync::Semaphore, task::JoinSet, time::timeout};

use super::{
    Cell, Direction, Peers, Table, Verdict,
    client::{files::lay_out, ftp, http, tftp},
    server::{self, Program},
};

/// Columns at work at once. Most of them wait for one packet at a time.
const AT_ONCE: usize = 6;

/// Time for one cell; the largest files over the slowest programs take a tenth of it.
const CELL_TIME: Duration = Duration::from_secs(300);

/// One program's cases.
#[derive(Clone, Debug)]
pub struct Column {
    /// tftp, http or ftp.
    pub protocol: &'static str,
    /// Whose client.
    pub direction: Direction,
    /// The program's name.
    pub peer: &'static str,
    /// As `PEER_VERSION_` names it.
    version: &'static str,
    /// What is tried, and why it is expected to go otherwise.
    cases: Vec<(&'static str, Option<&'static str>)>,
    work: Work,
}

#[derive(Clone, Copy, Debug)]
enum Work {
    Tftp(&'static tftp::Server),
    Http(&'static http::Server),
    Ftp(&'static ftp::Server),
    Program(&'static Program),
}

/// Which cells are run.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Words that must stand in "protocol direction peer case".
    pub only: Vec<String>,
    /// Every second cell, as on a chessboard: each case with half of the programs, each program with half of the cases.
    pub half: bool,
}

/// All columns, in the order of the tables.
#[must_use]
pub fn columns() -> Vec<Column> {
    let mut columns = Vec::new();
    let mut client = |protocol, peer, version, cases, work| {
        columns.push(Column { protocol, direction: Direction::Client, peer, version, cases, work });
    };
    for server in tftp::SERVERS {
        client("tftp", server.peer, server.version, tftp::cases(server), Work::Tftp(server));
    }
    for server in http::SERVERS {
        client("http", server.peer, server.version, http::cases(server), Work::Http(server));
    }
    for server in ftp::SERVERS {
        client("ftp", server.peer, server.version, ftp::cases(server), Work::Ftp(server));
    }
    for program in server::programs() {
        columns.push(Column {
            protocol: program.protocol,
            direction: Direction::Server,
            peer: program.peer,
            version: program.version,
            cases: program.rows.iter().map(|row| (row.case, row.declared)).collect(),
            work: Work::Program(program),
        });
    }
    columns
}

/// Runs the chosen cells; `done` hears of each with the number of all.
///
/// # Errors
/// A sentence if the files for the servers cannot be put where they look.
pub async fn run(peers: Peers, choice: &Choice, done: impl Fn(&Cell, usize)) -> Result<Table, String> {
    let folder = peers.value("PEER_FILES")?;
    lay_out(Path::new(folder)).map_err(|why| format!("{folder}: {why}; check the folder and its rights"))?;
    let (peers, room) = (Arc::new(peers), Arc::new(Semaphore::new(AT_ONCE)));
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let mut all = 0;
    let mut running = JoinSet::new();
    for (place, column) in columns().into_iter().enumerate() {
        let chosen = choice.of(&column, place);
        if chosen.is_empty() {
            continue;
        }
        all += chosen.len();
        let (peers, room, tell) = (peers.clone(), room.clone(), tell.clone());
        running.spawn(async move {
            // Never closed.
            let _place = room.acquire_owned().await;
            column.run(&chosen, &peers, |at, cell| drop(tell.send(((place, at), cell)))).await;
        });
    }
    drop(tell);
    let mut cells = Vec::new();
    while let Some((at, cell)) = told.recv().await {
        done(&cell, all);
        cells.push((at, cell));
    }
    cells.sort_by_key(|(at, _)| *at);
    Ok(Table::new(cells.into_iter().map(|(_, cell)| cell).collect()))
}

impl Choice {
    fn of(&self, column: &Column, place: usize) -> BTreeSet<usize> {
        let wanted = |at: &usize| {
            let case = column.cases[*at].0;
            let name = format!("{} {:?} {} {case}", column.protocol, column.direction, column.peer).to_lowercase();
            let half = !self.half || (place + at).is_multiple_of(2);
            half && self.only.iter().all(|word| name.contains(&word.to_lowercase()))
        };
        (0..column.cases.len()).filter(wanted).collect()
    }
}

impl Column {
    /// Its cells where all is as the table says.
    #[must_use]
    pub fn expected(&self) -> Vec<Cell> {
        let cell = |(case, declared): &(&'static str, Option<&'static str>)| Cell {
            protocol: self.protocol,
            direction: self.direction,
            peer: self.peer,
            version: String::new(),
            case,
            result: if declared.is_some() { Verdict::Declared } else { Verdict::Pass },
            reason: declared.map(str::to_owned),
        };
        self.cases.iter().map(cell).collect()
    }

    async fn run(&self, chosen: &BTreeSet<usize>, peers: &Peers, tell: impl Fn(usize, Cell)) {
        let mut scene = None;
        for at in chosen {
            let (case, declared) = self.cases[*at];
            let went = timeout(CELL_TIME, self.attempt(*at, peers, &mut scene)).await;
            let went = went.unwrap_or_else(|_| Err(format!("not over after {} seconds", CELL_TIME.as_secs())));
            let (result, reason) = match (went, declared) {
                (Ok(()), None) => (Verdict::Pass, None),
                (Ok(()), Some(why)) => (Verdict::Declared, Some(why.to_owned())),
                (Err(why), _) => (Verdict::Fail, Some(why)),
            };
            let version = peers.version(self.version);
            let (protocol, direction, peer) = (self.protocol, self.direction, self.peer);
            tell(*at, Cell { protocol, direction, peer, version, case, result, reason });
        }
        if let Some(scene) = scene {
            scene.stop().await;
        }
    }

    /// What is to be seen is seen.
    async fn attempt(&self, at: usize, peers: &Peers, scene: &mut Option<server::Scene>) -> Result<(), String> {
        let (case, _) = self.cases[at];
        match self.work {
            Work::Tftp(server) => tftp::attempt(server, case, peers).await,
            Work::Http(server) => http::attempt(server, case, peers).await,
            Work::Ftp(server) => ftp::attempt(server, case, peers).await,
            Work::Program(program) => {
                if scene.is_none() {
                    *scene = Some(server::Scene::new(peers).await?);
                }
                let Some(scene) = scene else { return Err("no server".to_owned()) };
                scene.check(peers, program, &program.rows[at]).await
            }
        }
    }
}
