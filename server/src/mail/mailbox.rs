//! `/sandbox/mail`: the mailbox of this machine, where letters go that nobody else would carry. It is there on a local address
//! only, since whoever reads it can take over every account.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::entity::Model;
use super::transport::Transport;
use super::{Mails, store};
use platform::clock::Timestamp;
use platform::http::error::AppError;

/// The newest; older ones are a reason to look into the database.
const MOST_SHOWN: u64 = 100;

/// Nothing where letters are really sent.
pub fn router(mails: &Arc<Mails>) -> Router {
    if !matches!(mails.transport, Transport::Mailbox) {
        return Router::new();
    }
    Router::new().route("/", get(page)).route("/letters", get(letters)).with_state(mails.clone())
}

#[derive(Deserialize)]
struct Wanted {
    /// Letters to this address alone.
    to: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LetterView {
    to: String,
    subject: String,
    body: String,
    created_at: Timestamp,
}

/// For tests, and for whoever tries the product from a script.
async fn letters(
    State(mails): State<Arc<Mails>>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Vec<LetterView>>, AppError> {
    let found = store::list_mailbox(&mails.db.read, wanted.to.as_deref(), MOST_SHOWN).await?;
    let view = |Model { recipient, subject, body, created_at, .. }: Model| LetterView {
        to: recipient,
        subject,
        body,
        created_at,
    };
    Ok(Json(found.into_iter().map(view).collect()))
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct Page {
    letters: Vec<Model>,
}

async fn page(State(mails): State<Arc<Mails>>, Query(wanted): Query<Wanted>) -> Result<Html<String>, AppError> {
    let letters = store::list_mailbox(&mails.db.read, wanted.to.as_deref(), MOST_SHOWN).await?;
    Ok(Html(Page { letters }.render().map_err(anyhow::Error::from)?))
}
