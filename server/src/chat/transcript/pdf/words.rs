//! What the PDF says besides the messages, in both languages; days and times are those of Jakarta.

use chrono::{DateTime, Datelike, FixedOffset, Timelike};

use crate::chat::entity::ConversationStatus;
use crate::platform::clock::Timestamp;
use crate::platform::text::{Language, Text};

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

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Words(pub Language);

impl Words {
    fn pick(self, both: [&'static str; 2]) -> &'static str {
        match self.0 {
            Language::Indonesian => both[0],
            Language::English => both[1],
        }
    }

    fn say(self, indonesian: String, english: String) -> String {
        Text::new(indonesian, english).in_language(self.0).to_owned()
    }

    pub fn kind(self) -> &'static str {
        self.pick(["Transkrip konsultasi", "Consultation transcript"])
    }

    pub fn title(self, owner: &str, doctor: &str) -> String {
        self.say(format!("Percakapan {owner} dan {doctor}"), format!("Conversation of {owner} and {doctor}"))
    }

    pub fn owner(self) -> &'static str {
        self.pick(["Pemilik hewan", "Pet owner"])
    }

    pub fn doctor(self) -> &'static str {
        self.pick(["Dokter hewan", "Vet"])
    }

    pub fn started(self) -> &'static str {
        self.pick(["Mulai", "Started"])
    }

    pub fn ended(self) -> &'static str {
        self.pick(["Selesai", "Ended"])
    }

    pub fn messages(self) -> &'static str {
        self.pick(["Pesan", "Messages"])
    }

    pub fn status_label(self) -> &'static str {
        self.pick(["Status", "Status"])
    }

    pub fn status(self, status: ConversationStatus) -> &'static str {
        match status {
            ConversationStatus::Active => self.pick(["Sedang berjalan", "Under way"]),
            ConversationStatus::Ended => self.pick(["Sudah selesai", "Ended"]),
        }
    }

    pub fn nothing_said(self) -> &'static str {
        self.pick(["Belum ada pesan.", "Nothing has been said yet."])
    }

    pub fn continued(self) -> &'static str {
        self.pick(["lanjutan", "continued"])
    }

    pub fn picture_missing(self) -> &'static str {
        self.pick(["Foto tidak dapat ditampilkan di sini", "This picture cannot be shown here"])
    }

    pub fn end(self, count: usize) -> String {
        let plural = if count == 1 { "" } else { "s" };
        self.say(format!("Akhir transkrip · {count} pesan"), format!("End of the transcript · {count} message{plural}"))
    }

    pub fn cut(self, shown: usize, all: i32) -> String {
        self.say(
            format!("Berkas ini memuat {shown} dari {all} pesan. Unduh versi JSON untuk semuanya."),
            format!("This file holds {shown} of {all} messages. Download the JSON version for all of them."),
        )
    }

    pub fn hash_label(self, seq: i32) -> String {
        self.say(
            format!("Sidik jari sampai pesan #{seq} (SHA-256)"),
            format!("Fingerprint up to message #{seq} (SHA-256)"),
        )
    }

    pub fn hash_meaning(self) -> &'static str {
        self.pick([
            "Tiap pesan ikut menentukan sidik jari ini. Jika sama dengan yang ada di versi JSON, tidak ada pesan yang diubah, dihapus, atau dipindah.",
            "Every message has a part in this fingerprint. If it equals the one in the JSON version, no message was changed, left out or moved.",
        ])
    }

    pub fn made(self, at: Timestamp) -> String {
        let when = self.date_and_time(at);
        self.say(format!("Dibuat {when}"), format!("Made {when}"))
    }

    pub fn page(self, number: usize, count: usize) -> String {
        self.say(format!("Halaman {number} dari {count}"), format!("Page {number} of {count}"))
    }

    /// `Selasa, 24 November 2026`
    pub fn day(self, at: Timestamp) -> String {
        let local = at.in_jakarta();
        let day = DAYS.get(local.weekday().num_days_from_monday() as usize).map_or("", |day| self.pick(*day));
        format!("{day}, {} {} {}", local.day(), self.month(local), local.year())
    }

    /// `09.12 WIB`
    pub fn time(self, at: Timestamp) -> String {
        let local = at.in_jakarta();
        let sign = self.pick([".", ":"]);
        format!("{:02}{sign}{:02} WIB", local.hour(), local.minute())
    }

    /// `24 Nov 2026, 09.12 WIB`
    pub fn date_and_time(self, at: Timestamp) -> String {
        let local = at.in_jakarta();
        let month = self.month(local).get(..3).unwrap_or_default();
        format!("{} {month} {}, {}", local.day(), local.year(), self.time(at))
    }

    fn month(self, local: DateTime<FixedOffset>) -> &'static str {
        MONTHS.get(local.month0() as usize).map_or("", |month| self.pick(*month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_those_of_jakarta() {
        // 2026-11-24T17:05:00Z is past midnight in Jakarta.
        let at = Timestamp::from_millis(1_795_539_900_000);
        let (indonesian, english) = (Words(Language::Indonesian), Words(Language::English));
        assert_eq!(indonesian.day(at), "Rabu, 25 November 2026");
        assert_eq!(indonesian.date_and_time(at), "25 Nov 2026, 00.05 WIB");
        assert_eq!(english.day(at), "Wednesday, 25 November 2026");
        assert_eq!(english.time(at), "00:05 WIB");
    }
}
