#![allow(clippy::unwrap_used, missing_docs)]
//! What the models' tables say about backup files, as the host hands it to the core.

use std::sync::LazyLock;

use deskset_host::{Catalog, from_environment};
use deskset_models::{
    Description, Model, OptionRow, RowKind,
    Signaling::{self, H323, Sip},
};

/// Loaded once for all tests of this file.
fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| from_environment().unwrap_or_else(|wrong| panic!("{wrong}")));
    &CATALOG
}

fn backup_files(signaling: Signaling) -> Vec<(String, String)> {
    let extension = "21045".parse().unwrap();
    let name = |model: &Model| {
        let release = model.under(signaling).map_or_else(Default::default, |rules| *rules.releases.last().unwrap());
        match model.backup_file(&extension, signaling, release) {
            Ok(name) => name.to_string(),
            Err(wrong) => wrong.to_string(),
        }
    };
    catalog().models().map(|model| (model.name().to_owned(), name(model))).collect()
}

fn table(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(model, file)| ((*model).to_owned(), (*file).to_owned())).collect()
}

// req: BR-4, BR-6
#[test]
fn under_h323_the_smallest_model_has_a_file_of_its_own_and_all_others_share_one_name() {
    let expected = table(&[
        ("4610SW", "21045_4610data.txt"),
        ("4620", "21045_4620data.txt"),
        ("4620SW", "21045_4620data.txt"),
        ("4621SW", "21045_4620data.txt"),
        ("4622SW", "21045_4620data.txt"),
        ("4625SW", "21045_4620data.txt"),
    ]);
    assert_eq!(backup_files(H323), expected);
}

// req: BR-5, BR-6
#[test]
fn under_sip_the_names_end_in_sip_and_models_without_sip_have_none() {
    let expected = table(&[
        ("4610SW", "21045_4610data_sip.txt"),
        ("4620", "model 4620 has no backup under SIP"),
        ("4620SW", "21045_4620data_sip.txt"),
        ("4621SW", "21045_4620data_sip.txt"),
        ("4622SW", "model 4622SW has no backup under SIP"),
        ("4625SW", "21045_4620data_sip.txt"),
    ]);
    assert_eq!(backup_files(Sip), expected);
}

// req: BR-16
#[test]
fn every_model_knows_all_22_rows_in_the_order_of_the_guide() {
    use RowKind::{Option, Parameter, Setting};
    let expected = [
        (Option, "Personalized Ring"),
        (Option, "Redial"),
        (Option, "Phone Screen on Answer"),
        (Option, "Phone Screen on Calling"),
        (Option, "Call Timer"),
        (Option, "Message Display Rate"),
        (Option, "Call Appearance Width"),
        (Option, "Visual Alerting"),
        (Option, "Call Log Enable"),
        (Option, "Contrast"),
        (Option, "Display Language"),
        (Option, "Ethernet"),
        (Option, "Automatic Backup"),
        (Parameter, "FTP Server IP Address"),
        (Parameter, "FTP Directory Path"),
        (Parameter, "FTP User Name"),
        (Setting, "Phone Application Background Color"),
        (Setting, "Speed Dial Application Background Color"),
        (Setting, "Call Log Application Background Color"),
        (Setting, "Options Application Background Color"),
        (Option, "Session Appearance Width"),
        (Option, "Transfer Type"),
    ];
    for model in catalog().models() {
        let rows: Vec<(RowKind, &str)> =
            model.tables().options.rows.iter().map(|row| (row.kind, row.name.as_str())).collect();
        assert_eq!(rows, expected, "{}", model.name());
    }
}

/// The model and signaling pairs that have a row of which `wanted` is true.
fn having(wanted: impl Fn(&OptionRow) -> bool) -> Vec<(String, Signaling)> {
    let has = |tables: &Description, signaling: Signaling| {
        tables.signaling.contains_key(&signaling)
            && tables.options.rows.iter().any(|row| wanted(row) && row.is_on(signaling))
    };
    catalog()
        .models()
        .flat_map(|model| Signaling::ALL.map(|signaling| (model.clone(), signaling)))
        .filter(|(model, signaling)| has(model.tables(), *signaling))
        .map(|(model, signaling)| (model.name().to_owned(), signaling))
        .collect()
}

fn pairs(rows: &[(&str, Signaling)]) -> Vec<(String, Signaling)> {
    rows.iter().map(|(model, signaling)| ((*model).to_owned(), *signaling)).collect()
}

// req: BR-17
#[test]
fn only_the_larger_screens_have_a_call_appearance_width_and_only_under_h323() {
    let expected = pairs(&[("4620", H323), ("4620SW", H323), ("4621SW", H323), ("4622SW", H323), ("4625SW", H323)]);
    assert_eq!(having(|row| row.name == "Call Appearance Width"), expected);
}

// req: BR-18
#[test]
fn only_the_colour_model_has_background_colours() {
    assert_eq!(having(|row| row.kind == RowKind::Setting), pairs(&[("4625SW", H323), ("4625SW", Sip)]));
}

// req: BR-18
#[test]
fn session_appearance_width_and_transfer_type_exist_under_sip_only() {
    let width = pairs(&[("4620SW", Sip), ("4621SW", Sip), ("4625SW", Sip)]);
    assert_eq!(having(|row| row.name == "Session Appearance Width"), width);
    let transfer = pairs(&[("4610SW", Sip), ("4620SW", Sip), ("4621SW", Sip), ("4625SW", Sip)]);
    assert_eq!(having(|row| row.name == "Transfer Type"), transfer);
}

