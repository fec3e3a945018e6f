//! Programs of other makers fetch from the server and store on it: curl, wget, lftp, Python's ftplib, tftp-hpa, atftp.
#![allow(missing_docs, clippy::unwrap_used)]

mod foreign;
mod lab;

use foreign::{Row, check};

const GOT: &[(&str, &str)] = &[("{here}/got", "{site}/phone.app")];
const RESUMED: &[(&str, &str)] = &[("{here}/part", "{site}/phone.app")];
const NONE: &[&str] = &["{here}/got"];
const STORED: &[(&str, &str)] = &[("{site}/backups/4711_data.txt", "{here}/local")];

const TFTP: &[&str] = &["TFTP fetch phone.app -> phone.app: complete, 300007 bytes"];
const HTTP: &[&str] = &["HTTP fetch /phone.app -> phone.app: complete, 300007 bytes"];
const HTTPS: &[&str] = &["HTTPS fetch /phone.app -> phone.app: complete, 300007 bytes"];
const FTP: &[&str] = &["FTP fetch /phone.app -> phone.app: complete, 300007 bytes"];
const HTTP_REST: &[&str] = &["HTTP fetch /phone.app -> phone.app: complete, 200007 bytes"];
const HTTPS_REST: &[&str] = &["HTTPS fetch /phone.app -> phone.app: complete, 200007 bytes"];
const FTP_REST: &[&str] = &["FTP fetch /phone.app -> phone.app: complete, 200007 bytes"];
const FTP_STORE: &[&str] = &["FTP store /4711_data.txt -> 4711_data.txt: complete, 70001 bytes"];

// req: FS-1, FS-2, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn curl_fetches_over_tftp() {
    check(&[
        Row::fine("CURL", &["-sS", "tftp://{tftp}/phone.app", "-o", "got"]).same(GOT).told(TFTP),
        Row::fine("CURL", &["-sS", "--tftp-blksize", "1428", "tftp://{tftp}/phone.app", "-o", "got"])
            .same(GOT)
            .told(TFTP),
        Row::fine("CURL", &["-sS", "--tftp-blksize", "65464", "tftp://{tftp}/phone.app", "-o", "got"])
            .same(GOT)
            .told(TFTP),
        Row::fine("CURL", &["-sS", "--tftp-no-options", "tftp://{tftp}/PHONE.APP", "-o", "got"])
            .same(GOT)
            .told(&["TFTP fetch PHONE.APP -> phone.app: complete, 300007 bytes"]),
        Row::fine("CURL", &["-sS", "tftp://{tftp}/whole.app", "-o", "got"])
            .same(&[("{here}/got", "{site}/whole.app")])
            .told(&["TFTP fetch whole.app -> whole.app: complete, 20480 bytes"]),
        Row::fine("CURL", &["-sS", "--tftp-no-options", "tftp://{tftp}/empty.txt", "-o", "got"])
            .told(&["TFTP fetch empty.txt -> empty.txt: complete, 0 bytes"]),
        Row::fails("CURL", 68, &["-sS", "tftp://{tftp}/none.txt", "-o", "got"])
            .missing(NONE)
            .told(&["TFTP fetch none.txt: refused, none.txt: no such file on this server"]),
    ])
    .await;
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn curl_stores_over_tftp_where_that_is_allowed() {
    check(&[
        Row::fine("CURL", &["-sS", "-T", "local", "tftp://{tftp}/new.bin"])
            .same(&[("{site}/new.bin", "{here}/local")])
            .told(&["TFTP store new.bin -> new.bin: complete, 70001 bytes"]),
        Row::fine("CURL", &["-sS", "--tftp-blksize", "8192", "-T", "local", "tftp://{tftp}/new.bin"])
            .same(&[("{site}/new.bin", "{here}/local")])
            .told(&["TFTP store new.bin -> new.bin: complete, 70001 bytes"]),
    ])
    .await;
}

