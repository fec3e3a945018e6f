//! Why a parameter has its value, which way a phone took, and what a change of files changes.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::description;
use deskset_files::{
    limits::PARAMETERS_MAX,
    script::Script,
    settings::{Change, Evaluation, Fate, Files, Layer, Origin, Parameters, Target, WithoutEffect, difference},
};
use deskset_models::{Model, ParameterRow, ParameterSource, ParameterTable, Release, Signaling, TableHooks, Values};

fn model() -> Model {
    let by_hand = [ParameterSource::Manual, ParameterSource::Dhcp, ParameterSource::Files];
    let number = Values::Number { min: 0, max: 99 };
    let row = |name, default| ParameterRow::new(name, number.clone(), default, "");
    let mut description = description();
    description.later_parameters = vec!["YOUNGER".to_owned()];
    description.parameters = ParameterTable {
        rows: vec![
            row("A", "5"),
            row("L2QVLAN", "0"),
            row("STATIC", "0"),
            ParameterRow::new("HTTPSRVR", Values::AddressList, "", "").from(&by_hand),
            row("SIPONLY", "").only(Signaling::Sip).since(Release::new(2, 8)).needs("pc_port"),
        ],
    };
    Model::new(description, Arc::new(TableHooks)).unwrap()
}

fn target(model: &Model) -> Target<'_> {
    Target { model, signaling: Signaling::H323, release: "2.2".parse().unwrap(), group: 1 }
}

fn files(texts: &[(&str, &str)]) -> Files {
    let mut scripts = texts.iter().map(|(name, text)| Arc::new(Script::parse(name, text.as_bytes()).unwrap()));
    Files::new(scripts.next().unwrap(), scripts)
}

fn evaluated(model: &Model, text: &str, given: &[(Origin, &str, &str)]) -> Evaluation {
    let mut parameters = Parameters::new(model);
    for (origin, name, value) in given {
        parameters.push(Layer::of(model, [(*name, *value)], origin).into());
    }
    files(&[("f", text)]).evaluate(&target(model), parameters)
}

/// What is told of a parameter: the value that holds, then each try as `origin value: fate`.
fn told(evaluation: &Evaluation, model: &Model, name: &str) -> (Option<String>, Vec<String>) {
    let explanation = evaluation.explain(name, &target(model));
    let attempts = explanation.attempts.iter();
    let attempts = attempts.map(|tried| format!("{} {}: {}", tried.origin, tried.value, tried.fate));
    (explanation.holds.map(|holds| holds.value), attempts.collect())
}

// req: FS-13
#[test]
fn the_last_value_that_was_taken_holds() {
    let model = model();
    let evaluation = evaluated(&model, "SET a 1\nSET A 100\nSET A 2\nSET A x\n", &[(Origin::Dhcp, "A", "9")]);
    let expected = [
        "DHCP 9: overridden by f:1",
        "f:1 1: overridden by f:3",
        "f:2 100: ignored: the value is not a whole number from 0 to 99",
        "f:3 2: holds",
        "f:4 x: ignored: the value is not a whole number from 0 to 99",
    ];
    assert_eq!(told(&evaluation, &model, "a"), (Some("2".to_owned()), expected.map(str::to_owned).to_vec()));
}

// req: FS-13
#[test]
fn nothing_tried_or_nothing_taken_leaves_the_default() {
    let model = model();
    let evaluation = evaluated(&model, "SET A 100\nSET SIG 2\nSET OTHER 1\n", &[]);
    let explanation = evaluation.explain("A", &target(&model));
    assert_eq!((explanation.holds, explanation.default.as_deref()), (None, Some("5")));
    assert!(matches!(explanation.attempts[0].fate, Fate::Ignored(_)));
    let sig = ["f:2 2: ignored: it is set only at the phone".to_owned()];
    assert_eq!(told(&evaluation, &model, "SIG"), (None, sig.to_vec()));
    let other = evaluation.explain("OTHER", &target(&model));
    assert_eq!((other.default, other.without_effect), (None, vec![WithoutEffect::Unknown]));
    assert_eq!(evaluation.explain("younger", &target(&model)).without_effect, [WithoutEffect::Later]);
    assert_eq!(evaluation.names().into_iter().collect::<Vec<_>>(), ["A", "OTHER", "SIG"]);
}

// req: FS-13
#[test]
fn static_and_lldp_keep_later_values_out() {
    let model = model();
    let given =
        [(Origin::Manual, "HTTPSRVR", "192.0.2.1"), (Origin::Manual, "STATIC", "1"), (Origin::Lldp, "L2QVLAN", "7")];
    let evaluation = evaluated(&model, "SET STATIC 1\nSET HTTPSRVR 192.0.2.2\nSET L2QVLAN 8\n", &given);
    let server = [
        "entered at the phone 192.0.2.1: holds",
        "f:2 192.0.2.2: kept out: STATIC keeps what was entered at the phone",
    ];
    assert_eq!(
        told(&evaluation, &model, "HTTPSRVR"),
        (Some("192.0.2.1".to_owned()), server.map(str::to_owned).to_vec())
    );
    let vlan = ["LLDP 7: holds", "f:3 8: kept out: LLDP is the authority on VLANs"];
    assert_eq!(told(&evaluation, &model, "L2QVLAN"), (Some("7".to_owned()), vlan.map(str::to_owned).to_vec()));
}

