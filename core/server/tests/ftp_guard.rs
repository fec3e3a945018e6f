//! What an FTP client may not say.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;
mod session;

use std::time::Duration;

use lab::{Lab, PASSWORD, files};
use session::Session;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const NAME: &str = "4711_data.txt";

// req: FS-14
#[tokio::test]
async fn a_client_is_called_at_its_own_address_and_nowhere_else() {
    let lab = Lab::start().await;
    let third = TcpListener::bind("127.0.0.2:0").await.unwrap();
    let [high, low] = third.local_addr().unwrap().port().to_be_bytes();
    let port = format!("PORT 127,0,0,2,{high},{low}");
    let service = "port 127,0,0,1,3,255";
    let skipping = format!("PORT x,127,0,0,2,{high},{low}");
    assert_eq!(Session::open(lab.ftp()).await.say(&port).await, 530);
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    // All at once; the replies come in order.
    client.send(&["NOOP", &port, "NOOP", service, &skipping, "LIST", "NOOP"]).await;
    let mut heard = Vec::new();
    for _ in 0..7 {
        heard.push(client.hear().await);
    }
    assert_eq!(heard, [200, 501, 200, 501, 501, 425, 200]);
    let called = tokio::time::timeout(Duration::ZERO, third.accept()).await;
    assert!(called.is_err(), "a third machine was called");
}

// req: FS-14
#[tokio::test]
async fn a_client_is_called_by_eprt_as_by_port_and_nowhere_else() {
    let lab = Lab::start().await;
    let near = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = near.local_addr().unwrap().port();
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    for refused in [format!("EPRT |1|127.0.0.2|{port}|"), "EPRT |1|127.0.0.1|1023|".to_owned(), "EPRT |1|x".to_owned()]
    {
        assert_eq!(client.say(&refused).await, 501, "{refused}");
    }
    assert_eq!(client.say(&format!("EPRT |2|::1|{port}|")).await, 500);
    assert_eq!(client.say(&format!("EPRT |1|127.0.0.1|{port}|")).await, 200);
    assert_eq!(client.say("LIST").await, 150);
    let (mut data, _) = near.accept().await.unwrap();
    data.read_to_end(&mut Vec::new()).await.unwrap();
    assert_eq!(client.hear().await, 226);
}

// req: FS-14
#[tokio::test]
async fn a_session_goes_on_after_a_parameter_that_nobody_knows() {
    let lab = Lab::start().await;
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    // basic-ftp says the first of these in each session, others the second.
    for line in [
        "OPTS MLST type;size;modify;",
        "AUTH GSSAPI",
        "OPTS",
        "REST here",
        "MODE Z",
        "STRU X",
        "PROT X",
        "PBSZ 1",
        "RETR",
        "STOR ",
        "SIZE",
        "NOOP now",
        "PASV 1",
        "CWD a\rb",
    ] {
        assert_eq!(client.say(line).await, 501, "{line}");
    }
    client.send_bytes(b"\xff\xfe x\r\n").await;
    assert_eq!(client.hear().await, 501);
    let well = ["OPTS UTF8 ON", "MODE S", "STRU F", "REST 0", "TYPE I", "NOOP"];
    for (line, code) in well.into_iter().zip([200, 200, 200, 350, 200, 200]) {
        assert_eq!(client.say(line).await, code, "{line}");
    }
}

// req: FS-14
#[tokio::test]
async fn flags_are_no_folder_to_be_listed() {
    let lab = Lab::start().await;
    std::fs::write(lab.file("backups").join(NAME), "x").unwrap();
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    for line in ["NLST", "NLST -1", "NLST -1 -a", "NLST -a /"] {
        let mut data = client.passive().await;
        assert_eq!(client.say(line).await, 150, "{line}");
        let mut names = String::new();
        data.read_to_string(&mut names).await.unwrap();
        assert_eq!((names.as_str(), client.hear().await), ("4711_data.txt\r\n", 226), "{line}");
    }
}

#[tokio::test]
async fn a_line_may_have_2048_bytes_and_a_longer_one_is_refused_alone() {
    let lab = Lab::start().await;
    let longest = format!("USER {}", "x".repeat(2048 - "USER \r\n".len()));
    assert_eq!(Session::open(lab.ftp()).await.say(&longest).await, 331);
    let mut client = Session::open(lab.ftp()).await;
    assert_eq!(client.say(&format!("{longest}x")).await, 530);
    assert_eq!(client.say("USER anonymous").await, 331);
    assert_eq!(client.say("PASS x").await, 230);
    assert_eq!(client.say(&format!("{longest}x")).await, 500);
    assert_eq!(client.say("NOOP").await, 200);
}

