//! Buying a consultation: one open purchase for an owner and a doctor, however often the button is pressed.

use std::time::Duration;

use super::ask::{self, AskGateway};
use super::entity::{Model, PaymentId, PaymentStatus};
use super::error::{PaymentError, already_talking};
use super::midtrans::{Customer, Item, NewTransaction};
use super::{apply, settle, store};
use crate::accounts::{self, AccountId, CurrentUser};
use crate::app::App;
use crate::availability;
use crate::chat;
use crate::consultations::{self, ConsultationId, Draft, Terms};
use crate::doctors;
use crate::events::Work;
use crate::orders::entity::OrderKind;
use crate::orders::{self, OrderId, OrderStatus, Quote, QuoteLineKind};
use crate::pets::{self, PetId};
use crate::triage::{self, IntakeId};
use platform::clock::Timestamp;
use platform::db::is_taken;
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::path::Named;
use platform::money::Rupiah;
use platform::random;
use platform::work;

/// A purchase that can be paid now.
pub struct Purchase {
    pub payment: Model,
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

pub async fn buy(app: &App, owner: &CurrentUser, wanted: Wanted, claim: Option<&Claim>) -> Result<Purchase, AppError> {
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
    let purchase = match find_open(app, owner.id, wanted, claim).await? {
        Some(open) => open,
        None => begin(app, owner.id, &doctor, wanted, claim).await?,
    };
    with_payment_page(app, owner, &doctor, purchase).await
}

/// The purchase that a claim says was begun, for a request whose answer got lost.
pub async fn take_up_again(app: &App, owner: &CurrentUser, payment: PaymentId) -> Result<Purchase, AppError> {
    let db = &app.db.write;
    let payment = store::find(db, payment).await?.ok_or_else(PaymentId::not_found)?;
    let order = orders::find(db, payment.order_id).await?.filter(|order| order.owner_id == owner.id);
    let order = order.ok_or_else(PaymentId::not_found)?;
    let consultation = consultations::find_of_order(db, order.id).await?.ok_or_else(PaymentId::not_found)?;
    let doctor = doctors::find_verified(&app.db.read, order.payee_id, app.clock.now()).await?;
    let doctor = doctor.ok_or_else(doctors::not_found)?;
    let quote = apply::quote_of(db, &order).await?;
    with_payment_page(app, owner, &doctor, Purchase { payment, consultation: consultation.id, quote }).await
}

/// The purchase begun before. One whose time is over is given up, after a last look whether it was paid.
async fn find_open(
    app: &App,
    owner: AccountId,
    wanted: Wanted,
    claim: Option<&Claim>,
) -> Result<Option<Purchase>, AppError> {
    let Some(consultation) = consultations::find_open_purchase(&app.db.write, owner, wanted.doctor).await? else {
        return Ok(None);
    };
    let payment = store::find_newest_of(&app.db.write, consultation.order_id).await?;
    let payment = payment.ok_or_else(|| anyhow::anyhow!("order {} has no payment", consultation.order_id))?;
    if app.clock.now() >= payment.expires_at {
        ask::look_overdue(app, payment.id).await?;
    }
    work::retried(|| take_up(app, owner, wanted, claim)).await
}

/// The purchase that is open, from now on for the pet and with the complaint that were named last.
async fn take_up(
    app: &App,
    owner: AccountId,
    wanted: Wanted,
    claim: Option<&Claim>,
) -> Result<Option<Purchase>, AppError> {
    let work = Work::begin(&app.db, app.clock.now()).await?;
    let Some(found) = consultations::find_open_purchase(&*work, owner, wanted.doctor).await? else { return Ok(None) };
    let order = orders::hold(&*work, found.order_id).await?.ok_or_else(OrderId::not_found)?;
    let payment = store::find_newest_of(&*work, order.id).await?.ok_or_else(PaymentId::not_found)?;
    if order.status != OrderStatus::Open {
        return Ok(None);
    }
    if found.starts_at != wanted.starts_at {
        // Two times held for one owner would keep somebody else waiting.
        return Err(PaymentError::OtherPurchaseOpen { payment: payment.id, consultation: found.id }.into());
    }
    if let Some(pet) = wanted.pet.filter(|pet| found.pet_id != Some(*pet)) {
        consultations::save_pet(&*work, found.id, pet).await?;
        triage::detach_of_other_pet(&*work, found.id, pet).await?;
    }
    if let Some(intake) = wanted.intake {
        triage::attach(&*work, owner, intake, found.id).await?;
    }
    if let Some(claim) = claim {
        claim.take(&*work, &payment.id.to_string(), work.now()).await?;
    }
    let quote = apply::quote_of(&*work, &order).await?;
    work.commit(app).await?;
    Ok(Some(Purchase { payment, consultation: found.id, quote }))
}

async fn begin(
    app: &App,
    owner: AccountId,
    doctor: &doctors::Verified,
    wanted: Wanted,
    claim: Option<&Claim>,
) -> Result<Purchase, AppError> {
    match work::retried(|| try_begin(app, owner, doctor, wanted, claim)).await? {
        Some(begun) => Ok(begun),
        // The same button, pressed twice at the same moment: the other one was first.
        None => take_up(app, owner, wanted, claim).await?.ok_or_else(AppError::busy),
    }
}

/// Nothing when the owner has begun another purchase with this doctor at this moment.
async fn try_begin(
    app: &App,
    owner: AccountId,
    doctor: &doctors::Verified,
    wanted: Wanted,
    claim: Option<&Claim>,
) -> Result<Option<Purchase>, AppError> {
    let now = app.clock.now();
    let quote = Quote::new(doctor.profile.base_price, app.config.payments.markup);
    let hold = match wanted.starts_at {
        Some(starts_at) => Some(availability::find_slot(&app.db.read, wanted.doctor, starts_at, now).await?),
        None => None,
    };
    let slot = hold.as_ref().map(|(_, slot)| *slot);
    let terms = match slot {
        Some(slot) => Terms::of_slot(slot),
        None => Terms::of_instant(consultations::is_there(app, &app.db.read, wanted.doctor).await?),
    };
    let mut work = Work::begin(&app.db, now).await?;
    if slot.is_some() {
        check_may_hold(app, &work, owner).await?;
    }
    // Whoever suspends the doctor comes before this and is heard, or after it and finds what was bought.
    doctors::hold_verified(&*work, wanted.doctor, now).await?.ok_or_else(doctors::not_found)?;
    let order = new_order(owner, wanted.doctor, &quote, now);
    orders::insert(&*work, order.clone(), &quote).await?;
    let draft = Draft { order: order.id, owner, doctor: wanted.doctor, pet: wanted.pet, slot, terms };
    let consultation = match consultations::draft(&*work, &draft, &quote, now).await {
        Ok(consultation) => consultation,
        Err(error) if is_taken(&error) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if let Some(intake) = wanted.intake {
        triage::attach(&*work, owner, intake, consultation.id).await?;
    }
    if let Some((schedule, slot)) = &hold {
        availability::claim(&*work, wanted.doctor, schedule, *slot, consultation.id, now).await?;
    }
    let payment = new_payment(app, &order, wanted.starts_at, now);
    store::insert(&*work, payment.clone()).await?;
    store::note(&*work, apply::begun(&payment)).await?;
    if let Some(claim) = claim {
        claim.take(&*work, &payment.id.to_string(), now).await?;
    }
    if payment.amount == Rupiah::ZERO {
        settle_without_gateway(app, &mut work, &order, &payment).await?;
    } else {
        work.schedule(&AskGateway { payment: payment.id }, now + app.config.payments.reconcile_every).await?;
    }
    work.commit(app).await?;
    Ok(Some(Purchase { payment, consultation: consultation.id, quote }))
}

/// Times that are held and not paid for are lost to everybody else: an owner has a few of them, and does not hold one after
/// the other for ever. Counted and added by one at a time.
async fn check_may_hold(app: &App, work: &Work, owner: AccountId) -> Result<(), AppError> {
    accounts::lock(&**work, owner).await?;
    if consultations::count_unpaid_slots(&**work, owner).await? >= MOST_UNPAID_SLOTS {
        return Err(PaymentError::TooManyUnpaidSlots.into());
    }
    let let_go = consultations::count_slots_let_go(&**work, owner, work.now() - DAY).await?;
    if app.config.security.rate_limits && let_go >= MOST_LET_GO {
        return Err(AppError::too_many(DAY));
    }
    Ok(())
}

/// How many times of doctors an owner may hold without having paid for them.
pub const MOST_UNPAID_SLOTS: u64 = 3;
/// How many an owner may hold and let go within a day.
const MOST_LET_GO: u64 = 10;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Takes an order as paid without asking a gateway: one that costs nothing, or one of a load test.
pub async fn settle_without_gateway(
    app: &App,
    work: &mut Work,
    order: &orders::entity::Model,
    payment: &Model,
) -> Result<(), AppError> {
    let paid = Model { status: PaymentStatus::Settled, settled_at: Some(work.now()), ..payment.clone() };
    apply::save(work, payment, &paid).await?;
    settle::settle(app, work, order, &paid, work.now()).await
}

/// An order of a consultation that waits to be paid.
pub fn new_order(owner: AccountId, doctor: AccountId, quote: &Quote, now: Timestamp) -> orders::entity::Model {
    orders::entity::Model {
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

/// An attempt to collect an order that begins now.
pub fn new_payment(app: &App, order: &orders::entity::Model, starts_at: Option<Timestamp>, now: Timestamp) -> Model {
    // A time that has come cannot be paid for any more; the gateway takes no page of less than a minute.
    let over = now + app.config.payments.expiry;
    let expires_at = starts_at.map_or(over, |starts_at| over.min(starts_at).max(now + SHORTEST_PAGE));
    Model {
        id: PaymentId::new(),
        order_id: order.id,
        gateway_order_id: new_order_id(now),
        transaction_id: None,
        amount: order.total,
        refunded_amount: Rupiah::ZERO,
        promised_amount: Rupiah::ZERO,
        paid_out_amount: Rupiah::ZERO,
        charged_back_amount: Rupiah::ZERO,
        status: PaymentStatus::Pending,
        payment_type: None,
        snap_token: None,
        redirect_url: None,
        created_at: now,
        expires_at,
        settled_at: None,
        version: 1,
    }
}

/// The shortest life of a payment page.
const SHORTEST_PAGE: Duration = Duration::from_secs(60);

/// Gets the page where the owner pays. An order id can be used once at the gateway, so that a call whose answer was
/// lost is repeated under another one.
async fn with_payment_page(
    app: &App,
    owner: &CurrentUser,
    doctor: &doctors::Verified,
    mut purchase: Purchase,
) -> Result<Purchase, AppError> {
    for _attempt in 0..2 {
        if purchase.payment.snap_token.is_some() || purchase.payment.amount == Rupiah::ZERO {
            return Ok(purchase);
        }
        let asked = app.gateway.create_transaction(transaction(app, owner, doctor, &purchase)).await;
        match asked {
            Ok(page) => {
                store::save_page(&app.db.write, &purchase.payment, &page.token, &page.redirect_url).await?;
            }
            Err(error) => {
                let id = new_order_id(app.clock.now());
                store::replace_gateway_order(&app.db.write, &purchase.payment, &id).await?;
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
        order_id: &purchase.payment.gateway_order_id,
        amount: purchase.payment.amount,
        items: purchase.quote.lines.iter().map(|line| item(line.kind, line.amount)).collect(),
        customer: Customer {
            first_name: &owner.account.username,
            email: &owner.account.email,
            phone: &owner.account.phone_number,
        },
        finish_url: finish_url(app, purchase.payment.id),
        minutes_to_pay: minutes_left(app, &purchase.payment),
    }
}

/// Where the browser goes once the payment is made.
pub fn finish_url(app: &App, payment: PaymentId) -> String {
    format!("{}/bayar/{payment}", app.config.server.public_url())
}

fn minutes_left(app: &App, payment: &Model) -> u64 {
    (payment.expires_at.since(app.clock.now()).as_secs() / 60).max(1)
}

/// Never the row's id: a second attempt, and another environment on the same merchant account, need other ones.
fn new_order_id(now: Timestamp) -> String {
    format!("HP-{}-{}", now.in_jakarta().format("%Y%m%d"), random::code(14))
}
