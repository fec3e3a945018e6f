//! What a push initiator posts, and whom the phone trusts.
#![allow(missing_docs)]

use deskset_browser::{
    Method, Place, Url, UrlError, XmlError,
    push::{Alert, MessageError, Mode, PushMessage, PushType, TrustedServers},
};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

fn everyone(_: &Url) -> bool {
    true
}

fn message(inner: &str) -> Result<PushMessage, MessageError> {
    PushMessage::parse(format!("<?xml version=\"1.0\"?><Push {inner}</Push>").as_bytes(), everyone)
}

fn invalid(why: &str) -> MessageError {
    MessageError::Invalid(why.to_owned())
}

#[test]
fn a_message_says_what_where_and_how_urgent() {
    let parsed = message(
        "alert=\"2\" type=\"display\" mode=\"barge\">\n<go href=\"http://push.example.com/a.wml?b=1&amp;c\" method=\"post\">\
         <postfield name=\"n1\" value=\"v&#49;\"/></go>",
    );
    let expected = PushMessage {
        kind: PushType::Display,
        mode: Mode::Barge,
        alert: Alert::new(2).unwrap_or_default(),
        url: url("http://push.example.com/a.wml?b=1&c"),
        method: Method::Post,
        postfields: vec![("n1".to_owned(), "v1".to_owned())],
    };
    assert_eq!(parsed, Ok(expected));
}

// req: PR-6
#[test]
fn a_message_without_mode_and_alert_is_normal_and_silent() {
    for (name, kind) in [("topline", PushType::Topline), ("audio", PushType::Audio), ("subscribe", PushType::Subscribe)]
    {
        let parsed = message(&format!("type=\"{name}\"><go href=\"http://a.example.com\"/>"));
        let parsed = parsed.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(
            (parsed.kind, parsed.mode, parsed.alert.pings(), parsed.method, parsed.url.as_str()),
            (kind, Mode::Normal, 0, Method::Get, "http://a.example.com/")
        );
    }
}

// req: PR-4
#[test]
fn every_mistake_is_of_its_kind() {
    let xml = |error| Err(MessageError::Xml(error));
    let start = Place { line: 1, column: 1 };
    let unformed =
        |column, why: &str| xml(XmlError::NotWellFormed { place: Place { line: 1, column }, why: why.to_owned() });
    let cases: [(&[u8], _); 10] = [
        (b"", xml(XmlError::NoElement)),
        (b"<?xml version=\"1.0\"?>", xml(XmlError::NoElement)),
        (b"<Push type=\"display\"><go", xml(XmlError::NoElement)),
        (b"<Push></push>", unformed(7, "ill-formed document: expected `</Push>`, but `</push>` was found")),
        (
            b"<Push a=1/>",
            unformed(start.column, "in <Push>: position 7: attribute value must be enclosed in `\"` or `'`"),
        ),
        (b"<?xml version=\"1.0\" encoding=\"x-none\"?><Push/>", xml(XmlError::Encoding("x-none".to_owned()))),
        (b"<Push>\xff</Push>", xml(XmlError::Encoding("not UTF-8".to_owned()))),
        (b"<!ELEMENT a><Push/>", unformed(1, "syntax error: unknown or missed symbol in markup")),
        (b"<push/>", Err(MessageError::Root("push".to_owned()))),
        (b"<Response/>", Err(MessageError::Root("Response".to_owned()))),
    ];
    for (bytes, expected) in cases {
        assert_eq!(PushMessage::parse(bytes, everyone), expected, "{}", String::from_utf8_lossy(bytes));
    }
    let large = [b"<Push>".as_slice(), &[b' '; 5 * 1024]].concat();
    assert_eq!(PushMessage::parse(&large, everyone), xml(XmlError::TooLarge { bytes: 5126, max: 5120 }));

    let go = "<go href=\"http://a.example.com/\"/>";
    let one_go = "<Push> needs one <go> and nothing else";
    let cases = [
        (format!(">{go}"), invalid("<Push> needs the attribute type")),
        (format!("type=\"video\">{go}"), invalid("type cannot be \"video\"")),
        (format!("type=\"audio\" mode=\"loud\">{go}"), invalid("mode cannot be \"loud\"")),
        (format!("type=\"audio\" alert=\"4\">{go}"), invalid("alert cannot be \"4\"")),
        (format!("type=\"audio\" alert=\"+1\">{go}"), invalid("alert cannot be \"+1\"")),
        (format!("type=\"audio\" color=\"red\">{go}"), invalid("<Push> has no attribute color")),
        (format!("type=\"audio\">{go}{go}"), invalid(one_go)),
        ("type=\"audio\">".to_owned(), invalid(one_go)),
        ("type=\"audio\"><Go href=\"http://a.example.com/\"/>".to_owned(), invalid(one_go)),
        ("type=\"audio\"><go/>".to_owned(), invalid("<go> needs the attribute href")),
        ("type=\"audio\"><go href=\"http://a/\" method=\"put\"/>".to_owned(), invalid("method cannot be \"put\"")),
        (
            "type=\"audio\"><go href=\"http://a/\"><postfield name=\"1a\" value=\"\"/></go>".to_owned(),
            invalid("name cannot be \"1a\""),
        ),
        ("type=\"audio\"><go href=\"/a.xml\"/>".to_owned(), MessageError::Url(UrlError::NotFull("/a.xml".to_owned()))),
        (
            format!("type=\"audio\"><go href=\"http://a/{}\"/>", "x".repeat(1024)),
            MessageError::Url(UrlError::TooLong(1033)),
        ),
        (
            "type=\"audio\"><go href=\"https://a.example.com/\"/>".to_owned(),
            MessageError::Scheme(UrlError::Scheme("https://a.example.com/".to_owned())),
        ),
        ("type=\"audio\"><go href=\"http://a/\" method=\"post\"/>".to_owned(), MessageError::EmptyPost),
    ];
    for (inner, expected) in cases {
        assert_eq!(message(&inner), Err(expected), "{inner:.100}");
    }
}

