//! Programs of other makers fetch from our server and store on it: those columns of the table of `cargo xtask interop`
//! whose programs `cargo xtask test --peers` installs.
#![allow(missing_docs)]

use xtask::interop::{Choice, Peers, Verdict, run};

/// All cells of a program are as the table says.
async fn works(protocol: &str, program: &str) {
    let only = [protocol, "server", program].map(|word| format!("{word} ")).to_vec();
    let table = run(Peers::from_environment(), &Choice { only, half: false }, |_, _| ()).await.expect("files to serve");
    let failed: Vec<_> = table.cells.iter().filter(|cell| cell.result == Verdict::Fail).collect();
    assert!(!table.cells.is_empty() && failed.is_empty(), "{failed:#?}");
}

// req: FS-1, FS-2, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn curl_fetches_and_stores_over_tftp() {
    works("tftp", "curl").await;
}

// req: FS-1, FS-2, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn tftp_hpa_fetches_and_stores() {
    works("tftp", "tftp-hpa").await;
}

// req: FS-1, FS-2, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn atftp_fetches_and_stores_with_every_option() {
    works("tftp", "atftp").await;
}

// req: FS-1, FS-2, FS-4, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn curl_fetches_over_http_and_https() {
    works("http", "curl").await;
}

// req: FS-1, FS-2, FS-4, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn wget_fetches_over_http_and_https_and_goes_on_with_what_came_in_part() {
    works("http", "wget").await;
}

// req: FS-1, FS-2, FS-4
#[tokio::test(flavor = "multi_thread")]
async fn a_linter_finds_nothing_wrong_with_the_answers_over_http() {
    works("http", "http.client").await;
}

// req: FS-14, AR-1
#[tokio::test(flavor = "multi_thread")]
async fn curl_fetches_and_stores_over_ftp_each_way() {
    works("ftp", "curl").await;
}

// req: FS-14, AR-1
#[tokio::test(flavor = "multi_thread")]
async fn lftp_fetches_stores_and_mirrors() {
    works("ftp", "lftp").await;
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn wget_fetches_over_ftp() {
    works("ftp", "wget").await;
}

// req: FS-14, AR-1
#[tokio::test(flavor = "multi_thread")]
async fn python_s_ftplib_does_all_it_can_over_each_kind_of_data_connection() {
    works("ftp", "ftplib").await;
}
