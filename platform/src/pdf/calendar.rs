//! Days and times as documents say them, in both languages; they are those of Jakarta.

use chrono::{DateTime, Datelike, FixedOffset, Timelike};

use crate::clock::Timestamp;
use crate::text::{Language, Text};

const DAYS: [[&str; 2]; 7] = [
    ["Senin", "Monday"],
    ["Selasa", "Tuesday"],
    ["Rabu", "Wednesday"],
    ["Kamis", "Thursday"],
    ["Jumat", "Friday"],
    ["Sabtu", "Saturday"],
    ["Minggu", "Sunday"],
];
const MONTHS: [[&str; 2]; 12] = [
    ["Januari", "January"],
    ["Februari", "February"],
    ["Maret", "March"],
    ["April", "April"],
    ["Mei", "May"],
    ["Juni", "June"],
    ["Juli", "July"],
    ["Agustus", "August"],
    ["September", "September"],
    ["Oktober", "October"],
    ["November", "November"],
    ["Desember", "December"],
];

#[derive(Clone, Copy)]
pub struct Calendar(pub Language);

impl Calendar {
    fn pick(self, both: &[&'static str; 2]) -> &'static str {
        match self.0 {
            Language::Indonesian => both[0],
            Language::English => both[1],
        }
    }

    fn say(self, indonesian: String, english: String) -> String {
        Text::new(indonesian, english).in_language(self.0).to_owned()
    }

    pub fn made(self, at: Timestamp) -> String {
        let when = self.date_and_time(at);
        self.say(format!("Dibuat {when}"), format!("Made {when}"))
    }

    pub fn page(self, number: usize, count: usize) -> String {
        self.say(format!("Halaman {number} dari {count}"), format!("Page {number} of {count}"))
    }

    /// What a page says of letters that have no shape on it.
    pub fn unshown(self, scripts: &[[&'static str; 2]]) -> String {
        let names = scripts.iter().map(|script| self.pick(script)).collect::<Vec<_>>().join(", ");
        self.say(
            format!("Kotak kosong: huruf yang tidak ada bentuknya di sini ({names}). Salin teksnya untuk membacanya."),
            format!("Empty boxes: letters that have no shape here ({names}). Copy the text to read them."),
        )
    }

    /// `Selasa, 24 November 2026`
    pub fn day(self, at: Timestamp) -> String {
        let local = at.in_jakarta();
        let day = DAYS.get(local.weekday().num_days_from_monday() as usize).map_or("", |day| self.pick(day));
        format!("{day}, {} {} {}", local.day(), self.month(local), local.year())
    }

    /// `09.12 WIB`
    pub fn time(self, at: Timestamp) -> String {
        let local = at.in_jakarta();
        let sign = self.pick(&[".", ":"]);
        format!("{:02}{sign}{:02} WIB", local.hour(), local.minute())
    }

    /// `24 Nov 2026, 09.12 WIB`
    pub fn date_and_time(self, at: Timestamp) -> String {
        let local = at.in_jakarta();
        let month = self.month(local).get(..3).unwrap_or_default();
        format!("{} {month} {}, {}", local.day(), local.year(), self.time(at))
    }

    fn month(self, local: DateTime<FixedOffset>) -> &'static str {
        MONTHS.get(local.month0() as usize).map_or("", |month| self.pick(month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_those_of_jakarta() {
        // 2026-11-24T17:05:00Z is past midnight in Jakarta.
        let at = Timestamp::from_millis(1_795_539_900_000);
        let (indonesian, english) = (Calendar(Language::Indonesian), Calendar(Language::English));
        assert_eq!(indonesian.day(at), "Rabu, 25 November 2026");
        assert_eq!(indonesian.date_and_time(at), "25 Nov 2026, 00.05 WIB");
        assert_eq!(english.day(at), "Wednesday, 25 November 2026");
        assert_eq!(english.time(at), "00:05 WIB");
    }
}
