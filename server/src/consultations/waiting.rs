//! The waiting room: who waits for a doctor's first answer, in the order in which they will get it.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{ConsultationKind, Model};
use super::{Consultations, news, store};
use crate::accounts::AccountId;
use crate::subjects::ConsultationId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Waiting {
    /// 1 for who is next.
    pub position: usize,
    /// With how many others the vet is talking now.
    pub talking: usize,
}

impl Model {
    fn waits(&self) -> bool {
        self.kind == ConsultationKind::Instant && self.started_at.is_some() && self.answered_at.is_none()
    }
}

/// The places of those who wait for these doctors.
pub async fn places(
    db: &impl ConnectionTrait,
    doctors: impl IntoIterator<Item = AccountId>,
) -> Result<HashMap<ConsultationId, Waiting>, DbErr> {
    let active = store::list_active_of(db, doctors).await?;
    let mut by_doctor: HashMap<AccountId, Vec<&Model>> = HashMap::new();
    for consultation in &active {
        by_doctor.entry(consultation.doctor_id).or_default().push(consultation);
    }
    Ok(by_doctor.into_values().flat_map(|all| places_of_one(&all)).collect())
}

fn places_of_one(active: &[&Model]) -> Vec<(ConsultationId, Waiting)> {
    let talking = active.iter().filter(|one| one.answered_at.is_some()).count();
    let mut waiting: Vec<&&Model> = active.iter().filter(|one| one.waits()).collect();
    waiting.sort_by_key(|one| (one.started_at, one.id));
    waiting.iter().zip(1..).map(|(one, position)| (one.id, Waiting { position, talking })).collect()
}

impl Model {
    /// How many wait for a doctor.
    pub async fn count_waiting(db: &impl ConnectionTrait, doctor: AccountId) -> Result<usize, DbErr> {
        Ok(places(db, [doctor]).await?.len())
    }
}

/// The place of everybody who waits for this doctor may have changed. What it is now they ask for.
pub async fn tell(consultations: &Consultations, doctor: AccountId) {
    match store::list_active_of(&consultations.db.read, [doctor]).await {
        Ok(active) => {
            for consultation in active.iter().filter(|one| one.waits()) {
                news::tell(consultations, consultation).await;
            }
        }
        Err(error) => tracing::warn!(%doctor, ?error, "those who wait could not be told of their places"),
    }
}
