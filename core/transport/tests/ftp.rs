//! FTP against a server that answers well or badly.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod far_side;
#[path = "far_side/ftp.rs"]
mod ftpd;

use std::net::SocketAddr;

use deskset_transport::{Endpoint, FtpAsk, FtpError, FtpKind, FtpMode, Login, Password, TransferLimits};
use far_side::{BRIEF, closed_port, impatient, limits, transport};
use ftpd::Ftpd;

fn ask(at: SocketAddr) -> FtpAsk {
    FtpAsk {
        server: Endpoint::new(at.ip().to_string(), at.port()),
        directory: None,
        file: "4711_4620data.txt".into(),
        login: None,
        anonymous_password: "4711@".into(),
        mode: FtpMode::ActiveThenPassive,
        size_limit: 64 * 1024,
        id: "4711".into(),
    }
}

fn gist(outcome: Result<Vec<u8>, FtpError>) -> Result<Vec<u8>, FtpKind> {
    outcome.map_err(|error| error.kind())
}

const BEGIN: [&str; 3] = ["USER anonymous", "PASS 4711@", "TYPE I"];
const STOR: &str = "STOR 4711_4620data.txt";
const RETR: &str = "RETR 4711_4620data.txt";

fn story(rest: &[&'static str]) -> Vec<&'static str> {
    [BEGIN.as_slice(), rest].concat()
}

// req: BR-3
#[tokio::test]
async fn a_backup_is_stored_over_an_active_connection() {
    let server = Ftpd::start(b"", &[]).await;
    let ask = ask(server.at);
    // In a task of its own, as a phone's carrier does it.
    let stored = tokio::spawn(async move { transport(limits(), None).store(&ask, b"\nRedial=1\n").await });
    stored.await.unwrap().unwrap();
    assert_eq!(server.heard(), story(&["PORT", STOR, "QUIT"]));
    assert_eq!(server.stored(), b"\nRedial=1\n");
}

// req: BR-3, BR-10
#[tokio::test]
async fn a_backup_is_retrieved_from_the_users_own_directory_with_the_users_login() {
    let server = Ftpd::start(b"\nRedial=1\n", &[]).await;
    let own = FtpAsk {
        directory: Some("my phones".into()),
        login: Some(Login { user: "ada".into(), password: Password::new("secret") }),
        ..ask(server.at)
    };
    assert_eq!(transport(limits(), None).retrieve(&own).await.unwrap(), b"\nRedial=1\n");
    assert_eq!(server.heard(), ["USER ada", "PASS secret", "CWD my phones", "TYPE I", "PORT", RETR, "QUIT"]);
}

#[tokio::test]
async fn passive_mode_goes_to_the_servers_own_address() {
    let server = Ftpd::start(b"x", &[]).await;
    let passive = FtpAsk { mode: FtpMode::Passive, ..ask(server.at) };
    transport(limits(), None).store(&passive, b"abc").await.unwrap();
    assert_eq!(gist(transport(limits(), None).retrieve(&passive).await), Ok(b"x".to_vec()));
    assert_eq!(server.heard(), [story(&["PASV", STOR, "QUIT"]), story(&["PASV", RETR, "QUIT"])].concat());
    assert_eq!(server.stored(), b"abc");
}

#[tokio::test]
async fn refused_active_mode_is_followed_by_passive_in_the_same_session() {
    for refusal in ["500 no", "501 no", "502 no", "425 no", "522 no"] {
        let server = Ftpd::start(b"x", &[("PORT", refusal)]).await;
        assert_eq!(gist(transport(limits(), None).retrieve(&ask(server.at)).await), Ok(b"x".to_vec()));
        assert_eq!(server.heard(), story(&["PORT", "PASV", RETR, "QUIT"]), "{refusal}");
    }
    // Refused when the file is asked for, and when the connection should be opened.
    for at in ["RETR", "OPEN"] {
        let server = Ftpd::start(b"x", &[(at, "425 cannot open data connection")]).await;
        assert_eq!(gist(transport(limits(), None).retrieve(&ask(server.at)).await), Ok(b"x".to_vec()));
        assert_eq!(server.heard(), story(&["PORT", RETR, "PASV", RETR, "QUIT"]), "{at}");
    }
}

#[tokio::test]
async fn a_data_connection_that_never_comes_is_followed_by_passive_in_a_new_session() {
    let server = Ftpd::start(b"", &[("OPEN", "silence")]).await;
    transport(impatient(), None).store(&ask(server.at), b"abc").await.unwrap();
    assert_eq!(server.heard(), [story(&["PORT", STOR]), story(&["PASV", STOR, "QUIT"])].concat());
    assert_eq!(server.stored(), b"abc");
}

#[tokio::test]
async fn a_425_is_tried_once_more() {
    let busy = ("RETR", "425 address already in use");
    let server = Ftpd::start(b"x", &[busy]).await;
    let passive = FtpAsk { mode: FtpMode::Passive, ..ask(server.at) };
    assert_eq!(gist(transport(limits(), None).retrieve(&passive).await), Ok(b"x".to_vec()));
    assert_eq!(server.heard(), story(&["PASV", RETR, "PASV", RETR, "QUIT"]));

    let server = Ftpd::start(b"x", &[busy, busy, busy]).await;
    assert_eq!(gist(transport(limits(), None).retrieve(&ask(server.at)).await), Err(FtpKind::Data));
    assert_eq!(server.heard(), story(&["PORT", RETR, "PASV", RETR, "PASV", RETR, "QUIT"]));
}

#[tokio::test]
async fn a_forced_mode_does_not_fall_back() {
    let server = Ftpd::start(b"x", &[("PORT", "500 no")]).await;
    let active = FtpAsk { mode: FtpMode::Active, ..ask(server.at) };
    assert_eq!(gist(transport(limits(), None).retrieve(&active).await), Err(FtpKind::Data));
    assert_eq!(server.heard(), story(&["PORT", "QUIT"]));
}

#[tokio::test]
async fn refusals_of_login_directory_and_file_are_told_apart() {
    let directory = |at| FtpAsk { directory: Some("phones".into()), ..ask(at) };
    for (instead, kind) in [
        (("HELLO", "421 too many"), FtpKind::Connect),
        (("HELLO", "close"), FtpKind::Connect),
        (("USER", "530 no"), FtpKind::Login),
        (("PASS", "530 Login incorrect"), FtpKind::Login),
        (("PASS", "421 closing"), FtpKind::Connect),
        (("CWD", "550 no such directory"), FtpKind::Directory),
        (("TYPE", "504 no"), FtpKind::Protocol),
        (("RETR", "550 no such file"), FtpKind::NoFile),
        (("RETR", "553 no"), FtpKind::Denied),
        (("END", "426 broken"), FtpKind::Data),
        (("END", "451 disk"), FtpKind::Data),
        (("END", "close"), FtpKind::Data),
        (("PORT", "close"), FtpKind::Data),
    ] {
        let server = Ftpd::start(b"x", &[instead]).await;
        let outcome = transport(limits(), None).retrieve(&directory(server.at)).await;
        assert_eq!(gist(outcome), Err(kind), "{instead:?}");
    }
    for (instead, kind) in [
        (("STOR", "550 no"), FtpKind::Denied),
        (("STOR", "552 full"), FtpKind::Denied),
        (("STOR", "553 no"), FtpKind::Denied),
        (("END", "552 full"), FtpKind::Denied),
        (("END", "426 broken"), FtpKind::Data),
    ] {
        let server = Ftpd::start(b"", &[instead]).await;
        let outcome = transport(limits(), None).store(&ask(server.at), b"abc").await;
        assert_eq!(outcome.unwrap_err().kind(), kind, "{instead:?}");
    }
}

#[tokio::test]
async fn an_error_names_file_server_and_the_servers_words() {
    let server = Ftpd::start(b"", &[("STOR", "552 disk quota exceeded")]).await;
    let error = transport(limits(), None).store(&ask(server.at), b"abc").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "4711_4620data.txt on FTP server {}: the server does not allow it (552 disk quota exceeded); check \
             permissions and space there",
            server.at
        )
    );
}

