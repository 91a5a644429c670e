//! Instants are milliseconds since the epoch; on the wire Midtrans writes Jakarta time, without a zone.

use chrono::{DateTime, Datelike, FixedOffset, Utc};

pub(crate) const SECOND: i64 = 1_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// The one place that reads the clock: the stand-in is a world of its own, whose time a platform cannot turn either.
#[expect(clippy::disallowed_methods, reason = "everything else takes the time as an argument")]
pub(crate) fn now_ms() -> i64 {
    Utc::now().timestamp_millis()
}

/// `2026-11-02 09:15:04`, as it stands in notifications and status answers.
pub(crate) fn wire_time(at_ms: i64) -> String {
    jakarta(at_ms).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The same with its zone, as Snap answers in `canceled_at`.
pub(crate) fn wire_time_with_zone(at_ms: i64) -> String {
    jakarta(at_ms).format("%Y-%m-%d %H:%M:%S %z").to_string()
}

/// Year and month, as a card's expiry counts them.
pub(crate) fn year_and_month(at_ms: i64) -> (i32, u32) {
    let at = jakarta(at_ms);
    (at.year(), at.month())
}

/// Reads `expiry.start_time`: `2026-11-02 09:15:04 +0700`.
pub(crate) fn parse_start_time(text: &str) -> Option<i64> {
    DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z").ok().map(|at| at.timestamp_millis())
}

/// Reads [`wire_time`].
pub(crate) fn parse_wire_time(text: &str) -> Option<i64> {
    DateTime::parse_from_str(&format!("{text} +0700"), "%Y-%m-%d %H:%M:%S %z").ok().map(|at| at.timestamp_millis())
}

fn jakarta(at_ms: i64) -> DateTime<FixedOffset> {
    #[expect(clippy::expect_used, reason = "seven hours are within a day")]
    let zone = FixedOffset::east_opt(7 * 3600).expect("a valid offset");
    DateTime::<Utc>::from_timestamp_millis(at_ms).unwrap_or_default().with_timezone(&zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_carries_jakarta_time_without_a_zone() {
        // 2026-11-02T02:15:04Z
        assert_eq!(wire_time(1_793_585_704_000), "2026-11-02 09:15:04");
        assert_eq!(parse_wire_time("2026-11-02 09:15:04"), Some(1_793_585_704_000));
        assert_eq!(wire_time_with_zone(1_793_585_704_000), "2026-11-02 09:15:04 +0700");
    }

    #[test]
    fn a_month_begins_in_jakarta() {
        // 2026-10-31T18:00:00Z
        assert_eq!(year_and_month(1_793_469_600_000), (2026, 11));
    }

    #[test]
    fn a_start_time_names_its_own_zone() {
        assert_eq!(parse_start_time("2026-11-02 09:15:04 +0700"), Some(1_793_585_704_000));
        assert_eq!(parse_start_time("2026-11-02 02:15:04 +0000"), Some(1_793_585_704_000));
        assert_eq!(parse_start_time("2026-11-02T09:15:04+07:00"), None);
    }
}
