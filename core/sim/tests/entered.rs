//! Values entered at the phone by its local procedures: ADDR, GROUP and SIG; and VIEW, which shows them.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, FILES, h323, ready, site};
use deskset_models::Signaling;
use deskset_phone::{Protocol, Setup, State};
use deskset_sim::{Behaviour, PhoneId};

const SERVER: &str = "192.0.2.7";
const ADDR: &str = "mute 2 3 3 7 #";
const GROUP: &str = "mute 4 7 6 8 7 #";
const SIG: &str = "mute 7 4 4 #";
const VIEW: &str = "mute 8 4 3 9 #";
const CLEAR: &str = "mute 2 5 3 2 7 #";

/// Phone, call server, port, router, mask, file server; tagging off, VLAN and VLANTEST as they are; saved.
const BY_HAND: &str =
    "1 0 * 0 * 0 * 9 # 1 0 * 0 * 0 * 2 # # 1 0 * 0 * 0 * 1 # 2 5 5 * 0 * 0 * 0 # 1 9 2 * 0 * 2 * 7 # * * # # # #";

/// File servers also at the address that is entered, and none told by DHCP.
fn without_dhcp(model: &str) -> (Bench, PhoneId) {
    let mut bench = Bench::new();
    for protocol in [Protocol::Https, Protocol::Http, Protocol::Tftp] {
        bench.lab.serve(protocol, SERVER, protocol.usual_port(), &bench.files, Behaviour::Sound);
    }
    let phone = bench.boot(site(h323(model), &[]));
    (bench, phone)
}

fn origins(bench: &Bench, phone: PhoneId) -> Vec<String> {
    let parameters = bench.lab.at(phone).parameters();
    parameters.iter().map(|(name, set)| format!("{name}={} {}", set.value, set.origin)).collect()
}

// req: FS-7, FS-13
#[test]
fn a_phone_without_dhcp_boots_from_the_addresses_entered_at_it() {
    let (mut bench, phone) = without_dhcp("4620SW");
    assert!(matches!(bench.state(phone), State::Failed { .. }), "nobody told it of a file server");
    let mut asked = Vec::new();
    bench.keys(phone, ADDR);
    for key in BY_HAND.split(' ') {
        let rows = bench.rows(phone);
        bench.keys(phone, key);
        if key == "#" {
            asked.push(rows[..2].join(" / "));
        }
    }
    assert_eq!(
        asked,
        [
            "Phone=0.0.0.0 / New=10.0.0.9_",
            "CallSv= / New=10.0.0.2_",
            "CallSvPort=1719 / New=_",
            "Router=0.0.0.0 / New=10.0.0.1_",
            "Mask=0.0.0.0 / New=255.0.0.0_",
            "FileSv= / New=192.0.2.7_",
            "802.1Q=off / *=change #=OK",
            "VLAN ID=0 / New=_",
            "VLANTEST=60 / New=_",
            "Save new value? / *=no #=yes",
        ]
    );
    assert_eq!(bench.state(phone), ready("4711"));
    let in_force = origins(&bench, phone).len();
    let entered = origins(&bench, phone).into_iter().filter(|line| line.ends_with("entered at the phone"));
    assert_eq!(
        entered.map(|line| line.trim_end_matches(" entered at the phone").to_owned()).collect::<Vec<_>>(),
        [
            "GIPADD=10.0.0.1",
            "HTTPSRVR=192.0.2.7",
            "IPADD=10.0.0.9",
            "L2Q=2",
            "NETMASK=255.0.0.0",
            "TFTPSRVR=192.0.2.7",
            "TLSSRVR=192.0.2.7",
        ],
        "MCIPADD is in the settings file, which goes before"
    );

    let dhcp = bench.tale("power").iter().filter(|line| line.contains("DHCP")).count();
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!((bench.state(phone), origins(&bench, phone).len()), (ready("4711"), in_force));
    let still = bench.tale("power").iter().filter(|line| line.contains("DHCP")).count();
    assert_eq!((dhcp, still), (1, 1), "only the very first start looked for DHCP");

    bench.keys(phone, CLEAR);
    bench.keys(phone, "# #");
    assert_eq!(bench.lab.kept(phone).entered, [].into());
    assert_eq!(bench.lab.at(phone).parameters().value("HTTPSRVR"), "");
}

// req: FS-13
#[test]
fn dhcp_goes_before_what_was_entered_unless_the_phone_has_an_address_of_its_own() {
    let (mut bench, _) = without_dhcp("4621SW");
    let phone = bench.boot(Setup { name: "other".into(), ..site(h323("4621SW"), &[("TLSSRVR", FILES)]) });
    let file_server = |bench: &Bench| {
        let set = bench.lab.at(phone).parameters().get("TLSSRVR").unwrap().clone();
        format!("{} {}", set.value, set.origin)
    };
    bench.keys(phone, ADDR);
    bench.keys(phone, "# # # # # 1 9 2 * 0 * 2 * 7 # # # # #");
    assert_eq!((bench.state(phone), file_server(&bench).as_str()), (ready("4711"), "files.lab DHCP"));
    bench.keys(phone, ADDR);
    bench.keys(phone, "1 0 * 0 * 0 * 9 # # # # # # # # # #");
    assert_eq!((bench.state(phone), file_server(&bench).as_str()), (ready("4711"), "192.0.2.7 entered at the phone"));
    bench.keys(phone, ADDR);
    bench.keys(phone, "0 * 0 * 0 * 0 # # # # # # # # # #");
    assert_eq!((bench.state(phone), file_server(&bench).as_str()), (ready("4711"), "files.lab DHCP"));
}

