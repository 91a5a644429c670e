//! Buying a consultation: one open purchase for an owner and a doctor, however often the button is pressed.

use std::time::Duration;

use super::error::PurchaseError;
use super::service::{Draft, Terms, draft};
use super::{Consultation, Consultations, store};
use crate::accounts::{Account, AccountId, CurrentUser};
use crate::availability::Slot;
use crate::chat::Conversation;
use crate::doctors::{self, Doctor, Verified};
use crate::events::Work;
use crate::orders::{Order, OrderId, OrderKind, OrderStatus, Quote};
use crate::payments::{Bill, Payment, PaymentId};
use crate::pets::{Pet, PetId};
use crate::subjects::ConsultationId;
use crate::triage::{Intake, IntakeId};
use platform::clock::Timestamp;
use platform::db::is_taken;
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::path::Named;
use platform::work;

/// A purchase that can be paid now.
pub struct Purchase {
    pub payment: Payment,
    pub consultation: ConsultationId,
    pub quote: Quote,
}

/// What an owner wants to buy of a doctor.
#[derive(Clone, Copy)]
pub struct Wanted {
    pub doctor: AccountId,
    /// Whom it is about.
    pub pet: Option<PetId>,
    /// What the owner said before paying.
    pub intake: Option<IntakeId>,
    /// A slot that begins then; an instant consultation without it.
    pub starts_at: Option<Timestamp>,
}

pub async fn buy(
    consultations: &Consultations,
    owner: &CurrentUser,
    wanted: Wanted,
    claim: Option<&Claim>,
) -> Result<Purchase, AppError> {
    let doctor = Verified::find(&consultations.db.read, wanted.doctor, consultations.clock.now())
        .await?
        .ok_or_else(Doctor::not_found)?;
    if let Some(pet) = wanted.pet {
        Pet::find_usable(&consultations.db.read, owner.id, pet).await?.ok_or_else(PetId::not_found)?;
    }
    if let Some(intake) = wanted.intake {
        Intake::check_fits(&consultations.db.read, owner.id, intake, wanted.pet).await?;
    }
    if wanted.starts_at.is_none()
        && let Some(conversation) = Conversation::find_active(&consultations.db.read, owner.id, wanted.doctor).await?
        && !conversation.is_follow_up
    {
        return Err(PurchaseError::ConversationAlreadyActive(conversation.id).into());
    }
    let _one_at_a_time = consultations.purchase_locks.lock((owner.id, wanted.doctor)).await;
    let purchase = match find_open(consultations, owner.id, wanted, claim).await? {
        Some(open) => open,
        None => begin(consultations, owner.id, &doctor, wanted, claim).await?,
    };
    with_page(consultations, owner, &doctor, purchase).await
}

/// The purchase that a claim says was begun, for a request whose answer got lost.
pub async fn take_up_again(
    consultations: &Consultations,
    owner: &CurrentUser,
    payment: PaymentId,
) -> Result<Purchase, AppError> {
    let db = &consultations.db.write;
    let payment = Payment::find(db, payment).await?.ok_or_else(PaymentId::not_found)?;
    let order = Order::find(db, payment.order_id).await?.filter(|order| order.owner_id == owner.id);
    let order = order.ok_or_else(PaymentId::not_found)?;
    let consultation = store::find_of_order(db, order.id).await?.ok_or_else(PaymentId::not_found)?;
    let doctor = Verified::find(&consultations.db.read, order.payee_id, consultations.clock.now()).await?;
    let doctor = doctor.ok_or_else(Doctor::not_found)?;
    let quote = order.quote(db).await?;
    with_page(consultations, owner, &doctor, Purchase { payment, consultation: consultation.id, quote }).await
}

/// The purchase begun before. One whose time is over is given up, after a last look whether it was paid.
async fn find_open(
    consultations: &Consultations,
    owner: AccountId,
    wanted: Wanted,
    claim: Option<&Claim>,
) -> Result<Option<Purchase>, AppError> {
    let Some(consultation) = store::find_open_purchase(&consultations.db.write, owner, wanted.doctor).await? else {
        return Ok(None);
    };
    let payment = Payment::find_newest_of(&consultations.db.write, consultation.order_id).await?;
    let payment = payment.ok_or_else(|| anyhow::anyhow!("order {} has no payment", consultation.order_id))?;
    if consultations.clock.now() >= payment.expires_at {
        consultations.payments.look_overdue(payment.id).await?;
    }
    work::retried(|| take_up(consultations, owner, wanted, claim)).await
}

/// The purchase that is open, from now on for the pet and with the complaint that were named last.
async fn take_up(
    consultations: &Consultations,
    owner: AccountId,
    wanted: Wanted,
    claim: Option<&Claim>,
) -> Result<Option<Purchase>, AppError> {
    let work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let Some(found) = store::find_open_purchase(&*work, owner, wanted.doctor).await? else { return Ok(None) };
    let order = Order::hold(&*work, found.order_id).await?.ok_or_else(|| Order::missing(found.order_id))?;
    let payment = Payment::find_newest_of(&*work, order.id).await?.ok_or_else(PaymentId::not_found)?;
    if order.status != OrderStatus::Open {
        return Ok(None);
    }
    if found.starts_at != wanted.starts_at {
        // Two times held for one owner would keep somebody else waiting.
        return Err(PurchaseError::OtherPurchaseOpen { payment: payment.id, consultation: found.id }.into());
    }
    if let Some(pet) = wanted.pet.filter(|pet| found.pet_id != Some(*pet)) {
        store::save_pet(&*work, found.id, pet).await?;
        Intake::detach_of_other_pet(&*work, found.id, pet).await?;
    }
    if let Some(intake) = wanted.intake {
        Intake::attach(&*work, owner, intake, found.id, Consultation::came_to_nothing_of(owner)).await?;
    }
    if let Some(claim) = claim {
        claim.take(&*work, &payment.id.to_string(), work.now()).await?;
    }
    let quote = order.quote(&*work).await?;
    work.commit(&consultations.audience).await?;
    Ok(Some(Purchase { payment, consultation: found.id, quote }))
}

