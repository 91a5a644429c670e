//! What a doctor may set as a schedule. Everything that is wrong is said at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::slots::{Exception, Hours, STEP_MINUTES, Schedule};
use platform::day::read_day;
use platform::http::error::AppError;
use platform::http::validate::Check;
use platform::text::Text;
use platform::zone::Zone;

pub const MOST_EXCEPTIONS: usize = 120;
const MOST_HOURS_A_DAY: usize = 6;
const MOST_HOURS_A_WEEK: usize = 7 * MOST_HOURS_A_DAY;
const MINUTES_A_DAY: i32 = 1_440;

/// Hours of a weekday as they were given.
#[derive(Clone, Debug)]
pub struct GivenHours {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: i32,
    pub from: String,
    pub to: String,
}

/// A day as it was given: off, or other hours.
#[derive(Clone, Debug)]
pub struct GivenException {
    pub day: String,
    pub hours: Option<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct Given {
    pub zone: Zone,
    pub slot_minutes: i32,
    pub buffer_minutes: i32,
    pub notice_minutes: i32,
    pub horizon_days: i32,
    pub week: Vec<GivenHours>,
    pub exceptions: Vec<GivenException>,
}

pub fn check(given: Given) -> Result<Schedule, AppError> {
    let mut check = Check::new();
    let mut within = |field: &str, value: i32, least: i32, most: i32| {
        if !(least..=most).contains(&value) || (field != "horizonDays" && value % STEP_MINUTES != 0) {
            check.invalid(
                field,
                "out_of_range",
                Text::new(
                    format!("Antara {least} dan {most}, kelipatan {STEP_MINUTES} menit."),
                    format!("Between {least} and {most}, in steps of {STEP_MINUTES} minutes."),
                ),
            );
        }
    };
    within("slotMinutes", given.slot_minutes, 10, 120);
    within("bufferMinutes", given.buffer_minutes, 0, 60);
    within("minNoticeMinutes", given.notice_minutes, 0, 2_880);
    within("horizonDays", given.horizon_days, 1, 90);
    let week = check_week(&mut check, &given.week);
    let exceptions = check_exceptions(&mut check, &given.exceptions);
    check.finish()?;
    Ok(Schedule {
        zone: given.zone,
        slot_minutes: given.slot_minutes,
        buffer_minutes: given.buffer_minutes,
        notice_minutes: given.notice_minutes,
        horizon_days: given.horizon_days,
        week,
        exceptions,
        until: None,
    })
}

fn check_week(check: &mut Check, given: &[GivenHours]) -> [Vec<Hours>; 7] {
    let mut week: [Vec<Hours>; 7] = Default::default();
    if given.len() > MOST_HOURS_A_WEEK {
        check.invalid(
            "week",
            "too_many",
            Text::new(
                format!("Paling banyak {MOST_HOURS_A_WEEK} rentang seminggu."),
                format!("At most {MOST_HOURS_A_WEEK} ranges a week."),
            ),
        );
        return week;
    }
    for (index, hours) in given.iter().enumerate() {
        let field = format!("week[{index}]");
        let day = usize::try_from(hours.weekday - 1).ok().and_then(|day| week.get_mut(day));
        let Some(day) = day else {
            check.invalid(
                &format!("{field}.weekday"),
                "invalid_format",
                Text::new("1 (Senin) sampai 7 (Minggu).", "1 (Monday) to 7 (Sunday)."),
            );
            continue;
        };
        if let Some(hours) = check_hours(check, &field, &hours.from, &hours.to) {
            add(check, &field, day, hours);
        }
    }
    week
}

fn check_exceptions(check: &mut Check, given: &[GivenException]) -> Vec<Exception> {
    if given.len() > MOST_EXCEPTIONS {
        check.invalid(
            "exceptions",
            "too_many",
            Text::new(format!("Paling banyak {MOST_EXCEPTIONS} hari."), format!("At most {MOST_EXCEPTIONS} days.")),
        );
        return Vec::new();
    }
    let mut days: BTreeMap<NaiveDate, Vec<Hours>> = BTreeMap::new();
    for (index, exception) in given.iter().enumerate() {
        let field = format!("exceptions[{index}]");
        let Some(day) = read_day(&exception.day) else {
            check.invalid(
                &format!("{field}.date"),
                "invalid_format",
                Text::new("Tulis tanggal seperti 2026-11-24.", "Write a date like 2026-11-24."),
            );
            continue;
        };
        let hours = days.entry(day).or_default();
        if let Some((from, to)) = &exception.hours
            && let Some(other) = check_hours(check, &field, from, to)
        {
            add(check, &field, hours, other);
        }
    }
    days.into_iter().map(|(day, hours)| Exception { day, hours }).collect()
}

fn check_hours(check: &mut Check, field: &str, from: &str, to: &str) -> Option<Hours> {
    let mut time = |name: &str, text: &str| {
        let minute = read_time(text);
        if minute.is_none() {
            check.invalid(
                &format!("{field}.{name}"),
                "invalid_format",
                Text::new(
                    "Tulis jam seperti 09:00, kelipatan 5 menit.",
                    "Write a time like 09:00, in steps of 5 minutes.",
                ),
            );
        }
        minute
    };
    let (from, to) = (time("from", from), time("to", to));
    let hours = Hours { from: from?, to: to? };
    if hours.from >= hours.to {
        check.invalid(
            &format!("{field}.to"),
            "before_start",
            Text::new("Jam selesai harus setelah jam mulai.", "The end must come after the start."),
        );
        return None;
    }
    Some(hours)
}

/// Keeps the hours of a day in order; those that overlap others are refused.
fn add(check: &mut Check, field: &str, day: &mut Vec<Hours>, hours: Hours) {
    if day.iter().any(|other| hours.from < other.to && other.from < hours.to) {
        check.invalid(
            field,
            "overlaps",
            Text::new(
                "Jam ini bertumpuk dengan jam lain di hari yang sama.",
                "These hours overlap others of the same day.",
            ),
        );
    } else if day.len() >= MOST_HOURS_A_DAY {
        check.invalid(
            field,
            "too_many",
            Text::new(
                format!("Paling banyak {MOST_HOURS_A_DAY} rentang sehari."),
                format!("At most {MOST_HOURS_A_DAY} ranges a day."),
            ),
        );
    } else {
        day.push(hours);
        day.sort_unstable();
    }
}

/// `09:00` as minutes after midnight; `24:00` is the end of the day.
pub fn read_time(text: &str) -> Option<i32> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<i32>().ok())?
    };
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= MINUTES_A_DAY && minutes % STEP_MINUTES == 0).then_some(minutes)
}