// req: FS-13
#[test]
fn an_address_that_is_none_is_not_taken() {
    let (mut bench, phone) = without_dhcp("4610SW");
    bench.keys(phone, ADDR);
    bench.keys(phone, "1 0 * 0 * 0 * 2 5 6 #");
    assert_eq!((bench.rows(phone)[1].as_str(), bench.tale("use").last().unwrap().as_str()), ("New=_", "error beep"));
    bench.keys(phone, "1 0 page-left page-left page-left");
    assert_eq!((bench.rows(phone)[1].as_str(), bench.tale("use").last().unwrap().as_str()), ("New=_", "error beep"));
    bench.keys(phone, "phone-exit");
    assert_eq!(bench.lab.kept(phone).entered, [].into());
}

// req: FS-13
#[test]
fn a_group_entered_at_the_phone_takes_the_scripts_other_branch_and_clear_takes_it_away() {
    let mut bench = Bench::new();
    let script = "SET FTPDIR all\nIF $GROUP SEQ 7 GOTO seven\nGOTO end\n# seven\nSET FTPDIR seven\n# end\n";
    let phone = bench.boot(Setup { group: 3, ..h323("4622SW") });
    bench.write("46xxupgrade.scr", script.as_bytes());
    bench.keys(phone, GROUP);
    assert_eq!(bench.rows(phone)[0], "Group=3");
    bench.keys(phone, "7 # #");
    assert_eq!(bench.lab.at(phone).parameters().value("FTPDIR"), "seven");
    bench.keys(phone, CLEAR);
    bench.keys(phone, "# #");
    assert_eq!((bench.lab.at(phone).parameters().value("FTPDIR"), bench.lab.at(phone).setup().group), ("all", 0));
}

// req: FS-10, DC-4
#[test]
fn sip_chosen_at_the_phone_loads_sip_software_and_default_brings_the_other_back() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4621SW"));
    let runs = |bench: &Bench| {
        let stored = bench.lab.kept(phone).application.clone().unwrap();
        (bench.lab.at(phone).setup().signaling, stored.signaling)
    };
    assert_eq!(runs(&bench), (Signaling::H323, Signaling::H323));
    bench.keys(phone, SIG);
    assert_eq!(bench.rows(phone)[..2], ["SIG=default", "*=change #=OK"]);
    bench.keys(phone, "* *");
    assert_eq!(bench.rows(phone)[0], "SIG=SIP");
    bench.keys(phone, "# #");
    assert_eq!((bench.state(phone), runs(&bench)), (ready("4711"), (Signaling::Sip, Signaling::Sip)));
    bench.keys(phone, SIG);
    bench.keys(phone, "* # #");
    assert_eq!((bench.state(phone), runs(&bench)), (ready("4711"), (Signaling::H323, Signaling::H323)));
}

// req: DC-4
#[test]
fn a_model_without_sip_software_offers_none() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620"));
    bench.keys(phone, SIG);
    let mut offered = Vec::new();
    for _ in 0..3 {
        bench.keys(phone, "*");
        offered.push(bench.rows(phone)[0].clone());
    }
    assert_eq!(offered, ["SIG=H.323", "SIG=default", "SIG=H.323"]);
}

#[test]
fn view_shows_all_of_it_page_by_page_and_changes_nothing() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4610SW"));
    let before = bench.lab.kept(phone).clone();
    bench.keys(phone, VIEW);
    let mut seen = Vec::new();
    loop {
        let rows = bench.rows(phone);
        if seen.contains(&rows[0]) {
            break;
        }
        seen.extend(rows.into_iter().filter(|row| !row.is_empty()));
        bench.keys(phone, "*");
    }
    let words = |row: &String| row.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        seen.iter().map(words).collect::<Vec<_>>(),
        [
            "*=next #=OK 1/5",
            "Model 4610SW",
            "MAC 00040D000001",
            "Phone 0.0.0.0",
            "*=next #=OK 2/5",
            "CallSv gk.lab",
            "CallSvPort 1719",
            "Router 0.0.0.0",
            "*=next #=OK 3/5",
            "Mask 0.0.0.0",
            "FileSv files.lab",
            "802.1Q auto",
            "*=next #=OK 4/5",
            "VLAN ID 0",
            "VLANTEST 60",
            "Group 0",
            "*=next #=OK 5/5",
            "SIG default",
            "lab-4610d01a-h323-2_9_2.bin",
            "Release 2.9.2",
        ]
    );
    bench.keys(phone, "5 #");
    assert_eq!((&bench.rows(phone)[1], bench.lab.kept(phone)), (&"a=4711".to_owned(), &before));
}
