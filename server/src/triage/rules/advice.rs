//! What to do now, in order. It ends by saying what it is not.

use super::{Level, Sign};
use platform::text::{Language, Text};

const NO_DIAGNOSIS: [&str; 2] = [
    "Ini bukan diagnosis. Hanya dokter hewan yang memeriksa langsung yang dapat memastikannya.",
    "This is not a diagnosis. Only a vet who examines your pet can say what it is.",
];

pub fn advice(level: Level, flags: &[&'static Sign], language: Language) -> Vec<String> {
    let first = flags.iter().filter(|sign| sign.level == level).filter_map(|sign| sign.first_aid);
    let around: ([&'static str; 2], [&'static str; 2]) = match level {
        Level::Emergency => (
            [
                "Bawa ke klinik hewan terdekat sekarang juga. Telepon dulu sambil jalan supaya mereka bersiap.",
                "Go to the nearest animal clinic now. Call them on the way so that they are ready.",
            ],
            [
                "Tidak bisa berangkat sekarang? Dokter di sini bisa mendampingi selama kamu mencari jalan.",
                "Cannot leave right now? A vet here can be with you while you find a way.",
            ],
        ),
        Level::Soon => (
            [
                "Sebaiknya diperiksa dokter hewan hari ini. Konsultasi ini bisa jadi langkah pertama.",
                "A vet should see your pet today. This consultation can be the first step.",
            ],
            [
                "Kalau makin lemas, sesak, atau tidak sadar, langsung ke klinik terdekat.",
                "If your pet gets weaker, struggles to breathe or passes out, go to the nearest clinic.",
            ],
        ),
        Level::Routine => (
            [
                "Siapkan foto atau video yang jelas, dan ingat sejak kapan mulai terjadi.",
                "Have clear pictures or a video ready, and remember when it began.",
            ],
            [
                "Kalau tiba-tiba memburuk, langsung ke klinik terdekat.",
                "If it suddenly gets worse, go to the nearest clinic.",
            ],
        ),
    };
    let (opening, closing) = around;
    let all = std::iter::once(opening).chain(first).chain([closing, NO_DIAGNOSIS]);
    let said = all.map(|[indonesian, english]| Text::new(indonesian, english).in_language(language).to_owned());
    said.collect()
}

#[cfg(test)]
mod tests {
    use super::super::SIGNS;
    use super::*;

    fn everything_said() -> Vec<String> {
        let of_signs = SIGNS.iter().flat_map(|sign| {
            [Some(sign.label), Some(sign.why), sign.first_aid].into_iter().flatten().flatten().map(str::to_owned)
        });
        let languages = [Language::Indonesian, Language::English];
        let all: Vec<&'static Sign> = SIGNS.iter().collect();
        let levels = [Level::Emergency, Level::Soon, Level::Routine];
        let advised = levels.into_iter().flat_map(|level| languages.map(|language| advice(level, &all, language)));
        of_signs.chain(advised.flatten()).collect()
    }

    #[test]
    fn nothing_that_is_said_claims_to_know_what_it_is() {
        for text in everything_said() {
            let folded = text.to_lowercase();
            for claim in [
                "didiagnosis",
                "menderita",
                "penyakitnya",
                "pasti ",
                "terkena penyakit",
                "suffers from",
                "diagnosed",
                "certainly",
            ] {
                assert!(!folded.contains(claim), "{text}");
            }
        }
    }

    #[test]
    fn advice_begins_with_what_to_do_and_ends_with_what_it_is_not() {
        for level in [Level::Emergency, Level::Soon, Level::Routine] {
            let said = advice(level, &[], Language::Indonesian);
            assert_eq!(said.last().map(String::as_str), Some(NO_DIAGNOSIS[0]));
        }
        let said = advice(Level::Emergency, &[], Language::Indonesian);
        assert!(said.first().is_some_and(|first| first.contains("klinik hewan terdekat sekarang")));
    }
}
