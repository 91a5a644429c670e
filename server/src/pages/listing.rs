//! Vets as the pages list them: the best rated first, as in the app.

use super::Pages;
use crate::availability::Slot;
use crate::doctors::Verified;
use crate::doctors::search::{self, Given, Moment};
use platform::http::error::AppError;

pub struct Listing {
    pub doctors: Vec<Verified>,
    /// How many there are in all, up to one more than `doctors::search` counts.
    pub count: u64,
    /// The cursor of the page after this one.
    pub next: Option<String>,
}

/// The page after a cursor, or the first one; nothing when there is no such cursor.
pub async fn listing(pages: &Pages, cursor: Option<&str>, limit: usize) -> Result<Option<Listing>, AppError> {
    let given = Given { cursor, ..Given::NOTHING };
    let Ok(wanted) = search::read(&given, pages.markup) else { return Ok(None) };
    let now = pages.clock.now();
    let db = &pages.db.read;
    let moment = Moment { now, free_today: Slot::free_between(now, now), online: &[] };
    let search::Found { mut ids, count } = search::find(db, &wanted, &moment, limit as u64).await?;
    let goes_on = ids.len() > limit;
    ids.truncate(limit);
    let doctors = Verified::list_by_ids(db, &ids, now).await?;
    let next = doctors.last().filter(|_| goes_on).map(|last| search::write_place(wanted.sort, &last.profile));
    Ok(Some(Listing { doctors, count, next }))
}
