//! The files of a lab's file server.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{description, model};
use deskset_files::{
    application::ApplicationFile,
    script::{Position, Script, Step, Stop, Variables},
    site::{Site, application_name, newest_release},
};
use deskset_models::{Model, Signaling, TableHooks};

fn site() -> Site {
    let settings = [("FTPSRVR", "ftp.lab"), ("WMLHOME", "http://a/b c")];
    Site { settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(), payload_bytes: 100 }
}

// req: FS-8
#[test]
fn a_site_has_a_script_a_settings_file_and_an_application_per_signaling() {
    let files = site().files([&model()]).unwrap();
    let names: Vec<String> = files.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["lab-x100d01a-h323-2_2.bin", "lab-x100d01a-sip-2_2.bin", "settings.txt", "upgrade.scr"]);
    let settings = &files[&"settings.txt".parse().unwrap()];
    let text = "## settings of the lab\r\nSET FTPSRVR \"ftp.lab\"\r\nSET WMLHOME \"http://a/b c\"\r\n";
    assert_eq!(String::from_utf8_lossy(settings), text);
    for signaling in Signaling::ALL {
        let name = application_name(&model(), signaling, newest_release(&model(), signaling).unwrap()).unwrap();
        let Ok(ApplicationFile::Lab(application)) = ApplicationFile::read(&files[&name.clone().into()]) else {
            panic!("{name}")
        };
        assert_eq!((application.name.as_str(), application.model.as_str()), (name.as_str(), "X100"));
        assert_eq!((application.signaling, application.length), (signaling, 100));
    }
}

// req: FS-8, FS-9, FS-13
#[test]
fn the_script_names_each_phone_its_application_and_then_the_settings() {
    let mut other = description();
    other.name = "X200".to_owned();
    other.model_id = "X200D01A".to_owned();
    other.signaling.remove(&Signaling::Sip);
    other.files.backup.remove(&Signaling::Sip);
    let other = Model::new(other, std::sync::Arc::new(TableHooks)).unwrap();
    let files = site().files([&model(), &other]).unwrap();
    let script = Script::parse("upgrade.scr", &files[&"upgrade.scr".parse().unwrap()]).unwrap();
    let phones = [
        ("X100D01A", "1", &["APPNAME=lab-x100d01a-h323-2_2.bin"][..]),
        ("X100D01A", "0", &["APPNAME=lab-x100d01a-h323-2_2.bin"]),
        ("X100D01A", "2", &["APPNAME=lab-x100d01a-sip-2_2.bin"]),
        ("X200D01A", "1", &["APPNAME=lab-x200d01a-h323-2_2.bin"]),
        ("X300D01A", "1", &[]),
    ];
    for (id, sig, expected) in phones {
        let variables = Variables::new().with("MODEL", id).with("SIG", sig);
        let mut set = Vec::new();
        let stop = script.run(Position::default(), &variables, |step| {
            if let Step::Set(one) = step {
                set.push(format!("{}={}", one.name, one.value));
            }
        });
        assert_eq!(set, expected, "{id} {sig}");
        let Stop::Get { file, next, .. } = stop else { panic!("{id} {sig}: {stop:?}") };
        assert_eq!(file, "settings.scr");
        let stop = script.run(next, &variables, |_| {});
        assert!(matches!(stop, Stop::Get { file, .. } if file == "settings.txt"));
    }
}

#[test]
fn the_same_site_is_the_same_bytes() {
    assert_eq!(site().files([&model()]).unwrap(), site().files([&model()]).unwrap());
}
