//! Every mistake is refused with a sentence that says where it is.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{Folder, pairs, variables};
use deskset_profiles::{Choice, Profile};

/// The message for `choice`, the folder written as `profiles`.
fn refusal(folder: &Folder, choice: &Choice) -> String {
    let error = Profile::load(choice).unwrap_err();
    error.to_string().replace(folder.path().to_str().unwrap(), "profiles")
}

/// What is said of a profile file with this text.
fn of_file(text: impl AsRef<[u8]>) -> String {
    let folder = Folder::new().with("mine.toml", text);
    refusal(&folder, &folder.choice("mine"))
}

fn of_variables(given: &[(&str, &str)]) -> String {
    let folder = Folder::new();
    refusal(&folder, &Choice { environment: variables(given), ..folder.choice("default") })
}

fn of_command_line(given: &[(&str, &str)]) -> String {
    let folder = Folder::new();
    refusal(&folder, &Choice { overrides: pairs(given), ..folder.choice("default") })
}

// req: DC-1
#[test]
fn an_unknown_profile_is_refused_with_the_known_ones() {
    let folder = Folder::new().with("office.toml", "").with("notes.txt", "");
    assert_eq!(
        refusal(&folder, &folder.choice("ofice")),
        "there is no profile \"ofice\"; known: default, lab, office; or give the path of a .toml file"
    );
    assert_eq!(
        refusal(&folder, &folder.choice("")),
        "there is no profile \"\"; known: default, lab, office; or give the path of a .toml file"
    );
}

// req: DC-1
#[test]
fn a_missing_file_is_refused() {
    let folder = Folder::new();
    let path = folder.path().join("gone.toml").display().to_string();
    assert_eq!(
        refusal(&folder, &folder.choice(&path)),
        "profile profiles/gone.toml cannot be read: No such file or directory (os error 2); \
         check the path and the rights"
    );
}

#[test]
fn a_folder_in_place_of_a_profile_is_refused() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("mine.toml")).unwrap();
    assert_eq!(
        refusal(&folder, &folder.choice("mine")),
        "profile profiles/mine.toml cannot be read: Is a directory (os error 21); check the path and the rights"
    );
}

#[test]
fn a_file_larger_than_any_profile_is_refused() {
    assert_eq!(
        of_file(vec![b'#'; (4 << 20) + 1]),
        "profile profiles/mine.toml is larger than 4194304 bytes; is it a profile?"
    );
}

// req: DC-1
#[test]
fn unknown_keys_are_refused_with_near_ones() {
    assert_eq!(
        of_file("[servers]\ntftpport = 69\n"),
        "profiles/mine.toml: unknown key servers.tftpport; \
         nearest known: servers.tftp_port, servers.ftp_port, servers.http_port"
    );
    assert_eq!(of_file("[server]\nbind = \"::\"\n"), "profiles/mine.toml: unknown key server; nearest known: servers");
    assert_eq!(of_file("group = 3\n"), "profiles/mine.toml: unknown key group; nearest known: phones.group");
    assert_eq!(of_file("[zebra]\n"), "profiles/mine.toml: unknown key zebra; profiles/default.toml explains every key");
    assert_eq!(
        of_file("[applications.\"a.bin\"]\nrelese = \"2.8\"\n"),
        "profiles/mine.toml: unknown key applications.\"a.bin\".relese; \
         nearest known: applications.\"a.bin\".release"
    );
}

// req: DC-1
#[test]
fn unknown_variables_and_overrides_are_refused() {
    assert_eq!(
        of_variables(&[("DESKSET_SERVERS__BIN", "::")]),
        "environment variable DESKSET_SERVERS__BIN: unknown key servers.bin; nearest known: DESKSET_SERVERS__BIND"
    );
    assert_eq!(
        of_variables(&[("DESKSET_FOO", "1")]),
        "environment variable DESKSET_FOO: unknown key foo; profiles/default.toml explains every key"
    );
    assert_eq!(of_command_line(&[("phone.group", "1")]), "command line: unknown key phone; nearest known: phones");
}

#[test]
fn two_variables_for_one_key_are_refused() {
    assert_eq!(
        of_variables(&[("DESKSET_PLUGINS", "/a"), ("DESKSET_PLUGINS__FOLDERS", "/b")]),
        "environment variables DESKSET_PLUGINS and DESKSET_PLUGINS__FOLDERS both set plugins.folders; \
         unset one of them"
    );
}

// req: DC-1
#[test]
fn values_of_another_type_are_refused() {
    for (text, said) in [
        ("servers = 5", "servers: expected a section, found a number"),
        ("servers.bind = 5", "servers.bind: expected a text in quotation marks, found a number"),
        ("servers.tftp = \"yes\"", "servers.tftp: expected true or false, found a text"),
        ("servers.tftp_port = 70000", "servers.tftp_port: expected a whole number from 0 to 65535, found a number"),
        ("servers.tftp_port = -1", "servers.tftp_port: expected a whole number from 0 to 65535, found a number"),
        (
            "phones.boot_rounds = 1.5",
            "phones.boot_rounds: expected a whole number from 0 to 255, found a number with a fraction",
        ),
        ("plugins.folders = \"a\"", "plugins.folders: expected a list in square brackets, found a text"),
        ("plugins.folders = [1]", "plugins.folders.0: expected a text in quotation marks, found a number"),
        ("extensions = []", "extensions: expected a section, found a list"),
        (
            "applications.\"a.bin\" = {}",
            "applications.\"a.bin\".release is missing; write it before or beside the section's other keys",
        ),
    ] {
        assert_eq!(of_file(text), format!("profiles/mine.toml: {said}"));
    }
    assert_eq!(
        of_variables(&[("DESKSET_SERVERS__TFTP_PORT", "many")]),
        "environment variable DESKSET_SERVERS__TFTP_PORT: servers.tftp_port: \
         expected a whole number from 0 to 65535, found a text"
    );
    assert_eq!(of_command_line(&[("servers", "all")]), "command line: servers: expected a section, found a text");
}

