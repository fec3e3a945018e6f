//! Plugins that go wrong: what went wrong is told, and phones of other models do not notice.
#![allow(missing_docs, clippy::unwrap_used)]

mod built;
mod common;

use std::fs;

use common::{Bench, dial, profile, ready, rest, tale, told, use_it};
use deskset_host::Catalog;
use deskset_models::Model;
use deskset_phone::{Command, Memory, Protocol::Http};
use deskset_runtime::{Desk, Report};
use tempfile::TempDir;

/// The models that come out of a folder with these fixtures, beside the six.
fn catalog(folder: &TempDir, fixtures: &[&str]) -> Catalog {
    for name in fixtures {
        fs::copy(built::library(name), folder.path().join(format!("{name}.so"))).unwrap();
    }
    let ours = std::env::var_os(deskset_host::PLUGINS_VARIABLE).unwrap();
    let folders: Vec<_> = std::env::split_paths(&ours).chain([folder.path().to_owned()]).collect();
    Catalog::load(&folders)
}

/// Boots both phones at once, then lets both users save.
async fn save_on_both(bench: &Bench, catalog: &Catalog, models: [&str; 2]) -> [Desk; 2] {
    let carrier = bench.carrier();
    let desks = models.into_iter().zip(["4711", "4712"]).map(|(model, extension)| {
        let mut choice = bench.phone(model, extension, &[Http]);
        choice.name = model.to_lowercase();
        let setup = choice.setup(&bench.profile, catalog.model(model).unwrap().clone()).unwrap();
        let mut desk = carrier.desk_with(setup, Memory::default()).unwrap();
        tokio::spawn(async move {
            desk.power_on();
            rest(&mut desk).await;
            use_it(&mut desk, [dial(1, "Front desk", "0"), Command::Save]).await;
            desk
        })
    });
    let [one, other]: [_; 2] = desks.collect::<Vec<_>>().try_into().unwrap();
    [one.await.unwrap(), other.await.unwrap()]
}

// req: DC-4, DC-5
#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_a_hook_is_told_with_plugin_and_hook_and_a_phone_of_another_model_saves() {
    let folder = TempDir::new().unwrap();
    let catalog = catalog(&folder, &["panics-in-hook"]);
    let bench = Bench::with(profile(), &catalog).await;
    let [fickle, sound] = save_on_both(&bench, &catalog, ["Fickle", "4621SW"]).await;

    assert_eq!(fickle.phone().state(), ready("4711"), "{:#?}", told(&fickle));
    let told = "plugin another-vendor-fickle: hook file_name failed: panicked: no name for the file of \
                Some(Extension(4711)); report it to the plugin's maker, other phones go on";
    assert!(tale(&fickle, "use").contains(&told.to_owned()), "{:#?}", tale(&fickle, "use"));
    let reports = [fickle.report(), sound.report()];
    assert_eq!(reports[0].outcome, "failed: save: local: the plugin gave no file name");
    assert_eq!(Report::of(reports.to_vec()).failed, 1);

    assert_eq!(sound.phone().state(), ready("4712"));
    assert_eq!(reports[1].outcome, "ready");
    assert!(bench.backup("4712_4620data.txt").unwrap().contains("Front desk"));
    assert_eq!(bench.backup("4711-fickle.bak"), None);
}

// req: DC-4, DC-5
#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_that_panics_describing_its_model_is_refused_and_the_others_are_used() {
    let folder = TempDir::new().unwrap();
    let catalog = catalog(&folder, &["panics-describing", "x1"]);
    let refusals: Vec<String> = catalog.refusals().iter().map(ToString::to_string).collect();
    let path = folder.path().join("panics-describing.so");
    let refused =
        format!("{}\n  panicked in describe: what was I to say?\n  report it to the plugin's maker", path.display());
    assert_eq!(refusals, [refused]);
    assert_eq!(catalog.models().map(Model::name).last(), Some("X1"));

    let bench = Bench::with(profile(), &catalog).await;
    let desks = save_on_both(&bench, &catalog, ["X1", "4610SW"]).await;
    assert_eq!(desks.map(|desk| desk.report().outcome), ["ready", "ready"]);
    assert!(bench.backup("4711-x1.bak").is_some() && bench.backup("4712_4610data.txt").is_some());
}
