//! Every query about consultations and their quotes.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, Statement,
};

use uuid::Uuid;

use super::entity::{ActiveModel, Column, ConsultationKind, Entity, Model, RecordStatus};
use super::rules::Event;
use crate::accounts::{AccountId, CurrentUser, Role};
use crate::orders::{OrderId, entity as order};
use crate::pets::PetId;
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::clock::Timestamp;
use platform::db::{Moved, piece};

impl Model {
    pub async fn find(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).one(db).await
    }

    /// Whether somebody has or had a consultation as its owner.
    pub async fn is_owner_of_any(db: &impl ConnectionTrait, owner: AccountId) -> Result<bool, DbErr> {
        Ok(Entity::find().filter(Column::OwnerId.eq(owner)).limit(1).count(db).await? > 0)
    }

    pub async fn find_for_owner(
        db: &impl ConnectionTrait,
        owner: AccountId,
        id: ConsultationId,
    ) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).filter(Column::OwnerId.eq(owner)).one(db).await
    }

    /// A consultation, for either of its two people.
    pub async fn find_for_party(
        db: &impl ConnectionTrait,
        party: AccountId,
        id: ConsultationId,
    ) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).filter(of_party(party)).one(db).await
    }

    /// The statements behind somebody's own lists, for a look at how a database goes about them.
    pub fn statements(backend: DbBackend, who: AccountId, role: Role) -> Vec<(&'static str, Statement)> {
        let further = Filter { before: Some(ConsultationId::new()), ..Filter::default() };
        let active = Filter { statuses: vec![ConsultationStatus::Active], ..Filter::default() };
        let owed = Filter { needs_record: true, ..Filter::default() };
        vec![
            ("own consultations", own(who, role, &Filter::default(), 21).build(backend)),
            ("own consultations, further down", own(who, role, &further, 21).build(backend)),
            ("own active consultations", own(who, role, &active, 21).build(backend)),
            ("summaries that are owed", own(who, role, &owed, 21).build(backend)),
        ]
    }

    /// Notes that its summary is begun.
    pub async fn save_record_begun(db: &impl ConnectionTrait, id: ConsultationId) -> Result<(), DbErr> {
        let change = ActiveModel { record_status: Set(RecordStatus::Draft), ..Default::default() };
        let none = Column::RecordStatus.eq(RecordStatus::None);
        Entity::update_many().set(change).filter(Column::Id.eq(id)).filter(none).exec(db).await.map(|_| ())
    }

    /// Notes that its summary is finished; again changes nothing.
    pub async fn save_recorded(db: &impl ConnectionTrait, id: ConsultationId, now: Timestamp) -> Result<(), DbErr> {
        let change = ActiveModel { record_status: Set(RecordStatus::Finished), ..Default::default() };
        let first = Expr::col(Column::RecordedAt).if_null(Expr::val(now));
        let finished = Entity::update_many().set(change).col_expr(Column::RecordedAt, first);
        finished.filter(Column::Id.eq(id)).exec(db).await.map(|_| ())
    }

    /// The consultations about a pet that took place or will, the newest first: those before an instant, and those of
    /// that very instant whose ids come before one.
    pub async fn list_of_pet(
        db: &impl ConnectionTrait,
        pet: PetId,
        before: Option<(Timestamp, Option<ConsultationId>)>,
        limit: u64,
    ) -> Result<Vec<Self>, DbErr> {
        use ConsultationStatus as Status;
        // As `Model::moment`.
        let moment = || {
            let columns = [Column::StartedAt, Column::StartsAt, Column::CreatedAt];
            Expr::expr(Func::coalesce(columns.map(Expr::col)))
        };
        let mut query = Entity::find().filter(Column::PetId.eq(pet)).filter(Column::Status.is_in([
            Status::Scheduled,
            Status::Active,
            Status::Ended,
            Status::NoShow,
        ]));
        if let Some((at, id)) = before {
            let mut earlier = Condition::any().add(moment().lt(at.as_millis()));
            if let Some(id) = id {
                let same = Condition::all().add(moment().eq(at.as_millis())).add(Column::Id.lt(id));
                earlier = earlier.add(same);
            }
            query = query.filter(earlier);
        }
        query.order_by(moment(), Order::Desc).order_by_desc(Column::Id).limit(limit).all(db).await
    }

    /// Consultations that never began and will not, as a sub-select of their ids.
    pub fn came_to_nothing() -> SelectStatement {
        Query::select()
            .column(Column::Id)
            .from(Entity)
            .and_where(Column::StartedAt.is_null())
            .and_where(Column::Status.is_in([ConsultationStatus::Expired, ConsultationStatus::Cancelled]))
            .take()
    }

    /// The same of one owner.
    pub fn came_to_nothing_of(owner: AccountId) -> SelectStatement {
        Self::came_to_nothing().and_where(Column::OwnerId.eq(owner)).take()
    }
}

