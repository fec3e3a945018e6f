//! Scenes of calls, buttons, Speed Dial, the Call Log and the Web.

use deskset_phone::{
    CallState::{Active, Alerting, Held, Idle, SoftHold},
    FeatureState::{Denied, Flashing, Off, On},
    View,
};

use super::scene::{Do, Do::*, Scene, used};
use super::{ALL, SMALL_AND_LARGE, THREE};

const ACTIVE: Do = Call(1, Active, "Ирина Ёжик", "4712");
const HELD: Do = Call(2, Held, "Bob", "4713");
const ALERTING: Do = Call(3, Alerting, "Zoë", "089 4714");
const SEND: Do = Feature(1, "Send All", On);
const PARK: Do = Feature(2, "Call Park", Off);
const PRIORITY: Do = Feature(3, "Priority", Flashing);
const CALLBACK: Do = Feature(4, "Auto Callback", Denied);
const NIGHT: Do = Feature(5, "Нет звонков", On);

/// Half a row for each appearance, and the seconds of the call.
const HALVES: Do = Set(&[("Call Appearance Width", "1"), ("Call Timer", "1")]);

pub const PHONE: &[Scene] = &[
    used("calls", ALL, &[ACTIVE, HELD, ALERTING]),
    used("calls-timer", SMALL_AND_LARGE, &[Set(&[("Call Timer", "1")]), ACTIVE, HELD, Pass(72)]),
    used("calls-soft-hold", &["4620", "4625SW"], &[Call(1, SoftHold, "Ann", "4712"), Call(2, Active, "Bob", "4713")]),
    used("calls-half", &["4620", "4620SW", "4621SW", "4622SW", "4625SW"], &[HALVES, ACTIVE, HELD, Pass(72), ALERTING]),
    used("features", &["4620", "4621SW", "4625SW"], &[SEND, PARK, PRIORITY, CALLBACK, NIGHT]),
    used("features-second-page", &["4610SW"], &[SEND, PARK, PRIORITY, CALLBACK, NIGHT, Keys("page-right")]),
    used("features-half", &["4622SW", "4625SW"], &[HALVES, SEND, PARK, PRIORITY, CALLBACK, NIGHT, ACTIVE]),
    used(
        "calls-long-name",
        &["4610SW", "4621SW"],
        &[Call(1, Alerting, "A caller whose name is far too long", "+49 89 4714")],
    ),
];

const SCRIPTS: Do = Dials(
    1,
    &[
        "Café Zürich",
        "Ирина Ёжик",
        "שלום (בית)",
        "カタカナ",
        "ｶﾀｶﾅ ﾊﾞﾝｸ",
        "ひらがな",
        "北京办公室",
        "東京総務課",
        "们國齉亜熙丂",
        "Łódź Ąę",
        "Ελλάδα",
        "Thirteen char",
    ],
);

pub const SPEED_DIAL: &[Scene] = &[
    used("speed-dial-empty", SMALL_AND_LARGE, &[Keys("soft1")]),
    used("speed-dial-scripts", ALL, &[SCRIPTS, Keys("soft1")]),
    used("speed-dial-scripts-second-page", &["4610SW"], &[SCRIPTS, Keys("soft1 page-right")]),
    used(
        "speed-dial-second-page",
        &["4620", "4625SW"],
        &[SCRIPTS, Dials(13, &["Ann", "Ирина"]), Keys("soft1 page-right")],
    ),
    used("speed-dial-no-changes", &["4622SW"], &[SCRIPTS, Keys("soft1")]).with(&[("APPSTAT", "2")]),
    used("speed-dial-which", &["4621SW"], &[SCRIPTS, Keys("soft1 soft2")]),
    used("speed-dial-delete", THREE, &[SCRIPTS, Keys("soft1 soft3 line1-left")]),
];

pub const EDITING: &[Scene] = &[
    used("edit-empty", THREE, &[Keys("soft1 soft1")]),
    used("edit-letters", THREE, &[Keys("soft1 soft1 5 5 5"), Text("ab gy"), Keys("page-left page-left")]),
    used(
        "edit-cyrillic",
        &["4610SW", "4620SW", "4621SW", "4622SW", "4625SW"],
        &[
            Set(&[("Display Language", "Russian")]),
            Keys("soft1 soft1 soft3 4 soft3 soft3 soft3 soft3 5 5"),
            Text("на Й"),
            Keys("page-left page-left"),
        ],
    ),
    used("edit-cyrillic-unknown", &["4620"], &[Keys("soft1 soft1"), Text("Инна Й")]),
    used(
        "edit-han",
        &["4620", "4621SW"],
        &[Keys("soft1 soft1"), Text("東京 ab"), Keys("page-left page-left page-left")],
    ),
    used("edit-number", &["4610SW", "4625SW"], &[Keys("soft1 soft1"), Text("Ann"), Keys("line2-left 0 8 9 4 7 1 2")]),
    used("edit-full", &["4620SW"], &[Keys("soft1 soft1"), Text("Thirteen char"), Keys("2")]),
    used("edit-refused", &["4622SW"], &[Keys("soft1 soft1"), Text("Ann"), Keys("soft1")]),
];

const ANN: Do = Call(1, Alerting, "Ann", "4712");
const IRINA: Do = Call(1, Alerting, "Ирина Ёжик", "4713");
const OVER: Do = Call(1, Idle, "", "");

pub const LISTS: &[Scene] = &[
    used("call-log-empty", &["4610SW", "4622SW"], &[Keys("soft2")]),
    used("call-log", ALL, &[ANN, OVER, IRINA, OVER, Keys("soft2")]),
    used("call-log-details", THREE, &[ANN, OVER, IRINA, OVER, Keys("soft2 line1-left")]),
    used("call-log-answered", &["4621SW"], &[ANN, Call(1, Active, "", ""), OVER, Keys("soft2 soft2")]),
    used(
        "redial",
        THREE,
        &[Keys("speaker 4 7 1 2"), Pass(6), Keys("drop speaker 0 8 9 4 7 1 3"), Pass(6), Keys("drop redial")],
    ),
    used("call-log-outgoing", &["4620SW"], &[Keys("speaker 4 7 1 2"), Pass(6), Keys("drop"), Keys("soft2 soft3")]),
    used("web-empty", SMALL_AND_LARGE, &[Open(View::Web)]),
    used("web-no-answer", SMALL_AND_LARGE, &[Keys("soft3")]).with(&[("WMLHOME", "http://web.lab/")]),
];
