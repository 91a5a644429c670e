//! Instants and the clock that hands them out, so that tests can turn it.

use std::ops::{Add, Sub};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, TimeZone, Utc};
use sea_orm::DeriveValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

/// An instant in milliseconds since 1970 UTC, the resolution of the wire. RFC 3339 with milliseconds in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType, ToSchema)]
#[schema(value_type = String, format = DateTime, examples("2026-11-22T08:00:00.000Z"))]
pub struct Timestamp(i64);

/// Asia/Jakarta has had no daylight saving since 1964 and none is planned: UTC+7.
const JAKARTA_OFFSET_SECONDS: i32 = 7 * 3600;

/// Milliseconds that Asia/Jakarta is ahead of UTC, for grouping by local day in SQL.
pub const JAKARTA_OFFSET_MILLIS: i64 = JAKARTA_OFFSET_SECONDS as i64 * 1000;

pub const MILLIS_PER_DAY: i64 = 86_400_000;

impl Timestamp {
    pub fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The same instant as the rest of the world writes it.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    pub fn in_jakarta(self) -> DateTime<FixedOffset> {
        self.to_utc().with_timezone(&jakarta())
    }

    /// Midnight in Asia/Jakarta at the start of a year.
    pub fn start_of_year_in_jakarta(year: i32) -> Option<Self> {
        let local = NaiveDate::from_ymd_opt(year, 1, 1)?.and_hms_opt(0, 0, 0)?;
        jakarta().from_local_datetime(&local).single().map(Self::from)
    }

    /// Midnight in Asia/Jakarta at the start of this day.
    pub fn start_of_day_in_jakarta(self) -> Self {
        let local = self.0 + JAKARTA_OFFSET_MILLIS;
        Self(local - local.rem_euclid(MILLIS_PER_DAY) - JAKARTA_OFFSET_MILLIS)
    }

    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }
}

/// The month (0 to 11) of a day number counted from 1970-01-01 in Asia/Jakarta.
pub fn month_of_local_day(day: i64) -> usize {
    let date = DateTime::from_timestamp_millis(day * MILLIS_PER_DAY).unwrap_or(DateTime::<Utc>::MAX_UTC);
    date.month0() as usize
}

pub fn jakarta() -> FixedOffset {
    #[expect(clippy::expect_used, reason = "seven hours are within the range of an offset")]
    FixedOffset::east_opt(JAKARTA_OFFSET_SECONDS).expect("UTC+7 is a valid offset")
}

impl<Tz: TimeZone> From<DateTime<Tz>> for Timestamp {
    fn from(value: DateTime<Tz>) -> Self {
        Self(value.timestamp_millis())
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;
    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;
    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl FromStr for Timestamp {
    type Err = chrono::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(text).map(Self::from)
    }
}

/// Where "now" comes from.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

pub type SharedClock = Arc<dyn Clock>;

/// The machine's own clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Utc::now().into()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    #[test]
    fn the_wire_form_has_milliseconds_and_a_z() {
        let instant = Timestamp::from_millis(1_795_334_400_500);
        assert_eq!(serde_json::to_string(&instant).unwrap(), "\"2026-11-22T08:00:00.500Z\"");
    }

    #[test]
    fn a_jakarta_year_starts_seven_hours_before_the_utc_one() {
        let start = Timestamp::start_of_year_in_jakarta(2026).unwrap();
        assert_eq!(start.to_utc().to_rfc3339(), "2025-12-31T17:00:00+00:00");
    }

    #[test]
    fn the_last_moment_of_december_in_jakarta_is_december() {
        let last = Timestamp::start_of_year_in_jakarta(2027).unwrap() - Duration::from_millis(1);
        let day = (last.as_millis() + JAKARTA_OFFSET_MILLIS).div_euclid(MILLIS_PER_DAY);
        assert_eq!(month_of_local_day(day), 11);
    }
}
