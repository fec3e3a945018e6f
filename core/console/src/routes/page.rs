//! The page for people.

use axum::{Router, http::header::CONTENT_TYPE, response::IntoResponse, routing::get};

use crate::Control;

/// Path, type and text of every file of the page.
const FILES: &[(&str, &str, &str)] = &[("/", "text/html; charset=utf-8", include_str!("../../page/index.html"))];

pub(super) fn router(mut router: Router<Control>) -> Router<Control> {
    for (path, kind, text) in FILES {
        router = router.route(path, get(move || async move { file(kind, text) }));
    }
    router
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind)], text)
}
