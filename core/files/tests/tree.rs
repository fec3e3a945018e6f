//! The rules of every file tree.
#![allow(missing_docs, clippy::unwrap_used)]

use deskset_files::tree::{PART_PREFIX, TreeError, Visitor, choose, may_store, requested_path};
use proptest::prelude::*;

// req: FS-2
#[test]
fn a_request_is_understood_with_any_slashes_and_never_leaves_the_tree() {
    for spelled in ["a/b.txt", "/a/b.txt", "//a//b.txt", "a/./b.txt", "./a/b.txt", "a/b.txt/"] {
        assert_eq!(requested_path(spelled).unwrap().as_str(), "a/b.txt", "{spelled}");
    }
    let part = format!("a/{PART_PREFIX}7");
    for wrong in ["", "/", ".", "..", "../a", "a/../b", "a\\b", "a\nb", "a\0", &part, &"x".repeat(256)] {
        assert!(matches!(requested_path(wrong), Err(TreeError::Forbidden(_))), "{wrong:?}");
    }
    let shown = requested_path(&format!("..\n{}", "x".repeat(300))).unwrap_err().to_string();
    assert_eq!(shown, format!("..{}: not a name this server serves", "x".repeat(78)));
}

// req: FS-2
#[test]
fn the_exact_name_serves_first_then_the_first_that_differs_only_in_case() {
    let names = ["UPGRADE.scr", "Upgrade.scr", "other.scr", ".deskset-part-upgrade.scr"];
    let found = |wanted| choose(wanted, names.into_iter());
    assert_eq!(found("Upgrade.scr"), Some("Upgrade.scr"));
    assert_eq!(found("upgrade.scr"), Some("UPGRADE.scr"));
    assert_eq!(choose("upgrade.scr", names.into_iter().rev()), Some("UPGRADE.scr"), "in whatever order they come");
    assert_eq!(found("missing.scr"), None);
    assert_eq!(found(".deskset-part-upgrade.scr"), None);
}

// req: BR-3
#[test]
fn nobody_without_a_name_stores_anything_but_backup_files() {
    let is_backup_file = |name: &str| name.ends_with("data.txt");
    let user = Visitor::User("ann".to_owned());
    let path = |text| requested_path(text).unwrap();
    assert_eq!(may_store(&user, &path("upgrade.scr"), is_backup_file), Ok(()));
    assert_eq!(may_store(&Visitor::Anonymous, &path("deep/4711_data.txt"), is_backup_file), Ok(()));
    let refused = may_store(&Visitor::Anonymous, &path("data.txt/upgrade.scr"), is_backup_file).unwrap_err();
    assert_eq!(refused.to_string(), "data.txt/upgrade.scr: may not be stored by an anonymous visitor");
}

proptest! {
    // req: FS-2
    #[test]
    fn no_request_leads_outside(text in "[./\\\\a\u{0}~:]{0,20}") {
        if let Ok(path) = requested_path(&text) {
            prop_assert!(!path.as_str().starts_with('/'));
            prop_assert!(path.as_str().split('/').all(|part| !matches!(part, "" | "." | "..")));
        }
    }
}
