//! Clients that move the bytes a phone moves, in the order it does, and do nothing with them.

use std::{io, net::SocketAddr};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// What one phone asks for.
pub(super) struct Errands {
    pub(super) http: SocketAddr,
    /// One after the other over one connection.
    pub(super) files: Vec<String>,
    pub(super) ftp: SocketAddr,
    /// In a session for each.
    pub(super) backups: Vec<String>,
}

impl Errands {
    pub(super) async fn run(&self) -> io::Result<()> {
        let mut server = connected(self.http).await?;
        for file in &self.files {
            let request = format!("GET /{file} HTTP/1.1\r\nHost: {}\r\n\r\n", self.http);
            server.write_all(request.as_bytes()).await?;
            let mut left = 0;
            loop {
                let line = line(&mut server).await?;
                if line.is_empty() {
                    break;
                }
                if let Some(size) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    left = size.trim().parse().map_err(io::Error::other)?;
                }
            }
            let mut body = vec![0; left];
            server.read_exact(&mut body).await?;
        }
        drop(server);
        for file in &self.backups {
            self.retrieve(file).await?;
        }
        Ok(())
    }

    async fn retrieve(&self, file: &str) -> io::Result<()> {
        let mut server = connected(self.ftp).await?;
        reply(&mut server).await?;
        let data = TcpListener::bind((self.ftp.ip(), 0)).await?;
        let port = data.local_addr()?.port();
        let address = self.ftp.ip().to_string().replace('.', ",");
        let port = format!("PORT {address},{},{}", port >> 8, port & 255);
        let mut begun = false;
        for said in ["USER anonymous", "PASS guest", "TYPE I", &port, &format!("RETR {file}")] {
            server.write_all(format!("{said}\r\n").as_bytes()).await?;
            begun = reply(&mut server).await?.starts_with('1');
        }
        if begun {
            let (mut data, _) = data.accept().await?;
            data.read_to_end(&mut Vec::new()).await?;
            reply(&mut server).await?;
        }
        server.write_all(b"QUIT\r\n").await?;
        reply(&mut server).await.map(drop)
    }
}

async fn connected(server: SocketAddr) -> io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}

async fn line(server: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if server.read_line(&mut line).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    line.truncate(line.trim_end().len());
    Ok(line)
}

/// The last line of a reply (RFC 959, section 4.2).
async fn reply(server: &mut BufReader<TcpStream>) -> io::Result<String> {
    loop {
        let line = line(server).await?;
        if line.as_bytes().get(3) != Some(&b'-') && line.starts_with(|sign: char| sign.is_ascii_digit()) {
            return Ok(line);
        }
    }
}
