//! Figures for dashboards. Reads only.

mod http;
mod store;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(http::monthly_conversations)).routes(routes!(http::monthly_profit))
}
