//! The people of the demo. All invented; licence numbers have the form of real ones and belong to nobody.

use crate::availability::{Hours, Schedule};
use crate::doctors::{Doctor, SpokenLanguage};
use crate::pets::Species;
use platform::zone::Zone;

pub struct Person {
    pub name: &'static str,
    pub email: &'static str,
    pub phone: &'static str,
}

pub struct DemoDoctor {
    pub person: Person,
    pub specialization: &'static str,
    pub experience_years: i32,
    pub licence_number: &'static str,
    /// Whole rupiah.
    pub base_price: i64,
    pub bio: &'static str,
}

const fn person(name: &'static str, email: &'static str, phone: &'static str) -> Person {
    Person { name, email, phone }
}

pub const OWNERS: &[Person] = &[
    person("Rara Anindita", "pemilik@hellopet.test", "+6281211110001"),
    person("Bagas Wicaksono", "pemilik2@hellopet.test", "+6281211110002"),
    person("Sinta Maharani", "sinta@hellopet.test", "+6281211110003"),
    person("Dimas Pradipta", "dimas@hellopet.test", "+6281211110004"),
    person("Yohana Situmorang", "yohana@hellopet.test", "+6281211110005"),
    person("Fajar Nugroho", "fajar@hellopet.test", "+6281211110006"),
    person("Melati Kusuma", "melati@hellopet.test", "+6281211110007"),
    person("Andre Wijaya", "andre@hellopet.test", "+6281211110008"),
    person("Nur Aisyah", "aisyah@hellopet.test", "+6281211110009"),
    person("Kevin Tanuwijaya", "kevin@hellopet.test", "+6281211110010"),
    person("Putri Larasati", "putri@hellopet.test", "+6281211110011"),
    person("Rendy Saputra", "rendy@hellopet.test", "+6281211110012"),
];

/// A vet who waits to be let in.
pub const APPLICANT: Person = person("drh. Laras Wulandari", "calon@hellopet.test", "+6281244440099");
pub const PARTNER: Person = person("Kinclong Pet Care", "mitra@hellopet.test", "+6281222220001");
pub const ADMIN: Person = person("Operator HELLOPET!", "admin@hellopet.test", "+6281233330001");

pub const DOCTORS: &[DemoDoctor] = &[
    DemoDoctor {
        person: person("drh. Nadia Prameswari", "dokter@hellopet.test", "+6281244440001"),
        specialization: "Penyakit dalam kucing",
        experience_years: 9,
        licence_number: "SIP 503/1187/DKI/2024",
        base_price: 45_000,
        bio: "Sehari-hari menangani kucing dengan gangguan pencernaan dan ginjal di klinik kawasan Tebet. Suka menjelaskan pelan-pelan, dengan gambar bila perlu.",
    },
    DemoDoctor {
        person: person("drh. Hafizh Ramadhan", "dokter2@hellopet.test", "+6281244440002"),
        specialization: "Kulit dan alergi",
        experience_years: 6,
        licence_number: "SIP 503/0942/DKI/2023",
        base_price: 40_000,
        bio: "Fokus pada gatal, jamur, dan alergi makanan anjing serta kucing. Siapkan foto kulit di tempat terang sebelum mulai.",
    },
    DemoDoctor {
        person: person("drh. Theresia Simanjuntak", "theresia@hellopet.test", "+6281244440003"),
        specialization: "Bedah dan ortopedi",
        experience_years: 14,
        licence_number: "SIP 503/0311/DKI/2022",
        base_price: 50_000,
        bio: "Empat belas tahun di meja operasi. Membantu menilai pincang, luka, dan masa pulih setelah operasi.",
    },
    DemoDoctor {
        person: person("drh. Yusuf Alamsyah", "yusuf@hellopet.test", "+6281244440004"),
        specialization: "Unggas dan hewan eksotik",
        experience_years: 11,
        licence_number: "SIP 503/0708/BKS/2023",
        base_price: 48_000,
        bio: "Burung, kelinci, sugar glider, dan reptil. Bantu sebutkan pakan dan suhu kandang sejak awal, ya.",
    },
    DemoDoctor {
        person: person("drh. Ayu Lestari", "ayu@hellopet.test", "+6281244440005"),
        specialization: "Dokter hewan umum",
        experience_years: 4,
        licence_number: "SIP 503/1420/DPK/2025",
        base_price: 30_000,
        bio: "Vaksin, obat cacing, makanan, dan pertanyaan pertama pemilik baru. Tidak ada pertanyaan yang terlalu sederhana.",
    },
    DemoDoctor {
        person: person("drh. Gilang Mahendra", "gilang@hellopet.test", "+6281244440006"),
        specialization: "Gigi dan mulut",
        experience_years: 7,
        licence_number: "SIP 503/0866/TNG/2024",
        base_price: 42_000,
        bio: "Bau mulut, karang gigi, dan gusi merah sering dianggap biasa. Mari kita lihat bersama.",
    },
    DemoDoctor {
        person: person("drh. Siti Rahmawati", "rahma@hellopet.test", "+6281244440007"),
        specialization: "Reproduksi dan anakan",
        experience_years: 12,
        licence_number: "SIP 503/0529/BGR/2022",
        base_price: 47_000,
        bio: "Mendampingi kehamilan, kelahiran, dan minggu-minggu pertama anak kucing serta anak anjing.",
    },
    DemoDoctor {
        person: person("drh. Michael Hartono", "michael@hellopet.test", "+6281244440008"),
        specialization: "Jantung dan pernapasan",
        experience_years: 16,
        licence_number: "SIP 503/0203/DKI/2021",
        base_price: 50_000,
        bio: "Batuk, napas cepat, dan mudah lelah pada hewan senior. Video napas saat tidur sangat membantu.",
    },
    DemoDoctor {
        person: person("drh. Indah Puspitasari", "indah@hellopet.test", "+6281244440009"),
        specialization: "Perilaku hewan",
        experience_years: 8,
        licence_number: "SIP 503/1033/DKI/2024",
        base_price: 38_000,
        bio: "Pipis sembarangan, cemas ditinggal, atau galak pada tamu: perilaku adalah bahasa. Kita cari tahu artinya.",
    },
    DemoDoctor {
        person: person("drh. Bayu Setiawan", "bayu@hellopet.test", "+6281244440010"),
        specialization: "Gizi dan berat badan",
        experience_years: 5,
        licence_number: "SIP 503/1255/BKS/2025",
        base_price: 35_000,
        bio: "Menyusun porsi dan jenis makanan untuk hewan yang terlalu gemuk, terlalu kurus, atau punya penyakit tertentu.",
    },
];