// req: PR-2
#[test]
fn the_form_variable_is_plain_or_encoded() {
    let xml = "<Push type=\"topline\"><go href=\"http://a.example.com/t.xml?a=b&amp;c=100%25\"/></Push>";
    let expected = PushMessage::parse(xml.as_bytes(), everyone);
    assert!(expected.is_ok());
    let written = expected.as_ref().map(PushMessage::to_form).unwrap_or_default();
    assert!(written.starts_with("XMLData=%3C%3Fxml+version%3D"), "{written}");
    for body in [format!("XMLData={xml}"), written.clone(), format!("Name=A&{written}&Submit=Send")] {
        assert_eq!(PushMessage::from_form(body.as_bytes(), everyone), expected, "{body}");
    }
    for body in ["", "XMLData", "XMLData=", "Other=%3CPush/%3E", "XMLData=\u{e9}"] {
        let parsed = PushMessage::from_form(body.as_bytes(), everyone);
        assert!(matches!(parsed, Err(MessageError::Xml(_))), "{body}: {parsed:?}");
    }
    let large = ["XMLData=", &"%20".repeat(6000)].concat();
    let parsed = PushMessage::from_form(large.as_bytes(), everyone);
    assert_eq!(parsed, Err(MessageError::Xml(XmlError::TooLarge { bytes: 18_008, max: 5120 })));
}

// req: PR-4
#[test]
fn trust_is_checked_before_what_is_posted() {
    let xml = b"<Push type=\"display\"><go href=\"http://a.example.com/\" method=\"post\"/></Push>";
    let servers = TrustedServers::parse("b.example.com");
    let parsed = PushMessage::parse(xml, |url| servers.trust(url));
    assert_eq!(parsed, Err(MessageError::Untrusted("a.example.com".to_owned())));
}

// req: PR-5
#[test]
fn servers_are_trusted_by_the_end_of_their_name() {
    // Entry, URL, trusted, trusted with a strict reading.
    let cases = [
        ("company.com", "http://www.company.com", true, true),
        ("company.com", "http://associate.company.com", true, true),
        ("company.com", "http://www.hackercompany.com", true, false),
        (".company.com", "http://www.company.com", true, true),
        (".company.com", "http://www.hackercompany.com", false, false),
        (".company.com", "http://company.com/a.xml", false, false),
        ("company.com", "http://company.com.example.net/", false, false),
        ("company.com", "http://company.com@example.net/", false, false),
        ("company.com/push", "http://www.company.com/push/a.xml", true, true),
        ("company.com/push", "http://www.company.com/pushed/a.xml", false, false),
        ("company.com/push", "http://www.company.com/push/../other/a.xml", false, false),
        ("company.com/push", "http://www.company.com/other/a.xml", false, false),
        ("http://company.com:8080", "http://company.com:8080/", true, true),
        ("company.com:8080", "http://company.com/", false, false),
        ("192.0.2.5", "http://192.0.2.5/a.xml", true, true),
        ("2.0.2.5", "http://192.0.2.5/a.xml", false, false),
        ("*.company.com", "http://www.company.com", false, false),
        ("/", "http://anyone.example.com", true, true),
        ("a.example.com,COMPANY.com", "http://WWW.Company.COM", true, true),
        ("", "http://www.company.com", false, false),
    ];
    for (list, href, trusted, strictly) in cases {
        let servers = TrustedServers::parse(list);
        let url = url(href);
        assert_eq!((servers.trust(&url), servers.trust_strictly(&url)), (trusted, strictly), "{list} {href}");
        assert_eq!(servers.is_empty(), list.is_empty() || list.contains('*'), "{list}");
    }
}
