//! A password is in the profile and nowhere else.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{Folder, pairs, variables};
use deskset_profiles::{Choice, Profile};

const PASSWORD: &str = "hunter2";

// req: BR-19
#[test]
fn debug_shows_no_password() {
    let text = format!(
        "[extensions]\n4711 = '{PASSWORD}'\n[servers.ftp_users]\nbob = '{PASSWORD}'\n[site]\nPROCPSWD = '{PASSWORD}'\n\
         [manual]\nPROCPSWD = '{PASSWORD}'\n"
    );
    let folder = Folder::new().with("mine.toml", text);
    let profile = Profile::load(&folder.choice("mine")).unwrap();
    assert_eq!(profile.site.pairs(), pairs(&[("PROCPSWD", PASSWORD)]));
    let shown = format!("{profile:?} {profile:#?}");
    assert!(shown.contains("4711") && shown.contains("bob") && shown.contains("PROCPSWD"), "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
}

// req: BR-19
#[test]
fn no_refusal_repeats_a_password() {
    for text in [
        // no quotation marks, no end, no key, twice, and wrong types all around it
        "extensions.4711 = hunter2",
        "extensions.4711 = \"hunter2",
        "[extensions]\n4711 \"hunter2\"",
        "[extensions]\n4711 = \"hunter2\" 4712 = \"x\"",
        "[extensions]\n4711 = \"hunter2\"\n4711 = \"hunter2\"",
        "[extensions]\n4711 = [\"hunter2\"]",
        "[extensions]\n4711 = { hunter2 = 1 }",
        "[extensions]\n47a = \"hunter2\"",
        "servers.ftp_users = \"hunter2\"",
        "site.PROCPSWD = \"hunter2\\n\"",
        "servers.tftp_port = \"hunter2\"",
    ] {
        let folder = Folder::new().with("mine.toml", text);
        let error = Profile::load(&folder.choice("mine")).unwrap_err();
        let said = format!("{error} {error:?}");
        assert!(!said.contains(PASSWORD), "{text}\n{said}");
    }
    let folder = Folder::new();
    for name in ["DESKSET_EXTENSIONS__4711__X", "DESKSET_EXTENSION__4711", "DESKSET_EXTENSIONS", "DESKSET_PASSWORD"] {
        let choice = Choice { environment: variables(&[(name, PASSWORD)]), ..folder.choice("default") };
        let error = Profile::load(&choice).unwrap_err();
        let said = format!("{error} {error:?}");
        assert!(!said.contains(PASSWORD), "{name}\n{said}");
    }
}
