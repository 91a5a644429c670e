//! `/api/doctors/me/availability` and `/api/doctors/{id}/slots`.

use std::sync::Arc;

use axum::Json as JsonBody;
use axum::extract::State;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::rules::{self, Given, GivenException, GivenHours, write_time};
use super::slots::{Hours, Schedule, Slot};
use super::{Availability, service, store};
use crate::accounts::{AccountId, Doctor};
use crate::doctors::{self, DoctorId, Verified};
use platform::clock::Timestamp;
use platform::day::read_day;
use platform::http::error::AppError;
use platform::http::json::Json;
use platform::http::path::Id;
use platform::http::problem::ProblemBody;
use platform::http::query::Query;
use platform::http::validate::Check;
use platform::text::Text;
use platform::zone::Zone;

/// Hours that recur each week.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct WeeklyHours {
    /// 1 is Monday, 7 is Sunday.
    weekday: i32,
    /// `09:00`, in the doctor's zone.
    from: String,
    /// `24:00` is the end of the day.
    to: String,
}

/// A day that differs from its week: without `from` and `to` it is off.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DayException {
    /// `2026-11-24`, in the doctor's zone.
    date: String,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Availability)]
pub struct AvailabilityView {
    time_zone: Zone,
    /// 10 to 120.
    slot_minutes: i32,
    /// Kept free after each slot, 0 to 60.
    buffer_minutes: i32,
    /// How long before it begins a slot can still be booked, 0 to 2,880.
    min_notice_minutes: i32,
    /// How many days ahead slots can be booked, today included, 1 to 90.
    horizon_days: i32,
    week: Vec<WeeklyHours>,
    exceptions: Vec<DayException>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SlotView {
    starts_at: Timestamp,
    ends_at: Timestamp,
    /// False for one that somebody else has.
    available: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SlotDay {
    /// `2026-11-24`, in the doctor's zone.
    #[schema(value_type = String, format = Date)]
    date: NaiveDate,
    slots: Vec<SlotView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Slots {
    time_zone: Zone,
    slot_minutes: i32,
    days: Vec<SlotDay>,
    #[schema(required)]
    next_available_at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, IntoParams)]
pub struct SlotsQuery {
    /// The first day, `2026-11-24` in the doctor's zone; today unless it is given.
    from: Option<String>,
    /// 1 to 31; 7 unless it is given.
    days: Option<String>,
}

const MOST_DAYS: u64 = 31;
const DAYS: u64 = 7;

/// The caller's own hours; empty ones before they were set
#[utoipa::path(get, path = "/doctors/me/availability", operation_id = "show_availability", tag = "doctors",
    responses((status = 200, body = AvailabilityView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub async fn show_own(
    State(availability): State<Arc<Availability>>,
    Doctor(me): Doctor,
) -> Result<JsonBody<AvailabilityView>, AppError> {
    let schedule = store::find(&availability.db.read, me.id).await?.unwrap_or_else(unset);
    Ok(JsonBody(schedule.into()))
}

/// Set the caller's own hours. What is booked stays booked
#[utoipa::path(put, path = "/doctors/me/availability", operation_id = "set_availability", tag = "doctors", request_body = AvailabilityView,
    responses((status = 200, body = AvailabilityView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn set_own(
    State(availability): State<Arc<Availability>>,
    Doctor(me): Doctor,
    Json(body): Json<AvailabilityView>,
) -> Result<JsonBody<AvailabilityView>, AppError> {
    let schedule = rules::check(body.into())?;
    doctors::Doctor::find(&availability.db.read, me.id).await?.ok_or_else(doctors::Doctor::not_found)?;
    service::set(&availability, me.id, &schedule).await?;
    Ok(JsonBody(schedule.into()))
}

/// A doctor's slots, the taken ones included
#[utoipa::path(get, path = "/doctors/{id}/slots", operation_id = "list_slots", tag = "doctors", params(("id" = AccountId, Path), SlotsQuery),
    responses((status = 200, body = Slots), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn slots(
    State(availability): State<Arc<Availability>>,
    Id(id): Id<DoctorId>,
    Query(query): Query<SlotsQuery>,
) -> Result<JsonBody<Slots>, AppError> {
    Verified::get(&availability.db.read, id.0, availability.clock.now()).await?;
    let now = availability.clock.now();
    let schedule = store::find(&availability.db.read, id.0).await?.unwrap_or_else(unset);
    let (from, days) = query.read(schedule.zone.day_of(now))?;
    let taken = store::taken(&availability.db.read, id.0, schedule.span(now)).await?;
    let view =
        |(slot, available): (Slot, bool)| SlotView { starts_at: slot.starts_at, ends_at: slot.ends_at, available };
    let day = |date: NaiveDate| SlotDay {
        date,
        slots: schedule.offered_on(date, &taken, now).into_iter().map(view).collect(),
    };
    Ok(JsonBody(Slots {
        time_zone: schedule.zone,
        slot_minutes: schedule.slot_minutes,
        days: from.iter_days().take(days).map(day).collect(),
        next_available_at: schedule.next_available(&taken, now).map(|slot| slot.starts_at),
    }))
}

impl SlotsQuery {
    fn read(&self, today: NaiveDate) -> Result<(NaiveDate, usize), AppError> {
        let mut check = Check::new();
        let from = self.from.as_deref().map_or(Some(today), read_day);
        if from.is_none() {
            check.invalid(
                "from",
                "invalid_format",
                Text::new("Tulis tanggal seperti 2026-11-24.", "Write a date like 2026-11-24."),
            );
        }
        let days = self.days.as_deref().map_or(Some(DAYS), |days| days.parse().ok());
        let days = days.filter(|days| (1..=MOST_DAYS).contains(days));
        if days.is_none() {
            check.invalid(
                "days",
                "out_of_range",
                Text::new(format!("Antara 1 dan {MOST_DAYS}."), format!("Between 1 and {MOST_DAYS}.")),
            );
        }
        check.finish()?;
        Ok((from.unwrap_or(today), usize::try_from(days.unwrap_or(DAYS)).unwrap_or_default()))
    }
}

/// What a doctor begins with: the platform's usual slots, at no time yet.
fn unset() -> Schedule {
    Schedule {
        zone: Zone::Wib,
        slot_minutes: 30,
        buffer_minutes: 0,
        notice_minutes: 60,
        horizon_days: 14,
        week: Default::default(),
        exceptions: Vec::new(),
        until: None,
    }
}

impl From<AvailabilityView> for Given {
    fn from(body: AvailabilityView) -> Self {
        let week =
            body.week.into_iter().map(|hours| GivenHours { weekday: hours.weekday, from: hours.from, to: hours.to });
        let exceptions = body.exceptions.into_iter().map(|exception| {
            let hours = match (exception.from, exception.to) {
                (None, None) => None,
                // One without the other is refused for its form.
                (from, to) => Some((from.unwrap_or_default(), to.unwrap_or_default())),
            };
            GivenException { day: exception.date, hours }
        });
        Self {
            zone: body.time_zone,
            slot_minutes: body.slot_minutes,
            buffer_minutes: body.buffer_minutes,
            notice_minutes: body.min_notice_minutes,
            horizon_days: body.horizon_days,
            week: week.collect(),
            exceptions: exceptions.collect(),
        }
    }
}

impl From<Schedule> for AvailabilityView {
    fn from(schedule: Schedule) -> Self {
        let hours = |(weekday, hours): (i32, &Vec<Hours>)| {
            let view =
                move |hours: &Hours| WeeklyHours { weekday, from: write_time(hours.from), to: write_time(hours.to) };
            hours.iter().map(view).collect::<Vec<_>>()
        };
        let mut exceptions = Vec::new();
        for exception in &schedule.exceptions {
            let date = exception.day.to_string();
            if exception.hours.is_empty() {
                exceptions.push(DayException { date: date.clone(), from: None, to: None });
            }
            exceptions.extend(exception.hours.iter().map(|hours| DayException {
                date: date.clone(),
                from: Some(write_time(hours.from)),
                to: Some(write_time(hours.to)),
            }));
        }
        Self {
            time_zone: schedule.zone,
            slot_minutes: schedule.slot_minutes,
            buffer_minutes: schedule.buffer_minutes,
            min_notice_minutes: schedule.notice_minutes,
            horizon_days: schedule.horizon_days,
            week: (1..).zip(&schedule.week).flat_map(hours).collect(),
            exceptions,
        }
    }
}
