//! How reviews look on the wire, to whom.

use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::{AccountId, Party};
use crate::reviews::entity::Model;
use crate::reviews::rules;
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;

/// What everybody may read.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Review)]
pub struct ReviewView {
    consultation_id: ConsultationId,
    /// 1 to 5.
    rating: i32,
    /// Empty when the stars say it all.
    text: String,
    /// The owner's first name.
    owner_name: String,
    created_at: Timestamp,
    #[schema(required)]
    edited_at: Option<Timestamp>,
    #[schema(required)]
    reply: Option<ReplyView>,
}

/// The vet's answer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReviewReply)]
pub struct ReplyView {
    text: String,
    created_at: Timestamp,
}

/// What its owner sees besides.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OwnReview)]
pub struct OwnReviewView {
    #[serde(flatten)]
    review: ReviewView,
    editable_until: Timestamp,
    /// Why nobody else sees it; null while everybody does.
    #[schema(required)]
    hidden_reason: Option<String>,
}

/// What the operator sees besides.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ModeratedReview)]
pub struct ModeratedView {
    #[serde(flatten)]
    review: ReviewView,
    owner: Party,
    doctor: Party,
    #[schema(required)]
    hidden: Option<HiddenView>,
}

/// Who took a review out of sight, when and why.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HiddenReview)]
pub struct HiddenView {
    at: Timestamp,
    #[schema(required)]
    by: Option<AccountId>,
    reason: String,
}

impl ReviewView {
    pub fn new(review: &Model, owner: &str) -> Self {
        let reply = review.reply.clone().zip(review.replied_at);
        Self {
            consultation_id: review.consultation_id,
            rating: review.rating,
            text: review.body.clone(),
            owner_name: rules::first_name(owner).to_owned(),
            created_at: review.created_at,
            edited_at: review.edited_at,
            reply: reply.map(|(text, created_at)| ReplyView { text, created_at }),
        }
    }
}

impl OwnReviewView {
    pub fn new(review: &Model, owner: &str) -> Self {
        Self {
            review: ReviewView::new(review, owner),
            editable_until: rules::editable_until(review.created_at),
            hidden_reason: review.hidden_at.and(review.hidden_reason.clone()),
        }
    }
}

impl ModeratedView {
    pub fn new(review: &Model, owner: Party, doctor: Party) -> Self {
        let hidden = review.hidden_at.map(|at| HiddenView {
            at,
            by: review.hidden_by,
            reason: review.hidden_reason.clone().unwrap_or_default(),
        });
        Self { review: ReviewView::new(review, &owner.username), owner, doctor, hidden }
    }
}