/// The doctors of those of these that are paid and not over.
pub async fn list_doctors_to_render(
    db: &impl ConnectionTrait,
    ids: Vec<ConsultationId>,
) -> Result<Vec<AccountId>, DbErr> {
    let to_render = Column::Status.is_in([ConsultationStatus::Scheduled, ConsultationStatus::Active]);
    let among = Entity::find().filter(Column::Id.is_in(ids)).filter(to_render);
    among.select_only().column(Column::DoctorId).into_tuple().all(db).await
}

/// What a doctor has yet to begin, and what an answer is awaited in.
pub async fn list_unanswered_of(db: &impl ConnectionTrait, doctor: AccountId) -> Result<Vec<ConsultationId>, DbErr> {
    use ConsultationStatus as Status;
    let open = Column::Status.is_in([Status::AwaitingPayment, Status::Scheduled, Status::Active]);
    let query = Entity::find().select_only().column(Column::Id).filter(Column::DoctorId.eq(doctor)).filter(open);
    let unanswered = query.filter(Column::AnsweredAt.is_null()).order_by_asc(Column::Id);
    unanswered.into_tuple().all(db).await
}

/// What an order bought: the one that goes on, where the first doctor did not answer.
pub async fn find_of_order(db: &impl ConnectionTrait, order: OrderId) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::OrderId.eq(order)).order_by_desc(Column::Id).limit(1).one(db).await
}

fn of_party(party: AccountId) -> Condition {
    Condition::any().add(Column::OwnerId.eq(party)).add(Column::DoctorId.eq(party))
}

/// The purchase of this doctor that this owner has begun and not paid.
pub async fn find_open_purchase(
    db: &impl ConnectionTrait,
    owner: AccountId,
    doctor: AccountId,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::OwnerId.eq(owner))
        .filter(Column::DoctorId.eq(doctor))
        .filter(Column::Status.eq(ConsultationStatus::AwaitingPayment))
        .one(db)
        .await
}

/// How many times of doctors this owner holds without having paid.
pub async fn count_unpaid_slots(db: &impl ConnectionTrait, owner: AccountId) -> Result<u64, DbErr> {
    // Said to the letter, so that the databases see that their partial index holds these.
    let is_unpaid = Expr::cust("status = 'awaiting_payment'");
    slots_of(owner).filter(is_unpaid).count(db).await
}

/// How many this owner has held since then and let go without having paid.
pub async fn count_slots_let_go(db: &impl ConnectionTrait, owner: AccountId, since: Timestamp) -> Result<u64, DbErr> {
    let is_unpaid = order::Column::PaidAt.is_null();
    let unpaid = Query::select().column(order::Column::Id).from(order::Entity).and_where(is_unpaid).take();
    let let_go = slots_of(owner)
        .filter(Column::CreatedAt.gte(since))
        .filter(Column::Status.is_in([ConsultationStatus::Expired, ConsultationStatus::Cancelled]));
    let_go.filter(Column::OrderId.in_subquery(unpaid)).count(db).await
}

fn slots_of(owner: AccountId) -> Select<Entity> {
    Entity::find().filter(Column::OwnerId.eq(owner)).filter(Column::Kind.eq(ConsultationKind::Slot))
}

/// Which of somebody's consultations.
#[derive(Debug, Default)]
pub struct Filter {
    /// In these states; in any when there are none.
    pub statuses: Vec<ConsultationStatus>,
    /// Only those that the caller, as the doctor, owes a summary of.
    pub needs_record: bool,
    pub before: Option<ConsultationId>,
}

/// Somebody's own consultations, newest first.
pub async fn list_for(
    db: &impl ConnectionTrait,
    me: &CurrentUser,
    filter: &Filter,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    own(me.id, me.role, filter, limit).all(db).await
}

/// An owner's account stays an owner's (`doctors::check_unused`), so it is one of the two columns; asked for either, the
/// databases would read all consultations of everybody.
pub fn own(who: AccountId, role: Role, filter: &Filter, limit: u64) -> Select<Entity> {
    let column = if role == Role::Dokter { Column::DoctorId } else { Column::OwnerId };
    let last = filter.before.map_or(Uuid::max(), |before| before.0);
    let all = Entity::find().limit(limit);
    let mut query = if filter.needs_record {
        all.filter(unrecorded(who)).order_by_desc(Column::Id)
    } else if filter.statuses == [ConsultationStatus::Active] {
        // Few, with an index of their own.
        all.filter(column.eq(who)).order_by_desc(Column::Id)
    } else {
        let own = all.filter(piece(column, Column::Id, who.0, (Uuid::nil(), last)));
        own.order_by_desc(column).order_by_desc(Column::Id)
    };
    if !filter.statuses.is_empty() {
        // To the letter, as their partial indexes have them.
        let statuses: Vec<String> = filter.statuses.iter().map(|status| format!("'{}'", status.to_value())).collect();
        query = query.filter(Expr::cust(format!("status IN ({})", statuses.join(", "))));
    }
    if let Some(before) = filter.before {
        query = query.filter(Column::Id.lt(before));
    }
    query
}

