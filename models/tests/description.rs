//! The document that crosses the plugin boundary: old and new forms, and what is wrong with it.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use deskset_models::{
    BootText, BootTexts, Colours, Description, Extension, FileAsk, FileKind, FilenameRules, Flaw, HookError, Hooks,
    Model, NameError, OptionRow, ParameterRow, ParameterSource, Release, RowKind, Signaling, SignalingRules,
    TableHooks, ValueFault, Values, since,
};

const SMALL: &str = r#"{
    "schema": 1,
    "name": "X100",
    "signaling": {"h323": {"sig": 1, "releases": ["2.2"], "since": {"http": "2.2"}}},
    "files": {"upgrade_script": "upgrade.scr", "backup": {"h323": "{ext}_data.txt"}},
    "options": [{"name": "Contrast", "values": {"kind": "number", "min": 0, "max": 15}, "default": "8"}],
    "parameters": [{"name": "OPSTAT", "values": {"kind": "digits", "min_chars": 1, "max_chars": 3}}],
    "display": {
        "width": 168, "height": 80, "columns": 28, "rows": 5, "cell_width": 6, "cell_height": 16,
        "colours": {"kind": "gray", "levels": 4},
        "zones": {"first_application_row": 1, "application_rows": 3, "softkey_row": 4}
    }
}"#;

fn small() -> Description {
    serde_json::from_str(SMALL).unwrap()
}

/// The small description, changed.
fn changed(change: impl FnOnce(&mut Description)) -> Vec<Flaw> {
    let mut description = small();
    change(&mut description);
    description.flaws()
}

// req: DC-5
#[test]
fn a_document_with_little_in_it_is_read_and_the_rest_has_defaults() {
    let description = small();
    assert_eq!(description.flaws(), []);
    assert_eq!(description.display.colours, Colours::Gray { levels: 4 });
    let row = &description.options.rows[0];
    assert_eq!(
        (row.kind, row.label.as_str(), row.carried, row.is_on(Signaling::Sip)),
        (RowKind::Option, "", false, true)
    );
    assert_eq!(description.speed_dial, Default::default());
    assert_eq!(serde_json::from_str::<Description>("{}").unwrap(), Description::default());
}

