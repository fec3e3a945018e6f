//! Programs of other makers that are killed, or give up, in the middle: the server knows.
#![allow(missing_docs, clippy::unwrap_used)]

mod foreign;
mod lab;

use std::{
    fs::File,
    io::{Read as _, Write as _},
    os::unix::fs::FileExt as _,
    process::{Child, Stdio},
};

use deskset_server::RecordOutcome;
use foreign::Scene;

/// More than any buffer on the way holds.
const LARGE: u64 = 64 * 1024 * 1024;

/// Part of it, that has come or gone when the client is killed.
const PART: usize = 200_000;

async fn scene() -> Scene {
    let scene = Scene::new().await;
    for name in ["large.bin", "backups/large.bin"] {
        let file = File::create(scene.lab.file(name)).unwrap();
        file.set_len(LARGE).unwrap();
        file.write_all_at(b"a beginning", 0).unwrap();
    }
    std::fs::write(scene.lab.file("backups/4711_data.txt"), "old").unwrap();
    std::fs::write(scene.lab.file("old.bin"), "old").unwrap();
    scene
}

/// The next record, of a transfer that did not come to its end.
async fn cut(scene: &mut Scene, expected: &str) {
    let record = scene.lab.record().await;
    assert_eq!(record.story(), expected, "{record}");
    let RecordOutcome::Aborted(why) = &record.outcome else { panic!("{record}") };
    assert!(!why.is_empty() && record.bytes < LARGE, "{record}");
}

/// Reads a part of what the program prints, and kills it.
async fn killed_while_fetching(scene: &mut Scene, program: &str, arguments: &[&str], expected: &str) {
    let mut command = scene.command(program, arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let child = tokio::task::spawn_blocking(move || {
        let mut part = vec![0; PART];
        child.stdout.as_mut().unwrap().read_exact(&mut part).unwrap();
        assert!(part.starts_with(b"a beginning"));
        child
    });
    kill(child.await.unwrap());
    cut(scene, expected).await;
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_killed_while_it_fetches_leaves_an_aborted_transfer() {
    let mut scene = scene().await;
    let rows: [(&str, &[&str], &str); 9] = [
        ("CURL", &["-sS", "tftp://{tftp}/large.bin"], "TFTP fetch large.bin -> large.bin: aborted"),
        ("CURL", &["-sS", "http://{http}/large.bin"], "HTTP fetch /large.bin -> large.bin: aborted"),
        (
            "CURL",
            &["-sS", "--cacert", "ca.pem", "https://{https}/large.bin"],
            "HTTPS fetch /large.bin -> large.bin: aborted",
        ),
        ("CURL", &["-sS", "ftp://{ftp}/large.bin"], "FTP fetch /large.bin -> large.bin: aborted"),
        ("CURL", &["-sS", "-P", "-", "ftp://{ftp}/large.bin"], "FTP fetch /large.bin -> large.bin: aborted"),
        ("WGET", &["-nv", "-t1", "-O", "-", "http://{http}/large.bin"], "HTTP fetch /large.bin -> large.bin: aborted"),
        ("WGET", &["-nv", "-t1", "-O", "-", "ftp://{ftp}/large.bin"], "FTP fetch /large.bin -> large.bin: aborted"),
        ("LFTP", &["-c", "open ftp://{ftp}; cat large.bin"], "FTP fetch /large.bin -> large.bin: aborted"),
        (
            "ATFTP",
            &[
                "--option",
                "timeout 1",
                "--option",
                "windowsize 8",
                "--get",
                "-r",
                "large.bin",
                "-l",
                "/dev/stdout",
                "127.0.0.1",
                "{tftp_port}",
            ],
            "TFTP fetch large.bin -> large.bin: aborted",
        ),
    ];
    for (program, arguments, expected) in rows {
        killed_while_fetching(&mut scene, program, arguments, expected).await;
    }
    assert_eq!(scene.lab.stop().await, [""; 0]);
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_gives_up_by_itself_leaves_an_aborted_transfer() {
    let mut scene = scene().await;
    let rows: [(i32, &[&str], &str); 5] = [
        // It cannot write what it gets.
        (23, &["-sS", "-o", "/dev/full", "tftp://{tftp}/large.bin"], "TFTP fetch large.bin -> large.bin: aborted"),
        (23, &["-sS", "-o", "/dev/full", "http://{http}/large.bin"], "HTTP fetch /large.bin -> large.bin: aborted"),
        (
            23,
            &["-sS", "-o", "/dev/full", "--cacert", "ca.pem", "https://{https}/large.bin"],
            "HTTPS fetch /large.bin -> large.bin: aborted",
        ),
        (23, &["-sS", "-o", "/dev/full", "ftp://{ftp}/large.bin"], "FTP fetch /large.bin -> large.bin: aborted"),
        // It learns that there is more than it wants.
        (
            63,
            &["-sS", "--max-filesize", "100000", "-o", "got", "http://{http}/large.bin"],
            "HTTP fetch /large.bin -> large.bin: aborted",
        ),
    ];
    for (exit, arguments, expected) in rows {
        let ran = scene.run("CURL", arguments).await;
        assert_eq!(ran.status.code(), Some(exit), "{arguments:?}: {ran:?}");
        cut(&mut scene, expected).await;
    }
    assert_eq!(scene.lab.stop().await, [""; 0]);
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_killed_while_it_stores_leaves_the_old_file() {
    let mut scene = scene().await;
    let rows: [(&[&str], &str); 3] = [
        (&["-sS", "-T", "-", "ftp://{ftp}/4711_data.txt"], "FTP store /4711_data.txt: aborted"),
        (&["-sS", "-P", "-", "-T", "-", "ftp://{ftp}/4711_data.txt"], "FTP store /4711_data.txt: aborted"),
        (&["-sS", "-T", "-", "tftp://{tftp}/old.bin"], "TFTP store old.bin: aborted"),
    ];
    let before = everything(&scene);
    for (arguments, expected) in rows {
        let mut child = scene.command("CURL", arguments).stdin(Stdio::piped()).spawn().unwrap();
        // More than fits into a pipe and the buffers of two sockets: the rest of it has been stored.
        let child = tokio::task::spawn_blocking(move || {
            child.stdin.as_mut().unwrap().write_all(&vec![b'n'; 12 * 1024 * 1024]).unwrap();
            child
        });
        kill(child.await.unwrap());
        cut(&mut scene, expected).await;
        assert!(everything(&scene) == before, "{expected}");
    }
    assert_eq!(scene.lab.stop().await, [""; 0]);
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn a_session_goes_on_after_python_s_ftplib_has_aborted_a_transfer() {
    let mut scene = scene().await;
    let before = everything(&scene);
    let ran = scene.run("PYTHON3", &["{scripts}/aborts.py", "{ftp_port}"]).await;
    assert!(ran.status.success(), "{ran:?}");
    cut(&mut scene, "FTP store /4711_data.txt: aborted").await;
    cut(&mut scene, "FTP fetch /large.bin -> large.bin: aborted").await;
    assert!(everything(&scene) == before);
    assert_eq!(scene.lab.stop().await, [""; 0]);
}

/// Both folders, hidden files too.
fn everything(scene: &Scene) -> [Vec<(String, Vec<u8>)>; 2] {
    [scene.lab.folder.path(), &scene.lab.file("backups")].map(lab::files)
}
