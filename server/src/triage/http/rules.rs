//! `GET /api/triage`: the signs that an owner is asked for.

use axum::Json as JsonBody;
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

use super::views::pick;
use crate::pets::Species;
use crate::triage::rules::{Level, SIGNS, Sign, VERSION};
use platform::text::Language;

#[derive(Debug, Serialize, ToSchema)]
pub struct TriageRules {
    version: &'static str,
    /// The worst first.
    signs: Vec<TriageSign>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TriageSign {
    code: &'static str,
    label: String,
    /// Whom it concerns; null: everybody.
    #[schema(required)]
    species: Option<Vec<Species>>,
    level: Level,
}

/// The signs to ask for before a consultation, in Indonesian, or in English with `Accept-Language: en`
#[utoipa::path(get, path = "/triage", operation_id = "show_triage_rules", tag = "triage", responses((status = 200, body = TriageRules)))]
pub async fn show(headers: HeaderMap) -> JsonBody<TriageRules> {
    let language = Language::from_headers(&headers);
    let sign = |sign: &'static Sign| TriageSign {
        code: sign.code,
        label: pick(sign.label, language),
        species: sign.species.map(<[Species]>::to_vec),
        level: sign.level,
    };
    JsonBody(TriageRules { version: VERSION, signs: SIGNS.iter().map(sign).collect() })
}
