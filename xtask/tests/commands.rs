//! The commands as lab automation sees them: exit codes, one sentence on the error output, JSON on the other.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod running;
#[path = "running/schema.rs"]
mod schema;

use std::{collections::BTreeSet, fs, net::TcpListener, path::Path, process::Stdio};

use clap::CommandFactory as _;
use deskset_media::Sound;
use running::{Program, details, no_password, phones, screen};
use serde_json::Value;

const NONE: [&str; 0] = [];

fn report_schema() -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    serde_json::from_str(&fs::read_to_string(root.join("docs/schema/report-1.json")).unwrap()).unwrap()
}

// req: DC-4, DC-6, AR-3, BR-19
#[test]
fn the_demo_boots_every_model_and_signaling_and_a_user_finds_their_labels_elsewhere() {
    let program = Program::new();
    let ran = program.run(&["demo", "--json", "--folder", "lab"]);
    ran.fine();
    let report = ran.json();
    assert_eq!((&report["schema"], &report["failed"]), (&"deskset-report-1".into(), &0.into()));
    let kinds = phones(&report).iter().map(|phone| format!("{} {}", phone["model"], phone["signaling"]));
    let kinds: BTreeSet<String> = kinds.collect();
    let all = ["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"].map(|model| (model, "h323"));
    let sip = ["4610SW", "4620SW", "4621SW", "4625SW"].map(|model| (model, "sip"));
    let expected = all.into_iter().chain(sip).map(|(model, signaling)| format!("\"{model}\" \"{signaling}\""));
    assert_eq!((phones(&report).len(), kinds), (10, expected.collect()));
    assert!(phones(&report).iter().all(|phone| phone["outcome"] == "ready"), "{report:#}");

    let count = |beginning: &str, end: &str| {
        let wanted = |detail: &&str| detail.starts_with(beginning) && detail.contains(end);
        phones(&report).iter().filter(|phone| details(phone).iter().any(wanted)).count()
    };
    assert_eq!(count("has no application file", ""), 1, "one phone comes without software");
    assert_eq!(count("wanted lab-", ", has lab-"), 1, "one phone comes with the release before");

    let arrived = phones(&report).iter().find(|phone| phone["name"] == "4621sw-h323").unwrap();
    assert_eq!((&arrived["extension"], &arrived["backup_file"]), (&"4711".into(), &"4711_4620data.txt".into()));
    for label in ["Front desk", "Ирина", "總機", "国际长途"] {
        assert!(screen(arrived).contains(label), "{label}:\n{}", screen(arrived));
    }
    let written = fs::read_to_string(program.path("lab/report.json")).unwrap();
    no_password(&written);
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), report);
}

// req: DC-6, PU-1, PU-3, PU-4, PU-6, PU-8
#[test]
fn the_demo_ends_with_a_text_a_page_and_a_sound_and_shows_them() {
    let program = Program::new();
    let ran = program.run(&["demo", "--json", "--folder", "lab"]);
    ran.fine();
    let report = ran.json();
    let pushes = report["pushes"].as_array().unwrap();
    let row = |push: &Value, number: usize| push["screen"][number].as_str().unwrap().trim_end().to_owned();
    let gist = |push: &Value| {
        let words = ["to", "kind", "mode", "alert", "status", "fetched"].map(|key| push[key].to_string());
        format!("{} {}", words.join(" ").replace('"', ""), row(push, 0))
    };
    assert_eq!(
        pushes.iter().map(gist).collect::<Vec<_>>(),
        [
            "4620sw-h323 topline barge 1 200 true Lunch is ready",
            // The call that rings is told of above the page.
            "4625sw-h323 display barge 2 200 true Front desk 21000",
            "4610sw-h323 audio normal 3 200 true Audio >>>>>>>>>",
        ]
    );
    assert_eq!(row(&pushes[1], 1), "Fire drill at 14:00");
    let pings = |phone: &Value| details(phone).into_iter().find(|detail| detail.contains(" ping")).map(str::to_owned);
    let pings: Vec<String> = phones(&report).iter().filter_map(pings).collect();
    let pattern = "in ringing pattern 1";
    assert_eq!(pings, ["1 ping", "3 pings", "2 pings"].map(|pings| format!("{pings} {pattern}")));
    let sound = &pushes[2];
    assert_eq!((&sound["packets"], &sound["heard"]["ms"]), (&150.into(), &3000.into()), "{sound}");
    let recording = program.path(sound["heard"]["file"].as_str().unwrap());
    assert_eq!(Sound::from_wav(Path::new(&recording)).unwrap().samples().len(), 3 * 8_000);
}

