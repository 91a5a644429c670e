//! Every query about schedules and taken times.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{LockType, OnConflict, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{ActiveModel, Column, Entity, Model, cell, exception, weekly};
use super::slots::{Exception, Hours, Schedule, Slot, Taken, cell_of};
use crate::accounts::AccountId;
use crate::doctors::Doctor;
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::day::read_day;

pub async fn find(db: &impl ConnectionTrait, doctor: AccountId) -> Result<Option<Schedule>, DbErr> {
    let Some(row) = Entity::find_by_id(doctor).one(db).await? else { return Ok(None) };
    let hours = weekly::Entity::find()
        .filter(weekly::Column::DoctorId.eq(doctor))
        .order_by_asc(weekly::Column::Position)
        .all(db)
        .await?;
    let days = exception::Entity::find()
        .filter(exception::Column::DoctorId.eq(doctor))
        .order_by_asc(exception::Column::Position)
        .all(db)
        .await?;
    let until = Doctor::find(db, doctor).await?.and_then(|profile| profile.licence_ends_at);
    Ok(Some(Schedule { until, ..assembled(&row, hours, days) }))
}

fn assembled(row: &Model, hours: Vec<weekly::Model>, days: Vec<exception::Model>) -> Schedule {
    let mut week: [Vec<Hours>; 7] = Default::default();
    for row in hours {
        if let Some(day) = usize::try_from(row.weekday - 1).ok().and_then(|day| week.get_mut(day)) {
            day.push(Hours { from: row.from_minute, to: row.to_minute });
        }
    }
    let mut exceptions: Vec<Exception> = Vec::new();
    for row in days {
        let Some(day) = read_day(&row.day) else { continue };
        if exceptions.last().is_none_or(|last| last.day != day) {
            exceptions.push(Exception { day, hours: Vec::new() });
        }
        if let (Some(last), Some(from), Some(to)) = (exceptions.last_mut(), row.from_minute, row.to_minute) {
            last.hours.push(Hours { from, to });
        }
    }
    Schedule {
        zone: row.time_zone,
        slot_minutes: row.slot_minutes,
        buffer_minutes: row.buffer_minutes,
        notice_minutes: row.notice_minutes,
        horizon_days: row.horizon_days,
        week,
        exceptions,
        until: None,
    }
}

