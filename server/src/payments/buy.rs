//! Buying a consultation: one open purchase for an owner and a doctor, however often the button is pressed.

use sea_orm::{ConnectionTrait, SqlErr};

use super::entity::{Model, PaymentId, PaymentStatus};
use super::error::{PaymentError, already_talking};
use super::midtrans::{Customer, Item, NewTransaction};
use super::{apply, jobs, store};
use crate::accounts::{AccountId, CurrentUser};
use crate::app::App;
use crate::availability;
use crate::chat;
use crate::consultations::{self, ConsultationId, Draft, Quote, QuoteLineKind, Terms};
use crate::doctors;
use crate::pets::{self, PetId};
use crate::platform::clock::Timestamp;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;
use crate::platform::money::Rupiah;
use crate::platform::random;
use crate::triage::{self, IntakeId};

/// A purchase that can be paid now.
pub struct Purchase {
    pub payment: Model,
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

pub async fn buy(app: &App, owner: &CurrentUser, wanted: Wanted) -> Result<Purchase, AppError> {
    let doctor =
        doctors::find_verified(&app.db.read, wanted.doctor, app.clock.now()).await?.ok_or_else(doctors::not_found)?;
    if let Some(pet) = wanted.pet {
        pets::find_usable(&app.db.read, owner.id, pet).await?.ok_or_else(PetId::not_found)?;
    }
    if let Some(intake) = wanted.intake {
        triage::check_fits(app, owner.id, intake, wanted.pet).await?;
    }
    if wanted.starts_at.is_none()
        && let Some(conversation) = chat::find_active(&app.db.read, owner.id, wanted.doctor).await?
        && !conversation.is_follow_up
    {
        return Err(already_talking(conversation.id));
    }
    let _one_at_a_time = app.purchase_locks.lock((owner.id, wanted.doctor)).await;
    let purchase = match find_open(app, owner.id, wanted).await? {
        Some(open) => open,
        None => begin(app, owner.id, &doctor, wanted).await?,
    };
    with_payment_page(app, owner, &doctor, purchase).await
}

/// The owner calls off what was not paid, inside the transaction that calls off its consultation.
pub async fn call_off(
    txn: &impl ConnectionTrait,
    consultation: ConsultationId,
    now: Timestamp,
) -> Result<(), AppError> {
    let payment = store::find_by_consultation(txn, consultation).await?.ok_or_else(PaymentId::not_found)?;
    apply::call_off(txn, &payment, now).await
}

/// Has the gateway take no more money for a purchase that was called off. Should it not hear, money that comes all the
/// same goes back by itself.
pub async fn cancel_at_gateway(app: &App, consultation: ConsultationId) {
    let payment = store::find_by_consultation(&app.db.read, consultation).await;
    let Ok(Some(payment)) = payment else { return };
    if payment.status == PaymentStatus::Cancelled
        && let Err(error) = app.gateway.cancel(&payment.order_id).await
    {
        tracing::warn!(payment = %payment.id, cause = format!("{error:#}"), "the gateway did not hear of a cancellation");
    }
}

/// The purchase begun before. One whose time is over is given up, after a last look whether it was paid.
async fn find_open(app: &App, owner: AccountId, wanted: Wanted) -> Result<Option<Purchase>, AppError> {
    let open = take_up(app, owner, wanted).await;
    if let Ok(Some(Purchase { payment, .. })) = &open
        && app.clock.now() >= payment.expires_at
    {
        jobs::check_overdue(app, payment).await?;
        return take_up(app, owner, wanted).await;
    }
    open
}

/// The purchase that is open, from now on for the pet and with the complaint that were named last.
async fn take_up(app: &App, owner: AccountId, wanted: Wanted) -> Result<Option<Purchase>, AppError> {
    let db = &app.db.write;
    let found = consultations::find_open_purchase(db, owner, wanted.doctor).await?;
    let Some(consultation) = found else { return Ok(None) };
    let payment = store::find_by_consultation(db, consultation.id).await?;
    let payment = payment.ok_or_else(|| anyhow::anyhow!("consultation {} has no payment", consultation.id))?;
    if consultation.starts_at != wanted.starts_at && app.clock.now() < payment.expires_at {
        // Two times held for one owner would keep somebody else waiting.
        return Err(PaymentError::OtherPurchaseOpen { payment: payment.id, consultation: consultation.id }.into());
    }
    if let Some(pet) = wanted.pet.filter(|pet| consultation.pet_id != Some(*pet)) {
        consultations::save_pet(db, consultation.id, pet).await?;
    }
    if let Some(intake) = wanted.intake {
        let txn = app.db.begin_write().await?;
        triage::attach(&txn, owner, intake, consultation.id).await?;
        txn.commit().await?;
    }
    let quote = consultations::quotes(db, &[&consultation]).await?.remove(&consultation.id);
    Ok(quote.map(|quote| Purchase { payment, quote }))
}

async fn begin(app: &App, owner: AccountId, doctor: &doctors::Verified, wanted: Wanted) -> Result<Purchase, AppError> {
    let now = app.clock.now();
    let quote = Quote::new(doctor.profile.base_price, app.config.payments.markup);
    let hold = match wanted.starts_at {
        Some(starts_at) => Some(availability::find_slot(&app.db.read, wanted.doctor, starts_at, now).await?),
        None => None,
    };
    let slot = hold.as_ref().map(|(_, slot)| *slot);
    let is_there = app.presence.is_online(wanted.doctor);
    let terms = slot.map_or(Terms::of_instant(is_there), Terms::of_slot);
    let draft = Draft { owner, doctor: wanted.doctor, pet: wanted.pet, slot, terms };
    let txn = app.db.begin_write().await?;
    // Whoever suspends the doctor comes before this and is heard, or after it and finds what was bought.
    doctors::hold_verified(&txn, wanted.doctor, now).await?.ok_or_else(doctors::not_found)?;
    let consultation = match consultations::draft(&txn, &draft, &quote, now).await {
        Ok(consultation) => consultation,
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            // The same button, pressed twice at the same moment: the other one was first.
            drop(txn);
            let open = take_up(app, owner, wanted).await?;
            return open.ok_or_else(|| error.into());
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(intake) = wanted.intake {
        triage::attach(&txn, owner, intake, consultation.id).await?;
    }
    if let Some((schedule, slot)) = &hold {
        availability::claim(&txn, wanted.doctor, schedule, *slot, consultation.id, now).await?;
    }
    let payment = Model {
        id: PaymentId::new(),
        consultation_id: consultation.id,
        order_id: new_order_id(now),
        amount: quote.total(),
        refunded_amount: Rupiah::ZERO,
        promised_amount: Rupiah::ZERO,
        status: PaymentStatus::Pending,
        payment_type: None,
        snap_token: None,
        redirect_url: None,
        created_at: now,
        expires_at: now + app.config.payments.expiry,
        check_at: now + app.config.payments.reconcile_every,
        settled_at: None,
    };
    store::insert(&txn, payment.clone()).await?;
    store::note(&txn, apply::begun(&payment)).await?;
    txn.commit().await?;
    Ok(Purchase { payment, quote })
}

/// Gets the page where the owner pays. An order id can be used once at the gateway, so that a call whose answer was
/// lost is repeated under another one.
async fn with_payment_page(
    app: &App,
    owner: &CurrentUser,
    doctor: &doctors::Verified,
    mut purchase: Purchase,
) -> Result<Purchase, AppError> {
    for _attempt in 0..2 {
        if purchase.payment.snap_token.is_some() {
            return Ok(purchase);
        }
        let asked = app.gateway.create_transaction(transaction(app, owner, doctor, &purchase)).await;
        match asked {
            Ok(page) => {
                store::save_page(&app.db.write, &purchase.payment, &page.token, &page.redirect_url).await?;
            }
            Err(error) => {
                let order_id = new_order_id(app.clock.now());
                store::replace_order_id(&app.db.write, &purchase.payment, &order_id).await?;
                tracing::warn!(payment = %purchase.payment.id, cause = format!("{error:#}"), "no payment page");
            }
        }
        let payment = store::find(&app.db.write, purchase.payment.id).await?;
        purchase.payment = payment.ok_or_else(PaymentId::not_found)?;
    }
    if purchase.payment.snap_token.is_some() {
        return Ok(purchase);
    }
    Err(PaymentError::GatewayUnavailable("no payment page after two attempts".to_owned()).into())
}

fn transaction<'a>(
    app: &App,
    owner: &'a CurrentUser,
    doctor: &doctors::Verified,
    purchase: &'a Purchase,
) -> NewTransaction<'a> {
    let item = |kind: QuoteLineKind, amount: Rupiah| match kind {
        QuoteLineKind::Base => {
            Item { id: "consultation", name: format!("Konsultasi {}", doctor.account.username), price: amount }
        }
        QuoteLineKind::PlatformFee => {
            Item { id: "platform-fee", name: "Biaya layanan HELLOPET!".to_owned(), price: amount }
        }
    };
    NewTransaction {
        order_id: &purchase.payment.order_id,
        amount: purchase.payment.amount,
        items: purchase.quote.lines.iter().map(|line| item(line.kind, line.amount)).collect(),
        customer: Customer {
            first_name: &owner.account.username,
            email: &owner.account.email,
            phone: &owner.account.phone_number,
        },
        finish_url: format!("{}/bayar/{}", app.config.server.public_url(), purchase.payment.id),
        minutes_to_pay: minutes_left(app, &purchase.payment),
    }
}

fn minutes_left(app: &App, payment: &Model) -> u64 {
    (payment.expires_at.since(app.clock.now()).as_secs() / 60).max(1)
}

/// Never the row's id: a second attempt, and another environment on the same merchant account, need other ones.
fn new_order_id(now: Timestamp) -> String {
    format!("HP-{}-{}", now.in_jakarta().format("%Y%m%d"), random::code(14))
}
