//! What every file tree must do, as one function to be called from the tests of each.

use deskset_models::FilePath;

use super::{FileTree, TreeError, requested_path};

/// Runs the whole suite against a tree that is empty. Panics, with the rule's words, at the first rule broken.
pub fn run(tree: &dyn FileTree) {
    assert_eq!(tree.list(), Ok(Vec::new()), "the suite wants an empty tree");
    what_was_stored_is_read_back(tree);
    a_later_file_replaces_an_earlier_one(tree);
    names_match_in_any_case_but_the_exact_one_first(tree);
    a_name_in_another_case_replaces_the_file_it_finds(tree);
    what_is_missing_is_not_found(tree);
    folders_are_made_and_are_no_files(tree);
    nothing_outside_can_be_named();
}

#[expect(clippy::expect_used, reason = "a test suite: a wrong name here is the suite's own defect")]
fn path(text: &str) -> FilePath {
    requested_path(text).expect("a sound name")
}

fn what_was_stored_is_read_back(tree: &dyn FileTree) {
    for bytes in [&b""[..], b"SET OPSTAT 111\r\n", &[0, 255, 10, 13]] {
        assert_eq!(tree.store(&path("settings.txt"), bytes), Ok(()), "a file is stored");
        assert_eq!(tree.read(&path("settings.txt")), Ok(bytes.to_vec()), "a stored file reads the same");
    }
}

fn a_later_file_replaces_an_earlier_one(tree: &dyn FileTree) {
    for bytes in [&b"a long first version"[..], b"second"] {
        assert_eq!(tree.store(&path("4711_data.txt"), bytes), Ok(()), "a file can be stored again");
    }
    assert_eq!(tree.read(&path("4711_data.txt")), Ok(b"second".to_vec()), "the later version is whole");
}

fn names_match_in_any_case_but_the_exact_one_first(tree: &dyn FileTree) {
    assert_eq!(tree.store(&path("UPGRADE.SCR"), b"capitals"), Ok(()), "a name in capitals is stored");
    assert_eq!(tree.read(&path("upgrade.scr")), Ok(b"capitals".to_vec()), "small letters find capitals");
    assert_eq!(tree.store(&path("Phones/Release.Bin"), b"b"), Ok(()), "a folder in mixed case is made");
    assert_eq!(tree.read(&path("phones/release.bin")), Ok(b"b".to_vec()), "folders match in any case, too");
}

fn a_name_in_another_case_replaces_the_file_it_finds(tree: &dyn FileTree) {
    assert_eq!(tree.store(&path("PHONES/release.bin"), b"newer"), Ok(()), "a file is stored in small letters");
    assert_eq!(tree.read(&path("Phones/Release.Bin")), Ok(b"newer".to_vec()), "it replaces the one in mixed case");
    let listed = tree.list().unwrap_or_default();
    let alike = listed.iter().filter(|path| path.as_str().eq_ignore_ascii_case("phones/release.bin"));
    assert_eq!(alike.count(), 1, "there are not two of them: {listed:?}");
}

fn what_is_missing_is_not_found(tree: &dyn FileTree) {
    for name in ["nothing.txt", "nowhere/nothing.txt", "settings.txt/below"] {
        assert_eq!(tree.read(&path(name)), Err(TreeError::NotFound(name.to_owned())), "{name} is not there");
    }
}

fn folders_are_made_and_are_no_files(tree: &dyn FileTree) {
    assert_eq!(tree.store(&path("a/b/c.txt"), b"deep"), Ok(()), "folders are made on the way");
    assert_eq!(tree.read(&path("a/b")), Err(TreeError::NotFound("a/b".to_owned())), "a folder is no file");
    let listed = tree.list().unwrap_or_default();
    assert!(listed.contains(&path("a/b/c.txt")), "a stored file is listed with its folders: {listed:?}");
    assert!(listed.is_sorted(), "the list is sorted: {listed:?}");
}

fn nothing_outside_can_be_named() {
    for name in ["../up", "a/../../up", "a\\..\\b", "nul\0", "", "/", ".deskset-part-1", "a/.deskset-part-2"] {
        assert!(matches!(requested_path(name), Err(TreeError::Forbidden(_))), "{name:?} must be refused");
    }
}
