//! What happened to a pet, in one row: consultations, vaccinations and weights, the newest first.
//!
//! The three live in tables of their own. A page is read from each of them behind the same place and put in order here,
//! so that no page ever reads more than three times its length.

mod http;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::FromRef;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::accounts::{Accounts, Party};
use crate::chat::{Conversation, ConversationId};
use crate::consultations::Consultation;
use crate::pets::PetId;
use crate::pets::health::{DayPlace, Vaccination, VaccinationId, Weight, WeightId};
use crate::subjects::{ConsultationId, ConsultationStatus};
use platform::Platform;
use platform::clock::Timestamp;
use platform::day::read_day;
use platform::db::Db;
use platform::http::error::AppError;
use platform::http::page::{self, Page};
use platform::zone::Zone;

/// Where it is read from.
pub struct Timeline {
    db: Db,
}

impl Timeline {
    pub fn new(platform: &Platform) -> Self {
        Self { db: platform.db.clone() }
    }
}

pub fn routes<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Accounts>: FromRef<S>,
    Arc<Timeline>: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(http::timeline))
}

/// Days are those of Jakarta, as on all of the platform's papers.
const ZONE: Zone = Zone::Wib;

/// Of what happened at the same instant, the last of these comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Weight,
    Vaccination,
    Consultation,
}

/// Where something stands in the row; the greatest comes first. On the wire it is the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    at: Timestamp,
    kind: Kind,
    id: Uuid,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TimelineEntry {
    #[serde(rename_all = "camelCase")]
    Consultation {
        id: ConsultationId,
        /// The day in Asia/Jakarta.
        #[schema(format = Date)]
        on: String,
        at: Timestamp,
        status: ConsultationStatus,
        doctor: Party,
        #[schema(required)]
        conversation_id: Option<ConversationId>,
    },
    Weight {
        id: WeightId,
        #[schema(format = Date)]
        on: String,
        grams: i32,
    },
    #[serde(rename_all = "camelCase")]
    Vaccination {
        id: VaccinationId,
        #[schema(format = Date)]
        on: String,
        name: String,
        #[schema(required, format = Date)]
        next_due_on: Option<String>,
    },
}

/// A page of a pet's timeline.
pub async fn read(
    timeline: &Timeline,
    pet: PetId,
    after: Option<Place>,
    limit: u64,
) -> Result<Page<TimelineEntry>, AppError> {
    let db = &timeline.db.read;
    let place = |kind| after.map(|after| after.for_days(kind));
    let weights = Weight::list_from(db, pet, place(Kind::Weight).as_ref(), limit + 1).await?;
    let vaccinations = Vaccination::list_from(db, pet, place(Kind::Vaccination).as_ref(), limit + 1).await?;
    let before = after.map(|after| (after.at, (after.kind == Kind::Consultation).then_some(ConsultationId(after.id))));
    let consultations = Consultation::list_of_pet(db, pet, before, limit + 1).await?;

    let ids: Vec<ConsultationId> = consultations.iter().map(|row| row.id).collect();
    let doctors = Party::find_all(db, consultations.iter().map(|row| row.doctor_id)).await?;
    let conversations = Conversation::ids_by_consultation(db, &ids).await?;
    let consultation = |row: Consultation| {
        let at = row.moment();
        let entry = TimelineEntry::Consultation {
            id: row.id,
            on: ZONE.day_of(at).to_string(),
            at,
            status: row.status,
            doctor: doctors.get(&row.doctor_id)?.clone(),
            conversation_id: conversations.get(&row.id).copied(),
        };
        Some((Place { at, kind: Kind::Consultation, id: row.id.0 }, entry))
    };

    let mut row: Vec<(Place, TimelineEntry)> = consultations.into_iter().filter_map(consultation).collect();
    row.extend(weights.into_iter().map(of_weight));
    row.extend(vaccinations.into_iter().map(of_vaccination));
    row.sort_unstable_by(|(a, _), (b, _)| b.cmp(a));
    let (row, next_cursor) = page::cut(row, limit, |(place, _)| place.to_string());
    Ok(Page { items: row.into_iter().map(|(_, entry)| entry).collect(), next_cursor })
}