// req: FS-1, FS-2, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn curl_fetches_over_http() {
    check(&[
        Row::fine("CURL", &["-sS", "-f", "http://{http}/phone.app", "-o", "got"]).same(GOT).told(HTTP),
        Row::fine("CURL", &["-sS", "-f", "--http1.0", "http://{http}/phone.app", "-o", "got"]).same(GOT).told(HTTP),
        Row::fine("CURL", &["-sS", "-f", "-C", "-", "http://{http}/phone.app", "-o", "part"])
            .same(RESUMED)
            .told(HTTP_REST),
        Row::fine("CURL", &["-sS", "-f", "http://{http}/empty.txt", "-o", "got"])
            .told(&["HTTP fetch /empty.txt -> empty.txt: complete, 0 bytes"]),
        Row::fine("CURL", &["-sS", "-f", "-I", "http://{http}/phone.app"])
            .told(&["HTTP fetch /phone.app -> phone.app: complete, 0 bytes"]),
        // One connection, two files.
        Row::fine(
            "CURL",
            &["-sS", "-f", "http://{http}/phone.app", "-o", "got", "http://{http}/Upgrade.SCR", "-o", "scr"],
        )
        .same(&[("{here}/got", "{site}/phone.app"), ("{here}/scr", "{site}/upgrade.scr")])
        .told(&[
            "HTTP fetch /phone.app -> phone.app: complete, 300007 bytes",
            "HTTP fetch /Upgrade.SCR -> upgrade.scr: complete, 29 bytes",
        ]),
        Row::fails("CURL", 22, &["-sS", "-f", "http://{http}/none.txt", "-o", "got"])
            .missing(NONE)
            .told(&["HTTP fetch /none.txt: refused, none.txt: no such file on this server"]),
    ])
    .await;
}

// req: FS-1, FS-2, FS-4, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn curl_fetches_over_https_if_it_knows_the_lab_s_authority() {
    check(&[
        Row::fine("CURL", &["-sS", "-f", "--cacert", "ca.pem", "https://{https}/phone.app", "-o", "got"])
            .same(GOT)
            .told(HTTPS),
        Row::fine(
            "CURL",
            &["-sS", "-f", "--tls-max", "1.2", "--cacert", "ca.pem", "https://{https}/phone.app", "-o", "got"],
        )
        .same(GOT)
        .told(HTTPS),
        Row::fine("CURL", &["-sS", "-f", "-C", "-", "--cacert", "ca.pem", "https://{https}/phone.app", "-o", "part"])
            .same(RESUMED)
            .told(HTTPS_REST),
        // The authority is not one of the public ones.
        Row::fails("CURL", 60, &["-sS", "-f", "https://{https}/phone.app", "-o", "got"]).missing(NONE),
        // The certificate is not made out to this name.
        Row::fails(
            "CURL",
            60,
            &[
                "-sS",
                "-f",
                "--cacert",
                "ca.pem",
                "--connect-to",
                "other.invalid:443:{https}",
                "https://other.invalid/phone.app",
                "-o",
                "got",
            ],
        )
        .missing(NONE),
    ])
    .await;
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn curl_fetches_over_ftp_each_way() {
    check(&[
        Row::fine("CURL", &["-sS", "ftp://{ftp}/phone.app", "-o", "got"]).same(GOT).told(FTP),
        Row::fine("CURL", &["-sS", "--disable-epsv", "ftp://{ftp}/phone.app", "-o", "got"]).same(GOT).told(FTP),
        Row::fine("CURL", &["-sS", "-P", "-", "ftp://{ftp}/phone.app", "-o", "got"]).same(GOT).told(FTP),
        Row::fine("CURL", &["-sS", "-P", "-", "--disable-eprt", "ftp://{ftp}/phone.app", "-o", "got"])
            .same(GOT)
            .told(FTP),
        Row::fine("CURL", &["-sS", "-u", "phones:{password}", "ftp://{ftp}/phone.app", "-o", "got"])
            .same(GOT)
            .told(FTP),
        Row::fine("CURL", &["-sS", "-C", "-", "ftp://{ftp}/phone.app", "-o", "part"]).same(RESUMED).told(FTP_REST),
        Row::fine("CURL", &["-sS", "ftp://{ftp}/"]),
        Row::fails("CURL", 67, &["-sS", "-u", "phones:wrong", "ftp://{ftp}/phone.app", "-o", "got"]).missing(NONE),
        Row::fails("CURL", 78, &["-sS", "ftp://{ftp}/none.txt", "-o", "got"]).missing(NONE),
    ])
    .await;
}

