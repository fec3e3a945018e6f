//! The folder as a file tree.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{
    os::unix::fs::symlink,
    sync::atomic::{AtomicBool, Ordering},
};

use deskset_files::tree::{FileTree, PART_PREFIX, TreeError, requested_path, suite};
use deskset_models::FilePath;
use deskset_server::{DiskTree, Names};

fn path(text: &str) -> FilePath {
    requested_path(text).unwrap()
}

// req: FS-2
#[test]
fn a_folder_follows_the_rules_of_every_file_tree() {
    let folder = tempfile::tempdir().unwrap();
    suite::run(&DiskTree::open(folder.path(), Names::AnyCase).unwrap());
}

// req: FS-2
#[test]
fn a_folder_that_does_not_wait_for_the_disk_follows_the_same_rules() {
    let folder = tempfile::tempdir().unwrap();
    suite::run(&DiskTree::open(folder.path(), Names::AnyCase).unwrap().syncing(false));
}

#[test]
fn with_exact_names_every_letter_counts() {
    let folder = tempfile::tempdir().unwrap();
    let tree = DiskTree::open(folder.path(), Names::Exact).unwrap();
    tree.store(&path("UPGRADE.SCR"), b"capitals").unwrap();
    assert_eq!(tree.read(&path("upgrade.scr")), Err(TreeError::NotFound("upgrade.scr".to_owned())));
    assert_eq!(tree.read(&path("UPGRADE.SCR")), Ok(b"capitals".to_vec()));
}

#[test]
fn a_stored_file_takes_the_place_of_the_one_that_its_name_finds() {
    let folder = tempfile::tempdir().unwrap();
    let tree = DiskTree::open(folder.path(), Names::AnyCase).unwrap();
    tree.store(&path("Backups/4711_DATA.txt"), b"first").unwrap();
    tree.store(&path("backups/4711_data.TXT"), b"second").unwrap();
    assert_eq!(tree.list(), Ok(vec![path("Backups/4711_DATA.txt")]));
    assert_eq!(tree.read(&path("BACKUPS/4711_data.txt")), Ok(b"second".to_vec()));
}

#[test]
fn a_link_leads_anywhere_inside_the_tree_and_nowhere_outside() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.txt"), "secret").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let tree = DiskTree::open(folder.path(), Names::AnyCase).unwrap();
    tree.store(&path("releases/phone.app"), b"software").unwrap();
    symlink("releases/phone.app", folder.path().join("current.app")).unwrap();
    symlink("releases", folder.path().join("latest")).unwrap();
    symlink(outside.path().join("secret.txt"), folder.path().join("leak.txt")).unwrap();
    symlink(outside.path(), folder.path().join("leaks")).unwrap();
    symlink("nowhere", folder.path().join("broken.txt")).unwrap();
    symlink("round.txt", folder.path().join("round.txt")).unwrap();

    assert_eq!(tree.read(&path("current.app")), Ok(b"software".to_vec()));
    assert_eq!(tree.read(&path("latest/phone.app")), Ok(b"software".to_vec()));
    for outside in ["leak.txt", "leaks/secret.txt", "leaks/none.txt"] {
        assert_eq!(tree.read(&path(outside)), Err(TreeError::Forbidden(outside.to_owned())));
    }
    assert_eq!(tree.store(&path("leaks/new.txt"), b"planted"), Err(TreeError::Forbidden("leaks/new.txt".to_owned())));
    assert_eq!(tree.read(&path("broken.txt")), Err(TreeError::NotFound("broken.txt".to_owned())));
    assert!(tree.read(&path("round.txt")).is_err());
    let listed: Vec<String> = tree.list().unwrap().iter().map(FilePath::to_string).collect();
    assert_eq!(listed, ["current.app", "latest/phone.app", "releases/phone.app"]);
    assert!(!outside.path().join("new.txt").exists());
}

