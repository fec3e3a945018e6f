#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod common;

use std::{
    future::pending,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::{Duration, SystemTime},
};

use deskset_media::{
    AudioEvent, Codec, Ending, Expected, Heard, Line, MediaError, Multicast, Outlet, PacketTime, Patience, Recorder,
    Sender, Sound, Source, Statistics,
};
use tokio::{net::UdpSocket, time::Instant};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ANY_PORT: SocketAddr = SocketAddr::new(HERE, 0);

/// Decides nothing here: packets are waited for by number, ends come by BYE.
const PATIENT: Patience =
    Patience { hold: Duration::from_secs(3_600), quiet: Duration::from_secs(3_600), ended: Duration::from_secs(3_600) };

fn expected(codec: Codec) -> Expected {
    Expected { codec, source: Source::Only(HERE), patience: PATIENT }
}

async fn line(address: IpAddr) -> Line {
    Line::open(address, 20_000..=29_999, std::process::id() as usize).await.unwrap()
}

/// A tone that survives the codec, so that what is heard equals what was sent.
fn sound(codec: Codec, samples: usize) -> Sound {
    let wave = (0..samples).map(|n| (f64::from(n as u32) * 0.3).sin() * 20_000.0);
    Sound::from_samples(wave.map(|sample| codec.decode(codec.encode(sample as i16))).collect())
}

#[tokio::test(start_paused = true)]
async fn a_sound_arrives_as_it_was_and_ends_with_it() {
    let folder = tempfile::tempdir().unwrap();
    for (codec, millis) in [(Codec::Pcmu, 10), (Codec::Pcmu, 20), (Codec::Pcma, 40), (Codec::Pcma, 60)] {
        let file = folder.path().join("heard.wav");
        let line = line(HERE).await;
        let to = [SocketAddr::new(HERE, line.port())];
        let outlet = Outlet::open(ANY_PORT, &to, Multicast::default()).await.unwrap();
        let sound = sound(codec, 8_100);
        let mut sender = Sender::new(sound.clone(), codec, PacketTime::from_millis(millis).unwrap(), 7);
        let recorder = Recorder::create(&file, Duration::from_secs(60)).unwrap();
        let mut told = Vec::new();
        let listening = line.listen(expected(codec), Some(recorder), pending(), |event| told.push(event));
        let (heard, sent) = tokio::join!(listening, outlet.send(&mut sender));
        let heard = heard.unwrap();
        let packets = 8_100_u64.div_ceil(u64::from(millis) * 8);
        assert_eq!((sent.packets, sent.datagrams, sent.refused), (packets, packets, 0));
        let counted =
            Statistics { received: packets, samples: 8_100, jitter: heard.statistics.jitter, ..Statistics::default() };
        assert_eq!(heard.statistics, counted);
        assert_eq!((heard.ending, heard.recorded), (Ending::Goodbye, Some(sound.duration())));
        assert_eq!(Sound::from_wav(&file).unwrap(), sound);
        assert!(matches!(told[0], AudioEvent::Sounding { .. }));
        let levels = told.iter().filter(|event| matches!(event, AudioEvent::Level(_))).count();
        assert_eq!((levels, told.last()), (10, Some(&AudioEvent::Ended(Ending::Goodbye))));
    }
}

#[tokio::test(start_paused = true)]
async fn a_sound_takes_its_own_time_to_every_address() {
    let far = [UdpSocket::bind(ANY_PORT).await.unwrap(), UdpSocket::bind(ANY_PORT).await.unwrap()];
    let to = far.each_ref().map(|socket| socket.local_addr().unwrap());
    let outlet = Outlet::open(ANY_PORT, &to, Multicast::default()).await.unwrap();
    let sound = sound(Codec::Pcmu, 1_000);
    let mut sender = Sender::new(sound.clone(), Codec::Pcmu, PacketTime::MS_40, 7);
    let mut again = Sender::new(sound, Codec::Pcmu, PacketTime::MS_40, 7);
    let began = Instant::now();
    let sent = outlet.send(&mut sender).await;
    // The clock of the test, which stands still but for the sender's own waits: four packets of 40 ms.
    assert_eq!((began.elapsed(), sent.packets, sent.datagrams), (Duration::from_millis(160), 4, 8));
    let packets: Vec<Vec<u8>> = std::iter::from_fn(|| again.poll_packet()).collect();
    for socket in far {
        for packet in &packets {
            let mut datagram = [0; 1_000];
            let length = socket.recv(&mut datagram).await.unwrap();
            assert_eq!(datagram[..length], *packet);
        }
    }
}