#[tokio::test]
async fn silence_at_any_step_ends_in_time() {
    for (step, kind) in [
        ("HELLO", FtpKind::Connect),
        ("USER", FtpKind::Connect),
        ("TYPE", FtpKind::Protocol),
        ("PORT", FtpKind::Data),
        ("RETR", FtpKind::Data),
        ("END", FtpKind::Data),
    ] {
        let server = Ftpd::start(b"x", &[(step, "silence")]).await;
        assert_eq!(gist(transport(impatient(), None).retrieve(&ask(server.at)).await), Err(kind), "{step}");
    }
    let server = Ftpd::start(b"x", &[("PORT", "silence")]).await;
    let whole = TransferLimits { ftp: BRIEF, ..limits() };
    assert_eq!(gist(transport(whole, None).retrieve(&ask(server.at)).await), Err(FtpKind::Data));
}

#[tokio::test]
async fn a_backup_above_the_limit_is_too_large() {
    let server = Ftpd::start(&[b'x'; 64 * 1024 + 1], &[]).await;
    assert_eq!(gist(transport(limits(), None).retrieve(&ask(server.at)).await), Err(FtpKind::TooLarge));
    let server = Ftpd::start(&[b'x'; 64 * 1024], &[]).await;
    assert_eq!(gist(transport(limits(), None).retrieve(&ask(server.at)).await), Ok(vec![b'x'; 64 * 1024]));
}