// req: FS-14, AR-1
#[tokio::test(flavor = "multi_thread")]
async fn curl_stores_over_ftp_each_way() {
    check(&[
        Row::fine("CURL", &["-sS", "-T", "local", "ftp://{ftp}/4711_data.txt"]).same(STORED).told(FTP_STORE),
        Row::fine("CURL", &["-sS", "--disable-epsv", "-T", "local", "ftp://{ftp}/4711_data.txt"])
            .same(STORED)
            .told(FTP_STORE),
        Row::fine("CURL", &["-sS", "-P", "-", "-T", "local", "ftp://{ftp}/4711_data.txt"]).same(STORED).told(FTP_STORE),
        Row::fine("CURL", &["-sS", "-P", "-", "--disable-eprt", "-T", "local", "ftp://{ftp}/4711_data.txt"])
            .same(STORED)
            .told(FTP_STORE),
        Row::fine(
            "CURL",
            &["-sS", "-u", "phones:{password}", "--ftp-create-dirs", "-T", "local", "ftp://{ftp}/new/any.name"],
        )
        .same(&[("{site}/backups/new/any.name", "{here}/local")])
        .told(&["FTP store /new/any.name -> new/any.name: complete, 70001 bytes"]),
        Row::fine("CURL", &["-sS", "-X", "MLSD", "ftp://{ftp}/"]),
        // A file is never put together from parts.
        Row::fails(
            "CURL",
            18,
            &["-sS", "-u", "phones:{password}", "--append", "-T", "local", "ftp://{ftp}/4711_data.txt"],
        )
        .told(&["FTP store /4711_data.txt: refused, files are stored whole, not continued"]),
        // Visitors without a name store backup files only.
        Row::fails("CURL", 18, &["-sS", "-T", "local", "ftp://{ftp}/other.txt"])
            .missing(&["{site}/backups/other.txt"])
            .told(&["FTP store /other.txt: refused, other.txt: may not be stored by an anonymous visitor"]),
    ])
    .await;
}

// req: FS-1, FS-2, FS-7, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn curl_gets_a_phone_s_files_in_the_same_way_over_each_protocol() {
    const BOTH: &[(&str, &str)] = &[("{here}/script", "{site}/upgrade.scr"), ("{here}/got", "{site}/phone.app")];
    check(&[
        Row::fine(
            "CURL",
            &[
                "-sS",
                "-f",
                "--cacert",
                "ca.pem",
                "https://{https}/upgrade.scr",
                "-o",
                "script",
                "https://{https}/phone.app",
                "-o",
                "got",
            ],
        )
        .same(BOTH)
        .told(&[
            "HTTPS fetch /upgrade.scr -> upgrade.scr: complete, 29 bytes",
            "HTTPS fetch /phone.app -> phone.app: complete, 300007 bytes",
        ]),
        Row::fine(
            "CURL",
            &["-sS", "-f", "http://{http}/upgrade.scr", "-o", "script", "http://{http}/phone.app", "-o", "got"],
        )
        .same(BOTH)
        .told(&[
            "HTTP fetch /upgrade.scr -> upgrade.scr: complete, 29 bytes",
            "HTTP fetch /phone.app -> phone.app: complete, 300007 bytes",
        ]),
        Row::fine(
            "CURL",
            &["-sS", "-f", "tftp://{tftp}/upgrade.scr", "-o", "script", "tftp://{tftp}/phone.app", "-o", "got"],
        )
        .same(BOTH)
        .told(&[
            "TFTP fetch upgrade.scr -> upgrade.scr: complete, 29 bytes",
            "TFTP fetch phone.app -> phone.app: complete, 300007 bytes",
        ]),
    ])
    .await;
}