// req: DC-6
#[test]
fn a_report_is_as_its_schema_says() {
    let report = Program::new().run(&["demo", "--json", "--folder", "lab"]).json();
    assert_eq!(schema::faults(&report_schema(), &report), NONE);
    let mut wrong = report.clone();
    wrong["phones"][0]["outcome"] = "perhaps".into();
    wrong["phones"][1]["steps"][0]["t_ms"] = "soon".into();
    wrong["phones"][2]["mood"] = "fine".into();
    wrong.as_object_mut().unwrap().remove("failed");
    let places = ["$: no \"failed\"", "$.phones[0].outcome: ", "$.phones[1].steps[0].t_ms: ", "$.phones[2]: mood"];
    let faults = schema::faults(&report_schema(), &wrong);
    assert!(places.iter().all(|place| faults.iter().any(|fault| fault.starts_with(place))), "{faults:#?}");
}

// req: DC-6
#[test]
fn the_demo_tells_people_the_story_and_where_the_report_is() {
    let program = Program::new();
    let ran = program.run(&["demo", "--folder", "lab"]);
    ran.fine();
    let last = ran.out.lines().last().unwrap();
    assert_eq!(last, "report: lab/report.json");
    let line = |words: &[&str]| ran.out.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(line(&["4620sw-h323", "save", "4711_4620data.txt", "bytes stored"]), "{}", ran.out);
    assert!(line(&["4621SW", "h323", "4711", "https", "4711_4620data.txt", "ready"]), "{}", ran.out);
    assert!(line(&["│Front desk"]), "{}", ran.out);
    assert!(line(&["4625sw-h323", "display", "200 Push Message Accepted, fetched"]), "{}", ran.out);
    assert!(line(&["│Fire drill at 14:00"]), "{}", ran.out);
    assert!(line(&["│Audio >>>"]), "{}", ran.out);
    assert!(line(&["heard for 3 seconds", "lab/heard/4610sw-h323/heard-1.wav"]), "{}", ran.out);
}

