//! `/api/intakes`: what an owner says before paying.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::IntakeView;
use crate::accounts::Owner;
use crate::pets::{PetId, Species};
use crate::triage::entity::IntakeId;
use crate::triage::rules::{self, SIGNS, Sign, Since};
use crate::triage::service::{self, Said};
use crate::triage::{Triage, store};
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::path::{Id, Named};
use platform::http::problem::ProblemBody;
use platform::http::validate::{Check, Lines};
use platform::text::{Language, Text};

const LONGEST_COMPLAINT: usize = 1_000;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IntakeRequest {
    /// One of the caller's pets.
    #[schema(format = Uuid)]
    pet_id: Option<String>,
    /// The kind of animal, where no pet is named.
    species: Option<Species>,
    /// At most 1,000 characters.
    #[schema(required, value_type = String, min_length = 1, max_length = 1_000)]
    complaint: Option<String>,
    #[schema(required, value_type = Since)]
    since: Option<Since>,
    /// Codes of `GET /triage`, each once.
    #[serde(default)]
    signs: Vec<String>,
}

/// Say what is the matter; the answer says how long it can wait and what to do now
#[utoipa::path(post, path = "/intakes", operation_id = "write_intake", tag = "triage", request_body = IntakeRequest,
    responses((status = 201, body = IntakeView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn create(
    State(triage): State<Arc<Triage>>,
    Owner(me): Owner,
    headers: HeaderMap,
    Json(body): Json<IntakeRequest>,
) -> Result<(StatusCode, JsonBody<IntakeView>), AppError> {
    triage.by_account.take(&me.id.0)?;
    let intake = service::write(&triage, me.id, said(body)?).await?;
    Ok((
        StatusCode::CREATED,
        JsonBody(IntakeView::of(&triage.db.write, intake, Language::from_headers(&headers)).await?),
    ))
}

fn said(body: IntakeRequest) -> Result<Said, AppError> {
    let mut check = Check::new();
    let complaint = check.text("complaint", body.complaint, LONGEST_COMPLAINT, Lines::Many);
    if body.since.is_none() {
        check.missing("since");
    }
    let signs = ticked(&mut check, &body.signs);
    check.finish()?;
    let pet = body.pet_id.as_deref().map(|id| id.trim().parse().map_err(|_| PetId::not_found())).transpose()?;
    Ok(Said { pet, species: body.species, complaint, since: body.since.unwrap_or(Since::Today), signs })
}

/// The signs that were ticked, each once, however often it was named.
fn ticked(check: &mut Check, codes: &[String]) -> Vec<&'static Sign> {
    let mut signs: Vec<&'static Sign> = Vec::new();
    if codes.len() > SIGNS.len() {
        let most = SIGNS.len();
        let text = Text::new(format!("Paling banyak {most} tanda."), format!("At most {most} signs."));
        check.invalid("signs", "too_many", text);
        return signs;
    }
    let mut is_any_unknown = false;
    for code in codes {
        match rules::find(code) {
            Some(sign) if signs.iter().any(|known| known.code == sign.code) => {}
            Some(sign) => signs.push(sign),
            None => is_any_unknown = true,
        }
    }
    if is_any_unknown {
        let text = Text::new("Ada tanda yang tidak dikenal.", "There is a sign that is not known.");
        check.invalid("signs", "unknown_sign", text);
    }
    signs
}

/// What the caller said
#[utoipa::path(get, path = "/intakes/{id}", operation_id = "show_intake", tag = "triage", params(("id" = IntakeId, Path)),
    responses((status = 200, body = IntakeView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub async fn show(
    State(triage): State<Arc<Triage>>,
    Owner(me): Owner,
    Id(id): Id<IntakeId>,
    headers: HeaderMap,
) -> Result<JsonBody<IntakeView>, AppError> {
    let intake = store::find_own(&triage.db.read, me.id, id).await?.ok_or_else(IntakeId::not_found)?;
    Ok(JsonBody(IntakeView::of(&triage.db.write, intake, Language::from_headers(&headers)).await?))
}
