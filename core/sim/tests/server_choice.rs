//! Every way in which file servers can be there or not: which one serves the boot, and who is never asked.
//!
//! {not administered, refuses, silent, no such file, wrong, complete} for each of TLS, HTTP and TFTP, each list one or
//! two servers long: 216 cases with one server each, 46,656 with two. The shorter lists are run whole here, of the
//! longer ones every `STRIDE`th; with the feature `full` all of them.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, flash, h323, ready, site};
use deskset_models::since;
use deskset_phone::{Protocol, State};
use deskset_sim::{Behaviour, Lab, MemoryTree};

const APPLICATION: &str = "lab-4620d01b-h323-2_9_2.bin";
const LISTS: [(Protocol, &str); 3] =
    [(Protocol::Https, "TLSSRVR"), (Protocol::Http, "HTTPSRVR"), (Protocol::Tftp, "TFTPSRVR")];
/// 46,656 cases, about 2,000 of them run: a prime, so that all digits of a case's number vary.
const STRIDE: usize = if cfg!(feature = "full") { 1 } else { 23 };

/// What a server does; `None`: it is not administered.
const STATES: [Option<Behaviour>; 6] = [
    None,
    Some(Behaviour::Refuses),
    Some(Behaviour::Silent),
    Some(Behaviour::Empty),
    Some(Behaviour::Wrong),
    Some(Behaviour::Sound),
];

/// One case: the servers of the three lists.
struct Case {
    servers: Vec<(Protocol, String, Behaviour)>,
}

impl Case {
    /// Case number `number` of those with `length` places in each list: its digits to the base of the states.
    fn new(mut number: usize, length: usize) -> Case {
        let mut servers = Vec::new();
        for (protocol, _) in LISTS {
            for place in 0..length {
                if let Some(behaviour) = STATES[number % STATES.len()] {
                    servers.push((protocol, format!("{}{place}.lab", protocol.key()), behaviour));
                }
                number /= STATES.len();
            }
        }
        Case { servers }
    }

    fn values(&self) -> Vec<(String, String)> {
        LISTS
            .iter()
            .map(|(protocol, list)| {
                let of = self.servers.iter().filter(|(other, ..)| other == protocol);
                let hosts: Vec<&str> = of.map(|(_, host, _)| host.as_str()).collect();
                ((*list).to_owned(), hosts.join(","))
            })
            .collect()
    }

    /// What the rule says each server is asked: the upgrade script until one gives it; that one for all the rest.
    fn expected(&self) -> Vec<Vec<&'static str>> {
        let serving = self.servers.iter().position(|(.., behaviour)| *behaviour == Behaviour::Sound);
        (0..self.servers.len())
            .map(|at| match serving {
                Some(serving) if at == serving => vec!["46xxupgrade.scr", "46xxsettings.scr", "46xxsettings.txt"],
                Some(serving) if at > serving => vec![],
                _ => vec!["46xxupgrade.scr"],
            })
            .collect()
    }

    fn run(&self, files: &MemoryTree) -> (Vec<Vec<String>>, State) {
        let mut lab = Lab::new(7);
        lab.extension(&"4711".parse().unwrap(), common::PASSWORD);
        for (protocol, host, behaviour) in &self.servers {
            lab.serve(*protocol, host, protocol.usual_port(), files, *behaviour);
        }
        let values = self.values();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let phone = lab.phone_with(site(h323("4620SW"), &values), flash(APPLICATION, "2.9.2"));
        lab.power_on(phone);
        lab.settle();
        let asked = self.servers.iter().map(|(protocol, host, _)| lab.asked(*protocol, host)).collect();
        (asked, lab.at(phone).state())
    }
}

fn run_all(length: usize, stride: usize) -> usize {
    // Without FTPSRVR, so that a case is about file servers only.
    let files = Bench::with_settings(&[("FTPSRVR", "")]).files;
    let cases = STATES.len().pow(u32::try_from(LISTS.len() * length).unwrap());
    (0..cases)
        .step_by(stride)
        .map(|number| {
            let case = Case::new(number, length);
            let (asked, state) = case.run(&files);
            assert_eq!(asked, case.expected(), "case {number} of lists {length} long: {:?}", case.servers);
            assert_eq!(state, ready("4711"), "a phone with software in flash is ready whatever the servers do");
        })
        .count()
}

// req: FS-1, FS-5, FS-6, FS-7
#[test]
fn with_one_server_in_each_list_the_first_complete_one_serves_and_the_later_ones_hear_nothing() {
    assert_eq!(run_all(1, 1), 216);
}

// req: FS-1, FS-5, FS-6, FS-7
#[test]
fn with_two_servers_in_each_list_the_same_holds() {
    assert_eq!(run_all(2, STRIDE), 46_656usize.div_ceil(STRIDE));
}

// req: FS-3
#[test]
fn software_from_before_http_asks_tftp_servers_only_whatever_the_lists_say() {
    let files = Bench::with_settings(&[("FTPSRVR", "")]).files;
    for number in 0..STATES.len().pow(3) {
        let case = Case::new(number, 1);
        let mut lab = Lab::new(7);
        lab.extension(&"4711".parse().unwrap(), common::PASSWORD);
        for (protocol, host, behaviour) in &case.servers {
            lab.serve(*protocol, host, protocol.usual_port(), &files, *behaviour);
        }
        let values = case.values();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let setup = site(h323("4620SW"), &values);
        let rules = setup.model.under(setup.signaling).unwrap();
        assert!(!rules.has(since::HTTP, "2.1".parse().unwrap()));
        let phone = lab.phone_with(setup, flash(APPLICATION, "2.1"));
        lab.power_on(phone);
        lab.settle();
        for (protocol, host, _) in &case.servers {
            let asked = lab.asked(*protocol, host);
            assert_eq!(asked.is_empty(), *protocol != Protocol::Tftp, "case {number}: {host} was asked {asked:?}");
        }
    }
}
