//! What a DHCP server's strings mean.
#![allow(missing_docs, clippy::unwrap_used)]

use deskset_files::dhcp::{Answer, Order, SiteFault, SiteOption};
use proptest::prelude::*;

fn values(text: &str) -> Vec<(String, String)> {
    SiteOption::parse(text, Order::Free).values
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

// req: BR-7, FS-13
#[test]
fn the_site_string_is_taken_apart_at_commas() {
    let table: [(&str, &[(&str, &str)]); 9] = [
        (
            "MCIPADD=192.0.2.1,MCPORT=1719,TFTPDIR=phones,TFTPSRVR=192.0.2.2",
            &[("MCIPADD", "192.0.2.1"), ("MCPORT", "1719"), ("TFTPDIR", "phones"), ("TFTPSRVR", "192.0.2.2")],
        ),
        // A list without quotes goes on, and with them it is one value anyway.
        ("MCIPADD=192.0.2.1,192.0.2.2,MCPORT=1719", &[("MCIPADD", "192.0.2.1,192.0.2.2"), ("MCPORT", "1719")]),
        ("MCIPADD=\"gk1,gk2\",MCPORT=1719", &[("MCIPADD", "gk1,gk2"), ("MCPORT", "1719")]),
        // Blanks around names and values, as the guide of R2.2 prints one.
        (" MCIPADD = 192.0.2.1 , MCPORT=1719 ", &[("MCIPADD", "192.0.2.1"), ("MCPORT", "1719")]),
        ("httpsrvr=files.lab", &[("HTTPSRVR", "files.lab")]),
        ("WMLHOME=\"http://a/b c\"", &[("WMLHOME", "http://a/b c")]),
        ("HTTPSRVR=,L2Q=1", &[("HTTPSRVR", ""), ("L2Q", "1")]),
        ("L2Q=1,L2Q=2", &[("L2Q", "1"), ("L2Q", "2")]),
        ("", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(values(text), pairs(expected), "{text}");
    }
}

// req: FS-13
#[test]
fn what_means_nothing_is_told() {
    let faults = |text: &str, order| SiteOption::parse(text, order).faults;
    assert_eq!(faults("192.0.2.1,L2Q=1", Order::Free), [SiteFault::NoName("192.0.2.1".to_owned())]);
    assert_eq!(faults("L2Q=1,=5", Order::Free), [SiteFault::NoName("=5".to_owned())]);
    assert_eq!(faults("WMLHOME=\"http://a,L2Q=1", Order::Free), [SiteFault::OpenQuote]);
    assert_eq!(faults(&format!("DOMAIN={}", "x".repeat(5000)), Order::Free), [SiteFault::TooLong]);
}

// req: FS-13
#[test]
fn the_directory_has_to_come_before_the_server_where_the_guide_is_followed_to_the_letter() {
    let late = "TFTPSRVR=192.0.2.2,TFTPDIR=phones";
    assert_eq!(values(late), pairs(&[("TFTPSRVR", "192.0.2.2"), ("TFTPDIR", "phones")]));
    let strict = SiteOption::parse(late, Order::DirectoryFirst);
    assert_eq!(strict.values, pairs(&[("TFTPSRVR", "192.0.2.2")]));
    assert_eq!(strict.faults, [SiteFault::LateDirectory]);
    let early = "TFTPDIR=phones,TFTPSRVR=192.0.2.2";
    assert_eq!(SiteOption::parse(early, Order::DirectoryFirst).values, values(early));
}

// req: FS-13
#[test]
fn the_site_option_comes_last_so_that_it_wins() {
    let answer = Answer {
        siaddr: Some("192.0.2.9".parse().unwrap()),
        dns_servers: "192.0.2.53".to_owned(),
        domain: "lab".to_owned(),
        tftp_server_name: "tftp,192.0.2.8".to_owned(),
        site: "TFTPSRVR=192.0.2.7".to_owned(),
        siaddr_serves_http: false,
    };
    let expected = [
        ("TFTPSRVR", "192.0.2.9"),
        ("DNSSRVR", "192.0.2.53"),
        ("DOMAIN", "lab"),
        ("TFTPSRVR", "tftp,192.0.2.8"),
        ("TFTPSRVR", "192.0.2.7"),
    ];
    assert_eq!(answer.values(Order::Free), pairs(&expected));
    let younger = Answer { siaddr_serves_http: true, site: String::new(), ..answer.clone() };
    let names: Vec<String> = younger.values(Order::Free).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["TFTPSRVR", "HTTPSRVR", "TLSSRVR", "DNSSRVR", "DOMAIN", "TFTPSRVR"]);
    let none = Answer { siaddr: Some([0, 0, 0, 0].into()), ..Answer::default() };
    assert_eq!(none.values(Order::Free), []);
}

proptest! {
    // req: FS-13
    #[test]
    fn any_string_is_taken_apart_without_harm(text in ".{0,600}") {
        for order in [Order::Free, Order::DirectoryFirst] {
            for (name, _) in SiteOption::parse(&text, order).values {
                prop_assert!(!name.trim().is_empty());
            }
        }
    }

    // req: FS-13
    #[test]
    fn sound_values_come_out_as_they_went_in(list in prop::collection::vec(("[A-Z][A-Z0-9]{1,8}", "[a-z0-9./:-]{1,20}"), 1..8)) {
        let text: Vec<String> = list.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let expected: Vec<(String, String)> = list;
        prop_assert_eq!(values(&text.join(",")), expected);
    }
}