fn of_weight(row: Weight) -> (Place, TimelineEntry) {
    let place = Place { at: start_of(&row.measured_on), kind: Kind::Weight, id: row.id.0 };
    (place, TimelineEntry::Weight { id: row.id, on: row.measured_on, grams: row.grams })
}

fn of_vaccination(row: Vaccination) -> (Place, TimelineEntry) {
    let place = Place { at: start_of(&row.given_on), kind: Kind::Vaccination, id: row.id.0 };
    let entry =
        TimelineEntry::Vaccination { id: row.id, on: row.given_on, name: row.name, next_due_on: row.next_due_on };
    (place, entry)
}

/// What only has a day stands at its beginning: below the consultations of that day.
fn start_of(day: &str) -> Timestamp {
    ZONE.instant(read_day(day).unwrap_or_default(), 0)
}

impl Place {
    fn for_days(self, kind: Kind) -> DayPlace {
        let day = ZONE.day_of(self.at).to_string();
        if self.at > start_of(&day) || kind < self.kind {
            DayPlace::From(day)
        } else if kind == self.kind {
            DayPlace::After(day, self.id)
        } else {
            DayPlace::Before(day)
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Weight => "w",
            Kind::Vaccination => "v",
            Kind::Consultation => "c",
        };
        write!(formatter, "{}.{kind}.{}", self.at.as_millis(), self.id)
    }
}

/// Not a cursor of ours.
#[derive(Debug, PartialEq, Eq)]
pub struct NoPlace;

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        /// Far beyond any day of a pet, and within what a calendar can say.
        const FARTHEST_MILLIS: i64 = 10_000_000_000_000;
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().ok_or(NoPlace);
        let millis: i64 = part()?.parse().map_err(|_| NoPlace)?;
        let kind = match part()? {
            "w" => Kind::Weight,
            "v" => Kind::Vaccination,
            "c" => Kind::Consultation,
            _ => return Err(NoPlace),
        };
        let id = part()?.parse().map_err(|_| NoPlace)?;
        if !(-FARTHEST_MILLIS..=FARTHEST_MILLIS).contains(&millis) {
            return Err(NoPlace);
        }
        Ok(Self { at: Timestamp::from_millis(millis), kind, id })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const DAY: &str = "2026-11-24";

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_rubbish_is_not() {
        let place = Place { at: start_of(DAY), kind: Kind::Vaccination, id: Uuid::now_v7() };
        assert_eq!(place.to_string().parse(), Ok(place));
        for rubbish in ["", "1", "1.w", "1.x.0", "1.w.0", &format!("{}.w.{}", i64::MAX, Uuid::now_v7())] {
            assert_eq!(rubbish.parse::<Place>(), Err(NoPlace), "{rubbish}");
        }
    }

    #[test]
    fn behind_a_consultation_comes_all_of_its_day() {
        let noon = start_of(DAY) + Duration::from_secs(12 * 3600);
        let place = Place { at: noon, kind: Kind::Consultation, id: Uuid::now_v7() };
        assert_eq!(place.for_days(Kind::Weight), DayPlace::From(DAY.to_owned()));
        assert_eq!(place.for_days(Kind::Vaccination), DayPlace::From(DAY.to_owned()));
    }

    #[test]
    fn within_a_day_vaccinations_come_before_weights() {
        let id = Uuid::now_v7();
        let place = Place { at: start_of(DAY), kind: Kind::Vaccination, id };
        assert_eq!(place.for_days(Kind::Vaccination), DayPlace::After(DAY.to_owned(), id));
        assert_eq!(place.for_days(Kind::Weight), DayPlace::From(DAY.to_owned()));
        let place = Place { kind: Kind::Weight, ..place };
        assert_eq!(place.for_days(Kind::Vaccination), DayPlace::Before(DAY.to_owned()));
    }

    #[test]
    fn a_consultation_at_midnight_comes_before_the_rest_of_its_day() {
        let place = Place { at: start_of(DAY), kind: Kind::Consultation, id: Uuid::now_v7() };
        assert_eq!(place.for_days(Kind::Weight), DayPlace::From(DAY.to_owned()));
    }
}
