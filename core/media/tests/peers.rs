//! Against programs nobody here wrote: GStreamer sends to our receiver, tshark judges what our sender sends.
//! `cargo xtask test --peers` installs both.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod common;

use std::{
    fmt::Write as _,
    future::pending,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    process::Command,
    time::Duration,
};

use common::{SSRC, bye};
use deskset_media::{
    Codec, Ending, Expected, Line, Multicast, Outlet, PacketTime, Patience, Recorder, Sender, Sound, Source, Statistics,
};
use tokio::{net::UdpSocket, task::spawn_blocking};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ANY_PORT: SocketAddr = SocketAddr::new(HERE, 0);

/// Packets of 20 ms that GStreamer sends.
const PACKETS: u16 = 50;

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A live tone, encoded once, into a file and onto the wire.
fn gstreamer(codec: Codec, port: u16, file: &Path) -> Command {
    let (encoder, payloader) = match codec {
        Codec::Pcmu => ("mulawenc", "rtppcmupay"),
        Codec::Pcma => ("alawenc", "rtppcmapay"),
    };
    let pipeline = format!(
        "audiotestsrc is-live=true num-buffers={PACKETS} samplesperbuffer=160 freq=437 ! \
         audio/x-raw,rate=8000,channels=1 ! {encoder} ! tee name=both ! queue ! {payloader} ssrc={SSRC} ! \
         udpsink host=127.0.0.1 port={port} both. ! queue ! filesink location={}",
        file.display()
    );
    let mut command = Command::new("gst-launch-1.0");
    command.arg("-q").args(pipeline.split_whitespace());
    command
}

#[tokio::test]
async fn what_gstreamer_sends_is_heard_sample_by_sample() {
    let folder = tempfile::tempdir().unwrap();
    for codec in [Codec::Pcmu, Codec::Pcma] {
        let (sent, heard) = (folder.path().join("sent.raw"), folder.path().join("heard.wav"));
        let line = Line::open(HERE, 20_000..=29_999, std::process::id() as usize).await.unwrap();
        let (port, control) = (line.port(), SocketAddr::new(HERE, line.port() + 1));
        // A busy machine may take its time; the BYE below ends it.
        let patience =
            Patience { ended: Duration::from_secs(600), hold: Duration::from_secs(600), ..Patience::default() };
        let expected = Expected { codec, source: Source::Only(HERE), patience };
        let recorder = Recorder::create(&heard, Duration::from_secs(60)).unwrap();
        let mut command = gstreamer(codec, port, &sent);
        let sending = async {
            spawn_blocking(move || run(&mut command)).await.unwrap();
            // gst-launch sends no RTCP of its own.
            let socket = UdpSocket::bind(ANY_PORT).await.unwrap();
            socket.send_to(&bye(SSRC), control).await.unwrap();
        };
        let (listened, ()) = tokio::join!(line.listen(expected, Some(recorder), pending(), |_| ()), sending);
        let listened = listened.unwrap();
        let counted = Statistics {
            received: u64::from(PACKETS),
            samples: u64::from(PACKETS) * 160,
            jitter: listened.statistics.jitter,
            ..Statistics::default()
        };
        assert_eq!((listened.statistics, listened.ending), (counted, Ending::Goodbye));
        let decoded: Vec<i16> = std::fs::read(&sent).unwrap().into_iter().map(|byte| codec.decode(byte)).collect();
        assert_eq!(Sound::from_wav(&heard).unwrap().samples(), decoded, "{codec:?}");
        assert!(decoded.iter().any(|sample| *sample > 10_000), "a tone, not silence");
    }
}

/// Datagrams as text2pcap reads them: a time, then offset and bytes.
fn hexdump(datagrams: &[Vec<u8>], packet_time: PacketTime) -> String {
    let mut dump = String::new();
    for (datagram, nth) in datagrams.iter().zip(0_u32..) {
        write!(dump, "{:.6}\n000000", 1_000.0 + (packet_time.duration() * nth).as_secs_f64()).unwrap();
        for byte in datagram {
            write!(dump, " {byte:02x}").unwrap();
        }
        dump.push('\n');
    }
    dump
}

