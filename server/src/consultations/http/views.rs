//! How consultations look on the wire.

use std::collections::HashMap;

use axum::Json as JsonBody;
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::{AccountId, Party};
use crate::chat::{Conversation, ConversationId};
use crate::consultations::entity::{ConsultationKind, Model, RecordStatus};
use crate::consultations::waiting::{self, Waiting};
use crate::consultations::{Consultations, access, store};
use crate::orders::{Order, OrderId, Quote, QuoteView};
use crate::payments::{Payment, PaymentId};
use crate::pets::{PetCard, PetId};
use crate::subjects::{ConsultationId, ConsultationStatus, Side};
use crate::triage::Intake;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::path::Named;
use platform::money::Rupiah;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Consultation)]
pub struct ConsultationView {
    id: ConsultationId,
    kind: ConsultationKind,
    status: ConsultationStatus,
    /// When a slot begins; null for an instant one.
    #[schema(required)]
    starts_at: Option<Timestamp>,
    duration_minutes: i32,
    cancellation: CancellationView,
    /// Until when the vet has to answer; null before it begins and once the vet has.
    #[schema(required)]
    answer_by: Option<Timestamp>,
    /// When the time that was bought is over; null until the vet has answered.
    #[schema(required)]
    ends_at: Option<Timestamp>,
    /// The vet is late: the owner may take the money back, and gets it by itself at this time.
    #[schema(required)]
    refund_at: Option<Timestamp>,
    /// Where the owner of an instant one stands in the vet's waiting room; null once the vet has answered.
    #[schema(required)]
    waiting: Option<Waiting>,
    /// More time that one of the two asks for; null while nobody does.
    #[schema(required)]
    extension: Option<ExtensionView>,
    /// The minutes that may be asked for now.
    extension_choices: Vec<i32>,
    /// The free questions after the end; null before it.
    #[schema(required)]
    follow_up: Option<FollowUpView>,
    /// Whether the owner said before paying what is the matter.
    has_intake: bool,
    /// How far the vet's summary has come; an owner hears of it when it is finished.
    record_status: RecordStatus,
    /// When what was paid became the vet's.
    #[schema(required)]
    released_at: Option<Timestamp>,
    /// The one that it goes on for, whose vet did not answer.
    #[schema(required)]
    transferred_from: Option<ConsultationId>,
    /// The one that goes on for it, with another vet.
    #[schema(required)]
    transferred_to: Option<ConsultationId>,
    created_at: Timestamp,
    #[schema(required)]
    started_at: Option<Timestamp>,
    #[schema(required)]
    ended_at: Option<Timestamp>,
    owner: Party,
    doctor: Party,
    /// Whom it is about, when the owner said so.
    #[schema(required)]
    pet: Option<PetCard>,
    quote: QuoteView,
    #[schema(required)]
    transaction_id: Option<PaymentId>,
    #[schema(required)]
    conversation_id: Option<ConversationId>,
}

/// What calling off costs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Cancellation)]
pub struct CancellationView {
    /// Until then an owner gets everything back, and may move it; null for an instant one.
    #[schema(required)]
    free_until: Option<Timestamp>,
    /// What of the price an owner gets back later, until the beginning.
    late_refund_percent: i32,
    /// What goes back to the owner if the caller calls it off now.
    refund_now: Rupiah,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Extension)]
pub struct ExtensionView {
    asked_by: Side,
    minutes: i32,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FollowUp)]
pub struct FollowUpView {
    /// When there can be no more questions.
    until: Timestamp,
    /// Whether they are being asked now.
    is_open: bool,
    /// Their conversation, once there is one.
    #[schema(required)]
    conversation_id: Option<ConversationId>,
}

pub async fn view(
    consultations: &Consultations,
    viewer: AccountId,
    row: Model,
) -> Result<JsonBody<ConsultationView>, AppError> {
    let view = views(consultations, viewer, vec![row]).await?.pop();
    Ok(JsonBody(view.ok_or_else(ConsultationId::not_found)?))
}

