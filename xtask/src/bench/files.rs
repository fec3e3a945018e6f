//! The settings language and the backup files.

#[path = "../../../core/files/benches/settings_file/mod.rs"]
mod settings_file;

use std::{hint::black_box, sync::Arc};

use deskset_files::{
    backup::{BackupFile, SpeedDial, UserData, write},
    script::{Position, Script, Variables},
    settings::{Library, Outcome},
};
use deskset_host::Catalog;
use deskset_models::Signaling;

use super::{
    Figure, Pace,
    inside::{Work, measured},
};
use settings_file::settings_file;

const GROUP: &str = "files";

/// Speed dials of a user who has many.
const DIALS: u16 = 48;

pub(super) fn run(pace: &Pace, catalog: &Catalog, tell: &dyn Fn(&str)) -> Result<Vec<Figure>, String> {
    let model = catalog.models().next().ok_or_else(|| "there are no models".to_owned())?;
    tell("settings files");
    let (site, short) = (settings_file(10_000), settings_file(400));
    let mib = site.len() as f64 / f64::from(1 << 20);
    let mut parse = || drop(black_box(Script::parse("settings.txt", black_box(site.as_bytes()))));
    // From bytes to lines of text: less than that nobody can do.
    let mut split = || {
        let text = str::from_utf8(black_box(site.as_bytes()));
        black_box(text.map(|text| text.lines().map(str::len).sum::<usize>()).is_ok());
    };
    let values = [("BOOTNAME", "b.v03"), ("GROUP", "0"), ("SIG", "1"), ("MODEL", "4620D01B"), ("MODEL4", "4620")];
    let variables = values.iter().fold(Variables::new(), |all, (name, value)| all.with(name, *value));
    let script = Script::parse("settings.txt", short.as_bytes()).map_err(|why| format!("{why:?}"))?;
    let (script, library) = (Arc::new(script), Library::new());
    let mut first = || drop(black_box(Outcome::of(black_box(&script), Position::default(), model, &variables)));
    let mut next = || drop(black_box(library.run(black_box(&script), Position::default(), model, &variables)));
    let named = |words: &str| (GROUP, words.to_owned());
    let mut figures = vec![
        measured(
            pace,
            named("parsing 10,000 lines of settings"),
            "MiB/s",
            Some(0.3),
            Work { name: "deskset", worth: mib, work: &mut parse },
            Some(Work { name: "splitting into lines", worth: mib, work: &mut split }),
        ),
        measured(
            pace,
            named("evaluating 400 lines for one phone, a second"),
            "evaluations",
            // 20 µs each.
            Some(50_000.0),
            Work { name: "deskset", worth: 1.0, work: &mut first },
            None,
        ),
        measured(
            pace,
            named("the same for the next phone like it, a second"),
            "evaluations",
            None,
            Work { name: "deskset", worth: 1.0, work: &mut next },
            None,
        ),
    ];
    tell("backup files");
    let data = user();
    let file = write(&data, model, Signaling::H323, |_| "1".to_owned());
    let mut store = || drop(black_box(write(black_box(&data), model, Signaling::H323, |_| "1".to_owned())));
    let mut read = || drop(black_box(BackupFile::read(black_box(&file), model, Signaling::H323)));
    let words = format!("a backup file of {} bytes, {DIALS} speed dials", file.len());
    for (what, work) in [("written", &mut store as &mut dyn FnMut()), ("read", &mut read)] {
        let work = Work { name: "deskset", worth: 1.0, work };
        figures.push(measured(pace, (GROUP, format!("{words}: {what}, a second")), "files", None, work, None));
    }
    Ok(figures)
}

fn user() -> UserData {
    let dial = |position: u16| {
        (position, SpeedDial { label: format!("Бюро {position}"), number: format!("91202555{position:04}") })
    };
    UserData { speed_dials: (1..=DIALS).map(dial).collect(), ..UserData::default() }
}