async fn begin(
    consultations: &Consultations,
    owner: AccountId,
    doctor: &doctors::Verified,
    wanted: Wanted,
    claim: Option<&Claim>,
) -> Result<Purchase, AppError> {
    match work::retried(|| try_begin(consultations, owner, doctor, wanted, claim)).await? {
        Some(begun) => Ok(begun),
        // The same button, pressed twice at the same moment: the other one was first.
        None => take_up(consultations, owner, wanted, claim).await?.ok_or_else(AppError::busy),
    }
}

/// Nothing when the owner has begun another purchase with this doctor at this moment.
async fn try_begin(
    consultations: &Consultations,
    owner: AccountId,
    doctor: &doctors::Verified,
    wanted: Wanted,
    claim: Option<&Claim>,
) -> Result<Option<Purchase>, AppError> {
    let now = consultations.clock.now();
    let quote = Quote::new(doctor.profile.base_price, consultations.markup);
    let hold = match wanted.starts_at {
        Some(starts_at) => Some(Slot::find(&consultations.db.read, wanted.doctor, starts_at, now).await?),
        None => None,
    };
    let slot = hold.as_ref().map(|(_, slot)| *slot);
    let terms = match slot {
        Some(slot) => Terms::of_slot(slot),
        None => Terms::of_instant(consultations.is_there(&consultations.db.read, wanted.doctor).await?),
    };
    let mut work = Work::begin(&consultations.db, now).await?;
    if slot.is_some() {
        check_may_hold(consultations, &work, owner).await?;
    }
    // Whoever suspends the doctor comes before this and is heard, or after it and finds what was bought.
    Verified::hold(&*work, wanted.doctor, now).await?.ok_or_else(Doctor::not_found)?;
    let order = new_order(owner, wanted.doctor, &quote, now);
    Order::insert(&*work, order.clone(), &quote).await?;
    let wish = Draft { order: order.id, owner, doctor: wanted.doctor, pet: wanted.pet, slot, terms };
    let consultation = match draft(&*work, &wish, &quote, now).await {
        Ok(consultation) => consultation,
        Err(error) if is_taken(&error) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if let Some(intake) = wanted.intake {
        Intake::attach(&*work, owner, intake, consultation.id, Consultation::came_to_nothing_of(owner)).await?;
    }
    if let Some((schedule, slot)) = &hold {
        slot.claim(&*work, wanted.doctor, schedule, consultation.id, now).await?;
    }
    let payment = consultations.payments.begin(&mut work, &order, wanted.starts_at).await?;
    if let Some(claim) = claim {
        claim.take(&*work, &payment.id.to_string(), now).await?;
    }
    work.commit(&consultations.audience).await?;
    Ok(Some(Purchase { payment, consultation: consultation.id, quote }))
}

/// Times that are held and not paid for are lost to everybody else: an owner has a few of them, and does not hold one after
/// the other for ever. Counted and added by one at a time.
async fn check_may_hold(consultations: &Consultations, work: &Work, owner: AccountId) -> Result<(), AppError> {
    Account::lock(&**work, owner).await?;
    if store::count_unpaid_slots(&**work, owner).await? >= MOST_UNPAID_SLOTS {
        return Err(PurchaseError::TooManyUnpaidSlots.into());
    }
    let let_go = store::count_slots_let_go(&**work, owner, work.now() - DAY).await?;
    if consultations.limits.are_on && let_go >= MOST_LET_GO {
        return Err(AppError::too_many(DAY));
    }
    Ok(())
}

/// How many times of doctors an owner may hold without having paid for them.
pub const MOST_UNPAID_SLOTS: u64 = 3;
/// How many an owner may hold and let go within a day.
const MOST_LET_GO: u64 = 10;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// An order of a consultation that waits to be paid.
pub fn new_order(owner: AccountId, doctor: AccountId, quote: &Quote, now: Timestamp) -> Order {
    Order {
        id: OrderId::new(),
        kind: OrderKind::Consultation,
        owner_id: owner,
        payee_id: doctor,
        markup_basis_points: quote.markup,
        total: quote.total(),
        status: OrderStatus::Open,
        created_at: now,
        paid_at: None,
        earned_at: None,
    }
}

async fn with_page(
    consultations: &Consultations,
    owner: &CurrentUser,
    doctor: &doctors::Verified,
    purchase: Purchase,
) -> Result<Purchase, AppError> {
    let what = format!("Konsultasi {}", doctor.account.username);
    let bill = Bill { payer: owner, item: "consultation", what, quote: &purchase.quote };
    Ok(Purchase { payment: consultations.payments.with_page(purchase.payment.clone(), &bill).await?, ..purchase })
}