// req: DC-6, BR-19
#[test]
fn each_fault_of_the_demo_is_a_failure_of_the_phones_it_meets() {
    let faults = [
        ("ftp-stops", &["4620sw-h323: failed: save: connect: ", "4621sw-h323: failed: retrieve: connect: "][..]),
        (
            "wrong-password",
            &[
                "4620sw-h323: failed: login: extension 4711: the password is wrong",
                "4621sw-h323: failed: retrieve: the user's speed dials did not arrive",
            ],
        ),
        ("no-application", &["4620sw-sip: failed: application: lab-4620d01b-sip-2_2_2.bin did not come: "]),
    ];
    for (fault, told) in faults {
        let program = Program::new();
        let ran = program.run(&["demo", "--json", "--folder", "lab", "--fault", fault]);
        let lines: Vec<&str> = ran.err.lines().collect();
        assert_eq!((ran.code, lines.len()), (1, told.len()), "{fault}: {}", ran.err);
        for (line, told) in lines.into_iter().zip(told) {
            assert!(line.starts_with(&format!("deskset: {told}")), "{fault}: {line}");
        }
        let report = ran.json();
        assert_eq!(report["failed"], told.len());
        assert_eq!(schema::faults(&report_schema(), &report), NONE);
        no_password(&fs::read_to_string(program.path("lab/report.json")).unwrap());
    }
    let ran = Program::new().run(&["demo", "--fault", "rain"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("\"rain\" is no fault: choose ftp-stops, wrong-password or no-application"),
        "{}",
        ran.err
    );
}

// req: DC-6
#[test]
fn what_the_surroundings_lack_is_exit_code_3() {
    let program = Program::new();
    fs::write(program.path("file"), "").unwrap();
    let folder = "check the folder and its permissions";
    let ran = program.run(&["demo", "--folder", "file/lab"]);
    ran.failed(3, &format!("making file/lab/files: Not a directory (os error 20); {folder}"));
    let ran = program.run(&["boot", "--lab", "--state", "file/state"]);
    ran.failed(
        3,
        &format!("file/state/phone: making the phone's memory folder: Not a directory (os error 20); {folder}"),
    );
    let ran = program.run(&["serve", "nowhere", "--timeout", "1"]);
    ran.failed(3, "folder nowhere cannot be served: create it and make it readable, or name another");

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let busy = Program::new().with("DESKSET_SERVERS__HTTP_PORT", port);
    let sentence = format!("HTTP port {port} on 127.0.0.1 is in use: stop the other program or choose port 0");
    busy.run(&["demo", "--folder", "lab"]).failed(3, &sentence);
    busy.run(&["boot", "--lab"]).failed(3, &sentence);

    fs::create_dir(program.path("empty")).unwrap();
    let empty = Program::new().with("DESKSET_PLUGINS", program.path("empty"));
    empty.run(&["plugin", "list"]).failed(
        3,
        &format!(
            "no model plugin could be loaded; build the plugins and name their folder in DESKSET_PLUGINS or the \
             profile's plugins.folders; looked in {}",
            program.path("empty")
        ),
    );
    let sentence = "no plugin folder is named; set DESKSET_PLUGINS or the profile's plugins.folders";
    Program::new().with("DESKSET_PLUGINS", "").run(&["demo"]).failed(3, sentence);
}

// req: DC-6
#[test]
fn what_makes_no_sense_is_exit_code_2() {
    let program = Program::new();
    let models = "the plugins describe 4610SW, 4620, 4620SW, 4621SW, 4622SW, 4625SW";
    let asked: [(&[&str], String); 11] = [
        (
            &["demo", "--profile", "lap"],
            "there is no profile \"lap\"; known: default, lab; or give the path of a .toml file".to_owned(),
        ),
        (&["plugin", "show", "4699"], format!("there is no model \"4699\"; {models}")),
        (&["boot", "--lab", "--model", "4699"], format!("there is no model \"4699\"; {models}")),
        (
            &["boot", "--lab", "--model", "4620", "--signaling", "sip"],
            "the 4620 has no SIP software; choose another signaling or model".to_owned(),
        ),
        (
            &["boot", "--lab", "--extension", "4799"],
            "the profile has no extension 4799; add it there, or give --password".to_owned(),
        ),
        (
            &["boot"],
            "no file server is named; give --set HTTPSRVR=ADDRESS (or TLSSRVR, TFTPSRVR), a profile with [site], or \
             --lab"
                .to_owned(),
        ),
        (
            &["boot", "--lab", "--name", "../phone"],
            "the name of a phone is also its folder's: \"../phone\" cannot name a file: use names without control \
             characters, `..` or empty parts"
                .to_owned(),
        ),
        (&["boot", "--set", "HTTPSRVR"], "\"HTTPSRVR\" is no NAME=VALUE".to_owned()),
        (
            &["boot", "--lab", "--extension", "4711", "--dial", "1=Ann"],
            "\"1=Ann\" is no POSITION=LABEL=NUMBER".to_owned(),
        ),
        (
            &["boot", "--lab", "--dial", "1=Ann=1"],
            "--dial and --option need --extension: a phone without one saves nothing".to_owned(),
        ),
        (
            &["screen", "--application", "mail"],
            "\"mail\" is no application: write phone, speed-dial, call-log, redial, options or web".to_owned(),
        ),
    ];
    for (arguments, sentence) in asked {
        program.run(arguments).failed(2, &sentence);
    }
    fs::write(program.path("own.toml"), "[servers]\nhttpport = 1\n").unwrap();
    let ran = program.run(&["demo", "--profile", "own.toml"]);
    ran.failed(2, "own.toml: unknown key servers.httpport; nearest known: servers.http_port, servers.https_port, servers.tftp_port");
    let ran = Program::new().with("DESKSET_SERVERS__HTTPPORT", 1).run(&["demo"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("DESKSET_SERVERS__HTTPPORT") && ran.err.lines().count() == 1, "{}", ran.err);
}

// req: DC-6
#[test]
fn a_reader_that_has_heard_enough_is_no_defect() {
    let program = Program::new();
    for arguments in [&["plugin", "show", "4620SW", "--json"][..], &["boot", "--lab"]] {
        let mut child = program.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(3), ""));
    }
}