// req: DC-5
#[test]
fn keys_that_this_version_does_not_know_are_passed_over() {
    let newer = SMALL
        .replacen('{', r#"{"hologram": {"depth": 3}, "#, 1)
        .replace(r#""default": "8""#, r#""default": "8", "mood": "good""#)
        .replace(r#""kind": "gray""#, r#""kind": "smell""#);
    let mut expected = small();
    expected.display.colours = Colours::Unknown;
    assert_eq!(serde_json::from_str::<Description>(&newer).unwrap(), expected);
}

// req: DC-5
#[test]
fn a_description_goes_through_json_unchanged() {
    let description = small();
    let text = serde_json::to_string(&description).unwrap();
    assert_eq!(serde_json::from_str::<Description>(&text).unwrap(), description);
}

// req: DC-5
#[test]
fn every_flaw_is_found() {
    let row = |name: &str| OptionRow::new(RowKind::Option, name, Values::Text { max_chars: 5 });
    let parameter = |name| ParameterRow::new(name, Values::Address, "", "");
    type Change = Box<dyn FnOnce(&mut Description)>;
    let table: Vec<(Change, Flaw)> = vec![
        (Box::new(|d| d.schema = 2), Flaw::NewerSchema(2)),
        (Box::new(|d| d.name = " ".to_owned()), Flaw::NoName),
        (Box::new(|d| d.signaling.clear()), Flaw::NoSignaling),
        (Box::new(|d| d.files.upgrade_script.clear()), Flaw::UpgradeScript(NameError::Empty)),
        (
            Box::new(|d| d.files.upgrade_script = "a/b".to_owned()),
            Flaw::UpgradeScript(NameError::Forbidden("a/b".to_owned())),
        ),
        (
            Box::new(|d| {
                d.signaling.insert(Signaling::Sip, SignalingRules::default());
            }),
            Flaw::NoBackupName(Signaling::Sip),
        ),
        (
            Box::new(|d| {
                d.files.backup.insert(Signaling::H323, "data.txt".to_owned());
            }),
            Flaw::BackupWithoutExtension("data.txt".to_owned()),
        ),
        (
            Box::new(|d| {
                d.files.backup.insert(Signaling::H323, "x/{ext}".to_owned());
            }),
            Flaw::BackupName("x/{ext}".to_owned(), NameError::Forbidden("x/0".to_owned())),
        ),
        (Box::new(move |d| d.options.rows.push(row("CONTRAST"))), Flaw::TwiceNamed("CONTRAST".to_owned())),
        (
            Box::new(move |d| d.options.rows.push(row("Other").aliases(&["contrast"]))),
            Flaw::TwiceNamed("contrast".to_owned()),
        ),
        (Box::new(move |d| d.options.rows.push(row("a=b"))), Flaw::RowName("a=b".to_owned())),
        (Box::new(move |d| d.options.rows.push(row(" a"))), Flaw::RowName(" a".to_owned())),
        (Box::new(move |d| d.options.rows.push(row("a\nb"))), Flaw::RowName("a\nb".to_owned())),
        (Box::new(move |d| d.options.rows.push(row(""))), Flaw::RowName(String::new())),
        (
            Box::new(|d| d.options.rows[0].values = Values::Number { min: 1, max: 0 }),
            Flaw::Impossible("Contrast".to_owned()),
        ),
        (
            Box::new(|d| d.options.rows[0].default = "16".to_owned()),
            Flaw::Default("Contrast".to_owned(), "16".to_owned()),
        ),
        (Box::new(move |d| d.parameters.rows.push(parameter("opstat"))), Flaw::ParameterTwice("opstat".to_owned())),
        (Box::new(|d| d.display.rows = 0), Flaw::NoDisplay),
        (Box::new(|d| d.display.cell_width = 7), Flaw::Cells { count: 28, cell: 7, pixels: 168 }),
        (Box::new(|d| d.display.zones.application_rows = 5), Flaw::Zone { row: 5, rows: 5 }),
        (Box::new(|d| d.display.zones.softkey_row = u16::MAX), Flaw::Zone { row: u16::MAX, rows: 5 }),
    ];
    for (change, flaw) in table {
        assert_eq!(changed(change), [flaw]);
    }
    assert_eq!(
        changed(|d| d.options.rows[0] = OptionRow { default: "x".to_owned(), ..d.options.rows[0].clone() }.carried()),
        []
    );
    assert!(changed(|d| *d = Description::default()).len() > 3, "all flaws are told at once");
    assert_eq!(
        Model::new(Description { name: String::new(), ..small() }, Arc::new(TableHooks)).unwrap_err(),
        [Flaw::NoName]
    );
}

// req: BR-4, BR-5
#[test]
fn a_backup_file_is_known_by_its_pattern() {
    let rules = FilenameRules {
        backup: [(Signaling::H323, "{ext}_data.txt".to_owned()), (Signaling::Sip, "b-{ext}.txt".to_owned())].into(),
        ..FilenameRules::default()
    };
    let extension: Extension = "4711".parse().unwrap();
    assert_eq!(rules.backup_file(&extension, Signaling::Sip).unwrap().unwrap().as_str(), "b-4711.txt");
    for good in ["4711_data.txt", "4711_DATA.TXT", "0_data.txt", "B-1234567890123.txt"] {
        assert!(rules.is_backup_file(good), "{good}");
    }
    for wrong in
        ["_data.txt", "x_data.txt", "4711_data.txt.scr", "12345678901234_data.txt", "upgrade.scr", "b-.txt", ""]
    {
        assert!(!rules.is_backup_file(wrong), "{wrong}");
    }
}

#[derive(Debug)]
struct OwnWill;

impl Hooks for OwnWill {
    fn file_name(&self, ask: &FileAsk) -> Result<Option<String>, HookError> {
        Ok(match ask.kind {
            FileKind::UpgradeScript => Some("../up.scr".to_owned()),
            FileKind::Backup if ask.release < Release::new(2, 2) => Some("data.txt".to_owned()),
            FileKind::Backup => None,
        })
    }

    fn check_value(&self, _: &str, value: &str) -> Result<Option<String>, HookError> {
        Ok((value == "13").then(|| "it brings bad luck".to_owned()))
    }
}

// req: DC-4
#[test]
fn hooks_go_before_the_tables_and_their_answers_are_checked() {
    let model = Model::new(small(), Arc::new(OwnWill)).unwrap();
    let extension: Extension = "4711".parse().unwrap();
    let name = |release| model.backup_file(&extension, Signaling::H323, release).map(|name| name.to_string());
    assert_eq!(name(Release::new(2, 1)).unwrap(), "data.txt");
    assert_eq!(name(Release::new(2, 2)).unwrap(), "4711_data.txt");
    let source = NameError::Forbidden("../up.scr".to_owned());
    let refused = HookError::Name { kind: FileKind::UpgradeScript, source };
    assert_eq!(model.upgrade_script(Signaling::H323, Release::new(2, 2)), Err(refused));
    let none = model.backup_file(&extension, Signaling::Sip, Release::new(2, 2)).unwrap_err();
    assert_eq!(none.to_string(), "model X100 has no backup under SIP");

    let values = &model.tables().options.rows[0].values;
    assert_eq!(model.check_value("Contrast", values, "12"), Ok(()));
    let refused = model.check_value("Contrast", values, "13").unwrap_err();
    assert_eq!(refused.to_string(), "Contrast: \"13\" is refused by the model: it brings bad luck");
    assert!(matches!(model.check_value("Contrast", values, "16"), Err(ValueFault::NotAllowed { .. })));
}

// req: FS-3, AR-5
#[test]
fn an_ability_begins_with_a_release_or_never() {
    let rules = &small().signaling[&Signaling::H323];
    let has = |key, release: &str| rules.has(key, release.parse().unwrap());
    assert_eq!([has(since::HTTP, "2.1"), has(since::HTTP, "2.2"), has(since::HTTP, "2.9.2")], [false, true, true]);
    assert!(!has(since::PUSH, "9.9"));
}

// req: DC-4
#[test]
fn rows_belong_to_a_signaling_or_are_only_carried() {
    let row =
        OptionRow::new(RowKind::Option, "Transfer Type", Values::Unknown).aliases(&["TRANSFER"]).only(Signaling::Sip);
    assert_eq!(Signaling::ALL.map(|signaling| row.is_on(signaling)), [false, true]);
    assert!(row.is_called("transfer type") && row.is_called("Transfer") && !row.is_called("Transfer "));
    let carried = row.carried();
    assert_eq!(Signaling::ALL.map(|signaling| carried.is_on(signaling)), [false, false]);
}

// req: FS-13
#[test]
fn a_parameter_comes_from_where_its_row_says() {
    use ParameterSource::{CallServer, Dhcp, Files, Manual, Phone};
    let row = ParameterRow::new("FTPSRVR", Values::Address, "", "");
    assert_eq!(
        [Manual, Dhcp, Files, CallServer, Phone].map(|source| row.may_come_from(source)),
        [false, true, true, true, false]
    );
    let own = row.from(&[Phone]);
    assert_eq!(
        [Manual, Dhcp, Files, CallServer, Phone].map(|source| own.may_come_from(source)),
        [false, false, false, false, true]
    );
}

// req: DC-4
#[test]
fn boot_texts_are_the_usual_ones_unless_the_model_has_its_own() {
    let mut texts = BootTexts::default();
    assert_eq!(texts.say(BootText::Receiving, &[("kilobytes", "7")]), "7 KB received");
    assert_eq!(texts.say(BootText::Discover, &[("address", "192.0.2.1"), ("other", "x")]), "Discover 192.0.2.1");
    texts.by_key.insert("receiving".to_owned(), "got {kilobytes}".to_owned());
    assert_eq!(texts.say(BootText::Receiving, &[("kilobytes", "7")]), "got 7");
}
