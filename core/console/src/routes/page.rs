//! The page for people.

use axum::{Router, http::header::CONTENT_TYPE, response::IntoResponse, routing::get};

use crate::Control;

/// Path, type and text of every file of the page.
const FILES: &[(&str, &str, &str)] = &[
    ("/", "text/html; charset=utf-8", include_str!("../../page/index.html")),
    ("/icon.svg", "image/svg+xml", include_str!("../../page/icon.svg")),
    ("/style/page.css", STYLE, include_str!("../../page/style/page.css")),
    ("/style/phone.css", STYLE, include_str!("../../page/style/phone.css")),
    ("/style/tables.css", STYLE, include_str!("../../page/style/tables.css")),
    ("/script/backups.js", SCRIPT, include_str!("../../page/script/backups.js")),
    ("/script/console.js", SCRIPT, include_str!("../../page/script/console.js")),
    ("/script/element.js", SCRIPT, include_str!("../../page/script/element.js")),
    ("/script/files.js", SCRIPT, include_str!("../../page/script/files.js")),
    ("/script/keyboard.js", SCRIPT, include_str!("../../page/script/keyboard.js")),
    ("/script/new-phone.js", SCRIPT, include_str!("../../page/script/new-phone.js")),
    ("/script/parameters.js", SCRIPT, include_str!("../../page/script/parameters.js")),
    ("/script/phone.js", SCRIPT, include_str!("../../page/script/phone.js")),
    ("/script/pictures.js", SCRIPT, include_str!("../../page/script/pictures.js")),
    ("/script/server.js", SCRIPT, include_str!("../../page/script/server.js")),
    ("/script/timeline.js", SCRIPT, include_str!("../../page/script/timeline.js")),
    ("/script/wall.js", SCRIPT, include_str!("../../page/script/wall.js")),
];

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

pub(super) fn router(mut router: Router<Control>) -> Router<Control> {
    for (path, kind, text) in FILES {
        router = router.route(path, get(move || async move { file(kind, text) }));
    }
    router
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind)], text)
}