#[tokio::test(start_paused = true)]
async fn tshark_finds_nothing_lost_in_what_our_sender_sends() {
    let folder = tempfile::tempdir().unwrap();
    let (text, capture) = (folder.path().join("sent.txt"), folder.path().join("sent.pcap"));
    for (codec, millis, name) in [(Codec::Pcmu, 20, "g711U"), (Codec::Pcma, 60, "g711A"), (Codec::Pcmu, 10, "g711U")] {
        let far = UdpSocket::bind(ANY_PORT).await.unwrap();
        let to = far.local_addr().unwrap();
        let outlet = Outlet::open(ANY_PORT, &[to], Multicast::default()).await.unwrap();
        let packet_time = PacketTime::from_millis(millis).unwrap();
        // Two packets before the sequence numbers go round, so that tshark sees that as well.
        let seed = (0..).find(|seed| first_sequence(codec, packet_time, *seed) >= 65_534).unwrap();
        let sound = Sound::from_samples((0..8_000).map(|n| n as i16).collect());
        let mut sender = Sender::new(sound, codec, packet_time, seed);
        let sending = outlet.send(&mut sender);
        let packets = 1_000_u32.div_ceil(u32::from(millis));
        let collecting = async {
            let mut datagrams = Vec::new();
            for _ in 0..packets {
                let mut datagram = vec![0; 2_000];
                let length = far.recv(&mut datagram).await.unwrap();
                datagram.truncate(length);
                datagrams.push(datagram);
            }
            datagrams
        };
        let (sent, datagrams) = tokio::join!(sending, collecting);
        assert_eq!(sent.packets, u64::from(packets));
        std::fs::write(&text, hexdump(&datagrams, packet_time)).unwrap();
        to_capture(&text, &capture);
        let mut tshark = Command::new("tshark");
        tshark.arg("-r").arg(&capture).args(["-d", "udp.port==40002,rtp"]);
        let streams = run(tshark.args(["-q", "-z", "rtp,streams"]));
        let rows: Vec<Vec<&str>> = streams
            .lines()
            .map(|line| line.split_whitespace().collect())
            .filter(|row: &Vec<&str>| row.contains(&"127.0.0.1"))
            .collect();
        let ssrc = format!("0x{:08X}", sender.ssrc());
        let count = packets.to_string();
        let expected = ["127.0.0.1", "40000", "127.0.0.1", "40002", &ssrc, name, &count, "0", "(0.0%)"];
        // Seven columns of times follow, and a mark if tshark sees a problem.
        assert_eq!((rows.len(), &rows[0][2..11], rows[0].len()), (1, &expected[..], 17), "{streams}");
    }
}

#[test]
fn tshark_reads_our_goodbye() {
    let folder = tempfile::tempdir().unwrap();
    let (text, capture) = (folder.path().join("sent.txt"), folder.path().join("sent.pcap"));
    let mut sender = Sender::new(Sound::from_samples(vec![0; 200]), Codec::Pcmu, PacketTime::MS_20, 1);
    while sender.poll_packet().is_some() {}
    std::fs::write(&text, hexdump(&[sender.goodbye(std::time::SystemTime::now())], PacketTime::MS_20)).unwrap();
    to_capture(&text, &capture);
    let mut tshark = Command::new("tshark");
    tshark.arg("-r").arg(&capture).args(["-d", "udp.port==40002,rtcp", "-T", "fields", "-E", "separator=|"]);
    let fields = ["rtcp.pt", "rtcp.sender.packetcount", "rtcp.sender.octetcount", "rtcp.sdes.text", "_ws.malformed"];
    let read = run(tshark.args(fields.iter().flat_map(|field| ["-e", *field])));
    assert_eq!(read.trim_end(), format!("200,202,203|2|200|deskset-{:08x}|", sender.ssrc()));
}

/// Puts UDP and IPv4 around what [`hexdump`] wrote.
fn to_capture(text: &Path, capture: &Path) {
    let addresses = ["-4", "127.0.0.1,127.0.0.1", "-u", "40000,40002"];
    run(Command::new("text2pcap").arg("-q").args(addresses).args(["-t", "%s.%f"]).args([text, capture]));
}

fn first_sequence(codec: Codec, packet_time: PacketTime, seed: u64) -> u16 {
    let packet = Sender::new(Sound::from_samples(vec![0]), codec, packet_time, seed).poll_packet().unwrap();
    u16::from_be_bytes([packet[2], packet[3]])
}
