use std::{fs, path::PathBuf, sync::Arc};

use deskset_phone::Screen;
use deskset_runtime::{
    Moment, PhoneReport, Report, RuntimeError,
    demo::{self, Plan},
    lab::Lab,
};
use deskset_screen::Renderer;

use super::{block_on, profile, progress, screen::refused, state};
use crate::{CommandError, Exit, arguments::Demo, plugins, show};

/// The user saves here …
const FROM: &str = "4620SW";
/// … and finds it there.
const TO: &str = "4621SW";
/// This one has calls at the end.
const RINGS: &str = "4625SW";
/// This one hears a gong.
const HEARS: &str = "4610SW";
/// How many times as large pictures are.
const SCALE: u16 = 2;

pub(crate) fn run(asked: &Demo) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let folder = folder(asked)?;
    let (served, written) = (folder.join("files"), folder.join("report.json"));
    let failed = |what: &str, path: &PathBuf| {
        let what = format!("{what} {}", path.display());
        move |source| CommandError::Folder { what, source }
    };
    fs::create_dir_all(&served).map_err(failed("making", &served))?;
    let [from, to, rings, hears] = [FROM, TO, RINGS, HEARS].map(str::to_owned);
    let plan = Plan { from, to, rings, hears, fault: asked.fault };
    let bar = progress(asked.common.json);
    let line = bar.clone();
    let watcher = Arc::new(move |phone: &str, event: &deskset_phone::Event| {
        line.set_message(format!("{phone}: {}", event.kind));
        line.tick();
    });
    let state = state(&asked.common, &profile);
    let report = block_on(None, async {
        let lab = Lab::start(&profile, &catalog, &served, state, Some(watcher)).await?;
        let mut lab = lab.recording(&folder.join("heard"));
        let report = demo::run(&mut lab, &catalog, &plan).await;
        lab.stop().await;
        Ok(report?)
    })?;
    bar.finish_and_clear();
    let text = serde_json::to_vec_pretty(&report)
        .map_err(|why| CommandError::Environment(format!("the report cannot be written as JSON: {why}")))?;
    fs::write(&written, text).map_err(failed("writing", &written))?;
    if let Some(pictures) = &asked.pictures {
        fs::create_dir_all(pictures).map_err(failed("making", pictures))?;
        for (name, phone, cells) in scenes(&report) {
            let display = &catalog.model(&phone.model).map_err(RuntimeError::from)?.tables().display;
            let picture = Renderer::new(display).and_then(|mut drawn| drawn.draw(cells).scaled(SCALE)?.to_png());
            let file = pictures.join(format!("{name}.png"));
            fs::write(&file, picture.map_err(refused)?).map_err(failed("writing", &file))?;
        }
    }
    if asked.common.json {
        show::json(&report)?;
    } else {
        tell(&report);
        say!("\nreport: {}", written.display());
    }
    for phone in report.phones.iter().filter(|phone| phone.has_failed()) {
        eprintln!("deskset: {}: {}", phone.name, phone.outcome);
    }
    Ok(if report.failed == 0 { Exit::Fine } else { Exit::Failed })
}

/// Every phone before the pushes, then the moments of the story: what each picture is called, whose screen it shows.
fn scenes(report: &Report) -> impl Iterator<Item = (String, &PhoneReport, &Screen)> {
    let phones = report.phones.iter().map(|phone| (phone.name.clone(), phone, &phone.cells));
    let moments = report.moments.iter().filter_map(|Moment { phone, what, cells }| {
        let report = report.phones.iter().find(|report| report.name == *phone)?;
        Some((format!("{phone}-{what}"), report, cells))
    });
    phones.chain(moments)
}

fn tell(report: &Report) {
    show::timeline(report);
    say!("");
    for phone in &report.phones {
        show::screen(phone, &phone.cells.rows());
    }
    say!("");
    show::table(report);
    for pushed in &report.pushes {
        say!("");
        show::push(&pushed.line);
        if let Some(heard) = &pushed.heard {
            let seconds = heard.ms / 1000;
            say!("heard for {seconds} seconds, at most {} of 100 loud: {}", heard.loudest, heard.file);
        }
        show::frame(&pushed.screen);
    }
}

/// A folder that stays: the report is in it.
fn folder(asked: &Demo) -> Result<PathBuf, CommandError> {
    match &asked.folder {
        Some(folder) => Ok(folder.clone()),
        None => tempfile::Builder::new()
            .prefix("deskset-demo-")
            .tempdir()
            .map(tempfile::TempDir::keep)
            .map_err(|source| CommandError::Folder { what: "making a folder for the demo".to_owned(), source }),
    }
}
