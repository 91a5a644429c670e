//! More time than was bought: free of charge, when one asks and the other agrees, and nobody else has booked it.

use sea_orm::ActiveValue::Set;

use super::entity::{ActiveModel, Model};
use super::error::ConsultationError;
use super::{Consultations, due, service, store};
use crate::accounts::{AccountId, CurrentUser};
use crate::availability::Slot;
use crate::events::{self, Work};
use crate::subjects::{ConsultationId, ConsultationStatus, Side};
use platform::http::error::AppError;
use platform::http::idempotency::Claim;
use platform::http::path::Named;
use platform::work;

/// What can be asked for at once, in minutes.
const CHOICES: [i32; 2] = [10, 15];
/// How much there can be in all.
const MOST_MINUTES: i32 = 30;

impl Model {
    /// The minutes that may be asked for now.
    pub fn extension_choices(&self) -> Vec<i32> {
        let may_ask = self.status == ConsultationStatus::Active && self.ends_at.is_some();
        if !may_ask || self.extension_minutes.is_some() {
            return Vec::new();
        }
        CHOICES.into_iter().filter(|minutes| self.extended_minutes + minutes <= MOST_MINUTES).collect()
    }
}

/// One of the two asks for more time.
pub async fn ask(
    consultations: &Consultations,
    me: &CurrentUser,
    id: ConsultationId,
    minutes: i32,
) -> Result<Model, AppError> {
    work::retried(|| try_ask(consultations, me.id, id, minutes)).await
}

async fn try_ask(
    consultations: &Consultations,
    me: AccountId,
    id: ConsultationId,
    minutes: i32,
) -> Result<Model, AppError> {
    let work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let (current, side) = find(&work, me, id).await?;
    if !current.extension_choices().contains(&minutes) {
        return Err(ConsultationError::NoExtension.into());
    }
    let change = ActiveModel {
        extension_asked_by: Set(Some(side)),
        extension_minutes: Set(Some(minutes)),
        ..Default::default()
    };
    finish(consultations, work, &current, change).await
}

/// The other one agrees: the consultation goes on, and both are warned anew before it ends.
pub async fn accept(
    consultations: &Consultations,
    me: &CurrentUser,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<Model, AppError> {
    work::retried(|| try_accept(consultations, me.id, id, claim)).await
}

async fn try_accept(
    consultations: &Consultations,
    me: AccountId,
    id: ConsultationId,
    claim: Option<&Claim>,
) -> Result<Model, AppError> {
    let now = consultations.clock.now();
    let work = Work::begin(&consultations.db, now).await?;
    let (current, side) = find(&work, me, id).await?;
    let is_active = current.status == ConsultationStatus::Active;
    let asked = current.extension_asked_by.zip(current.extension_minutes).zip(current.ends_at);
    let ((_, minutes), ends_at) =
        asked.filter(|((by, _), _)| is_active && *by != side).ok_or(ConsultationError::NoExtension)?;
    // Whoever agrees within the grace after the end gets the whole of it.
    let from = ends_at.max(now);
    if !Slot::claim_more(&*work, current.doctor_id, (from, minutes), id, now).await? {
        return Err(ConsultationError::DoctorBusyNext.into());
    }
    let change = ActiveModel {
        extension_asked_by: Set(None),
        extension_minutes: Set(None),
        extended_minutes: Set(current.extended_minutes + minutes),
        ends_at: Set(Some(from + due::minutes(minutes))),
        warned_at: Set(None),
        ..Default::default()
    };
    if let Some(claim) = claim {
        claim.take(&*work, &id.to_string(), now).await?;
    }
    finish(consultations, work, &current, change).await
}

/// The other one does not agree, or the asker thinks better of it.
pub async fn decline(consultations: &Consultations, me: &CurrentUser, id: ConsultationId) -> Result<Model, AppError> {
    work::retried(|| try_decline(consultations, me.id, id)).await
}

async fn try_decline(consultations: &Consultations, me: AccountId, id: ConsultationId) -> Result<Model, AppError> {
    let work = Work::begin(&consultations.db, consultations.clock.now()).await?;
    let (current, _) = find(&work, me, id).await?;
    if current.extension_minutes.is_none() {
        return Err(ConsultationError::NoExtension.into());
    }
    let change = ActiveModel { extension_asked_by: Set(None), extension_minutes: Set(None), ..Default::default() };
    finish(consultations, work, &current, change).await
}

async fn find(work: &Work, me: AccountId, id: ConsultationId) -> Result<(Model, Side), AppError> {
    let found = Model::hold(work, id).await?.consultation;
    let side = found.side_of(me).ok_or_else(ConsultationId::not_found)?;
    Ok((found, side))
}

/// Writes what the two have said, unless the consultation has moved on, and tells both.
async fn finish(
    consultations: &Consultations,
    mut work: Work,
    current: &Model,
    change: ActiveModel,
) -> Result<Model, AppError> {
    store::save_progress(&*work, current, change).await?.or(ConsultationError::ChangedMeanwhile)?;
    service::plan(&mut work, current.id).await?;
    work.tell(events::Event::ConsultationChanged(current.id));
    let changed = Model::find(&*work, current.id).await?.ok_or_else(ConsultationId::not_found)?;
    work.commit(&consultations.audience).await?;
    Ok(changed)
}