/// A doctor's ended consultations without a finished summary.
fn unrecorded(doctor: AccountId) -> Condition {
    // Literal, so that the databases see that their partial index holds these.
    let is_owed = Expr::cust("status = 'ended' AND recorded_at IS NULL");
    Condition::all().add(Column::DoctorId.eq(doctor)).add(is_owed)
}

/// With which ones those of these go on whose doctors did not answer.
pub async fn transfers(
    db: &impl ConnectionTrait,
    ids: &[ConsultationId],
) -> Result<HashMap<ConsultationId, ConsultationId>, DbErr> {
    let rows: Vec<(ConsultationId, ConsultationId)> = Entity::find()
        .select_only()
        .column(Column::TransferredFrom)
        .column(Column::Id)
        .filter(Column::TransferredFrom.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The consultations that a doctor has, had or is to have about a pet.
pub async fn list_of_doctor_with_pet(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    pet: PetId,
) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::PetId.eq(pet)).filter(Column::DoctorId.eq(doctor)).all(db).await
}

/// Says whom an open purchase is about; one that has been paid stays as it is.
pub async fn save_pet(db: &impl ConnectionTrait, id: ConsultationId, pet: PetId) -> Result<(), DbErr> {
    let change = ActiveModel { pet_id: Set(Some(pet)), ..Default::default() };
    Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ConsultationStatus::AwaitingPayment))
        .exec(db)
        .await
        .map(|_| ())
}

pub async fn insert(db: &impl ConnectionTrait, consultation: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(consultation)).exec_without_returning(db).await.map(|_| ())
}

/// The consultations that these doctors have under way.
pub async fn list_active_of(
    db: &impl ConnectionTrait,
    doctors: impl IntoIterator<Item = AccountId>,
) -> Result<Vec<Model>, DbErr> {
    // Said to the letter, so that the databases see that their partial index holds these.
    let is_active = Expr::cust("status = 'active'");
    Entity::find().filter(is_active).filter(Column::DoctorId.is_in(doctors)).all(db).await
}

/// Notes until when the questions after the end may go on, or that they do not.
pub async fn save_follow_up(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    until: Option<Timestamp>,
) -> Result<(), DbErr> {
    let change = ActiveModel { follow_up_until: Set(until), ..Default::default() };
    Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(|_| ())
}

/// Until when the doctor has to answer, once it begins.
pub async fn save_answer_minutes(db: &impl ConnectionTrait, id: ConsultationId, minutes: i32) -> Result<(), DbErr> {
    let change = ActiveModel { answer_minutes: Set(minutes), ..Default::default() };
    Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(|_| ())
}

/// Takes the first of a slot's reminders as sent: it was booked after their time.
pub async fn skip_reminders(db: &impl ConnectionTrait, id: ConsultationId, missed: i32) -> Result<(), DbErr> {
    let change = ActiveModel { reminders_sent: Set(missed), ..Default::default() };
    Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(|_| ())
}

/// Writes what has become known of a consultation, unless it has left `before`'s state or was found otherwise since.
pub async fn save_progress(db: &impl ConnectionTrait, before: &Model, change: ActiveModel) -> Result<Moved, DbErr> {
    let answered = match before.answered_at {
        Some(at) => Column::AnsweredAt.eq(at),
        None => Column::AnsweredAt.is_null(),
    };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(before.id))
        .filter(Column::Status.eq(before.status))
        .filter(Column::RemindersSent.eq(before.reminders_sent))
        .filter(answered)
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}

/// Moves a slot to another time, unless it is not scheduled for the old one any more.
pub async fn save_time(
    db: &impl ConnectionTrait,
    consultation: &Model,
    (starts_at, duration_minutes): (Timestamp, i32),
    reminders_sent: i32,
) -> Result<Moved, DbErr> {
    let change = ActiveModel {
        starts_at: Set(Some(starts_at)),
        duration_minutes: Set(duration_minutes),
        reminders_sent: Set(reminders_sent),
        ..Default::default()
    };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(consultation.id))
        .filter(Column::Status.eq(ConsultationStatus::Scheduled))
        .filter(Column::StartsAt.eq(consultation.starts_at))
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}

/// Moves a consultation on because of an event, unless it had left its state already.
pub async fn save_status(
    db: &impl ConnectionTrait,
    consultation: &Model,
    (to, event): (ConsultationStatus, Event),
    now: Timestamp,
) -> Result<Moved, DbErr> {
    let mut change = ActiveModel { status: Set(to), closed_because: Set(event.closes_because()), ..Default::default() };
    match to {
        ConsultationStatus::Active => {
            change.started_at = Set(Some(now));
            change.ended_at = Set(None);
        }
        // Late money has bought it after all: it is not over.
        ConsultationStatus::Scheduled | ConsultationStatus::AwaitingPayment => change.ended_at = Set(None),
        ConsultationStatus::Ended
        | ConsultationStatus::Cancelled
        | ConsultationStatus::Expired
        | ConsultationStatus::NoShow => change.ended_at = Set(Some(now)),
    }
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(consultation.id))
        .filter(Column::Status.eq(consultation.status))
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}
