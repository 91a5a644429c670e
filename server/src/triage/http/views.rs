//! How intakes look on the wire, in the caller's language.

use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use crate::pets::Species;
use crate::subjects::ConsultationId;
use crate::triage::entity::{IntakeId, IntakePictureId, Model, picture};
use crate::triage::rules::{self, Level, Sign, Since};
use crate::triage::store;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::text::{Language, Text};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Intake)]
pub struct IntakeView {
    id: IntakeId,
    #[schema(required)]
    species: Option<Species>,
    complaint: String,
    since: Since,
    /// What the owner ticked.
    signs: Vec<SignView>,
    /// The rules that it was judged by.
    rules_version: String,
    level: Level,
    /// The red flags that were found, also in the complaint's words.
    flags: Vec<FlagView>,
    /// What to do now, in order; never a diagnosis.
    advice: Vec<String>,
    pictures: Vec<PictureView>,
    /// What it was said for.
    #[schema(required)]
    consultation_id: Option<ConsultationId>,
    created_at: Timestamp,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IntakeSign)]
pub struct SignView {
    code: &'static str,
    label: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedFlag)]
pub struct FlagView {
    code: &'static str,
    title: String,
    why: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IntakePicture)]
pub struct PictureView {
    id: IntakePictureId,
    url: String,
    width: i32,
    height: i32,
}

/// One of the two languages.
pub fn pick([indonesian, english]: [&'static str; 2], language: Language) -> String {
    Text::new(indonesian, english).in_language(language).to_owned()
}

fn named(codes: &str) -> Vec<&'static Sign> {
    codes.split(',').filter_map(rules::find).collect()
}

/// A red flag in words.
pub fn flag(sign: &'static Sign, language: Language) -> FlagView {
    FlagView { code: sign.code, title: pick(sign.label, language), why: pick(sign.why, language) }
}

fn picture(picture: picture::Model) -> PictureView {
    let url = format!("/api/intake-pictures/{}", picture.id);
    PictureView { id: picture.id, url, width: picture.width, height: picture.height }
}

impl IntakeView {
    pub async fn of(db: &impl ConnectionTrait, intake: Model, language: Language) -> Result<Self, AppError> {
        let pictures = store::pictures_of(db, intake.id).await?;
        let flags = named(&intake.flags);
        let sign = |sign: &'static Sign| SignView { code: sign.code, label: pick(sign.label, language) };
        Ok(Self {
            id: intake.id,
            species: intake.species,
            complaint: intake.complaint,
            since: intake.since,
            signs: named(&intake.signs).into_iter().map(sign).collect(),
            rules_version: intake.rules_version,
            level: intake.level,
            flags: flags.iter().map(|sign| flag(sign, language)).collect(),
            advice: rules::advice(intake.level, &flags, language),
            pictures: pictures.into_iter().map(picture).collect(),
            consultation_id: intake.consultation_id,
            created_at: intake.created_at,
        })
    }
}
