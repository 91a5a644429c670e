//! What was said in the demo's consultations, and what the owners thought of them.

use super::history::Voice;
use crate::pets::Species;

pub struct Script {
    /// What kind of animal it is about, where one of the demo fits.
    pub about: Option<Species>,
    pub lines: &'static [(Voice, &'static str)],
    pub summary: Summary,
    /// Rating and words; some owners write none.
    pub review: Option<(i32, &'static str)>,
}

/// What the vet wrote down in the end.
pub struct Summary {
    pub complaint: &'static str,
    pub findings: &'static str,
    pub advice: &'static str,
    /// Empty when nothing was prescribed.
    pub prescription: &'static str,
    pub next_step: &'static str,
}

use Voice::{Doctor as D, Owner as O};

pub const SCRIPTS: &[Script] = &[
    Script {
        about: Some(Species::Cat),
        lines: &[
            (O, "Dok, Miko muntah tiga kali sejak semalam."),
            (D, "Halo Kak. Muntahnya berisi makanan atau cairan kuning?"),
            (O, "Cairan kuning, terakhir jam enam tadi."),
            (D, "Masih mau minum? Coba lihat gusinya, merah muda atau pucat?"),
            (O, "Minum sedikit. Gusinya merah muda."),
            (
                D,
                "Baik. Puasakan makan 8 jam, air tetap tersedia sedikit-sedikit. Setelah itu ayam rebus tanpa bumbu, porsi kecil. Kalau muntah lagi atau lemas, langsung ke klinik ya.",
            ),
            (O, "Siap Dok, terima kasih banyak."),
        ],
        summary: Summary {
            complaint: "Muntah tiga kali sejak semalam, berisi cairan kuning.",
            findings: "Masih mau minum. Gusi merah muda menurut pemilik, jadi tidak tampak dehidrasi berat.",
            advice: "Puasakan makan 8 jam, air sedikit-sedikit. Setelah itu ayam rebus tanpa bumbu dalam porsi kecil, empat kali sehari.",
            prescription: "",
            next_step: "Ke klinik hari itu juga bila muntah lagi, lemas, atau tidak mau minum. Bila membaik, kabari dalam dua hari.",
        },
        review: Some((5, "Cepat dijawab dan jelas. Miko sudah mau makan lagi.")),
    },
    Script {
        about: Some(Species::Dog),
        lines: &[
            (O, "Anjing saya garuk-garuk terus sampai merah di perut."),
            (D, "Sudah berapa lama, Kak? Ada ganti makanan atau sampo?"),
            (O, "Seminggu. Baru ganti makanan dua minggu lalu."),
            (
                D,
                "Kembalikan dulu ke makanan lama selama 10 hari, dan mandikan dengan air biasa. Jangan diberi salep manusia. Kirim foto lagi minggu depan.",
            ),
            (O, "Baik Dok."),
        ],
        summary: Summary {
            complaint: "Menggaruk terus sampai kulit perut merah, sudah seminggu.",
            findings: "Makanan diganti dua minggu sebelumnya. Tidak ada luka terbuka pada foto.",
            advice: "Kembali ke makanan lama selama 10 hari dan mandikan dengan air biasa. Jangan diberi salep manusia.",
            prescription: "",
            next_step: "Kirim foto lagi minggu depan. Bila kulit basah atau berbau, periksakan langsung.",
        },
        review: Some((5, "Sarannya masuk akal, gatalnya hilang.")),
    },
    Script {
        about: Some(Species::Rabbit),
        lines: &[
            (O, "Dok, kelinci saya tidak mau makan sejak pagi."),
            (D, "Ada kotoran hari ini? Perutnya terasa keras?"),
            (O, "Kotorannya sedikit sekali."),
            (
                D,
                "Pada kelinci itu tidak bisa ditunggu lama. Tawarkan rumput kering dan air sekarang, dan bila sampai sore belum makan, bawa ke klinik yang menerima kelinci hari ini juga.",
            ),
            (O, "Saya bawa sekarang saja kalau begitu. Terima kasih, Dok."),
        ],
        summary: Summary {
            complaint: "Tidak mau makan sejak pagi.",
            findings: "Kotoran sedikit sekali.",
            advice: "Tawarkan rumput kering dan air sekarang juga.",
            prescription: "",
            next_step: "Bawa ke klinik yang menerima kelinci hari ini juga.",
        },
        review: Some((4, "Tegas soal kapan harus ke klinik. Agak lama menunggu balasan pertama.")),
    },
    Script {
        about: None,
        lines: &[
            (O, "Jadwal vaksin anak kucing usia 8 minggu bagaimana ya?"),
            (
                D,
                "Vaksin pertama boleh mulai minggu ini kalau sehat dan sudah obat cacing. Ulang tiap 3-4 minggu sampai 16 minggu, lalu setahun sekali.",
            ),
            (O, "Boleh mandi sebelum vaksin?"),
            (D, "Tunda dulu, tunggu seminggu setelah vaksin."),
        ],
        summary: Summary {
            complaint: "Menanyakan jadwal vaksin anak kucing usia 8 minggu.",
            findings: "Sehat menurut pemilik.",
            advice: "Vaksin pertama boleh minggu ini bila sudah diberi obat cacing. Mandi ditunda sampai seminggu setelah vaksin.",
            prescription: "",
            next_step: "Ulang tiap 3-4 minggu sampai usia 16 minggu, lalu setahun sekali.",
        },
        review: None,
    },
    Script {
        about: None,
        lines: &[
            (O, "Kucing saya 13 tahun, minumnya banyak sekali belakangan ini."),
            (D, "Pipisnya ikut banyak? Berat badannya turun?"),
            (O, "Iya dua-duanya."),
            (
                D,
                "Pada usia itu kami perlu periksa ginjal dan gula darah. Mohon bawa ke klinik dalam beberapa hari ini untuk tes darah dan urin. Jangan batasi minumnya.",
            ),
            (O, "Baik, besok saya bawa."),
            (D, "Bagus. Simpan catatan minum hariannya, itu sangat membantu."),
        ],
        summary: Summary {
            complaint: "Kucing 13 tahun minum dan pipis banyak, berat badan turun.",
            findings: "Perlu pemeriksaan ginjal dan gula darah; tidak dapat dinilai dari jauh.",
            advice: "Jangan batasi minumnya. Catat banyaknya minum setiap hari.",
            prescription: "",
            next_step: "Tes darah dan urin di klinik dalam beberapa hari ini.",
        },
        review: Some((5, "Merasa didengarkan. Terima kasih, Dok.")),
    },
];
