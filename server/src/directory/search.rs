//! `/api/doctors`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use sea_orm::Statement;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Directory;
use super::cards::{DoctorCard, cards};
use crate::accounts::AccountId;
use crate::availability::Slot;
use crate::doctors::Verified;
use crate::doctors::search::{self, Given, MOST_COUNTED, Moment};
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::http::validate::Check;
use platform::text::Text;
use platform::zone::Zone;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Beginnings of the words of a name; a slip of the finger is forgiven where nobody is found.
    q: Option<String>,
    /// To the letter.
    specialization: Option<String>,
    /// `cat`, `dog`, `rabbit`, `bird`, `hamster`, `reptile`, `fish` or `other`.
    species: Option<String>,
    /// What the owner pays, whole rupiah.
    min_price: Option<String>,
    max_price: Option<String>,
    /// 1 to 5.
    min_rating: Option<String>,
    /// `true`: only those who are online now.
    online: Option<String>,
    /// `true`: only those with a slot that is left today, in Asia/Jakarta.
    free_today: Option<String>,
    /// `rating` (the default), `price` (the lowest first) or `experience`.
    sort: Option<String>,
    cursor: Option<String>,
    /// At most 100; 20 unless it is given.
    limit: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FoundDoctors {
    items: Vec<DoctorCard>,
    #[schema(required)]
    next_cursor: Option<String>,
    /// How many there are, counted up to 1,000.
    count: u64,
    /// Whether there are more than that.
    is_more: bool,
}

const LIMIT: u64 = 20;
const MOST: u64 = 100;

/// Find verified doctors
#[utoipa::path(get, path = "/doctors", operation_id = "search_doctors", tag = "doctors", params(SearchQuery),
    responses((status = 200, body = FoundDoctors), (status = 422, body = ProblemBody)))]
pub async fn search(
    State(directory): State<Arc<Directory>>,
    Query(query): Query<SearchQuery>,
) -> Result<Json<FoundDoctors>, AppError> {
    let wanted = search::read(&query.given(), directory.markup)?;
    let limit = query.limit()?;
    let now = directory.clock.now();
    let online = if wanted.is_online { directory.chat.presence.doctors() } else { Vec::new() };
    let moment = moment(now, &online);
    let db = &directory.db.read;
    let search::Found { mut ids, count } = search::find(db, &wanted, &moment, limit).await?;
    let goes_on = ids.len() as u64 > limit;
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));

    let doctors = Verified::list_by_ids(db, &ids, now).await?;
    let next_cursor = doctors.last().filter(|_| goes_on).map(|last| search::write_place(wanted.sort, &last.profile));
    Ok(Json(FoundDoctors {
        items: cards(&directory, &doctors).await?,
        next_cursor,
        count: count.min(MOST_COUNTED),
        is_more: count > MOST_COUNTED,
    }))
}

fn moment<'a>(now: Timestamp, online: &'a [AccountId]) -> Moment<'a> {
    let end_of_today = Zone::Wib.instant(Zone::Wib.day_of(now), 24 * 60);
    Moment { now, free_today: Slot::free_between(now, end_of_today), online }
}

/// The statement behind the first page of a search; none when nobody has such a name.
pub async fn statement(directory: &Directory, given: &Given<'_>) -> Result<Option<Statement>, AppError> {
    let wanted = search::read(given, directory.markup)?;
    let page = search::page(&directory.db.read, &wanted, &moment(directory.clock.now(), &[]), LIMIT).await?;
    Ok(page.map(|page| directory.db.read.get_database_backend().build(&page)))
}

impl SearchQuery {
    fn given(&self) -> Given<'_> {
        Given {
            q: self.q.as_deref(),
            specialization: self.specialization.as_deref(),
            species: self.species.as_deref(),
            min_price: self.min_price.as_deref(),
            max_price: self.max_price.as_deref(),
            min_rating: self.min_rating.as_deref(),
            online: self.online.as_deref(),
            free_today: self.free_today.as_deref(),
            sort: self.sort.as_deref(),
            cursor: self.cursor.as_deref(),
        }
    }

    fn limit(&self) -> Result<u64, AppError> {
        let limit = self.limit.as_deref().map_or(Some(LIMIT), |text| text.parse().ok());
        let mut check = Check::new();
        let limit = limit.filter(|limit| (1..=MOST).contains(limit));
        if limit.is_none() {
            check.invalid(
                "limit",
                "out_of_range",
                Text::new(format!("Antara 1 dan {MOST}."), format!("Between 1 and {MOST}.")),
            );
        }
        check.finish()?;
        Ok(limit.unwrap_or(LIMIT))
    }
}
