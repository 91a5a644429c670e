//! The directory of doctors as owners see it: all of them, those who are searched for, one of them, and those who would take
//! over from one who is late.

mod alternatives;
mod cards;
mod profile;
mod search;
mod written_out;

pub use search::statement as search_statement;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
pub use written_out::Directory;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(written_out::list))
        .routes(routes!(profile::profile))
        .routes(routes!(search::search))
        .routes(routes!(alternatives::alternatives))
}
