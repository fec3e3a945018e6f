//! Which parameters hold passwords.
#![allow(missing_docs)]

use deskset_models::{ParameterRow, ParameterTable, Values};

// req: BR-19
#[test]
fn a_row_says_whether_it_is_secret_and_unknown_names_that_sound_so_are() {
    let row = |name| ParameterRow::new(name, Values::Text { max_chars: 9 }, "", "");
    let table = ParameterTable { rows: vec![row("COMMUNITY").secret(), row("PWDLENGTH")] };
    for name in ["COMMUNITY", "community", "ADMIN_PASSWORD", "ProcPswd", "DIRSRVRPWD", "NVIKEPSK", "SECRET"] {
        assert!(table.is_secret(name), "{name}");
    }
    for name in ["PWDLENGTH", "OPSTAT", "", "PASS"] {
        assert!(!table.is_secret(name), "{name}");
    }
}

#[test]
fn a_description_from_before_secrets_were_known_is_read() {
    let row: ParameterRow =
        serde_json::from_str(r#"{"name":"A","values":{"kind":"address"}}"#).unwrap_or_else(|why| panic!("{why}"));
    assert!(!row.secret);
}