#[test]
fn a_file_on_its_way_in_is_seen_by_nobody_and_leaves_nothing_behind() {
    for waits_for_the_disk in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let tree = DiskTree::open(folder.path(), Names::AnyCase).unwrap().syncing(waits_for_the_disk);
        tree.store(&path("4711_data.txt"), b"old").unwrap();
        let mut incoming = tree.begin(&path("4711_data.txt")).unwrap();
        incoming.write(b"half of the ne").unwrap();
        assert_eq!(tree.list(), Ok(vec![path("4711_data.txt")]));
        assert_eq!(tree.read(&path("4711_data.txt")), Ok(b"old".to_vec()));
        drop(incoming);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

        let mut incoming = tree.begin(&path("4711_data.txt")).unwrap();
        incoming.write(b"new").unwrap();
        incoming.commit().unwrap();
        assert_eq!(tree.read(&path("4711_data.txt")), Ok(b"new".to_vec()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

// req: BR-3
#[test]
fn a_name_leads_to_a_whole_file_at_every_moment_and_the_older_ones_stay() {
    const VERSIONS: usize = 2;
    for waits_for_the_disk in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let tree = DiskTree::open(folder.path(), Names::Exact).unwrap().syncing(waits_for_the_disk).keeping(VERSIONS);
        let name = path("4711_data.txt");
        let content = |number: u8| vec![number; 5_000];
        tree.store(&name, &content(0)).unwrap();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                let mut last = 0;
                while !done.load(Ordering::Relaxed) {
                    // Past the tree's own memory of files.
                    let bytes = std::fs::read(folder.path().join("4711_data.txt")).unwrap();
                    assert!(bytes[0] >= last && bytes == content(bytes[0]), "{bytes:?}");
                    last = bytes[0];
                }
            });
            for number in 1..=50 {
                tree.store(&name, &content(number)).unwrap();
            }
            done.store(true, Ordering::Relaxed);
            reader.join().unwrap();
        });
        let mut there: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        there.sort();
        let firsts: Vec<u8> = there.iter().map(|path| std::fs::read(path).unwrap()[0]).collect();
        assert_eq!(firsts, [50, 49, 48]);
    }
}

#[test]
fn a_folder_in_the_way_of_a_file_stays() {
    for waits_for_the_disk in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let tree = DiskTree::open(folder.path(), Names::Exact).unwrap().syncing(waits_for_the_disk);
        std::fs::create_dir(folder.path().join("4711_data.txt")).unwrap();
        assert!(tree.store(&path("4711_data.txt"), b"new").is_err());
        assert!(folder.path().join("4711_data.txt").is_dir());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn what_a_killed_server_left_behind_is_never_served() {
    let folder = tempfile::tempdir().unwrap();
    let left = format!("{PART_PREFIX}1-1");
    std::fs::write(folder.path().join(&left), "half").unwrap();
    let tree = DiskTree::open(folder.path(), Names::AnyCase).unwrap();
    assert_eq!(tree.list(), Ok(vec![]));
    let unchecked: FilePath = left.parse().unwrap();
    assert_eq!(tree.read(&unchecked), Err(TreeError::NotFound(left.clone())));
    assert_eq!(tree.store(&unchecked, b"x"), Err(TreeError::Forbidden(left)));
}

#[test]
fn a_pipe_in_the_folder_is_no_file_and_stops_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
    let tree = DiskTree::open(folder.path(), Names::AnyCase).unwrap();
    assert!(tree.read(&path("socket")).is_err());
    assert_eq!(tree.list(), Ok(vec![]));
    drop(socket);
}

#[test]
fn a_file_in_the_way_of_a_folder_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let tree = DiskTree::open(folder.path(), Names::AnyCase).unwrap();
    tree.store(&path("backups"), b"a file").unwrap();
    let Err(TreeError::Failed { path: named, .. }) = tree.store(&path("backups/x.txt"), b"x") else {
        panic!("a file is no folder")
    };
    assert_eq!(named, "backups/x.txt");
    assert_eq!(tree.read(&path("backups")), Ok(b"a file".to_vec()));
}
