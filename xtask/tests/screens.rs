//! `screen` as text, as a picture, for a terminal, and as JSON.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod running;
#[path = "running/schema.rs"]
mod schema;

use std::{fs, path::Path};

use running::Program;
use serde_json::Value;

const ASKED: [&str; 5] = ["screen", "--model", "4625SW", "--extension", "4711"];

// req: DC-6
#[test]
fn a_screen_is_a_picture_in_a_file_and_a_digest_in_the_report() {
    let program = Program::new();
    let ran = program.run(&[&ASKED[..], &["--json", "--png", "screen.png", "--scale", "3"]].concat());
    ran.fine();
    let shown = ran.json();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema/screen-1.json");
    let described: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(schema::faults(&described, &shown), [""; 0], "{shown}");
    assert_eq!((&shown["pixels"]["width"], &shown["pixels"]["height"]), (&320.into(), &240.into()));
    assert_eq!((&shown["background"], &shown["contrast"], &shown["lit"]), (&"FFFFFF".into(), &8.into(), &true.into()));
    let png = fs::read(program.path("screen.png")).unwrap();
    // The signature, then the header with width and height (PNG specification, 5.2 and 11.2.1).
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!((&png[16..20], &png[20..24]), (&960u32.to_be_bytes()[..], &720u32.to_be_bytes()[..]));
}

// req: DC-6
#[test]
fn a_terminal_shows_pixels_or_text() {
    let program = Program::new().with("COLORTERM", "truecolor");
    let ran = program.run(&[&ASKED[..], &["--ansi"]].concat());
    ran.fine();
    assert_eq!((ran.out.lines().count(), ran.out.lines().next().unwrap().matches('▀').count()), (120, 320));
    assert!(ran.out.starts_with("\x1b[38;2;255;255;255;48;2;255;255;255m"), "{:?}", &ran.out[..60]);
    let ran = program.run(&[&ASKED[..], &["--ansi", "--text", "--png", "screen.png"]].concat());
    ran.fine();
    assert!(ran.out.starts_with("phone  4711\n┌") && ran.out.contains('▀'), "{}", ran.out);
    let ran = program.run(&[&ASKED[..], &["--png", "screen.png"]].concat());
    ran.fine();
    assert_eq!(ran.out, "", "the file is what was asked for");
}

// req: DC-6
#[test]
fn every_application_can_be_looked_at() {
    let program = Program::new();
    let top = |application: &str| {
        let ran = program.run(&[&ASKED[..], &["--application", application, "--json"]].concat());
        ran.fine();
        ran.json()["screen"][0].as_str().unwrap().trim_end().to_owned()
    };
    let tops = ["call-log", "redial", "options", "web"].map(top);
    assert_eq!(tops, ["Missed Calls", "Redial", "Options                  <1>", "Web"]);
    for application in ["phone", "speed-dial"] {
        assert!(top(application).contains(':'), "the time of day");
    }
}

#[test]
fn a_picture_that_cannot_be_is_refused() {
    let program = Program::new();
    let ran = program.run(&[&ASKED[..], &["--scale", "17"]].concat());
    assert_eq!((ran.code, ran.err.contains("17 is not in 1..=16")), (2, true), "{}", ran.err);
    let nowhere = program.path("missing/screen.png");
    let why = "No such file or directory (os error 2); check the folder and its permissions";
    program.run(&[&ASKED[..], &["--png", &nowhere]].concat()).failed(3, &format!("writing {nowhere}: {why}"));
}

/// Width, height and every pixel of a PNG file.
fn pixels(file: &Path) -> (u32, u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::BufReader::new(fs::File::open(file).unwrap()));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    (frame.width, frame.height, pixels)
}

// req: DC-6, AR-3
#[test]
fn the_pictures_in_the_readme_are_those_that_the_demo_draws() {
    let program = Program::new();
    program.run(&["demo", "--json", "--folder", "lab", "--pictures", "pictures"]).fine();
    assert_eq!(fs::read_dir(program.path("pictures")).unwrap().count(), 14, "one of each phone, one of each moment");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
    for (drawn, kept_as) in [
        ("4620sw-h323-saved", "4620sw"),
        ("4625sw-h323", "4625sw"),
        ("4620sw-h323-topline", "4620sw-topline"),
        ("4625sw-h323-display", "4625sw-page"),
        ("4610sw-h323-audio", "4610sw-audio"),
    ] {
        let (drawn, kept) = (program.path(&format!("pictures/{drawn}.png")), kept.join(format!("{kept_as}.png")));
        if std::env::var_os("DESKSET_UPDATE").is_some() {
            fs::copy(&drawn, &kept).unwrap();
        }
        let same = pixels(Path::new(&drawn)) == pixels(&kept);
        assert!(same, "run this test with DESKSET_UPDATE=1 and look at what changes in {}", kept.display());
    }
}