// req: DC-1
#[test]
fn values_that_cannot_be_meant_are_refused() {
    for (text, said) in [
        (
            "servers.bind = \"lo\"",
            "servers.bind: \"lo\" is no IPv4 address: write one such as 127.0.0.1, or 0.0.0.0 for all",
        ),
        (
            "servers.ftp_passive_ports = \"9-8\"",
            "servers.ftp_passive_ports: \"9-8\" is no range of ports: write it like 50000-50100",
        ),
        (
            "servers.connections_per_address = 0",
            "servers.connections_per_address: every client would be turned away: write 1 or more",
        ),
        (
            "servers.tftp_rollover = \"2\"",
            "servers.tftp_rollover: \"2\" is no number to go on with: write 0, 1 or none",
        ),
        ("servers.ftp_versions = 100", "servers.ftp_versions: 100 versions cannot be meant: write 0 to 99"),
        (
            "servers.ftp_users.\"a b\" = \"\"",
            "servers.ftp_users: a user name is empty or holds a blank; rename the user",
        ),
        ("phones.model = \"\"", "phones.model: no model is named; `plugin list` shows those there are"),
        ("phones.signaling = \"isdn\"", "phones.signaling: \"isdn\" is no signaling: write h323 or sip"),
        ("phones.mac = \"12\"", "phones.mac: \"12\" is no hardware address: write 12 hexadecimal digits"),
        ("phones.group = 1000", "phones.group: 1000 is no group: write 0 to 999"),
        ("phones.boot_rounds = 0", "phones.boot_rounds: a phone boots at least once: write 1 or more"),
        ("phones.boot_release = \"new\"", "phones.boot_release: \"new\" is no release: write it like 2.2 or 2.9.2"),
        ("phones.prompt_seconds = 90000", "phones.prompt_seconds: 90000 seconds cannot be meant: write 0 to 86400"),
        ("phones.page_kilobytes = 0", "phones.page_kilobytes: 0 kilobytes cannot be meant: write 1 to 1024"),
        (
            "phones.picture_kilobytes = 1025",
            "phones.picture_kilobytes: 1025 kilobytes cannot be meant: write 1 to 1024",
        ),
        ("limits.file_seconds = 0", "limits.file_seconds: 0 seconds cannot be meant: write 1 to 86400"),
        ("extensions.47a = \"1\"", "extensions.47a: \"47a\" is no extension: write 1 to 13 digits"),
        ("site.\"HTTP SRVR\" = \"\"", "site.HTTP SRVR: a parameter name has letters, digits and _ only"),
        (
            "site.HTTPDIR = \"a\\nb\"",
            "site.HTTPDIR: the value holds a control character or a quotation mark; remove it",
        ),
        (
            "manual.SIG = \"1\"\nmanual.sig = \"2\"",
            "manual.sig: the same parameter is also written SIG; keep one of them",
        ),
        (
            "applications.\"a.bin\".release = \"R\"",
            "applications.\"a.bin\".release: \"R\" is no release: write it like 2.2 or 2.9.2",
        ),
        (
            "applications.\"a.bin\" = { release = \"2.8\", sha256 = \"0\" }",
            "applications.\"a.bin\".sha256: a SHA-256 has 64 hexadecimal digits; leave it out if unknown",
        ),
        (
            "applications.\"a/b\".release = \"2.8\"",
            "applications.\"a/b\": \"a/b\" cannot name a file: use names without control characters, `..` or empty parts",
        ),
    ] {
        assert_eq!(of_file(text), format!("profiles/mine.toml: {said}"));
    }
}

#[test]
fn a_wrong_value_is_seen_although_a_later_layer_hides_it() {
    let folder = Folder::new().with("mine.toml", "phones.group = 5000");
    let choice = Choice { environment: variables(&[("DESKSET_PHONES__GROUP", "5")]), ..folder.choice("mine") };
    assert_eq!(refusal(&folder, &choice), "profiles/mine.toml: phones.group: 5000 is no group: write 0 to 999");
}

#[test]
fn a_file_that_is_no_toml_is_refused_with_line_and_column() {
    assert_eq!(
        of_file("[phones]\ngroup 3\n"),
        "profiles/mine.toml, line 2, column 7: expected `.`, `=`; a profile is a TOML file in UTF-8"
    );
    assert_eq!(
        of_file(b"[phones]\n# \xe9\n"),
        "profiles/mine.toml, line 2, column 3: a byte that is not UTF-8; a profile is a TOML file in UTF-8"
    );
}