#[tokio::test]
async fn no_server_and_no_name_are_told_apart() {
    let refused = transport(limits(), None).retrieve(&ask(closed_port().await)).await;
    assert_eq!(gist(refused), Err(FtpKind::Connect));
    let nowhere = FtpAsk { server: Endpoint::new("", 21), ..ask(closed_port().await) };
    assert_eq!(gist(transport(limits(), None).retrieve(&nowhere).await), Err(FtpKind::NoServer));
}

#[tokio::test]
async fn a_name_with_a_line_break_sends_no_second_command() {
    let server = Ftpd::start(b"x", &[]).await;
    let two_lines = FtpAsk { file: "a\r\nDELE b".into(), ..ask(server.at) };
    assert!(transport(limits(), None).retrieve(&two_lines).await.is_err());
    assert_eq!(server.heard(), story(&["PORT", "QUIT"]));
}

// req: BR-3
#[tokio::test]
async fn over_ipv6_the_extended_commands_are_used() {
    for (mode, verb) in [(FtpMode::Active, "EPRT"), (FtpMode::Passive, "EPSV")] {
        let server = Ftpd::start_on("::1", b"x", &[]).await;
        let ask = FtpAsk { mode, ..ask(server.at) };
        transport(limits(), None).store(&ask, b"abc").await.unwrap();
        assert_eq!(gist(transport(limits(), None).retrieve(&ask).await), Ok(b"x".to_vec()));
        assert_eq!(server.heard(), [story(&[verb, STOR, "QUIT"]), story(&[verb, RETR, "QUIT"])].concat());
        assert_eq!(server.stored(), b"abc");
    }
    let server = Ftpd::start_on("::1", b"x", &[("EPRT", "522 network protocol not supported")]).await;
    assert_eq!(gist(transport(limits(), None).retrieve(&ask(server.at)).await), Ok(b"x".to_vec()));
    assert_eq!(server.heard(), story(&["EPRT", "EPSV", RETR, "QUIT"]));
}

#[tokio::test]
async fn replies_of_many_lines_are_read_as_one() {
    // As pure-ftpd words them, and with lines that look like an end (RFC 959, section 4.2).
    let server = Ftpd::start(
        b"x",
        &[
            ("PASS", "230-Welcome\r\n 230 is not the end\r\n230-nor is this\r\nnor this\r\n230 OK"),
            ("END", "226-File successfully transferred\r\n226 0.001 seconds (measured here)"),
        ],
    )
    .await;
    assert_eq!(gist(transport(limits(), None).retrieve(&ask(server.at)).await), Ok(b"x".to_vec()));
    assert_eq!(server.heard(), story(&["PORT", RETR, "QUIT"]));
}

#[test]
fn the_port_stands_in_the_last_line_of_the_answer() {
    use deskset_transport::fuzzing::passive_port;
    assert_eq!(passive_port("227-This is port 21\r\n227 Entering Passive Mode (127,0,0,1,195,80).\r\n"), Some(50_000));
    assert_eq!(passive_port("229-a\r\n229 Extended Passive mode OK (|||50000|)\r\n"), Some(50_000));
    assert_eq!(passive_port("227 =127,0,0,1,195,80"), Some(50_000));
    assert_eq!(passive_port(""), None);
}

#[tokio::test]
async fn a_reply_without_end_is_not_kept_to_its_end() {
    let endless: &'static str = "x".repeat(2_000_000).leak();
    let server = Ftpd::start(b"x", &[("TYPE", endless)]).await;
    assert_eq!(gist(transport(limits(), None).retrieve(&ask(server.at)).await), Err(FtpKind::Protocol));
}

#[tokio::test]
async fn an_answer_to_pasv_without_a_port_opens_nothing() {
    for answer in ["227 Entering Passive Mode", "227 (127,0,0,1,0,0)", "227 (1,2,3,4,5,6,7)", "227 (127,0,0,1,999,1)"] {
        let server = Ftpd::start(b"x", &[("PASV", answer)]).await;
        let passive = FtpAsk { mode: FtpMode::Passive, ..ask(server.at) };
        assert_eq!(gist(transport(limits(), None).retrieve(&passive).await), Err(FtpKind::Data), "{answer}");
        assert_eq!(server.heard(), story(&["PASV", "QUIT"]), "{answer}");
    }
}
