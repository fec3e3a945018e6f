//! Another vendor adds a model: a crate outside of this workspace, a folder named in a profile, nothing else.
#![allow(missing_docs, clippy::unwrap_used)]

mod built;
mod common;

use std::{fs, path::Path};

use common::{Bench, SIX, dial, dials, option, option_of, profile_from, ready, rest, told, use_it};
use deskset_host::Catalog;
use deskset_phone::{
    Command, Memory,
    Protocol::{Http, Https, Tftp},
    View,
};
use deskset_profiles::Profile;
use deskset_runtime::{Desk, StateFolder};
use tempfile::TempDir;

/// A profile file that names the six models' folders and one with the X1.
fn profile_with_x1(folder: &TempDir) -> Profile {
    let vendor = folder.path().join("vendor");
    fs::create_dir(&vendor).unwrap();
    fs::copy(built::library("x1"), vendor.join("x1.so")).unwrap();
    let ours = std::env::var(deskset_host::PLUGINS_VARIABLE).unwrap();
    let folders: Vec<String> = ours.split(':').map(str::to_owned).chain([vendor.display().to_string()]).collect();
    let file = folder.path().join("vendor.toml");
    let extensions = "[extensions]\n\"4711\" = \"904711\"\n\"4712\" = \"904712\"\n";
    fs::write(&file, format!("[plugins]\nfolders = {folders:?}\n{extensions}")).unwrap();
    profile_from(&file.display().to_string())
}

async fn boot(bench: &Bench, catalog: &Catalog, choice: &deskset_runtime::PhoneChoice) -> Desk {
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), StateFolder::Nowhere);
    let setup = choice.setup(&bench.profile, catalog.model(&choice.model).unwrap().clone()).unwrap();
    let mut desk = carrier.desk_with(setup, Memory::default()).unwrap();
    desk.power_on();
    rest(&mut desk).await;
    desk
}

// req: DC-3, DC-4, DC-5
#[tokio::test(flavor = "multi_thread")]
async fn a_model_of_another_vendor_boots_saves_and_retrieves_beside_the_six() {
    let folder = TempDir::new().unwrap();
    let profile = profile_with_x1(&folder);
    let catalog = Catalog::load(&profile.plugins.folders);
    let refusals: Vec<String> = catalog.refusals().iter().map(ToString::to_string).collect();
    assert_eq!(refusals, Vec::<String>::new());
    let names: Vec<&str> = catalog.models().map(deskset_models::Model::name).collect();
    assert_eq!(names, [&SIX[..], &["X1"]].concat());

    let bench = Bench::with(profile, &catalog).await;
    let choice = bench.phone("x1", "4711", &[Http]);
    let mut desk = boot(&bench, &catalog, &choice).await;
    assert_eq!(desk.phone().state(), ready("4711"), "{:#?}", told(&desk));
    assert_eq!(
        bench.files_asked(4).await,
        [
            "HTTP x1boot.scr complete",
            "HTTP lab-x1a-h323-1_0.bin complete",
            "HTTP x1boot.scr complete",
            "HTTP x1settings.txt complete"
        ]
    );
    use_it(&mut desk, [dial(1, "Front desk", "0"), option("ring colour", "red"), Command::Save]).await;
    assert_eq!(
        bench.backup("4711-x1.bak").unwrap(),
        "\r\nRing Colour=red\r\nAutomatic Backup=1\r\nABKNAME001=Front desk\r\nABKNUMBER001=0\r\n"
    );
    drop(desk);

    let mut desk = boot(&bench, &catalog, &bench.phone("X1", "4711", &[Tftp])).await;
    assert_eq!(desk.phone().state(), ready("4711"));
    assert_eq!(option_of(&desk, "4711", "Ring Colour"), Some("red".to_owned()));
    assert_eq!(dials(&desk, "4711"), [(1, "Front desk".to_owned(), "0".to_owned())]);
    use_it(&mut desk, [Command::Show(View::SpeedDial { page: 0 })]).await;
    let screen = desk.screen();
    assert_eq!((screen.columns(), screen.rows().len()), (20, 4));
    assert!(screen.rows()[1].starts_with("Front des "), "two columns, a blank between them: {screen}");

    let desk = boot(&bench, &catalog, &bench.phone("4621SW", "4712", &[Https])).await;
    assert_eq!(desk.phone().state(), ready("4712"), "the six are what they were");
}

// req: DC-3, DC-5
#[test]
fn nothing_in_core_knows_the_other_vendors_model() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut naming = Vec::new();
    for room in fs::read_dir(core).unwrap() {
        sources(&room.unwrap().path().join("src"), &mut naming);
    }
    let naming: Vec<String> = naming.into_iter().filter(|line| names_x1(line)).collect();
    assert_eq!(naming, Vec::<String>::new());
}

/// Whether `X1` stands there as a word of its own, or at the beginning of one of its file names.
fn names_x1(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric());
    words.map(str::to_ascii_lowercase).any(|word| word == "x1" || word == "x1boot" || word == "x1a")
}

fn sources(folder: &Path, lines: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, lines);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            lines.extend(text.lines().map(|line| format!("{}: {line}", path.display())));
        }
    }
}