pub fn write_time(minutes: i32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Given {
        Given {
            zone: Zone::Wib,
            slot_minutes: 30,
            buffer_minutes: 0,
            notice_minutes: 60,
            horizon_days: 14,
            week: Vec::new(),
            exceptions: Vec::new(),
        }
    }

    fn hours(weekday: i32, from: &str, to: &str) -> GivenHours {
        GivenHours { weekday, from: from.to_owned(), to: to.to_owned() }
    }

    fn wrong(given: Given) -> Vec<(String, &'static str)> {
        match check(given) {
            Err(AppError::Refused(problem)) => {
                problem.errors.iter().map(|error| (error.field.clone(), error.code)).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn times_of_a_day_are_read_strictly() {
        for (text, minutes) in [
            ("00:00", Some(0)),
            ("09:05", Some(545)),
            ("24:00", Some(1_440)),
            ("24:05", None),
            ("9:00", None),
            ("09:60", None),
            ("09:01", None),
            ("-1:00", None),
            ("", None),
        ] {
            assert_eq!(read_time(text), minutes, "{text}");
        }
        assert_eq!(write_time(545), "09:05");
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let week = vec![
            hours(1, "09:00", "12:00"),
            hours(1, "11:00", "13:00"),
            hours(8, "09:00", "10:00"),
            hours(2, "12:00", "09:00"),
        ];
        let exceptions = vec![GivenException { day: "24-11-2026".to_owned(), hours: None }];
        let found = wrong(Given { slot_minutes: 7, week, exceptions, ..given() });
        let expected = [
            ("slotMinutes", "out_of_range"),
            ("week[1]", "overlaps"),
            ("week[2].weekday", "invalid_format"),
            ("week[3].to", "before_start"),
            ("exceptions[0].date", "invalid_format"),
        ];
        assert_eq!(found, expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn a_day_that_is_off_and_one_with_other_hours() {
        let off = GivenException { day: "2026-12-25".to_owned(), hours: None };
        let short =
            GivenException { day: "2026-12-24".to_owned(), hours: Some(("09:00".to_owned(), "10:00".to_owned())) };
        let days = check(Given { exceptions: vec![off, short], ..given() })
            .map(|schedule| schedule.exceptions)
            .unwrap_or_default();
        assert_eq!(days.iter().map(|exception| exception.hours.len()).collect::<Vec<_>>(), [1, 0]);
    }
}
