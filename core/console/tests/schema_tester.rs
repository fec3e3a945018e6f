//! Schemathesis, which nobody here wrote, reads the description and sends what it allows and what it does not: no
//! server error, and every answer as described. `cargo xtask test --peers` installs it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::{env, fs, process::Command};

use common::Bench;
use serde_json::json;

/// What Schemathesis cannot know: a phone that is there, how short a wait is long enough, streams that never end.
const CONFIGURATION: &str = r#"
[checks.positive_data_acceptance]
# 408: what was waited for did not come. 400: no such model, extension or key of this phone.
expected-statuses = ["2xx", "400", "401", "403", "404", "408", "409"]

[[operations]]
include-path = "/api/v1/events"
enabled = false

[[operations]]
include-path = "/api/v1/pictures"
enabled = false
"#;

/// Requests one by one are about a phone that is there; only another one is taken away.
const OF_ONE_PHONE: &str = r#"
[parameters]
"path.name" = "a"
"path.file" = "4711_4620data.txt"

[[operations]]
include-name = "DELETE /api/v1/phones/{name}"
[operations.parameters]
"path.name" = "b"
"#;

const HOOKS: &str = "
import schemathesis

@schemathesis.hook
def before_call(context, case, kwargs):
    if case.operation.path.endswith('/wait') and isinstance(case.body, dict):
        wait = case.body.get('deadline_ms', 10000)
        if wait is None or isinstance(wait, int) and 20 < wait <= 600000:
            case.body['deadline_ms'] = 20
";

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn no_request_breaks_the_control_interface_and_every_answer_is_as_described() {
    let bench = Bench::new().await;
    bench.post("/api/v1/phones", json!({"name": "a", "model": "4620SW", "extension": "4711"})).await;
    bench.save("a", 1, "Ирина", "9120").await;
    test(&bench, OF_ONE_PHONE, &["--phases", "examples,coverage,fuzzing", "--max-examples", "40"]).await;
    test(&bench, "", &["--phases", "stateful", "--max-examples", "20"]).await;
}

async fn test(bench: &Bench, more: &str, how: &[&str]) {
    let program = env::var_os("PEER_PROGRAM_SCHEMATHESIS").expect("run `cargo xtask test --peers`");
    let folder = tempfile::TempDir::new().unwrap();
    let settings = format!("{more}{CONFIGURATION}");
    fs::write(folder.path().join("schemathesis.toml"), settings).unwrap();
    fs::write(folder.path().join("hooks.py"), HOOKS).unwrap();
    let mut tester = Command::new(program);
    tester.current_dir(folder.path()).env("SCHEMATHESIS_HOOKS", "hooks").env("PYTHONPATH", folder.path());
    tester.args(["run", &bench.url("/api/v1/openapi.json"), "--checks", "all", "--seed", "1", "--no-color"]);
    tester.args(["--request-timeout", "30", "--suppress-health-check", "all"]).args(how);
    let done = tokio::task::spawn_blocking(move || tester.output().unwrap()).await.unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}\n{}", String::from_utf8_lossy(&done.stderr));
}
