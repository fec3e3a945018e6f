//! Scenes of start-up and login, and of a phone nobody touches.

use deskset_phone::CallState::{Alerting, Idle};
use deskset_sim::Behaviour;

use super::scene::{Do, Do::*, Scene, Start, used};
use super::{ALL, SMALL_AND_LARGE, THREE};

const fn boot(name: &'static str, models: &'static [&'static str], steps: &'static [Do]) -> Scene {
    used(name, models, steps).from(Start::Power)
}

const fn prompt(name: &'static str, models: &'static [&'static str], steps: &'static [Do]) -> Scene {
    used(name, models, steps).from(Start::Prompt)
}

pub const BOOT: &[Scene] = &[
    boot("boot-starting", &["4620"], &[]),
    boot("boot-request", SMALL_AND_LARGE, &[Attempt(2)]),
    boot("boot-received", &["4620"], &[Received(1025)]),
    boot("boot-saving", &["4620SW"], &[See("Saving to flash")]),
    boot("boot-no-server", THREE, &[Http(Behaviour::Silent), See("TFTP Error")]),
    boot("boot-damaged", &["4621SW"], &[Http(Behaviour::Damages), See("Checksum")]),
    prompt("boot-discover", SMALL_AND_LARGE, &[Keys("4 7 1 1 # 1 2 3 4"), Press("#")]),
];

pub const LOGIN: &[Scene] = &[
    prompt("prompt-extension", ALL, &[]),
    prompt("prompt-extension-typed", SMALL_AND_LARGE, &[Keys("4 7 1 1")]),
    prompt("prompt-password-typed", SMALL_AND_LARGE, &[Keys("4 7 1 1 # 1 2 3")]),
    prompt("login-wrong-extension", &["4620"], &[Keys("9 9 9 9 # 1 #")]),
    prompt("login-wrong-password", &["4610SW"], &[Keys("4 7 1 1 # 9 #")]),
    prompt("login-in-use", &["4625SW"], &[Taken, Keys("4 7 1 1 # 1 2 3 4 #")]),
    used("logged-off", THREE, &[Keys("options"), Choose("Log Off"), Keys("soft1")]),
    used("login-screen", THREE, &[Keys("options"), Choose("Log Off"), Keys("soft1"), Keys("4 7 1 1 # 1 2")]),
];

pub const IDLE: &[Scene] = &[
    used("idle", ALL, &[]),
    used("idle-sip", &["4610SW", "4620SW", "4621SW"], &[]).sip(),
    used(
        "idle-missed",
        &["4620", "4625SW"],
        &[
            Call(1, Alerting, "Ann", "4712"),
            Call(1, Idle, "", ""),
            Call(1, Alerting, "Bob", "4713"),
            Call(1, Idle, "", ""),
        ],
    ),
    used("idle-web", &["4620SW", "4625SW"], &[]).with(&[("WMLHOME", "http://web.lab/")]),
    // Two hours without a key.
    used("idle-dark", &["4621SW", "4625SW", "4620SW"], &[Pass(7201)]),
    used("no-call-log", &["4610SW"], &[]).with(&[("APPSTAT", "0")]),
];