/// Replaces a doctor's schedule, inside the caller's transaction. Its row comes first and is the lock: of two at the same
/// moment the second one finds, and replaces, the hours of the first.
pub async fn replace(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<(), DbErr> {
    let row = Model {
        doctor_id: doctor,
        time_zone: schedule.zone,
        slot_minutes: schedule.slot_minutes,
        buffer_minutes: schedule.buffer_minutes,
        notice_minutes: schedule.notice_minutes,
        horizon_days: schedule.horizon_days,
        next_available_at: None,
        recheck_at: now,
        updated_at: now,
    };
    let changed = [
        Column::TimeZone,
        Column::SlotMinutes,
        Column::BufferMinutes,
        Column::NoticeMinutes,
        Column::HorizonDays,
        Column::NextAvailableAt,
        Column::RecheckAt,
        Column::UpdatedAt,
    ];
    let anew = OnConflict::column(Column::DoctorId).update_columns(changed).to_owned();
    Entity::insert(ActiveModel::from(row)).on_conflict(anew).exec_without_returning(db).await?;
    weekly::Entity::delete_many().filter(weekly::Column::DoctorId.eq(doctor)).exec(db).await?;
    exception::Entity::delete_many().filter(exception::Column::DoctorId.eq(doctor)).exec(db).await?;
    let hours = weekly_rows(doctor, schedule);
    if !hours.is_empty() {
        weekly::Entity::insert_many(hours).exec_without_returning(db).await?;
    }
    let days = exception_rows(doctor, schedule);
    if !days.is_empty() {
        exception::Entity::insert_many(days).exec_without_returning(db).await?;
    }
    Ok(())
}

fn weekly_rows(doctor: AccountId, schedule: &Schedule) -> Vec<weekly::ActiveModel> {
    let of_day = |(day, hours): (i32, &Vec<Hours>)| hours.iter().map(move |hours| (day, *hours)).collect::<Vec<_>>();
    let all = (1..).zip(&schedule.week).flat_map(of_day).zip(0..);
    all.map(|((weekday, hours), position)| weekly::ActiveModel {
        doctor_id: Set(doctor),
        position: Set(position),
        weekday: Set(weekday),
        from_minute: Set(hours.from),
        to_minute: Set(hours.to),
    })
    .collect()
}

fn exception_rows(doctor: AccountId, schedule: &Schedule) -> Vec<exception::ActiveModel> {
    let of_day = |exception: &Exception| {
        let day = exception.day.to_string();
        let hours = exception.hours.iter().map(|hours| (Some(hours.from), Some(hours.to)));
        let rows: Vec<_> = if exception.hours.is_empty() { vec![(None, None)] } else { hours.collect() };
        rows.into_iter().map(move |(from, to)| (day.clone(), from, to)).collect::<Vec<_>>()
    };
    let all = schedule.exceptions.iter().flat_map(of_day).zip(0..);
    all.map(|((day, from, to), position)| exception::ActiveModel {
        doctor_id: Set(doctor),
        position: Set(position),
        day: Set(day),
        from_minute: Set(from),
        to_minute: Set(to),
    })
    .collect()
}

/// A doctor's schedule, held until the caller's transaction ends: what is taken of it and what the directory shows as its
/// next slot change together.
pub async fn hold(txn: &impl ConnectionTrait, doctor: AccountId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(doctor).lock(LockType::NoKeyUpdate).one(txn).await
}

/// What is taken of a doctor's time between two instants.
pub async fn taken(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Taken, DbErr> {
    let cells = cell::Entity::find()
        .select_only()
        .column(cell::Column::Cell)
        .filter(cell::Column::DoctorId.eq(doctor))
        .filter(cell::Column::Cell.between(cell_of(from), cell_of(to)))
        .into_tuple::<i64>()
        .all(db)
        .await?;
    Ok(cells.into_iter().collect())
}

/// Takes time for a consultation; false, and nothing is taken, when some of it belongs to another one.
pub async fn claim(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    cells: Vec<i64>,
    consultation: ConsultationId,
) -> Result<bool, DbErr> {
    if take_free(db, doctor, &cells, consultation).await? == cells.len() as u64 {
        return Ok(true);
    }
    release(db, consultation).await?;
    Ok(false)
}

/// Takes more time for a consultation, which may have some of it already; false when some belongs to another one. The
/// caller gives up the transaction then.
pub async fn claim_more(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    cells: Vec<i64>,
    consultation: ConsultationId,
) -> Result<bool, DbErr> {
    take_free(db, doctor, &cells, consultation).await?;
    let owned = cell::Entity::find()
        .filter(cell::Column::DoctorId.eq(doctor))
        .filter(cell::Column::Cell.is_in(cells.iter().copied()))
        .filter(cell::Column::ConsultationId.eq(consultation))
        .count(db)
        .await?;
    Ok(owned == cells.len() as u64)
}

/// The first of these cells that another consultation has.
pub async fn first_of_another(
    db: &impl ConnectionTrait,
    (doctor, consultation): (AccountId, ConsultationId),
    cells: Vec<i64>,
) -> Result<Option<i64>, DbErr> {
    let of_others = cell::Entity::find()
        .select_only()
        .column(cell::Column::Cell)
        .filter(cell::Column::DoctorId.eq(doctor))
        .filter(cell::Column::Cell.is_in(cells))
        .filter(cell::Column::ConsultationId.ne(consultation));
    of_others.order_by_asc(cell::Column::Cell).limit(1).into_tuple().one(db).await
}

/// Which consultations have the time of these doctors in these cells.
pub async fn holders(
    db: &impl ConnectionTrait,
    doctors: impl IntoIterator<Item = AccountId>,
    cells: Vec<i64>,
) -> Result<Vec<ConsultationId>, DbErr> {
    let of_doctors = cell::Entity::find().filter(cell::Column::DoctorId.is_in(doctors));
    let taken = of_doctors.filter(cell::Column::Cell.is_in(cells));
    taken.select_only().column(cell::Column::ConsultationId).distinct().into_tuple().all(db).await
}

/// Takes those of the cells that nobody has; how many they were.
pub async fn take_free(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    cells: &[i64],
    consultation: ConsultationId,
) -> Result<u64, DbErr> {
    if cells.is_empty() {
        return Ok(0);
    }
    let rows = cells.iter().map(|cell| cell::ActiveModel {
        doctor_id: Set(doctor),
        cell: Set(*cell),
        consultation_id: Set(consultation),
    });
    let key = [cell::Column::DoctorId, cell::Column::Cell];
    let unless_taken = OnConflict::columns(key).do_nothing().to_owned();
    match cell::Entity::insert_many(rows).on_conflict(unless_taken).exec_without_returning(db).await {
        Err(DbErr::RecordNotInserted) => Ok(0),
        taken => taken,
    }
}

pub async fn release(db: &impl ConnectionTrait, consultation: ConsultationId) -> Result<(), DbErr> {
    cell::Entity::delete_many().filter(cell::Column::ConsultationId.eq(consultation)).exec(db).await.map(|_| ())
}

impl Slot {
    /// The first slot of each of these doctors, as it was last computed.
    pub async fn next_available(
        db: &impl ConnectionTrait,
        doctors: impl IntoIterator<Item = AccountId>,
    ) -> Result<HashMap<AccountId, Timestamp>, DbErr> {
        let rows = Entity::find()
            .select_only()
            .columns([Column::DoctorId, Column::NextAvailableAt])
            .filter(Column::DoctorId.is_in(doctors))
            .filter(Column::NextAvailableAt.is_not_null())
            .into_tuple::<(AccountId, Timestamp)>()
            .all(db)
            .await?;
        Ok(rows.into_iter().collect())
    }

    /// The first slot of every doctor who has one.
    pub async fn all_next_available(db: &impl ConnectionTrait) -> Result<HashMap<AccountId, Timestamp>, DbErr> {
        let rows = Entity::find()
            .select_only()
            .columns([Column::DoctorId, Column::NextAvailableAt])
            .filter(Column::NextAvailableAt.is_not_null())
            .into_tuple::<(AccountId, Timestamp)>()
            .all(db)
            .await?;
        Ok(rows.into_iter().collect())
    }

    /// The query for doctors whose next slot begins within `[from, to)`.
    pub fn free_between(from: Timestamp, to: Timestamp) -> SelectStatement {
        Query::select()
            .column(Column::DoctorId)
            .from(Entity)
            .and_where(Column::NextAvailableAt.gte(from))
            .and_where(Column::NextAvailableAt.lt(to))
            .to_owned()
    }
}

pub async fn save_next(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    next: Option<Timestamp>,
    recheck_at: Timestamp,
) -> Result<(), DbErr> {
    let change = ActiveModel { next_available_at: Set(next), recheck_at: Set(recheck_at), ..Default::default() };
    Entity::update_many().set(change).filter(Column::DoctorId.eq(doctor)).exec(db).await.map(|_| ())
}

/// Doctors whose first slot has to be looked at again.
pub async fn list_to_recheck(db: &impl ConnectionTrait, now: Timestamp, limit: u64) -> Result<Vec<AccountId>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::DoctorId)
        .filter(Column::RecheckAt.lte(now))
        .order_by_asc(Column::RecheckAt)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await
}

/// Has a doctor looked at again then.
pub async fn recheck_later(db: &impl ConnectionTrait, doctor: AccountId, at: Timestamp) -> Result<(), DbErr> {
    let change = ActiveModel { recheck_at: Set(at), ..Default::default() };
    Entity::update_many().set(change).filter(Column::DoctorId.eq(doctor)).exec(db).await.map(|_| ())
}

/// Deletes taken time before an instant; how many cells they were.
pub async fn delete_cells_before(db: &impl ConnectionTrait, before: Timestamp) -> Result<u64, DbErr> {
    let past = cell::Entity::delete_many().filter(cell::Column::Cell.lt(cell_of(before)));
    Ok(past.exec(db).await?.rows_affected)
}
