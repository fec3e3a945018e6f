//! The tree in memory.
#![allow(missing_docs, clippy::unwrap_used)]

use deskset_files::tree::{FileTree, TreeError, requested_path, suite};
use deskset_sim::MemoryTree;

// req: FS-2
#[test]
fn a_tree_in_memory_follows_the_rules_of_every_file_tree() {
    suite::run(&MemoryTree::new());
}

#[test]
fn a_file_and_a_folder_cannot_have_one_name() {
    let tree = MemoryTree::new();
    let path = |text| requested_path(text).unwrap();
    let blocked = |path: &str| {
        let why = "a folder and a file cannot have one name".to_owned();
        Err(TreeError::Failed { path: path.to_owned(), why })
    };
    tree.store(&path("a/b"), b"file").unwrap();
    assert_eq!(tree.store(&path("a/b/c"), b"below a file"), blocked("a/b/c"));
    assert_eq!(tree.store(&path("A"), b"over a folder"), blocked("A"));
    assert_eq!(tree.list(), Ok(vec![path("a/b")]));
}

#[test]
fn clones_share_their_files() {
    let tree = MemoryTree::new();
    let path = requested_path("settings.txt").unwrap();
    tree.clone().store(&path, b"SET OPSTAT 111").unwrap();
    assert_eq!(tree.read(&path), Ok(b"SET OPSTAT 111".to_vec()));
}