#[tokio::test]
async fn abor_behind_telnet_signals_ends_a_transfer() {
    let mut lab = Lab::start().await;
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    let mut data = client.passive().await;
    assert_eq!(client.say(&format!("STOR {NAME}")).await, 150);
    data.write_all(b"half").await.unwrap();
    client.send_bytes(b"\xff\xf4\xff\xf2ABOR\r\n").await;
    assert_eq!((client.hear().await, client.hear().await), (426, 226));
    assert_eq!(lab.told().await, format!("FTP store /{NAME}: aborted"));
    // The next one is not taken for given up.
    let mut data = client.passive().await;
    assert_eq!(client.say(&format!("STOR {NAME}")).await, 150);
    data.write_all(b"whole").await.unwrap();
    drop(data);
    assert_eq!(client.hear().await, 226);
    assert_eq!(files(&lab.file("backups")), [(NAME.to_owned(), b"whole".to_vec())]);
}

// req: FS-14
#[tokio::test]
async fn abor_that_comes_with_the_command_that_stores_ends_its_transfer() {
    let mut lab = Lab::start().await;
    std::fs::write(lab.file("backups").join(NAME), "old").unwrap();
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    let mut data = client.passive().await;
    data.write_all(b"half of the ne").await.unwrap();
    client.send_bytes(format!("STOR {NAME}\r\nABOR\r\n").as_bytes()).await;
    drop(data);
    assert_eq!([client.hear().await, client.hear().await, client.hear().await], [150, 426, 226]);
    assert_eq!(lab.told().await, format!("FTP store /{NAME}: aborted"));
    assert_eq!(files(&lab.file("backups")), [(NAME.to_owned(), b"old".to_vec())]);
    // A store that nothing comes for keeps nobody waiting.
    assert_eq!(client.say(&format!("STOR {NAME}")).await, 425);
    assert_eq!(client.say("NOOP").await, 200);
}

#[tokio::test]
async fn nobody_but_the_client_reaches_its_passive_port() {
    let lab = Lab::start().await;
    std::fs::write(lab.file("backups").join(NAME), "mine").unwrap();
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    let port = client.passive_port().await;
    // It is first, and hears nothing but that it is sent away.
    let mut stranger = session::from([127, 0, 0, 2], port).await;
    let mut data = TcpStream::connect(port).await.unwrap();
    assert_eq!(client.say(&format!("RETR {NAME}")).await, 150);
    let mut file = String::new();
    data.read_to_string(&mut file).await.unwrap();
    assert_eq!((file.as_str(), client.hear().await), ("mine", 226));
    assert!(matches!(stranger.read(&mut [0; 10]).await, Ok(0) | Err(_)));
}

#[tokio::test]
async fn a_client_at_another_address_than_the_servers_stores_both_ways() {
    let mut lab = Lab::start().await;
    let mut client = Session::open_from([127, 0, 0, 3], lab.ftp()).await;
    assert_eq!(client.say("USER anonymous").await, 331);
    assert_eq!(client.say("PASS x").await, 230);
    let listener = TcpListener::bind("127.0.0.3:0").await.unwrap();
    let [high, low] = listener.local_addr().unwrap().port().to_be_bytes();
    assert_eq!(client.say(&format!("PORT 127,0,0,3,{high},{low}")).await, 200);
    let active = listener.accept().await.unwrap().0;
    for mut data in [Some(active), None] {
        let mut data = match data.take() {
            Some(data) => data,
            None => session::from([127, 0, 0, 3], client.passive_port().await).await,
        };
        assert_eq!(client.say(&format!("STOR {NAME}")).await, 150);
        data.write_all(b"mine").await.unwrap();
        drop(data);
        assert_eq!(client.hear().await, 226);
        assert_eq!(lab.told().await, format!("FTP store /{NAME} -> {NAME}: complete, 4 bytes"));
    }
}

#[tokio::test]
async fn a_client_on_ipv6_has_a_passive_port_of_its_own() {
    let lab = Lab::with(|settings| settings.bind = "::1".parse().unwrap()).await;
    std::fs::write(lab.file("backups").join(NAME), "mine").unwrap();
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    assert_eq!(client.say("PASV").await, 500);
    let mut data = client.passive().await;
    assert_eq!(client.say(&format!("RETR {NAME}")).await, 150);
    let mut file = String::new();
    data.read_to_string(&mut file).await.unwrap();
    assert_eq!((file.as_str(), client.hear().await), ("mine", 226));
}

// req: FS-14
#[tokio::test]
async fn an_address_that_guesses_passwords_may_try_none_for_ten_minutes() {
    let lab = Lab::start().await;
    let guesser = [127, 0, 0, 2];
    let tries = async |password: &str| {
        let mut session = Session::open_from(guesser, lab.ftp()).await;
        session.say("USER phones").await;
        session.say(&format!("PASS {password}")).await
    };
    for _ in 0..19 {
        assert_eq!(tries("guess").await, 530);
    }
    assert_eq!(tries("guess").await, 421);
    assert_eq!(tries(PASSWORD).await, 421, "barred, whatever it says");
    let mut visitor = Session::open_from(guesser, lab.ftp()).await;
    assert_eq!(visitor.say("USER anonymous").await, 331);
    assert_eq!(visitor.say("PASS x").await, 230, "a visitor has no password to guess");
    Session::log_in(&lab, "phones", PASSWORD).await;

    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(600)).await;
    tokio::time::resume();
    assert_eq!(tries(PASSWORD).await, 230);
}
