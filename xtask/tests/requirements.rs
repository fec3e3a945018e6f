//! Every requirement that is due has its test, and the table says so.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{env, fs, path::Path};

use xtask::requirements::{Claim, Coverage, Requirements, TABLE, claims};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn every_due_requirement_has_a_test() {
    assert_eq!(Coverage::read(root()).unwrap().untested(), [""; 0]);
}

#[test]
fn every_named_requirement_exists_once_and_is_named_by_a_test() {
    let coverage = Coverage::read(root()).unwrap();
    assert_eq!(coverage.requirements.doubled(), [""; 0]);
    assert_eq!(coverage.unknown(), [] as [&Claim; 0]);
    assert_eq!(coverage.loose(), [] as [&Claim; 0]);
}

#[test]
fn the_table_is_up_to_date() {
    let made = Coverage::read(root()).unwrap().table();
    let path = root().join(TABLE);
    if env::var_os("DESKSET_UPDATE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let line = made.lines().zip(kept.lines()).find(|(made, kept)| made != kept);
    assert!(made == kept, "{TABLE} is old; renew it as its first lines say. First difference: {line:#?}");
}

fn claim(id: &str, test: &str) -> Claim {
    Claim { id: id.to_owned(), file: "a/tests/b.rs".to_owned(), test: test.to_owned() }
}

#[test]
fn claims_are_found_above_tests_of_all_kinds() {
    let mark = concat!("// ", "req:");
    let text = format!(
        "{mark} FS-1, FS-2\n#[test]\nfn plain() {{}}\n\
         proptest! {{\n    {mark} FS-3\n    // why\n    #[test]\n    fn any(x in 0..9) {{}}\n}}\n\
         {mark} FS-4\n#[tokio::test(\n    flavor = \"multi_thread\",\n)]\nasync fn long() {{}}\n\
         {mark} FS-5\n{mark} FS-6\n#[test]\n#[expect(x)]\nfn two<T>() {{}}\n\
         #[test]\nfn silent() {{}}\n"
    );
    let expected = [
        claim("FS-1", "plain"),
        claim("FS-2", "plain"),
        claim("FS-3", "any"),
        claim("FS-4", "long"),
        claim("FS-5", "two"),
        claim("FS-6", "two"),
    ];
    assert_eq!(claims("a/tests/b.rs", &text), expected);
}

#[test]
fn a_claim_without_a_test_below_it_is_loose() {
    let mark = concat!("// ", "req:");
    let text = format!("{mark} FS-1\nfn helper() {{}}\n{mark} FS-2\n\n#[test]\nfn apart() {{}}\n{mark} FS-3\n");
    assert_eq!(claims("a/tests/b.rs", &text), [claim("FS-1", ""), claim("FS-2", ""), claim("FS-3", "")]);
}

#[test]
fn rows_without_tests_are_missed_when_due_and_the_table_shows_all() {
    let rows = "reached = \"settings\"\n\
        [[requirement]]\nid = \"A-1\"\ntext = \"One.\"\ndue = \"foundation\"\n\
        [[requirement]]\nid = \"A-2\"\ntext = \"Two.\"\ndue = \"settings\"\n\
        [[requirement]]\nid = \"A-3\"\ntext = \"Three.\"\ndue = \"push\"\n";
    let coverage = Coverage {
        requirements: Requirements::parse(rows).unwrap(),
        claims: vec![claim("A-1", "x"), claim("A-1", "y"), claim("A-2", ""), claim("A-9", "x")],
    };
    assert_eq!(coverage.untested(), ["A-2"]);
    assert_eq!(coverage.unknown(), [&claim("A-9", "x")]);
    assert_eq!(coverage.loose(), [&claim("A-2", "")]);
    let table = coverage.table();
    assert_eq!(
        table.split_once("| --- | --- | --- | --- |\n").unwrap().1,
        "| A-1 | One. | foundation | `a/tests/b.rs::x`<br>`a/tests/b.rs::y` |\n\
         | A-2 | Two. | settings |  |\n\
         | A-3 | Three. | push |  |\n"
    );
}
