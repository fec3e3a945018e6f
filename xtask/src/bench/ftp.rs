//! Backup files over FTP, beside vsftpd and pure-ftpd.
//!
//! Those two never wait for the disk (fsync). Ours does before it says that a file is stored, so it is compared without
//! that first, and then with itself to see what that costs.

use std::path::Path;

use super::{
    Better, Figure, Pace,
    contest::{Run, View, contest},
    load::{FtpLoad, Load},
    servers::{Ours, Peers},
};

const GROUP: &str = "ftp";
const SESSION: &str = "login, STOR and RETR of 4 KB, QUIT, 16 clients";

/// What is stored and retrieved.
const SIZE: usize = 4096;
const CLIENTS: usize = 16;

/// As many passive ports as the peers have, in the same span: of two servers that are not measured. Any free ones will
/// not do, for wrk leaves none behind.
const PASSIVE: &str = "DESKSET_SERVERS__FTP_PASSIVE_PORTS";
const PORTS: [u16; 2] = [1200, 1600];
const PORTS_EACH: u16 = 200;

pub(super) async fn run(pace: &Pace, peers: &Peers, files: &Path, tell: &dyn Fn(&str)) -> Result<Vec<Figure>, String> {
    if !pace.wants(GROUP, SESSION) {
        return Ok(Vec::new());
    }
    tell(SESSION);
    let (user, password) = (peers.said.value("PEER_FTP_USER")?, peers.said.value("PEER_FTP_PASSWORD")?);
    let named = format!("DESKSET_SERVERS__FTP_USERS__{user}");
    let [first, second] = [peers.ports(PORTS[0], PORTS_EACH)?, peers.ports(PORTS[1], PORTS_EACH)?];
    let ours = Ours::start(peers, files, &common(&named, password, &first))?;
    let relaxed = [&common(&named, password, &second)[..], &[("DESKSET_SERVERS__FTP_SYNC", "false")]].concat();
    let relaxed = Ours::start(peers, files, &relaxed)?;
    let load = |server| {
        let (user, password) = (user.to_owned(), password.to_owned());
        Load::Ftp(FtpLoad { server, user, password, size: SIZE, clients: CLIENTS })
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let contestants = [
        relaxed.contestant("deskset, no waiting for the disk", cores, load(relaxed.address("ftp")?)),
        peers.contestant("vsftpd", cores, load(peers.address("PEER_FTP_VSFTPD")?))?,
        peers.contestant("pure-ftpd", cores, load(peers.address("PEER_FTP_PUREFTPD")?))?,
        ours.contestant("deskset", cores, load(ours.address("ftp")?)),
    ];
    let view = |what: &str, aim, against, needs_load, value| View {
        name: format!("{SESSION}: {what}"),
        unit: "sessions",
        better: Better::More,
        aim,
        against,
        needs_load,
        value,
    };
    let views = vec![
        view("a second, beside vsftpd", Some(5.0), &["vsftpd"], true, Run::rate),
        view("a second, beside pure-ftpd", Some(2.0), &["pure-ftpd"], true, Run::rate),
        view("for each second of the server's processors", None, &["vsftpd", "pure-ftpd"], false, Run::thrift),
        view("what it gains not to wait for the disk", None, &["deskset"], true, Run::rate),
    ];
    contest(GROUP, pace, &contestants, views).await
}

/// The peers' user, and no older versions, which they do not keep.
fn common<'v>(named: &'v str, password: &'v str, ports: &'v str) -> [(&'v str, &'v str); 3] {
    [(named, password), ("DESKSET_SERVERS__FTP_VERSIONS", "0"), (PASSIVE, ports)]
}
