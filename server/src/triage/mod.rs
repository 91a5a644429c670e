//! What an owner says before paying, and what it calls for: a clinic now, a vet today, or a talk in peace. Never a
//! diagnosis (`docs/triage.md`).

pub mod entity;
mod error;
mod http;
mod pictures;
mod rules;
mod service;
mod store;
mod sweep;

use axum::extract::DefaultBodyLimit;
use axum::middleware;
pub use entity::picture::Model as IntakePicture;
pub use entity::{IntakeId, IntakePictureId, Model as Intake};
pub use http::{IntakeView, view};
pub use pictures::find_picture;
pub use rules::{Level, Since};
pub use service::{Said, attach, check_fits, create, detach_of_other_pet, move_to};
pub use store::{find_of_consultation, having};
pub use sweep::{SweepIntakes, sweep};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use platform::http::drain;
use platform::images::form::LARGEST_FORM_BYTES;

pub fn routes() -> OpenApiRouter<AppState> {
    let pictures = OpenApiRouter::new()
        .routes(routes!(http::pictures::add))
        .layer(DefaultBodyLimit::max(LARGEST_FORM_BYTES))
        .layer(middleware::from_fn(drain::refused_uploads));
    OpenApiRouter::new()
        .routes(routes!(http::rules::show))
        .routes(routes!(http::intakes::create))
        .routes(routes!(http::intakes::show))
        .merge(pictures)
}