/// What the doctor at this place treats: cats and dogs, and some of them more.
pub fn species(place: usize) -> i32 {
    let more: &[Species] = match place % 4 {
        1 => &[Species::Rabbit, Species::Hamster],
        2 => &[Species::Bird],
        3 => &[Species::Rabbit, Species::Reptile, Species::Fish],
        _ => &[],
    };
    Doctor::species_mask(&[Species::Cat, Species::Dog]) | Doctor::species_mask(more)
}

/// What the doctor at this place speaks: Indonesian, and some of them more.
pub fn languages(place: usize) -> i32 {
    let more: &[SpokenLanguage] = match place % 4 {
        0 => &[SpokenLanguage::En],
        1 => &[SpokenLanguage::Su],
        2 => &[SpokenLanguage::Jv, SpokenLanguage::En],
        _ => &[],
    };
    Doctor::language_mask(&[SpokenLanguage::Id]) | Doctor::language_mask(more)
}

/// When the doctor at this place works: some in the mornings, some after the clinics close, one through the night.
pub fn hours(place: usize) -> Schedule {
    const PATTERNS: [&[Hours]; 4] = [
        &[Hours { from: 8 * 60, to: 12 * 60 }, Hours { from: 19 * 60, to: 21 * 60 }],
        &[Hours { from: 13 * 60, to: 17 * 60 }],
        &[Hours { from: 18 * 60, to: 22 * 60 + 30 }],
        &[Hours { from: 0, to: 4 * 60 }, Hours { from: 21 * 60, to: 24 * 60 }],
    ];
    let daily = PATTERNS[place % PATTERNS.len()].to_vec();
    Schedule {
        zone: if place % 5 == 3 { Zone::Wita } else { Zone::Wib },
        slot_minutes: 30,
        buffer_minutes: 0,
        notice_minutes: 60,
        horizon_days: 14,
        // Sundays off, but for the one who works at night.
        week: std::array::from_fn(
            |day| if day == 6 && place % PATTERNS.len() != 3 { Vec::new() } else { daily.clone() },
        ),
        exceptions: Vec::new(),
        until: None,
    }
}

/// The addresses of everybody above.
pub fn emails() -> Vec<&'static str> {
    let doctors = DOCTORS.iter().map(|doctor| &doctor.person);
    OWNERS.iter().chain(doctors).chain([&APPLICANT, &PARTNER, &ADMIN]).map(|person| person.email).collect()
}