#[tokio::test]
async fn a_network_that_loses_repeats_and_reorders_is_heard_in_order_with_silence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("heard.wav");
    let line = line(HERE).await;
    let (to, control) = (SocketAddr::new(HERE, line.port()), SocketAddr::new(HERE, line.port() + 1));
    let sound = sound(Codec::Pcmu, 100 * 160);
    let mut sender = Sender::new(sound.clone(), Codec::Pcmu, PacketTime::MS_20, 99);
    let packets: Vec<Vec<u8>> = std::iter::from_fn(|| sender.poll_packet()).collect();
    // Loses every tenth packet; turns every group of five around; sends the first of each group twice.
    let lost = |index: usize| index % 10 == 7;
    let relay = async {
        let socket = UdpSocket::bind(ANY_PORT).await.unwrap();
        for group in (0..100).collect::<Vec<usize>>().chunks(5) {
            let twice = [group[0], group[0]];
            for index in group.iter().rev().chain(&twice[..1]).filter(|index| !lost(**index)) {
                socket.send_to(&packets[*index], to).await.unwrap();
                // Lets the line empty its socket, however small its buffer.
                tokio::task::yield_now().await;
            }
        }
        socket.send_to(&sender.goodbye(SystemTime::UNIX_EPOCH), control).await.unwrap();
    };
    let recorder = Recorder::create(&file, Duration::from_secs(60)).unwrap();
    let listening = line.listen(expected(Codec::Pcmu), Some(recorder), pending(), |_| ());
    let (heard, ()) = tokio::join!(listening, relay);
    let heard = heard.unwrap();
    let counted = Statistics {
        received: 90,
        lost: 10,
        duplicates: 20,
        concealed: 1_600,
        samples: 16_000,
        jitter: heard.statistics.jitter,
        ..Statistics::default()
    };
    assert_eq!((heard.statistics, heard.ending), (counted, Ending::Goodbye));
    let mut expected = sound.samples().to_vec();
    for index in (0..100).filter(|index| lost(*index)) {
        expected[index * 160..(index + 1) * 160].fill(0);
    }
    assert_eq!(Sound::from_wav(&file).unwrap().samples(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_multicast_group_hears_what_one_sender_sends() {
    let group = Ipv4Addr::new(239, 192, 0, 17);
    let line = line(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).await;
    line.join(group, Ipv4Addr::LOCALHOST).unwrap();
    let to = [SocketAddr::from((group, line.port()))];
    let multicast = Multicast { ttl: 4, interface: Ipv4Addr::LOCALHOST };
    let outlet = Outlet::open(ANY_PORT, &to, multicast).await.unwrap();
    let mut sender = Sender::new(sound(Codec::Pcma, 3_200), Codec::Pcma, PacketTime::MS_20, 3);
    let anyone = Expected { source: Source::Anyone, ..expected(Codec::Pcma) };
    let (heard, sent) = tokio::join!(line.listen(anyone, None, pending(), |_| ()), outlet.send(&mut sender));
    let Heard { statistics, ending, recorded } = heard.unwrap();
    assert_eq!((statistics.received, statistics.lost, sent.packets), (20, 0, 20));
    assert_eq!((ending, recorded), (Ending::Goodbye, None));
}

#[tokio::test(start_paused = true)]
async fn a_line_that_hears_nothing_ends_by_its_timer_or_when_told() {
    let brief = Expected { patience: Patience::default(), ..expected(Codec::Pcmu) };
    let began = Instant::now();
    let heard = line(HERE).await.listen(brief, None, pending(), |_| ()).await.unwrap();
    assert_eq!((heard.ending, heard.statistics), (Ending::Silence, Statistics::default()));
    assert!(began.elapsed() >= brief.patience.ended);
    let heard = line(HERE).await.listen(brief, None, async {}, |_| ()).await.unwrap();
    assert_eq!(heard.ending, Ending::Stopped);
}

#[tokio::test]
async fn a_line_takes_even_ports_whose_neighbour_is_free_too() {
    // Ports that the other tests do not take.
    let lowest = Line::open(HERE, 30_000..=31_900, std::process::id() as usize).await.unwrap().port();
    let above = UdpSocket::bind((HERE, lowest + 1)).await.unwrap();
    let ports = lowest - 1..=lowest + 3;
    let one = Line::open(HERE, ports.clone(), 0).await.unwrap();
    assert_eq!(one.port(), lowest + 2);
    let error = Line::open(HERE, ports, 1).await.unwrap_err();
    assert!(matches!(error, MediaError::Ports { .. }), "{error}");
    drop(above);
    let error = Line::open(IpAddr::from([192, 0, 2, 1]), 30_000..=30_001, 0).await.unwrap_err();
    assert!(matches!(error, MediaError::Socket { .. }), "{error}");
}

#[tokio::test]
async fn a_sound_goes_to_at_least_one_address_and_not_to_too_many() {
    for count in [0, 1_025] {
        let to = vec![ANY_PORT; count];
        let error = Outlet::open(ANY_PORT, &to, Multicast::default()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("a sound goes to 1 to 1024 addresses, not to {count}; use a multicast group")
        );
    }
}
