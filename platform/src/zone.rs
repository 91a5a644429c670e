//! The three zones of Indonesia. None knows summer time, so that each is a fixed distance from UTC.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
pub enum Zone {
    #[serde(rename = "Asia/Jakarta")]
    Wib,
    #[serde(rename = "Asia/Makassar")]
    Wita,
    #[serde(rename = "Asia/Jayapura")]
    Wit,
}

impl Zone {
    fn offset(self) -> FixedOffset {
        let hours = match self {
            Self::Wib => 7,
            Self::Wita => 8,
            Self::Wit => 9,
        };
        #[expect(clippy::expect_used, reason = "at most nine hours are within the range of an offset")]
        FixedOffset::east_opt(hours * 3600).expect("a valid offset")
    }

    /// An instant as the clocks of the zone show it.
    pub fn local(self, at: Timestamp) -> DateTime<FixedOffset> {
        at.to_utc().with_timezone(&self.offset())
    }

    pub fn day_of(self, at: Timestamp) -> NaiveDate {
        self.local(at).date_naive()
    }

    /// So many minutes after midnight of a day; 1,440 is the next midnight. After the last of all days nothing comes.
    pub fn instant(self, day: NaiveDate, minute: i32) -> Timestamp {
        let midnight = day.and_time(NaiveTime::MIN);
        let local = midnight.checked_add_signed(TimeDelta::minutes(minute.into())).unwrap_or(NaiveDateTime::MAX);
        Timestamp::from_millis(local.and_utc().timestamp_millis() - i64::from(self.offset().local_minus_utc()) * 1000)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    #[test]
    fn nine_in_the_morning_is_another_instant_in_each_zone() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let at = |zone: Zone| zone.instant(day, 9 * 60).to_utc().to_rfc3339();
        assert_eq!(at(Zone::Wib), "2026-11-24T02:00:00+00:00");
        assert_eq!(at(Zone::Wita), "2026-11-24T01:00:00+00:00");
        assert_eq!(at(Zone::Wit), "2026-11-24T00:00:00+00:00");
    }

    #[test]
    fn the_last_of_all_days_has_an_end() {
        assert!(Zone::Wib.instant(NaiveDate::MAX, 1_440) >= Zone::Wib.instant(NaiveDate::MAX, 0));
    }

    #[test]
    fn a_day_begins_where_the_one_before_ends() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        for zone in [Zone::Wib, Zone::Wita, Zone::Wit] {
            let midnight = zone.instant(day, 1_440);
            assert_eq!(midnight, zone.instant(day.succ_opt().unwrap(), 0));
            assert_eq!(zone.day_of(midnight), day.succ_opt().unwrap());
        }
    }
}