/// The rows with all that belongs to them, in a fixed number of queries.
pub async fn views(
    consultations: &Consultations,
    viewer: AccountId,
    rows: Vec<Model>,
) -> Result<Vec<ConsultationView>, AppError> {
    let (db, now) = (&consultations.db.read, consultations.clock.now());
    let ids: Vec<ConsultationId> = rows.iter().map(|row| row.id).collect();
    let order_ids: Vec<OrderId> = rows.iter().map(|row| row.order_id).collect();
    let orders = Order::find_all(db, order_ids.iter().copied()).await?;
    let quotes = Quote::find_all(db, rows.iter().map(|row| (row.order_id, row.markup_basis_points))).await?;
    let payments = Payment::ids_by_order(db, &order_ids).await?;
    let conversations = Conversation::ids_by_consultation(db, &ids).await?;
    let follow_ups = Conversation::follow_ups_by_consultation(db, &ids).await?;
    let waiting =
        waiting::places(db, rows.iter().filter(|row| row.awaited_until().is_some()).map(|row| row.doctor_id)).await?;
    let parties = Party::find_all(db, rows.iter().flat_map(|row| [row.owner_id, row.doctor_id])).await?;
    let intakes = Intake::having(db, &ids).await?;
    let transfers = store::transfers(db, &ids).await?;
    let pets = PetCard::find_all(db, rows.iter().filter_map(|row| row.pet_id)).await?;
    let view = |row: Model| {
        // What was paid belongs to the one that goes on.
        let moved_on = transfers.contains_key(&row.id);
        Some(ConsultationView {
            id: row.id,
            kind: row.kind,
            status: row.status,
            starts_at: row.starts_at,
            duration_minutes: row.duration_minutes,
            cancellation: CancellationView {
                free_until: row.starts_at.map(|starts_at| row.cancellation().free_until(starts_at)),
                late_refund_percent: row.late_refund_percent,
                refund_now: row.refund_if_called_off_by(viewer, now),
            },
            answer_by: row.awaited_until(),
            ends_at: row.ends_at,
            refund_at: row.given_up_at(),
            waiting: waiting.get(&row.id).copied(),
            extension: extension(&row),
            extension_choices: row.extension_choices(),
            follow_up: follow_up(&row, follow_ups.get(&row.id).copied()),
            has_intake: intakes.contains(&row.id)
                && (viewer == row.owner_id || access::is_intake_open_to_vet(row.status)),
            record_status: record_for(viewer, &row),
            released_at: orders.get(&row.order_id).filter(|_| !moved_on).and_then(|order| order.earned_at),
            transferred_from: row.transferred_from,
            transferred_to: transfers.get(&row.id).copied(),
            created_at: row.created_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
            owner: parties.get(&row.owner_id)?.clone(),
            doctor: parties.get(&row.doctor_id)?.clone(),
            pet: pet_for(viewer, &row, &pets, now),
            quote: quotes.get(&row.order_id)?.clone().into(),
            transaction_id: payments.get(&row.order_id).copied().filter(|_| !moved_on),
            conversation_id: conversations.get(&row.id).copied(),
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// A vet who may not read the pet's profile any more would not get its photo either.
fn pet_for(viewer: AccountId, row: &Model, pets: &HashMap<PetId, PetCard>, now: Timestamp) -> Option<PetCard> {
    let mut card = pets.get(&row.pet_id?)?.clone();
    if viewer != row.owner_id && !access::is_pet_open_to_vet(row.status, row.ended_at, now) {
        card.photo = None;
    }
    Some(card)
}

fn record_for(viewer: AccountId, row: &Model) -> RecordStatus {
    let status = row.record_status;
    let is_hidden = status == RecordStatus::Draft && viewer != row.doctor_id;
    if is_hidden { RecordStatus::None } else { status }
}

fn extension(row: &Model) -> Option<ExtensionView> {
    let is_active = row.status == ConsultationStatus::Active;
    let asked = row.extension_asked_by.zip(row.extension_minutes).filter(|_| is_active);
    asked.map(|(asked_by, minutes)| ExtensionView { asked_by, minutes })
}

fn follow_up(row: &Model, conversation_id: Option<ConversationId>) -> Option<FollowUpView> {
    let until = row.follow_up_over_at()?;
    Some(FollowUpView { until, is_open: row.follow_up_until.is_some(), conversation_id })
}