#[test]
fn what_a_model_lacks_it_carries_for_the_models_that_share_its_file() {
    let carried = |name: &str| -> Vec<String> {
        let catalog = catalog();
        let tables = catalog.model(name).unwrap().tables();
        tables.options.rows.iter().filter(|row| row.carried).map(|row| row.name.clone()).collect()
    };
    let colours = ["Phone", "Speed Dial", "Call Log", "Options"].map(|of| format!("{of} Application Background Color"));
    assert_eq!(carried("4620SW"), colours);
    assert_eq!(carried("4625SW"), Vec::<String>::new());
    let sip = ["Session Appearance Width", "Transfer Type"].map(str::to_owned);
    assert_eq!(carried("4622SW"), [colours.as_slice(), &sip].concat());
    let first = ["Call Appearance Width".to_owned()];
    assert_eq!(carried("4610SW"), [first.as_slice(), &colours, &sip[..1]].concat());
}

/// Whether a screen may show `c`; a character of a set counts as shown, as some characters of the set are.
fn shows(model: &Model, c: char) -> bool {
    let repertoire = &model.tables().display.repertoire;
    let code = u32::from(c);
    repertoire.ranges.iter().any(|(first, last)| (*first..=*last).contains(&code))
        || repertoire.sets.iter().any(|set| set.range().contains(&code))
}

// req: BR-14
#[test]
fn one_model_shows_no_cyrillic_hebrew_han_or_hiragana_and_none_shows_all_han() {
    let samples = [
        ('é', "Latin-1"),
        ('ｱ', "half-width"),
        ('カ', "Katakana"),
        ('Ж', "Cyrillic"),
        ('ש', "Hebrew"),
        ('漢', "Han"),
        ('ひ', "Hiragana"),
        ('한', "Hangul"),
    ];
    for model in catalog().models() {
        let shown: Vec<&str> = samples.iter().filter(|(c, _)| shows(model, *c)).map(|(_, script)| *script).collect();
        let everywhere = ["Latin-1", "half-width", "Katakana"];
        let more = ["Cyrillic", "Hebrew", "Han", "Hiragana"];
        let expected =
            if model.name() == "4620" { everywhere.to_vec() } else { [everywhere.as_slice(), &more].concat() };
        assert_eq!(shown, expected, "{}", model.name());
        let sets: Vec<&[String]> =
            model.tables().display.repertoire.sets.iter().map(|set| set.sets.as_slice()).collect();
        assert!(sets.iter().all(|sets| *sets == ["gb2312", "jisx0208"]), "{}: {sets:?}", model.name());
    }
}

// req: DC-4, PR-19
#[test]
fn screens_have_the_sizes_of_the_table() {
    let expected = [
        ("4610SW", (168, 80), (28, 5), 3, 6, false),
        ("4620", (168, 132), (28, 8), 6, 12, false),
        ("4620SW", (168, 132), (28, 8), 6, 12, false),
        ("4621SW", (168, 132), (28, 8), 6, 12, true),
        ("4622SW", (168, 132), (28, 8), 6, 12, false),
        ("4625SW", (320, 240), (28, 8), 6, 12, true),
    ];
    let said: Vec<_> = catalog()
        .models()
        .map(Model::tables)
        .map(|tables| {
            let screen = &tables.display;
            (
                tables.name.as_str(),
                (screen.width, screen.height),
                (screen.columns, screen.rows),
                tables.browser.page_rows,
                tables.keys.line_buttons,
                screen.backlight,
            )
        })
        .collect();
    assert_eq!(said, expected);
}

// req: PR-17
#[test]
fn each_browser_tells_model_set_id_and_release() {
    let agents: Vec<&str> = catalog().models().map(|model| model.tables().browser.user_agent.as_str()).collect();
    assert_eq!(
        agents,
        [
            "AVAYA/4610SW (4610D01A; {release})",
            "AVAYA/4620 (4620D01A; {release})",
            "AVAYA/4620SW (4620D01B; {release})",
            "AVAYA/4621SW (4621D01A; {release})",
            "AVAYA/4622SW (4622D01A; {release})",
            "AVAYA/4625SW (4625D01A; {release})",
        ]
    );
}

#[test]
fn abilities_come_with_the_releases_of_the_table_and_sip_software_never_has_push() {
    let since = |name: &str, signaling: Signaling| -> Vec<String> {
        let rules = catalog().model(name).unwrap().under(signaling).unwrap();
        rules.since.iter().map(|(ability, release)| format!("{ability} {release}")).collect()
    };
    let early = ["clear 2.1", "get_continues 2.2", "http 2.2", "https 2.2", "push 2.1", "retrieve_at_login 2.1"];
    let late = ["clear 2.1", "get_continues 2.2", "http 2.2", "https 2.2", "push 2.2", "retrieve_at_login 2.1"];
    let colour = ["clear 2.1", "get_continues 2.2", "http 2.7", "https 2.7", "push 2.5", "retrieve_at_login 2.1"];
    for (name, expected) in
        [("4610SW", early), ("4620", early), ("4620SW", early), ("4621SW", late), ("4622SW", late), ("4625SW", colour)]
    {
        assert_eq!(since(name, H323), expected, "{name}");
    }
    let sip = ["clear 2.2", "get_continues 2.2", "http 2.2", "https 2.2", "retrieve_at_login 2.2"];
    for name in ["4610SW", "4620SW", "4621SW"] {
        assert_eq!(since(name, Sip), sip, "{name}");
    }
    assert_eq!(since("4625SW", Sip), sip.map(|ability| ability.replace("2.2", "2.2.2")));
}
