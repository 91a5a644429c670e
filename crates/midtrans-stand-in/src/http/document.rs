//! The payment page's document: the notice that it is a simulation, and an empty sheet for the script to fill.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::errors::SnapError;
use crate::gateway::Gateway;

const TEMPLATE: &str = include_str!("../../assets/page.html");

/// Everything from here and nothing inline. Any page may frame it: paying inside the merchant's page is Snap's purpose.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors http: https:";

#[derive(Deserialize)]
pub(super) struct Wanted {
    language: Option<String>,
}

/// The few words that stand in the document itself, so that they are there without a script.
struct Words {
    lang: &'static str,
    title: &'static str,
    simulation: &'static str,
    no_money: &'static str,
    loading: &'static str,
    no_script: &'static str,
}

const INDONESIAN: Words = Words {
    lang: "id",
    title: "Simulasi pembayaran",
    simulation: "SIMULASI PEMBAYARAN",
    no_money: "Tidak ada uang yang berpindah",
    loading: "Memuat pembayaran…",
    no_script: "Halaman ini perlu JavaScript. Nyalakan dulu, lalu muat ulang.",
};

const ENGLISH: Words = Words {
    lang: "en",
    title: "Payment simulation",
    simulation: "PAYMENT SIMULATION",
    no_money: "No money changes hands",
    loading: "Loading the payment…",
    no_script: "This page needs JavaScript. Turn it on, then reload.",
};

pub(super) async fn show(
    State(gateway): State<Arc<Gateway>>,
    Path(token): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, SnapError> {
    let is_known = gateway.find_by_token(&token).await?.is_some();
    let status = if is_known { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let page = fill(words(wanted.language.as_deref(), &headers));
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        // The address holds the token, which is a permission.
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((status, headers, Html(page)).into_response())
}

fn fill(words: &Words) -> String {
    TEMPLATE
        .replace("{{lang}}", words.lang)
        .replace("{{title}}", words.title)
        .replace("{{simulation}}", words.simulation)
        .replace("{{no_money}}", words.no_money)
        .replace("{{loading}}", words.loading)
        .replace("{{no_script}}", words.no_script)
}

/// Indonesian unless English is asked for, by the address or as the browser's first language.
fn words(language: Option<&str>, headers: &HeaderMap) -> &'static Words {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let first = language.or(accepted).unwrap_or_default().trim_start().to_ascii_lowercase();
    if first.starts_with("en") { &ENGLISH } else { &INDONESIAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(language: Option<&str>, accepted: &'static str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, accepted.parse().unwrap_or_else(|_| unreachable!("a plain header")));
        words(language, &headers).lang
    }

    #[test]
    fn indonesian_is_the_default_and_the_address_outranks_the_browser() {
        assert_eq!(words(None, &HeaderMap::new()).lang, "id");
        assert_eq!(chosen(None, "en-GB,en;q=0.9"), "en");
        assert_eq!(chosen(None, "id-ID,en;q=0.9"), "id");
        assert_eq!(chosen(Some("id"), "en"), "id");
        assert_eq!(chosen(Some("en"), "id"), "en");
        assert_eq!(chosen(None, "ja"), "id");
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for words in [&INDONESIAN, &ENGLISH] {
            assert!(!fill(words).contains("{{"));
        }
    }
}
