//! What a trusted server gives out.
#![allow(missing_docs)]

use deskset_browser::{
    XmlError,
    push::{Audio, Codec, Content, ContentError, PacketTime, Subscribe},
};

fn content(payload: &str) -> Result<Content, ContentError> {
    Content::parse(format!("<?xml version=\"1.0\"?>\n<Response>{payload}</Response>").as_bytes(), Some("text/xml"))
}

// req: PR-8
#[test]
fn a_top_line_is_trimmed_and_cut_at_56_characters() {
    assert_eq!(
        content("<Topline>Stock Alert: AV @ $15</Topline>"),
        Ok(Content::Topline("Stock Alert: AV @ $15".into()))
    );
    assert_eq!(content("<Topline>\n  a\n b &amp; c </Topline>"), Ok(Content::Topline("a b & c".into())));
    assert_eq!(content(&format!("<Topline>{}</Topline>", "é".repeat(60))), Ok(Content::Topline("é".repeat(56))));
    assert_eq!(content("<Topline/>"), Ok(Content::Topline(String::new())));
    let latin = Content::parse(b"<Response><Topline>\xe9</Topline></Response>", Some("text/xml; charset=iso-8859-1"));
    assert_eq!(latin, Ok(Content::Topline("é".into())));
}

#[test]
fn a_stream_has_a_server_a_codec_and_a_timer() {
    let full = "<Audio packetsize=\"20\" codec=\"PCMA\"><AudioTimer value=\"25\"/><Url href=\"RTPRx://192.0.2.20:5004\"/></Audio>";
    let audio = Audio {
        codec: Codec::Pcma,
        packet_time: PacketTime::new(20).unwrap_or_default(),
        timer_seconds: 25,
        host: "192.0.2.20".to_owned(),
        port: Some(5004),
    };
    assert_eq!(content(full), Ok(Content::Audio(audio)));
    let audio = Audio {
        codec: Codec::Pcmu,
        packet_time: PacketTime::default(),
        timer_seconds: 20,
        host: "audio.example.com".to_owned(),
        port: None,
    };
    assert_eq!(content("<Audio><Url href=\"rtprx://audio.example.com\"/></Audio>"), Ok(Content::Audio(audio)));
    assert_eq!(PacketTime::default().milliseconds(), 40);
    assert_eq!(content("<Audio><Url href=\"RTPRx://STOP\"/></Audio>"), Ok(Content::AudioStop));
}

// req: PR-14
#[test]
fn a_timer_outside_of_its_range_is_brought_into_it() {
    for (value, seconds) in [("4", 5), ("31", 30), ("100000", 30), ("5", 5)] {
        let audio = content(&format!("<Audio><AudioTimer value=\"{value}\"/><Url href=\"RTPRx://a:1\"/></Audio>"));
        assert!(
            matches!(audio, Ok(Content::Audio(Audio { timer_seconds, .. })) if timer_seconds == seconds),
            "{value}"
        );
    }
}

#[test]
fn a_phone_is_asked_to_subscribe_with_all_or_with_one() {
    assert_eq!(content("<Subscribe type=\"all\"/>"), Ok(Content::Subscribe(Subscribe::All)));
    let one = "<Subscribe type=\"me\"><Url href=\"http://a.example.com/s?a&amp;b\"/></Subscribe>";
    assert_eq!(content(one), Ok(Content::Subscribe(Subscribe::Me("http://a.example.com/s?a&b".to_owned()))));
}

// req: PR-12
#[test]
fn content_that_breaks_the_rules_is_refused() {
    let cases = [
        ("", "<Response> needs exactly one element"),
        ("<Topline/><Topline/>", "<Response> needs exactly one element"),
        ("<Display/>", "<Display> in <Response>"),
        ("text<Topline/>", "text in <Response>"),
        ("<Audio/>", "<Audio> needs a <Url>"),
        ("<Audio><Url/></Audio>", "<Url> needs the attribute href"),
        ("<Audio><Url href=\"http://a\"/></Audio>", "the stream's address is no RTPRx://: \"http://a\""),
        ("<Audio><Url href=\"RTPRx://a:b\"/></Audio>", "no port: \"b\""),
        ("<Audio><Url href=\"RTPRx://:5004\"/></Audio>", "no host: \"\""),
        ("<Audio codec=\"G729\"><Url href=\"RTPRx://a\"/></Audio>", "codec cannot be \"G729\""),
        ("<Audio packetsize=\"25\"><Url href=\"RTPRx://a\"/></Audio>", "packetsize cannot be \"25\""),
        ("<Audio><AudioTimer/><Url href=\"RTPRx://a\"/></Audio>", "AudioTimer cannot be \"\""),
        ("<Subscribe type=\"you\"/>", "Subscribe's type cannot be \"you\""),
        ("<Subscribe type=\"me\"/>", "<Subscribe type=\"me\"> needs a <Url>"),
    ];
    for (payload, why) in cases {
        assert_eq!(content(payload), Err(ContentError::Invalid(why.to_owned())), "{payload}");
    }
    assert_eq!(Content::parse(b"<wml/>", None), Err(ContentError::Root("wml".to_owned())));
    assert_eq!(Content::parse(b"", None), Err(ContentError::Xml(XmlError::NoElement)));
    let large = vec![b' '; 5121];
    assert_eq!(Content::parse(&large, None), Err(ContentError::Xml(XmlError::TooLarge { bytes: 5121, max: 5120 })));
}