// req: FS-13
#[test]
fn a_value_may_do_nothing_on_a_phone_for_several_reasons() {
    let model = model();
    let evaluation = evaluated(&model, "SET SIPONLY 1\n", &[]);
    let reasons = evaluation.explain("SIPONLY", &target(&model)).without_effect;
    let words: Vec<String> = reasons.iter().map(ToString::to_string).collect();
    let expected =
        ["it means something under SIP only", "software knows it from release 2.8 on", "this model has no pc port"];
    assert_eq!(words, expected);
}

// req: FS-13
#[test]
fn what_does_not_fit_into_a_phone_is_told_as_ignored() {
    let model = model();
    let text: String = (0..=PARAMETERS_MAX).map(|n| format!("SET N{n} 1\n")).collect();
    let evaluation = evaluated(&model, &text, &[]);
    let last = format!("N{PARAMETERS_MAX}");
    let fate = &evaluation.explain(&last, &target(&model)).attempts[0].fate;
    assert_eq!(fate.to_string(), format!("ignored: no more than {PARAMETERS_MAX} parameters are taken"));
}

// req: FS-8, FS-13
#[test]
fn the_way_tells_each_turn_and_where_it_led() {
    let model = model();
    let first = "IF $SIG SEQ 2 GOTO sip\nIF $GROUP SEQ 1 GOTO g\nSET A 1\n# g\nIF $NONE SEQ 1 GOTO g\nGET no.txt\n \
                 GET x\nGET dir/Two.TXT\nSET A 3\n";
    let files = files(&[("a/first.scr", first), ("b/two.txt", "goto nowhere\nSET A 2\n")]);
    // The hand-made model has no row for what a failed GET does: it ends there.
    let way = |target: &Target<'_>| {
        let evaluation = files.evaluate(target, Parameters::new(target.model));
        let turns = evaluation.way(&files, target).into_iter();
        turns.map(|turn| format!("{} {} | {}", turn.at, turn.text, turn.outcome)).collect::<Vec<_>>()
    };
    let mut expected = vec![
        "a/first.scr:1 IF $SIG SEQ 2 GOTO sip | $SIG is 1: on with the next line",
        "a/first.scr:2 IF $GROUP SEQ 1 GOTO g | $GROUP is 1: on after line 4",
        "a/first.scr:5 IF $NONE SEQ 1 GOTO g | no such variable: the line is ignored",
        "a/first.scr:6 GET no.txt | not found: software of release 2.2 ends here",
    ];
    assert_eq!(way(&target(&model)), expected);

    let mut newer = model.tables().clone();
    let rules = newer.signaling.get_mut(&Signaling::H323).unwrap();
    rules.since.insert(deskset_models::since::GET_CONTINUES.to_owned(), Release::new(2, 2));
    let newer = Model::new(newer, Arc::new(TableHooks)).unwrap();
    expected.pop();
    expected.extend([
        "a/first.scr:6 GET no.txt | not found: on with the next line",
        "a/first.scr:8 GET dir/Two.TXT | found: dir/Two.TXT is run instead of the rest",
        "b/two.txt:1 goto nowhere | no tag nowhere follows: the rest of the file is ignored",
    ]);
    assert_eq!(way(&target(&newer)), expected);
}

// req: FS-8
#[test]
fn a_file_that_gets_itself_ends() {
    let model = model();
    let files = files(&[("a", "SET A 1\nGET a\n")]);
    let evaluation = files.evaluate(&target(&model), Parameters::new(&model));
    let way = evaluation.way(&files, &target(&model));
    assert_eq!(way.last().unwrap().outcome, "more GETs than a phone follows: it ends here");
    assert_eq!(evaluation.parameters.value("A"), "1");
}

// req: FS-13
#[test]
fn a_difference_is_what_changes_in_force_and_for_whom() {
    let model = model();
    let targets =
        [target(&model), Target { group: 2, ..target(&model) }, Target { signaling: Signaling::Sip, ..target(&model) }];
    let old = files(&[("old", "SET A 1\nSET L2QVLAN 0\nSET GONE 1\n")]);
    let new = files(&[("new", "SET A 2\nIF $GROUP SEQ 2 GOTO g\nGOTO end\n# g\nSET A 3\n# end\nSET B 1\n")]);
    let change = |name: &str, old: &str, new: &str, targets: &[usize]| Change {
        name: name.to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
        targets: targets.to_vec(),
    };
    let expected = [
        change("A", "1", "2", &[0, 2]),
        change("A", "1", "3", &[1]),
        change("B", "", "1", &[0, 1, 2]),
        change("GONE", "1", "", &[0, 1, 2]),
    ];
    assert_eq!(difference(&targets, |_| Some(old.clone()), |_| Some(new.clone())), expected);
    assert_eq!(difference(&targets, |_| Some(old.clone()), |_| Some(old.clone())), []);
    let none = difference(&targets[..1], |_| None, |_| Some(old.clone()));
    assert_eq!(none, [change("A", "5", "1", &[0]), change("GONE", "", "1", &[0])]);
}
