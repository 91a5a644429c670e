//! `POST /api/triage/check`: what is being typed, before anybody has signed in or paid. Nothing of it is kept.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::views::{FlagView, flag};
use crate::pets::{Sex, Species};
use crate::triage::Triage;
use crate::triage::rules::{self, Known, Level};
use crate::triage::service::age_days;
use platform::http::client_address::ClientAddress;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::problem::ProblemBody;
use platform::http::validate::{Check, Lines};
use platform::text::Language;

const LONGEST_TEXT: usize = 4_000;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckRequest {
    /// At most 4,000 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 4_000)]
    text: Option<String>,
    /// The kind of animal, where it is known.
    species: Option<Species>,
    sex: Option<Sex>,
    /// A day, `2026-11-24`.
    #[schema(format = Date)]
    birth_date: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TriageCheck)]
pub struct CheckView {
    rules_version: &'static str,
    level: Level,
    /// The red flags in the words.
    flags: Vec<FlagView>,
    /// What to do now, in order; never a diagnosis.
    advice: Vec<String>,
}

/// Look for red flags in what somebody writes
#[utoipa::path(post, path = "/triage/check", operation_id = "check_for_red_flags", tag = "triage", request_body = CheckRequest,
    responses((status = 200, body = CheckView), (status = 400, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn check(
    State(triage): State<Arc<Triage>>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Json(body): Json<CheckRequest>,
) -> Result<JsonBody<CheckView>, AppError> {
    triage.by_address.take(&address)?;
    let mut check = Check::new();
    let text = check.text("text", body.text, LONGEST_TEXT, Lines::Many);
    let born = body.birth_date.as_deref().and_then(|day| check.day("birthDate", Some(day)));
    check.finish()?;
    let age_days = born.and_then(|born| age_days(born, triage.clock.now().in_jakarta().date_naive()));
    let (level, flags) = rules::judge(Known { species: body.species, age_days, sex: body.sex }, &[], &text);
    let language = Language::from_headers(&headers);
    Ok(JsonBody(CheckView {
        rules_version: rules::VERSION,
        level,
        flags: flags.iter().map(|sign| flag(sign, language)).collect(),
        advice: rules::advice(level, &flags, language),
    }))
}
