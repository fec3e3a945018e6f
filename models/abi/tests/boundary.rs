#![allow(missing_docs)]
//! A plugin's model, spoken to through the boundary as the host does.

use abi_stable::{
    sabi_trait::TD_Opaque,
    std_types::{RArc, RErr, RNone, ROk, RSome, RStr},
};
use deskset_abi::{
    Identity,
    v1::{HostServices, HostServices_TO, ModelBox, Plugin, PluginModel, root},
};
use deskset_models::{Description, FileAsk, FileKind, Release, Signaling};

struct X100;

impl PluginModel for X100 {
    fn describe(&self) -> Description {
        Description { name: "X100".to_owned(), ..Description::default() }
    }

    fn file_name(&self, ask: &FileAsk) -> Option<String> {
        (ask.kind == FileKind::UpgradeScript).then(|| format!("x100-{}.scr", ask.release))
    }

    fn check_value(&self, name: &str, value: &str) -> Option<String> {
        assert!(name != "Trap", "sprung by {value}");
        None
    }

    fn extension(&self, id: &str, input: &str) -> Option<String> {
        (id == "echo").then(|| input.to_owned())
    }
}

struct Example;

impl Plugin for Example {
    fn identity() -> Identity {
        Identity { id: "example".to_owned(), version: "1.2.0".to_owned(), vendor: "Example".to_owned() }
    }

    fn models() -> Vec<Box<dyn PluginModel>> {
        vec![Box::new(X100)]
    }
}

#[derive(Clone)]
struct Silent;

impl HostServices for Silent {
    fn log(&self, _: u8, _: RStr<'_>) {}
}

fn model() -> ModelBox {
    let host = HostServices_TO::from_ptr(RArc::new(Silent), TD_Opaque);
    root::<Example>().models()(host).into_result().unwrap_or_default().into_iter().next().expect("one model")
}

#[test]
fn identity_and_description_cross_as_json() {
    let identity = root::<Example>().identity()();
    assert_eq!(identity, ROk(r#"{"id":"example","version":"1.2.0","vendor":"Example"}"#.into()));
    let document = model().describe().into_result().unwrap_or_default();
    let description: Description = serde_json::from_str(&document).unwrap_or_default();
    assert_eq!(description, X100.describe());
}

#[test]
fn the_hook_is_asked_for_files_it_knows_and_the_table_decides_on_others() {
    let ask = FileAsk {
        kind: FileKind::UpgradeScript,
        signaling: Signaling::Sip,
        extension: None,
        release: Release::new(2, 2),
    };
    let ask = serde_json::to_string(&ask).unwrap_or_default();
    assert_eq!(ask, r#"{"kind":"upgrade_script","signaling":"sip","extension":null,"release":"2.2"}"#);
    assert_eq!(model().file_name(ask.as_str().into()), ROk(RSome("x100-2.2.scr".into())));
    let later = ask.replace("upgrade_script", "certificate");
    assert_eq!(model().file_name(later.as_str().into()), ROk(RNone));
}

#[test]
fn a_panicking_hook_answers_with_an_error_and_the_next_call_works() {
    let model = model();
    assert_eq!(model.check_value("Trap".into(), "1".into()), RErr("panicked: sprung by 1".into()));
    assert_eq!(model.check_value("Ring".into(), "1".into()), ROk(RNone));
}

#[test]
fn an_unknown_question_gets_no_answer() {
    assert_eq!(model().extension("echo".into(), "{}".into()), ROk(RSome("{}".into())));
    assert_eq!(model().extension("colour".into(), "{}".into()), ROk(RNone));
}
