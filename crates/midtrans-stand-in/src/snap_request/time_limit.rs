//! Reads `expiry` and `page_expiry`.

use super::fields::Fields;
use crate::times::{DAY, HOUR, MINUTE, SECOND, parse_start_time};

/// Shorter than this no customer can pay.
const SHORTEST: i64 = 20 * SECOND;

/// The instant at which the limit at `path` ends, if there is one.
///
/// Without a `start_time` it counts from now, the opening of the page: the stricter reading of Midtrans' two.
pub(super) fn read(fields: &mut Fields<'_>, path: &str, now: i64) -> Option<i64> {
    if !fields.is_present(path) {
        return None;
    }
    let unit = fields.text(&format!("{path}/unit"), 20).unwrap_or_else(|| "minute".to_owned());
    let duration = fields.required_integer(&format!("{path}/duration"))?;
    let start = match fields.text(&format!("{path}/start_time"), 40) {
        None => now,
        Some(text) => match parse_start_time(&text) {
            Some(start) => start,
            None => {
                fields.complain_about(path, "start_time must look like 2026-11-02 09:15:04 +0700");
                return None;
            }
        },
    };
    let Some(unit) = unit_ms(&unit) else {
        fields.complain_about(path, "unit must be second, minute, hour or day");
        return None;
    };
    let length = duration.checked_mul(unit).filter(|length| (SHORTEST..=365 * DAY).contains(length));
    if length.is_none() {
        fields.complain_about(path, "duration must be between 20 seconds and a year");
    }
    Some(start + length?)
}

fn unit_ms(unit: &str) -> Option<i64> {
    match unit {
        "second" | "seconds" => Some(SECOND),
        "minute" | "minutes" => Some(MINUTE),
        "hour" | "hours" => Some(HOUR),
        "day" | "days" => Some(DAY),
        _ => None,
    }
}
