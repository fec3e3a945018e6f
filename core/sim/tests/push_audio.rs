//! Pushed streams: where they are asked for, through what they are heard, what ends them.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{Pushed, TPS};
use deskset_phone::{CallState, Hook};
use deskset_sim::WebReply;

/// Speaker, headset.
fn ears(pushed: &Pushed) -> (bool, bool) {
    let lamps = pushed.bench.lab.at(pushed.phone).lamps();
    (lamps.speaker, lamps.headset)
}

fn last(pushed: &Pushed) -> String {
    pushed.tale().last().unwrap().clone()
}

// req: PR-13
#[test]
fn the_port_stands_in_the_query_however_the_content_is_asked_for() {
    let mut pushed = Pushed::new();
    let fields = "<postfield name=\"a\" value=\"1\"/>";
    for (href, method, fields) in [
        ("audio.xml", "get", ""),
        ("audio.xml?x=y", "get", ""),
        ("audio.xml?x=y", "get", fields),
        ("audio.xml", "post", fields),
        ("audio.xml#part", "get", ""),
    ] {
        let xml = format!(
            "<Push type=\"audio\" mode=\"barge\"><go href=\"{TPS}/{href}\" method=\"{method}\">{fields}</go></Push>"
        );
        assert_eq!(pushed.post(&xml), Some(200), "{href} {method}");
        pushed.pass(1);
    }
    let mut ports = Vec::new();
    let mut asked = pushed.bench.lab.web_asked()[1..].to_vec();
    for line in &mut asked {
        let at = line.find("rtpLPort=").unwrap() + "rtpLPort=".len();
        let end = line[at..].find(' ').map_or(line.len(), |end| at + end);
        ports.push(line[at..end].parse::<u16>().unwrap());
        line.replace_range(at..end, "N");
    }
    assert_eq!(
        asked,
        [
            "GET http://push.lab/audio.xml?rtpLPort=N",
            "GET http://push.lab/audio.xml?x=y&rtpLPort=N",
            "GET http://push.lab/audio.xml?x=y&a=1&rtpLPort=N",
            "POST http://push.lab/audio.xml?rtpLPort=N a=1",
            "GET http://push.lab/audio.xml?rtpLPort=N",
        ]
    );
    // Even, of those for calls, and never that of the stream before.
    assert!(ports.iter().all(|port| port % 2 == 0 && (2048..=3029).contains(port)), "{ports:?}");
    assert!(ports.windows(2).all(|two| two[0] != two[1]), "{ports:?}");
    // Of all of them only the last one is heard.
    assert_eq!(pushed.bench.lab.open_streams(pushed.phone), 1);
}

// req: PU-8
#[test]
fn a_stream_may_be_moved_between_speaker_headset_and_handset() {
    for model in ["4610SW", "4622SW", "4625SW"] {
        let mut pushed = Pushed::with(model, &[]);
        assert_eq!(pushed.audio("normal"), Some(200), "{model}");
        assert_eq!(ears(&pushed), (true, false));
        pushed.key("headset");
        assert_eq!(ears(&pushed), (false, true));
        pushed.key("speaker");
        assert_eq!(ears(&pushed), (true, false));
        pushed.hook(Hook::Off);
        assert_eq!((ears(&pushed), pushed.bench.lab.open_streams(pushed.phone)), ((false, false), 1));
        pushed.key("speaker");
        pushed.hook(Hook::On);
        assert_eq!((ears(&pushed), pushed.bench.lab.open_streams(pushed.phone)), ((true, false), 1));
        pushed.key("speaker");
        assert_eq!(last(&pushed), "the stream is over: the user went on-hook", "{model}");
        assert_eq!((ears(&pushed), pushed.bench.lab.open_streams(pushed.phone)), ((false, false), 0));
    }
}

// req: PU-8
#[test]
fn a_speaker_that_only_listens_plays_streams_but_takes_no_calls() {
    for (model, talks) in [("4622SW", (false, true)), ("4620SW", (true, false))] {
        let mut pushed = Pushed::with(model, &[]);
        pushed.audio("normal");
        assert_eq!(ears(&pushed), (true, false), "{model}");
        pushed.call(1, CallState::Alerting);
        pushed.key("line1-left");
        assert_eq!(last(&pushed), "the stream is over: the user went to a call");
        assert_eq!((ears(&pushed), pushed.bench.lab.open_streams(pushed.phone)), (talks, 0), "{model}");
        pushed.call(1, CallState::Idle);
        // A link that dials takes what can be talked into as well.
        pushed.page("barge");
        pushed.key("line2-left");
        assert_eq!(ears(&pushed), talks, "{model}");
    }
}

// req: PU-8, PR-14
#[test]
fn a_stream_without_a_timer_of_its_own_ends_after_twenty_quiet_seconds() {
    for (timer, seconds) in [("", 20), ("<AudioTimer value=\"1\"/>", 5), ("<AudioTimer value=\"99\"/>", 30)] {
        let mut pushed = Pushed::new();
        let silent = format!("<Response><Audio>{timer}<Url href=\"RTPRx://192.0.2.99\"/></Audio></Response>");
        pushed.bench.lab.web(&format!("{TPS}/audio.xml"), WebReply::content(&silent));
        pushed.audio("normal");
        pushed.pass(seconds - 1);
        assert_eq!(ears(&pushed), (true, false), "{timer}");
        pushed.pass(1);
        assert_eq!(
            (ears(&pushed), last(&pushed)),
            ((false, false), "the stream is over: nothing came any more".into())
        );
    }
}

// req: PU-7, PR-11
#[test]
fn a_newer_stream_takes_the_place_of_the_one_that_plays_after_beeps() {
    let mut pushed = Pushed::new();
    pushed.push("audio", "normal", 2, "audio.xml");
    pushed.push("audio", "barge", 3, "audio.xml");
    let told = pushed.tale();
    assert_eq!(
        told.iter().filter(|line| !line.contains("push for")).skip(2).collect::<Vec<_>>(),
        [
            "2 pings in ringing pattern 1",
            "plays a stream from 192.0.2.20",
            "3 beeps in the voice path",
            "the stream is over: a newer one came",
            "plays a stream from 192.0.2.20",
        ]
    );
    assert_eq!(pushed.bench.lab.open_streams(pushed.phone), 1);
}

// req: PU-7
#[test]
fn a_stop_without_a_stream_changes_nothing() {
    let mut pushed = Pushed::new();
    assert_eq!(pushed.push("audio", "barge", 3, "stop.xml"), Some(200));
    assert_eq!((ears(&pushed), pushed.bench.lab.open_streams(pushed.phone)), ((false, false), 0));
    // Only a barge push stops: a normal one that was let in while nothing played does not.
    assert_eq!(pushed.push("audio", "normal", 0, "stop.xml"), Some(200));
    assert_eq!(last(&pushed), "stream dropped: only a barge push may stop a stream");
    assert!(pushed.tale().iter().all(|line| !line.contains("ping")), "{:?}", pushed.tale());
}

// req: PU-7, PR-15
#[test]
fn a_log_off_ends_a_stream() {
    let mut pushed = Pushed::new();
    pushed.audio("normal");
    pushed.bench.log_off(pushed.phone);
    assert_eq!(pushed.bench.lab.open_streams(pushed.phone), 0);
    assert!(pushed.tale().contains(&"the stream is over: the phone is no longer registered".to_owned()));
}
