//! More time than was bought: free of charge, when one asks and the other agrees, and nobody else has booked it.

use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;

use super::entity::{ActiveModel, ConsultationId, ConsultationSide, ConsultationStatus, Model};
use super::error::ConsultationError;
use super::{due, news, service, store};
use crate::accounts::CurrentUser;
use crate::app::App;
use crate::availability;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;

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
pub async fn ask(app: &App, me: &CurrentUser, id: ConsultationId, minutes: i32) -> Result<Model, AppError> {
    let txn = app.db.begin_write().await?;
    let (current, side) = find(&txn, me, id).await?;
    if !current.extension_choices().contains(&minutes) {
        return Err(ConsultationError::NoExtension.into());
    }
    let change = ActiveModel {
        extension_asked_by: Set(Some(side)),
        extension_minutes: Set(Some(minutes)),
        ..Default::default()
    };
    save(&txn, &current, change).await?;
    txn.commit().await?;
    tell(app, id).await
}

/// The other one agrees: the consultation goes on, and both are warned anew before it ends.
pub async fn accept(app: &App, me: &CurrentUser, id: ConsultationId) -> Result<Model, AppError> {
    let now = app.clock.now();
    let txn = app.db.begin_write().await?;
    let (current, side) = find(&txn, me, id).await?;
    let is_active = current.status == ConsultationStatus::Active;
    let asked = current.extension_asked_by.zip(current.extension_minutes).zip(current.ends_at);
    let ((_, minutes), ends_at) =
        asked.filter(|((by, _), _)| is_active && *by != side).ok_or(ConsultationError::NoExtension)?;
    // Whoever agrees within the grace after the end gets the whole of it.
    let from = ends_at.max(now);
    if !availability::claim_more(&txn, current.doctor_id, (from, minutes), id, now).await? {
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
    save(&txn, &current, change).await?;
    service::plan(&txn, id).await?;
    txn.commit().await?;
    tell(app, id).await
}

/// The other one does not agree, or the asker thinks better of it.
pub async fn decline(app: &App, me: &CurrentUser, id: ConsultationId) -> Result<Model, AppError> {
    let txn = app.db.begin_write().await?;
    let (current, _) = find(&txn, me, id).await?;
    if current.extension_minutes.is_none() {
        return Err(ConsultationError::NoExtension.into());
    }
    let change = ActiveModel { extension_asked_by: Set(None), extension_minutes: Set(None), ..Default::default() };
    save(&txn, &current, change).await?;
    txn.commit().await?;
    tell(app, id).await
}

async fn find(
    txn: &impl ConnectionTrait,
    me: &CurrentUser,
    id: ConsultationId,
) -> Result<(Model, ConsultationSide), AppError> {
    let found = store::find_to_change(txn, id).await?.ok_or_else(ConsultationId::not_found)?;
    let side = found.side_of(me.id).ok_or_else(ConsultationId::not_found)?;
    Ok((found, side))
}

/// Writes what the two have said, unless the consultation has moved on.
async fn save(txn: &impl ConnectionTrait, current: &Model, change: ActiveModel) -> Result<(), AppError> {
    let is_saved = store::save_progress(txn, current, change).await?;
    if is_saved { Ok(()) } else { Err(ConsultationError::ChangedMeanwhile.into()) }
}

async fn tell(app: &App, id: ConsultationId) -> Result<Model, AppError> {
    let changed = store::find(&app.db.write, id).await?.ok_or_else(ConsultationId::not_found)?;
    news::tell(app, &changed).await;
    Ok(changed)
}
