//! Which source wins, and that phones share what they have in common.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::description;
use deskset_files::{
    limits::VALUES_SHARED_MAX,
    script::{Position, Variables},
    settings::{Layer, Library, Origin, Parameters, Shared},
};
use deskset_models::{Model, ParameterRow, TableHooks, Values};

fn with_rows() -> Model {
    let mut description = description();
    let rows = &mut description.parameters.rows;
    for name in ["STATIC", "TFTPSRVR", "HTTPSRVR", "TLSSRVR", "MCIPADD", "SIPREGISTRAR", "L2QVLAN", "PHY2VLAN", "L2Q"] {
        rows.retain(|row| row.name != name);
        rows.push(ParameterRow::new(name, Values::Text { max_chars: 255 }, "", ""));
    }
    Model::new(description, Arc::new(TableHooks)).unwrap()
}

fn origins() -> [Origin; 5] {
    let file = Origin::File { file: "settings.txt".into(), line: 7 };
    [Origin::Manual, Origin::Dhcp, Origin::Lldp, file, Origin::CallServer]
}

/// Parameters in which each of these sources says who it is.
fn told_by(model: &Model, sources: &[Origin], name: &str, fixed: Option<&str>) -> Parameters {
    let mut parameters = Parameters::new(model);
    if let Some(value) = fixed {
        parameters.push(Arc::new(Layer::of(model, [("STATIC", value)], &Origin::Manual)));
    }
    for origin in sources {
        let value = origin.to_string();
        parameters.push(Arc::new(Layer::of(model, [(name, value.as_str())], origin)));
    }
    parameters
}

// req: BR-7, FS-13
#[test]
fn the_last_source_to_deliver_a_value_wins_and_is_remembered() {
    let model = with_rows();
    let order: Vec<Origin> = origins().into_iter().filter(|origin| *origin != Origin::Lldp).collect();
    for count in 1..=order.len() {
        let parameters = told_by(&model, &order[..count], "HTTPSRVR", None);
        let holds = parameters.get("HTTPSRVR").unwrap();
        assert_eq!(holds.origin, order[count - 1]);
        assert_eq!(holds.value, order[count - 1].to_string());
    }
}

// req: FS-13
#[test]
fn a_switch_is_the_authority_on_vlans_and_on_nothing_else() {
    let model = with_rows();
    for (name, authority) in [("L2QVLAN", true), ("PHY2VLAN", true), ("L2Q", true), ("HTTPSRVR", false)] {
        let parameters = told_by(&model, &origins(), name, None);
        let expected = if authority { Origin::Lldp } else { Origin::CallServer };
        assert_eq!(parameters.get(name).unwrap().origin, expected, "{name}");
    }
}

// req: FS-13
#[test]
fn static_keeps_the_addresses_entered_at_the_phone() {
    let model = with_rows();
    let table = [("0", false, false), ("1", true, false), ("2", false, true), ("3", true, true)];
    for (value, file_servers, call_servers) in table {
        for (name, kept) in [
            ("TFTPSRVR", file_servers),
            ("HTTPSRVR", file_servers),
            ("TLSSRVR", file_servers),
            ("MCIPADD", call_servers),
            ("SIPREGISTRAR", call_servers),
            ("L2QVLAN", false),
        ] {
            let without_switch: Vec<Origin> = origins().into_iter().filter(|origin| *origin != Origin::Lldp).collect();
            let parameters = told_by(&model, &without_switch, name, Some(value));
            let expected = if kept { Origin::Manual } else { Origin::CallServer };
            assert_eq!(parameters.get(name).unwrap().origin, expected, "STATIC {value}, {name}");
        }
    }
}

// req: FS-13
#[test]
fn a_file_is_parsed_once_and_phones_with_equal_variables_share_what_comes_of_it() {
    let (model, library) = (with_rows(), Library::new());
    let text = "IF $GROUP SEQ 1 GOTO one\nSET HTTPSRVR zero\nGOTO end\n# one\nSET HTTPSRVR one\n# end\n";
    let fetched = || -> Arc<[u8]> { text.as_bytes().into() };
    let (first, second) = (library.script("s.txt", &fetched()).unwrap(), library.script("s.txt", &fetched()).unwrap());
    assert!(Arc::ptr_eq(&first, &second), "one parse for every phone that gets the same bytes");
    let phone = |group: &str, mac: &str| {
        let variables = Variables::new().with("GROUP", group).with("MACADDR", mac);
        library.run(&first, Position::default(), &model, &variables)
    };
    assert!(Arc::ptr_eq(&phone("1", "a"), &phone("1", "b")), "the script does not ask for the address");
    assert!(!Arc::ptr_eq(&phone("1", "a"), &phone("2", "a")));
    let value = |group| phone(group, "a").layer.get("HTTPSRVR").unwrap().value.clone();
    assert_eq!((value("1"), value("2")), ("one".to_owned(), "zero".to_owned()));
}

// req: FS-13
#[test]
fn a_library_that_is_full_forgets_and_goes_on() {
    let (model, library) = (with_rows(), Library::new());
    for number in 0..1000 {
        let bytes: Arc<[u8]> = format!("SET HTTPSRVR n{number}\n").into_bytes().into();
        let script = library.script("s.txt", &bytes).unwrap();
        let outcome = library.run(&script, Position::default(), &model, &Variables::new());
        assert_eq!(outcome.layer.get("HTTPSRVR").unwrap().value, format!("n{number}"));
    }
}

// req: FS-13
#[test]
fn equal_values_are_one_and_only_the_last_ones_are_remembered() {
    let lists = Shared::default();
    let list = |number: usize| -> Arc<[usize]> { Arc::new([number]) };
    let first = lists.shared(list(0));
    assert!(Arc::ptr_eq(&first, &lists.shared(list(0))));
    for number in 1..=VALUES_SHARED_MAX {
        assert_eq!(*lists.shared(list(number)), [number]);
    }
    // It was given up for the last one; whoever has it keeps it.
    assert!(!Arc::ptr_eq(&first, &lists.shared(list(0))));
    assert_eq!(*first, [0]);
}
