//! One purchase of a doctor's time: quoted, paid, under way, ended.

mod call_off;
mod due;
pub mod entity;
mod error;
mod extension;
mod follow_up;
mod http;
mod jobs;
mod life;
mod news;
mod quote;
mod rules;
mod service;
mod store;
mod transfer;
mod waiting;

pub use call_off::{call_off_all_of, tell_called_off};
pub use due::FirstWords;
pub use entity::{ConsultationId, ConsultationKind, ConsultationSide, ConsultationStatus};
pub use error::ConsultationError;
pub use follow_up::{FOLLOW_UP, end as end_follow_up, note_over as note_follow_up_over};
pub use jobs::{start, work_off};
pub use life::{close, note_answer};
pub use news::tell;
pub use quote::{Quote, QuoteLine, QuoteLineKind, QuoteView};
pub use rules::{CANCELLATION, Event};
pub use service::{Draft, Terms, advance, draft, import};
pub use store::{
    find, find_for_owner, find_for_party, find_open_purchase, find_to_change, is_owner_of_any, list_of_doctor_with_pet,
    list_of_pet, quotes, release, save_pet, statements,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
pub use waiting::{tell as tell_waiting, waiting_for};

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::consultations::list))
        .routes(routes!(http::consultations::show))
        .routes(routes!(http::consultations::cancel))
        .routes(routes!(http::consultations::reschedule))
        .routes(routes!(http::consultations::take_back))
        .routes(routes!(http::extension::ask))
        .routes(routes!(http::extension::accept))
        .routes(routes!(http::extension::decline))
        .routes(routes!(http::follow_up::open))
        .routes(routes!(http::transfer::alternatives))
        .routes(routes!(http::transfer::transfer))
}