// req: FS-1, FS-2, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn tftp_hpa_fetches_and_stores() {
    check(&[
        Row::fine("TFTP", &["-m", "octet", "127.0.0.1", "{tftp_port}", "-c", "get", "phone.app", "got"])
            .same(GOT)
            .told(TFTP),
        Row::fine("TFTP", &["-m", "netascii", "127.0.0.1", "{tftp_port}", "-c", "get", "lines.txt", "got"])
            .same(&[("{here}/got", "{site}/lines.txt")])
            .told(&["TFTP fetch lines.txt -> lines.txt: complete, 2500 bytes"]),
        // Line ends of either kind arrive as the client's own.
        Row::fine("TFTP", &["-m", "netascii", "127.0.0.1", "{tftp_port}", "-c", "get", "crlf.txt", "got"])
            .same(&[("{here}/got", "{site}/unix.txt")])
            .told(&["TFTP fetch crlf.txt -> crlf.txt: complete, 720 bytes"]),
        Row::fine("TFTP", &["-m", "octet", "127.0.0.1", "{tftp_port}", "-c", "put", "local", "new.bin"])
            .same(&[("{site}/new.bin", "{here}/local")])
            .told(&["TFTP store new.bin -> new.bin: complete, 70001 bytes"]),
        Row::fine("TFTP", &["-m", "netascii", "127.0.0.1", "{tftp_port}", "-c", "put", "lines", "new.txt"])
            .same(&[("{site}/new.txt", "{here}/lines")])
            .told(&["TFTP store new.txt -> new.txt: complete, 3600 bytes"]),
    ])
    .await;
}

// req: FS-1, FS-2, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn atftp_fetches_and_stores_with_every_option() {
    check(&[
        Row::fine("ATFTP", &["--get", "-r", "phone.app", "-l", "got", "127.0.0.1", "{tftp_port}"]).same(GOT).told(TFTP),
        Row::fine(
            "ATFTP",
            &["--option", "blksize 1428", "--get", "-r", "phone.app", "-l", "got", "127.0.0.1", "{tftp_port}"],
        )
        .same(GOT)
        .told(TFTP),
        Row::fine(
            "ATFTP",
            &["--option", "windowsize 16", "--get", "-r", "phone.app", "-l", "got", "127.0.0.1", "{tftp_port}"],
        )
        .same(GOT)
        .told(TFTP),
        Row::fine(
            "ATFTP",
            &[
                "--option",
                "tsize",
                "--option",
                "timeout 1",
                "--option",
                "blksize 1024",
                "--option",
                "windowsize 4",
                "--get",
                "-r",
                "phone.app",
                "-l",
                "got",
                "127.0.0.1",
                "{tftp_port}",
            ],
        )
        .same(GOT)
        .told(TFTP),
        Row::fine(
            "ATFTP",
            &[
                "--option",
                "tsize",
                "--option",
                "timeout 1",
                "--option",
                "blksize 1024",
                "--option",
                "windowsize 4",
                "--put",
                "-l",
                "local",
                "-r",
                "new.bin",
                "127.0.0.1",
                "{tftp_port}",
            ],
        )
        .same(&[("{site}/new.bin", "{here}/local")])
        .told(&["TFTP store new.bin -> new.bin: complete, 70001 bytes"]),
    ])
    .await;
}

// req: FS-1, FS-2, FS-4, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn wget_fetches_and_goes_on_with_what_came_in_part() {
    check(&[
        Row::fine("WGET", &["-nv", "-t1", "http://{http}/phone.app", "-O", "got"]).same(GOT).told(HTTP),
        Row::fine("WGET", &["-nv", "-t1", "-c", "http://{http}/phone.app", "-O", "part"]).same(RESUMED).told(HTTP_REST),
        Row::fine("WGET", &["-nv", "-t1", "--ca-certificate=ca.pem", "https://{https}/phone.app", "-O", "got"])
            .same(GOT)
            .told(HTTPS),
        Row::fine("WGET", &["-nv", "-t1", "-c", "--ca-certificate=ca.pem", "https://{https}/phone.app", "-O", "part"])
            .same(RESUMED)
            .told(HTTPS_REST),
        Row::fails("WGET", 5, &["-nv", "-t1", "https://{https}/phone.app", "-O", "got"]),
        Row::fine("WGET", &["-nv", "-t1", "ftp://{ftp}/phone.app", "-O", "got"]).same(GOT).told(FTP),
        Row::fine("WGET", &["-nv", "-t1", "--no-passive-ftp", "ftp://{ftp}/phone.app", "-O", "got"])
            .same(GOT)
            .told(FTP),
        Row::fine(
            "WGET",
            &["-nv", "-t1", "--user=phones", "--password={password}", "ftp://{ftp}/phone.app", "-O", "got"],
        )
        .same(GOT)
        .told(FTP),
        Row::fine("WGET", &["-nv", "-t1", "-c", "ftp://{ftp}/phone.app", "-O", "part"]).same(RESUMED).told(FTP_REST),
        Row::fails("WGET", 8, &["-nv", "-t1", "http://{http}/none.txt"])
            .told(&["HTTP fetch /none.txt: refused, none.txt: no such file on this server"]),
    ])
    .await;
}

