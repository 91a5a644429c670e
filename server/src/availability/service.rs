//! Setting a schedule, and taking and giving back its time.

use sea_orm::ConnectionTrait;

use super::slots::{Refusal, Schedule, Slot, beginning_of, cells, cells_between};
use super::{Availability, store};
use crate::accounts::AccountId;
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::http::error::AppError;

pub async fn set(availability: &Availability, doctor: AccountId, schedule: &Schedule) -> Result<(), AppError> {
    let txn = availability.db.begin_write().await?;
    schedule.set_within(&txn, doctor, availability.clock.now()).await?;
    txn.commit().await?;
    Ok(())
}

impl Schedule {
    /// Puts this schedule in the place of the doctor's, inside the caller's transaction.
    pub async fn set_within(
        &self,
        db: &impl ConnectionTrait,
        doctor: AccountId,
        now: Timestamp,
    ) -> Result<(), AppError> {
        store::replace(db, doctor, self, now).await?;
        Self::refresh(db, doctor, now).await
    }

    /// Computes anew what the directory shows as a doctor's next slot.
    pub async fn refresh(db: &impl ConnectionTrait, doctor: AccountId, now: Timestamp) -> Result<(), AppError> {
        let Some(schedule) = store::find(db, doctor).await? else { return Ok(()) };
        let taken = store::taken(db, doctor, schedule.span(now)).await?;
        let next = schedule.next_available(&taken, now).map(|slot| slot.starts_at);
        // It is true until that slot comes too near; without one, until a new day comes within the horizon.
        let tomorrow = schedule.zone.instant(schedule.zone.day_of(now), 1_440);
        let recheck_at = next.map_or(tomorrow, |next| next - schedule.notice());
        // The slot can be had up to that very millisecond.
        Ok(store::save_next(db, doctor, next, recheck_at + std::time::Duration::from_millis(1)).await?)
    }
}

impl Slot {
    /// The slot of a doctor that begins at an instant, if it can be booked as far as is known now. Who really has it is
    /// decided by [`Slot::claim`].
    pub async fn find(
        db: &impl ConnectionTrait,
        doctor: AccountId,
        starts_at: Timestamp,
        now: Timestamp,
    ) -> Result<(Schedule, Self), AppError> {
        let schedule = store::find(db, doctor).await?.ok_or(Refusal::NotOffered)?;
        let taken = store::taken(db, doctor, schedule.span(now)).await?;
        let slot = schedule.bookable(starts_at, &taken, now)?;
        Ok((schedule, slot))
    }

    /// Takes a slot for a consultation, inside the caller's transaction, unless somebody else has it.
    pub async fn claim(
        self,
        db: &impl ConnectionTrait,
        doctor: AccountId,
        schedule: &Schedule,
        consultation: ConsultationId,
        now: Timestamp,
    ) -> Result<(), AppError> {
        store::hold(db, doctor).await?;
        if !store::claim(db, doctor, schedule.cells_of(self).collect(), consultation).await? {
            return Err(Refusal::Taken.into());
        }
        Schedule::refresh(db, doctor, now).await
    }

    /// Takes the time that a consultation was bought for once more, whatever the doctor offers by now; false, and
    /// nothing is taken, when somebody else has some of it.
    pub async fn claim_again(
        db: &impl ConnectionTrait,
        (doctor, consultation): (AccountId, ConsultationId),
        (from, minutes): (Timestamp, i32),
        now: Timestamp,
    ) -> Result<bool, AppError> {
        let Some(schedule) = store::hold(db, doctor).await? else { return Ok(false) };
        let cells = cells(from, minutes + schedule.buffer_minutes).collect();
        if !store::claim(db, doctor, cells, consultation).await? {
            return Ok(false);
        }
        Schedule::refresh(db, doctor, now).await?;
        Ok(true)
    }

    /// The refusal of a time at which the doctor does not work.
    pub fn not_offered() -> AppError {
        Refusal::NotOffered.into()
    }

    /// The refusal of a time that somebody else has.
    pub fn taken() -> AppError {
        Refusal::Taken.into()
    }

    /// Takes so many minutes from an instant on for a consultation that goes on longer, inside the caller's
    /// transaction. False when somebody else has booked some of them; the caller gives up the transaction then.
    pub async fn claim_more(
        db: &impl ConnectionTrait,
        doctor: AccountId,
        (from, minutes): (Timestamp, i32),
        consultation: ConsultationId,
        now: Timestamp,
    ) -> Result<bool, AppError> {
        store::hold(db, doctor).await?;
        if !store::claim_more(db, doctor, cells(from, minutes).collect(), consultation).await? {
            return Ok(false);
        }
        Schedule::refresh(db, doctor, now).await?;
        Ok(true)
    }

    /// Which consultations have some of these doctors' next minutes.
    pub async fn booked_within(
        db: &impl ConnectionTrait,
        doctors: impl IntoIterator<Item = AccountId>,
        (from, minutes): (Timestamp, i32),
    ) -> Result<Vec<ConsultationId>, AppError> {
        Ok(store::holders(db, doctors, cells(from, minutes).collect()).await?)
    }

    /// From when on another consultation has the doctor's time between two instants. The schedule is held from now on.
    pub async fn next_booked(
        db: &impl ConnectionTrait,
        (doctor, consultation): (AccountId, ConsultationId),
        (from, to): (Timestamp, Timestamp),
    ) -> Result<Option<Timestamp>, AppError> {
        store::hold(db, doctor).await?;
        let first = store::first_of_another(db, (doctor, consultation), cells_between(from, to).collect()).await?;
        Ok(first.map(beginning_of))
    }

    /// Takes what nobody else has of the time between two instants for a consultation that goes on longer than was
    /// booked.
    pub async fn claim_free(
        db: &impl ConnectionTrait,
        (doctor, consultation): (AccountId, ConsultationId),
        (from, to): (Timestamp, Timestamp),
        now: Timestamp,
    ) -> Result<(), AppError> {
        store::hold(db, doctor).await?;
        store::take_free(db, doctor, &cells_between(from, to).collect::<Vec<_>>(), consultation).await?;
        Schedule::refresh(db, doctor, now).await
    }

    /// Gives back the time of a consultation, inside the caller's transaction.
    pub async fn release(
        db: &impl ConnectionTrait,
        doctor: AccountId,
        consultation: ConsultationId,
        now: Timestamp,
    ) -> Result<(), AppError> {
        store::hold(db, doctor).await?;
        store::release(db, consultation).await?;
        Schedule::refresh(db, doctor, now).await
    }
}
