//! The files of the script and of the payment page, embedded in the binary.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};

use crate::gateway::Gateway;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// Every file of the page by its name.
const PAGE_FILES: [(&str, &str, &str); 12] = [
    ("page.css", STYLE, include_str!("../../assets/page/page.css")),
    ("steps.css", STYLE, include_str!("../../assets/page/steps.css")),
    ("main.js", SCRIPT, include_str!("../../assets/page/main.js")),
    ("api.js", SCRIPT, include_str!("../../assets/page/api.js")),
    ("card.js", SCRIPT, include_str!("../../assets/page/card.js")),
    ("clock.js", SCRIPT, include_str!("../../assets/page/clock.js")),
    ("dom.js", SCRIPT, include_str!("../../assets/page/dom.js")),
    ("host.js", SCRIPT, include_str!("../../assets/page/host.js")),
    ("instructions.js", SCRIPT, include_str!("../../assets/page/instructions.js")),
    ("methods.js", SCRIPT, include_str!("../../assets/page/methods.js")),
    ("sheet.js", SCRIPT, include_str!("../../assets/page/sheet.js")),
    ("texts.js", SCRIPT, include_str!("../../assets/page/texts.js")),
];

/// `snap.js` knows the client key it was made for, so that a wrong one is noticed without asking anybody.
pub(super) async fn snap_script(State(gateway): State<Arc<Gateway>>) -> Response {
    #[expect(clippy::expect_used, reason = "a string always has a JSON text")]
    let key = serde_json::to_string(&gateway.config.client_key).expect("JSON");
    let script = include_str!("../../assets/snap.js").replace("\"{{client_key}}\"", &key);
    file(SCRIPT, script)
}

pub(super) async fn page_file(Path(name): Path<String>) -> Response {
    match PAGE_FILES.iter().find(|(file, ..)| *file == name) {
        Some((_, kind, content)) => file(kind, *content),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Browsers ask every time: the files change with the binary, and names without a hash cannot be kept.
fn file(kind: &'static str, content: impl IntoResponse) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache"), (X_CONTENT_TYPE_OPTIONS, "nosniff")], content).into_response()
}