// req: FS-1, FS-2, FS-4, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn lftp_fetches_stores_and_mirrors() {
    check(&[
        Row::fine("LFTP", &["-c", "open ftp://{ftp}; get phone.app -o got"]).same(GOT).told(FTP),
        Row::fine("LFTP", &["-c", "set ftp:passive-mode off; open ftp://{ftp}; get phone.app -o got"])
            .same(GOT)
            .told(FTP),
        Row::fine("LFTP", &["-c", "open ftp://{ftp}; get -c phone.app -o part"]).same(RESUMED).told(FTP_REST),
        Row::fine("LFTP", &["-c", "open -u phones,{password} ftp://{ftp}; ls; cls -l; get phone.app -o got"])
            .same(GOT)
            .told(FTP),
        Row::fine("LFTP", &["-c", "open ftp://{ftp}; put local -o 4711_data.txt"]).same(STORED).told(FTP_STORE),
        Row::fine("LFTP", &["-c", "set ftp:passive-mode off; open ftp://{ftp}; put local -o 4711_data.txt"])
            .same(STORED)
            .told(FTP_STORE),
        Row::fine("LFTP", &["-c", "open ftp://{ftp}; mirror --exclude 4711 --exclude unix.txt / all"])
            .same(&[
                ("{here}/all/phone.app", "{site}/phone.app"),
                ("{here}/all/whole.app", "{site}/whole.app"),
                ("{here}/all/lines.txt", "{site}/lines.txt"),
                ("{here}/all/empty.txt", "{site}/empty.txt"),
            ])
            .told(&[
                // It makes an empty file without asking for it.
                "FTP fetch /crlf.txt -> crlf.txt: complete, 720 bytes",
                "FTP fetch /lines.txt -> lines.txt: complete, 2000 bytes",
                "FTP fetch /phone.app -> phone.app: complete, 300007 bytes",
                "FTP fetch /whole.app -> whole.app: complete, 20480 bytes",
            ]),
        Row::fine("LFTP", &["-c", "get http://{http}/phone.app -o got"]).same(GOT).told(HTTP),
        Row::fine("LFTP", &["-c", "set ssl:ca-file {here}/ca.pem; get https://{https}/phone.app -o got"])
            .same(GOT)
            .told(HTTPS),
    ])
    .await;
}

// req: FS-14, AR-1
#[tokio::test(flavor = "multi_thread")]
async fn python_s_ftplib_does_all_it_can_over_each_kind_of_data_connection() {
    check(&[
        session(&["{scripts}/session.py", "{ftp_port}", "anonymous", "guest@", "PASV"]),
        session(&["{scripts}/session.py", "{ftp_port}", "anonymous", "guest@", "EPSV"]),
        session(&["{scripts}/session.py", "{ftp_port}", "anonymous", "guest@", "PORT"]),
        session(&["{scripts}/session.py", "{ftp_port}", "anonymous", "guest@", "EPRT"]),
        session(&["{scripts}/session.py", "{ftp_port}", "phones", "{password}", "PASV"]),
        session(&["{scripts}/session.py", "{ftp_port}", "phones", "{password}", "EPSV"]),
        session(&["{scripts}/session.py", "{ftp_port}", "phones", "{password}", "PORT"]),
        session(&["{scripts}/session.py", "{ftp_port}", "phones", "{password}", "EPRT"]),
    ])
    .await;
}

/// The session says itself whether all replies and lists were as they should be.
const fn session(arguments: &'static [&'static str]) -> Row {
    Row::fine("PYTHON3", arguments)
        .same(&[
            ("{here}/got", "{site}/phone.app"),
            ("{here}/part", "{site}/phone.app"),
            ("{site}/backups/4711_data.txt", "{here}/local"),
        ])
        .told(&[
            "FTP fetch /phone.app -> phone.app: complete, 300007 bytes",
            "FTP fetch /phone.app -> phone.app: complete, 200007 bytes",
            "FTP store /4711_data.txt -> 4711_data.txt: complete, 70001 bytes",
            "FTP store /../4711_data.txt: refused, /../4711_data.txt: not a name this server serves",
        ])
}
