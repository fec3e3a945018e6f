//! How keys and calls are written.
#![allow(missing_docs, clippy::unwrap_used)]

use deskset_phone::{CallState, Digit, Key, Side};

// req: DC-6
#[test]
fn a_key_is_read_as_it_is_written() {
    let mut keys: Vec<Key> = "0123456789*#".chars().map(|sign| Key::Digit(Digit::new(sign).unwrap())).collect();
    keys.extend((1..=4).map(Key::Soft));
    keys.extend((1..=6).flat_map(|row| [Key::Line(row, Side::Left), Key::Line(row, Side::Right)]));
    keys.extend([Key::PhoneExit, Key::Options, Key::PageLeft, Key::PageRight, Key::Speaker, Key::Headset, Key::Mute]);
    keys.extend([Key::Hold, Key::Redial, Key::Transfer, Key::Conference, Key::Drop, Key::VolumeUp, Key::VolumeDown]);
    for key in keys {
        assert_eq!(key.to_string().parse(), Ok(key));
    }
    // The names of the guides, as the key tables of the models have them.
    assert_eq!("Phone/Exit".parse(), Ok(Key::PhoneExit));
    assert_eq!("Page Left".parse(), Ok(Key::PageLeft));
    for wrong in ["", "12", "soft0", "soft", "soft999", "line1", "line0-left", "line1-up", "line-left", "ä", "exit"] {
        let why = wrong.parse::<Key>().unwrap_err().to_string();
        assert!(why.starts_with(&format!("\"{wrong}\" is no key; keys are 0 to 9")), "{why}");
    }
}

// req: DC-6
#[test]
fn a_call_state_is_read_as_it_is_written() {
    for state in [CallState::Idle, CallState::Alerting, CallState::Active, CallState::Held, CallState::SoftHold] {
        assert_eq!(state.to_string().parse(), Ok(state));
    }
    assert_eq!(
        "busy".parse::<CallState>().unwrap_err().to_string(),
        "no such call state; there are idle, alerting, active, held and soft-hold"
    );
}