// req: DC-4, DC-6
#[test]
fn plugins_are_listed_and_shown() {
    let program = Program::new();
    let listed = program.run(&["plugin", "list", "--json"]);
    listed.fine();
    let listed = listed.json();
    assert_eq!((&listed["schema"], &listed["refused"]), (&"deskset-plugins-1".into(), &Value::Array(Vec::new())));
    let plugins = listed["plugins"].as_array().unwrap();
    let models: Vec<&str> = plugins.iter().map(|plugin| plugin["models"][0].as_str().unwrap()).collect();
    assert_eq!(models, ["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"]);
    assert_eq!(program.run(&["plugin", "list"]).out.lines().count(), 6);

    let shown = program.run(&["plugin", "show", "4625sw", "--json"]).json();
    assert_eq!((&shown["schema"], &shown["model"]["name"]), (&"deskset-model-1".into(), &"4625SW".into()));
    assert_eq!(shown["model"]["options"].as_array().unwrap().len(), 22);
    let shown = program.run(&["plugin", "show", "4625SW"]);
    shown.fine();
    assert!(shown.out.contains("{ext}_4620data_sip.txt"), "{}", shown.out);
}

// req: DC-4, DC-6
#[test]
fn a_library_that_is_refused_makes_the_list_a_failure_and_is_told_of() {
    let program = Program::new();
    let ours = std::env::var("DESKSET_PLUGINS").unwrap();
    fs::write(program.path("bad.so"), "not a library").unwrap();
    let both = format!("{ours}:{}", program.folder.path().display());
    let ran = Program::new().with("DESKSET_PLUGINS", both).run(&["plugin", "list", "--json"]);
    assert_eq!(ran.code, 1);
    let listed = ran.json();
    assert_eq!(listed["plugins"].as_array().unwrap().len(), 6);
    assert_eq!(listed["refused"][0]["path"], program.path("bad.so"));
    assert!(ran.err.starts_with(&program.path("bad.so")) && ran.err.lines().count() <= 5, "{}", ran.err);
}

// req: DC-6
#[test]
fn every_command_shows_an_example() {
    let program = Program::new();
    let mut paths = vec![Vec::new()];
    collect(&xtask::Arguments::command(), &mut Vec::new(), &mut paths);
    assert!(paths.len() > 10, "{paths:?}");
    for mut path in paths {
        path.push("--help".to_owned());
        let ran = program.run(&path);
        ran.fine();
        assert!(ran.out.contains("Example"), "{path:?}:\n{}", ran.out);
    }
}

fn collect(command: &clap::Command, above: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        above.push(below.get_name().to_owned());
        paths.push(above.clone());
        collect(below, above, paths);
        above.pop();
    }
}
