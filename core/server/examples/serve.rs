//! Serves a folder on loopback over all protocols: `serve FOLDER CA-FOLDER`. Prints the ports, and every transfer.
//! Clients find the certificate to trust in `CA-FOLDER/lab-ca.pem`.
#![allow(clippy::print_stdout)]

use std::{error::Error, net::Ipv4Addr, path::PathBuf};

use deskset_models::Secret;
use deskset_server::{
    AnonymousFtp, BackupNames, FileServer, FtpSettings, FtpUser, HttpsSettings, LabCa, Recorder, ServerSettings,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    let ca = LabCa::load_or_create(&PathBuf::from(std::env::args().nth(2).ok_or("name a folder for the lab's CA")?))?;
    let settings = ServerSettings {
        tftp_port: Some(0),
        http_port: Some(0),
        https: Some(HttpsSettings { port: 0, identity: ca.issue(&["127.0.0.1", "localhost"])? }),
        ftp: Some(FtpSettings {
            users: vec![FtpUser { name: "lab".to_owned(), password: Secret::new("lab") }],
            anonymous: AnonymousFtp::MayStore(BackupNames::new(|name| name.ends_with("data.txt"))),
            ..FtpSettings::new(0)
        }),
        ..ServerSettings::new(root, Ipv4Addr::LOCALHOST.into())
    };
    let server = FileServer::start(settings, Recorder::calling(|record| println!("{record:?}"))).await?;
    println!("{:?}", server.addresses());
    tokio::signal::ctrl_c().await?;
    server.stop().await;
    Ok(())
}
