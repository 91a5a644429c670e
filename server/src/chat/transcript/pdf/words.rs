//! What the PDF says besides the messages, in both languages.

use crate::chat::entity::ConversationStatus;
use platform::text::{Language, Text};

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
}
