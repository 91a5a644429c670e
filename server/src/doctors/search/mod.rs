//! Finding a doctor among a hundred thousand: by name, speciality, species, price, rating, who is online, who has time today.
//!
//! The order of a page is the order of an index, so that a page costs the same wherever it lies.

pub mod entity;
pub mod http;
mod names;
mod rules;
mod store;
mod words;

pub use names::{index, sort_anew};
pub use rules::Given;
use sea_orm::Statement;

use crate::app::App;
use crate::availability::Zone;
use platform::clock::Timestamp;
use platform::http::error::AppError;

/// The statement behind the first page of a search; none when nobody has such a name.
pub async fn statement(app: &App, given: &Given<'_>) -> Result<Option<Statement>, AppError> {
    let wanted = rules::read(given, app.config.payments.markup)?;
    let now = app.clock.now();
    let moment = store::Moment { now, end_of_today: end_of_today(now), online: &[] };
    let page = store::page(&app.db.read, &wanted, &moment, http::LIMIT).await?;
    Ok(page.map(|page| app.db.read.get_database_backend().build(&page)))
}

fn end_of_today(now: Timestamp) -> Timestamp {
    Zone::Wib.instant(Zone::Wib.day_of(now), 24 * 60)
}
