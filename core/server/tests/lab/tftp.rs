//! A TFTP client on a raw socket.

use std::{net::SocketAddr, time::Duration};

use tokio::net::UdpSocket;

use super::{LOOPBACK, Lab};

pub struct Client {
    pub socket: UdpSocket,
    pub server: SocketAddr,
}

impl Client {
    pub async fn ask(lab: &Lab, opcode: u8, fields: &[&str]) -> Self {
        Self::ask_at(lab.tftp(), opcode, fields).await
    }

    pub async fn ask_at(server: SocketAddr, opcode: u8, fields: &[&str]) -> Self {
        let socket = UdpSocket::bind((LOOPBACK, 0)).await.unwrap();
        let client = Client { socket, server };
        client.repeat(server, opcode, fields).await;
        client
    }

    pub async fn repeat(&self, server: SocketAddr, opcode: u8, fields: &[&str]) {
        let mut request = vec![0, opcode];
        for field in fields {
            request.extend(field.as_bytes());
            request.push(0);
        }
        self.socket.send_to(&request, server).await.unwrap();
    }

    pub async fn hear(&mut self) -> Vec<u8> {
        let mut datagram = vec![0; 70_000];
        let heard = tokio::time::timeout(Duration::from_secs(20), self.socket.recv_from(&mut datagram)).await;
        let (size, from) = heard.expect("an answer in time").unwrap();
        self.server = from;
        datagram.truncate(size);
        datagram
    }

    pub async fn send(&self, block: u16, payload: &[u8]) {
        let [high, low] = block.to_be_bytes();
        self.socket.send_to(&[&[0, 3, high, low], payload].concat(), self.server).await.unwrap();
    }

    pub async fn acknowledge(&self, block: u16) {
        let [high, low] = block.to_be_bytes();
        self.socket.send_to(&[0, 4, high, low], self.server).await.unwrap();
    }

    /// All blocks, up to one shorter than `size`.
    pub async fn read(&mut self, size: usize) -> Vec<u8> {
        let mut file = Vec::new();
        for block in 1.. {
            let data = self.hear().await;
            assert_eq!(data[..4], [0, 3, u16::to_be_bytes(block)[0], u16::to_be_bytes(block)[1]]);
            file.extend(&data[4..]);
            self.acknowledge(block).await;
            if data.len() < size + 4 {
                break;
            }
        }
        file
    }
}
