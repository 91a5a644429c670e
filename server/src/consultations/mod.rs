//! One purchase of a doctor's time: quoted, paid, under way, ended.

mod access;
mod buy;
mod call_off;
mod due;
mod end;
pub mod entity;
mod error;
mod extension;
mod follow_up;
mod http;
mod life;
mod news;
mod overrun;
mod remind;
mod rules;
mod sell;
mod service;
mod store;
mod there;
mod transfer;
mod waiting;

pub use buy::new_order;
pub use call_off::{CallOffAll, call_off_all};
pub use entity::{ConsultationKind, RecordStatus};
pub use error::ConsultationError;
pub use follow_up::FOLLOW_UP;
pub use life::{close, live, note_answer_now};
pub use news::{tell_changed, tell_ending};
pub use remind::{Remind, RemindOfRecord, remind, remind_of_record};
pub use rules::{CANCELLATION, Event};
pub use sell::Consultations;
pub use service::{Draft, Held, Live, Terms, draft, earned_at, hold, import};
pub use store::{
    came_to_nothing, came_to_nothing_of, count_slots_let_go, count_unpaid_slots, find, find_for_owner, find_for_party,
    find_of_order, find_open_purchase, is_owner_of_any, list_of_doctor_with_pet, list_of_pet, save_pet,
    save_record_begun, save_recorded, statements,
};
pub use there::is_there;
pub use transfer::alternatives;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
pub use waiting::{tell as tell_waiting, waiting_for};

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::purchase::buy))
        .routes(routes!(http::purchase::show))
        .routes(routes!(http::purchase::refresh))
        .routes(routes!(http::intake::show))
        .routes(routes!(http::intake::picture))
        .routes(routes!(http::pet::show))
        .routes(routes!(http::pet::photo))
        .routes(routes!(http::consultations::list))
        .routes(routes!(http::consultations::show))
        .routes(routes!(http::consultations::cancel))
        .routes(routes!(http::consultations::reschedule))
        .routes(routes!(http::consultations::take_back))
        .routes(routes!(http::end::end))
        .routes(routes!(http::transcript::as_json))
        .routes(routes!(http::transcript::as_pdf))
        .routes(routes!(http::extension::ask))
        .routes(routes!(http::extension::accept))
        .routes(routes!(http::extension::decline))
        .routes(routes!(http::follow_up::open))
        .routes(routes!(http::transfer::transfer))
}
