//! Who may work here: a vet applies, and the operator accepts or refuses a licence, suspends a vet and lets one in again.

mod http;
mod service;

use std::sync::Arc;

use axum::extract::FromRef;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::Accounts;
use crate::consultations::Consultations;
use crate::doctors::Doctors;
use crate::events::Audience;
use platform::Platform;
use platform::clock::SharedClock;
use platform::db::Db;

/// What deciding takes.
pub struct Vetting {
    db: Db,
    clock: SharedClock,
    audience: Audience,
    doctors: Arc<Doctors>,
    consultations: Arc<Consultations>,
}

impl Vetting {
    pub fn new(
        platform: &Platform,
        audience: &Audience,
        doctors: &Arc<Doctors>,
        consultations: &Arc<Consultations>,
    ) -> Self {
        Self {
            db: platform.db.clone(),
            clock: platform.clock.clone(),
            audience: audience.clone(),
            doctors: doctors.clone(),
            consultations: consultations.clone(),
        }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Vetting>: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(http::apply))
        .routes(routes!(http::accept))
        .routes(routes!(http::refuse))
        .routes(routes!(http::suspend))
        .routes(routes!(http::reinstate))
}
