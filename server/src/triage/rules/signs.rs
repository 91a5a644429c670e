//! The signs that are asked for and looked for. What stays the same for ever is the code.

use super::level::Level;
use crate::pets::Species;

/// Something that an owner can see.
#[derive(Debug)]
pub struct Sign {
    pub code: &'static str,
    /// In Indonesian and in English, as all of these.
    pub label: [&'static str; 2],
    /// Whom it concerns; everybody without one.
    pub species: Option<&'static [Species]>,
    pub level: Level,
    pub why: [&'static str; 2],
    /// What to do until somebody helps.
    pub first_aid: Option<[&'static str; 2]>,
}

impl Sign {
    /// Where the kind of animal is not known, or is none of those that we know, every sign counts.
    pub fn concerns(&self, species: Option<Species>) -> bool {
        let known = species.filter(|species| *species != Species::Other);
        known.is_none_or(|species| self.species.is_none_or(|concerned| concerned.contains(&species)))
    }
}

pub fn find(code: &str) -> Option<&'static Sign> {
    SIGNS.iter().find(|sign| sign.code == code)
}

/// The worst first, as they are asked.
pub static SIGNS: [Sign; 27] = [
    Sign {
        code: "breathing",
        label: [
            "Sesak, tersedak, atau muka mendadak bengkak",
            "Struggles to breathe, chokes, or a suddenly swollen face",
        ],
        species: None,
        level: Level::Emergency,
        why: ["Kurang udara bisa memburuk dalam hitungan menit.", "Too little air can get worse within minutes."],
        first_aid: Some([
            "Biarkan dalam posisi yang ia pilih, jangan digendong erat, dan jauhkan dari panas.",
            "Let it sit as it likes, do not hold it tight, and keep it cool.",
        ]),
    },
    Sign {
        code: "collapse",
        label: ["Pingsan atau tidak bisa berdiri", "Passed out or cannot stand"],
        species: None,
        level: Level::Emergency,
        why: [
            "Tidak sadar atau tidak bisa berdiri perlu ditolong segera.",
            "Passing out or being unable to stand needs help at once.",
        ],
        first_aid: Some([
            "Baringkan miring di tempat rata dan jangan beri makan atau minum.",
            "Lay it on its side on flat ground and give neither food nor water.",
        ]),
    },
    Sign {
        code: "seizure",
        label: ["Kejang", "Seizures"],
        species: None,
        level: Level::Emergency,
        why: ["Kejang yang lama atau berulang berbahaya.", "Long or repeated seizures are dangerous."],
        first_aid: Some([
            "Jauhkan benda keras, jangan masukkan apa pun ke mulutnya, dan catat berapa lama.",
            "Move hard things away, put nothing into its mouth, and note how long it lasts.",
        ]),
    },
    Sign {
        code: "poison",
        label: ["Mungkin makan racun atau obat manusia", "May have eaten poison or human medicine"],
        species: None,
        level: Level::Emergency,
        why: [
            "Beberapa racun hanya bisa ditangani pada jam-jam pertama.",
            "Some poisons can only be treated within the first hours.",
        ],
        first_aid: Some([
            "Bawa bungkus atau fotonya. Jangan paksa muntah dan jangan beri susu.",
            "Bring the wrapper or a picture of it. Do not make it vomit and give no milk.",
        ]),
    },
    Sign {
        code: "bleeding",
        label: ["Berdarah terus", "Does not stop bleeding"],
        species: None,
        level: Level::Emergency,
        why: ["Kehilangan banyak darah cepat berbahaya.", "Losing much blood is soon dangerous."],
        first_aid: Some([
            "Tekan lukanya dengan kain bersih sampai tiba di klinik.",
            "Press a clean cloth on the wound until you are at the clinic.",
        ]),
    },
    Sign {
        code: "trauma",
        label: ["Tertabrak, jatuh, atau digigit", "Hit, fallen or bitten"],
        species: None,
        level: Level::Emergency,
        why: ["Luka dalam sering tidak terlihat dari luar.", "Injuries inside often do not show outside."],
        first_aid: Some([
            "Pindahkan di atas papan atau kain yang direntangkan, sesedikit mungkin digerakkan.",
            "Carry it on a board or a stretched cloth and move it as little as possible.",
        ]),
    },
    Sign {
        code: "urine_blocked",
        label: ["Mengejan, pipis tidak keluar", "Strains and no urine comes"],
        species: Some(&[Species::Cat, Species::Dog]),
        level: Level::Emergency,
        why: [
            "Pipis yang tertahan bisa membahayakan dalam sehari, terutama kucing jantan.",
            "Urine that cannot come is dangerous within a day, above all for male cats.",
        ],
        first_aid: Some([
            "Jangan pijat perutnya dan jangan tunggu sampai besok.",
            "Do not press its belly and do not wait until tomorrow.",
        ]),
    },
    Sign {
        code: "bloat",
        label: ["Perut kembung keras, mau muntah tidak keluar", "Hard swollen belly, retches in vain"],
        species: Some(&[Species::Dog, Species::Cat, Species::Rabbit]),
        level: Level::Emergency,
        why: [
            "Perut yang cepat membesar perlu ditangani dalam hitungan jam.",
            "A belly that swells fast needs help within hours.",
        ],
        first_aid: Some([
            "Jangan beri makan atau minum, dan jangan ditekan perutnya.",
            "Give neither food nor water, and do not press the belly.",
        ]),
    },
    Sign {
        code: "gums_pale",
        label: ["Gusi atau lidah pucat, putih, atau kebiruan", "Pale, white or bluish gums or tongue"],
        species: None,
        level: Level::Emergency,
        why: [
            "Warna gusi menunjukkan darah dan udara yang kurang.",
            "The colour of the gums shows a lack of blood or air.",
        ],
        first_aid: None,
    },
    Sign {
        code: "heat",
        label: ["Kepanasan: terengah terus dan lemas", "Overheated: pants without end and is weak"],
        species: None,
        level: Level::Emergency,
        why: ["Suhu tubuh yang terlalu tinggi merusak organ dengan cepat.", "Too much heat harms the organs fast."],
        first_aid: Some([
            "Pindahkan ke tempat teduh dan basahi dengan air biasa, bukan air es.",
            "Bring it into the shade and wet it with plain water, not ice water.",
        ]),
    },
    Sign {
        code: "birth",
        label: ["Melahirkan dan anaknya tidak keluar", "Gives birth and the young does not come"],
        species: None,
        level: Level::Emergency,
        why: [
            "Mengejan lebih dari setengah jam tanpa hasil membahayakan induk dan anak.",
            "Straining for over half an hour in vain endangers mother and young.",
        ],
        first_aid: Some(["Jangan menarik anaknya.", "Do not pull at the young."]),
    },
    Sign {
        code: "blood",
        label: ["Muntah darah atau BAB berdarah", "Blood in vomit or stool"],
        species: None,
        level: Level::Emergency,
        why: ["Darah dari dalam perut tidak boleh ditunggu.", "Blood from inside must not wait."],
        first_aid: Some([
            "Foto muntahan atau kotorannya, dan bawa bila bisa.",
            "Take a picture of the vomit or stool, and bring some if you can.",
        ]),
    },
    Sign {
        code: "organ_out",
        label: ["Bola mata, usus, dubur, atau rahim keluar", "An eyeball, gut or womb has come out"],
        species: None,
        level: Level::Emergency,
        why: [
            "Yang keluar cepat kering dan rusak, dan hanya bisa diselamatkan dalam hitungan jam.",
            "What has come out dries and dies fast; it can be saved only within hours.",
        ],
        first_aid: Some([
            "Tutup dengan kain bersih yang basah. Jangan dimasukkan sendiri dan jangan sampai dijilat.",
            "Cover it with a clean wet cloth. Do not push it back, and keep it from licking.",
        ]),
    },
    Sign {
        code: "swallowed_sharp",
        label: [
            "Menelan jarum, benang, baterai, magnet, atau tulang",
            "Swallowed a needle, string, battery, magnet or bone",
        ],
        species: None,
        level: Level::Emergency,
        why: [
            "Benda tajam, benang, dan baterai bisa melukai usus dalam hitungan jam.",
            "Sharp things, string and batteries can harm the gut within hours.",
        ],
        first_aid: Some([
            "Jangan tarik benang yang terlihat, jangan paksa muntah, dan jangan beri makan.",
            "Do not pull a string that you can see, do not make it vomit, and give no food.",
        ]),
    },
    Sign {
        code: "newborn",
        label: [
            "Di bawah 3 bulan: tidak menyusu, lemas, dingin, atau diare",
            "Under three months old: does not nurse, is weak or cold, or has diarrhoea",
        ],
        species: None,
        level: Level::Emergency,
        why: [
            "Yang masih sekecil ini kehabisan cairan, gula, dan panas tubuh dalam hitungan jam.",
            "One as young as this runs out of water, sugar and warmth within hours.",
        ],
        first_aid: Some([
            "Hangatkan pelan dengan botol air hangat berbalut kain. Jangan paksa minum bila dingin atau lemas.",
            "Warm it slowly with a bottle of warm water in a cloth. Do not make it drink while it is cold or weak.",
        ]),
    },
    Sign {
        code: "not_eating_small",
        label: ["Tidak makan atau tidak berak sejak pagi", "Has not eaten or passed droppings since morning"],
        species: Some(&[Species::Rabbit, Species::Hamster, Species::Bird]),
        level: Level::Emergency,
        why: ["Hewan kecil tidak tahan lama tanpa makan.", "Small animals cannot go long without food."],
        first_aid: Some([
            "Tawarkan rumput kering atau pakan biasanya dan air, dan jaga tetap hangat.",
            "Offer hay or its usual food and water, and keep it warm.",
        ]),
    },
    Sign {
        code: "small_weak",
        label: [
            "Hewan kecil yang lemas, dingin, diare, atau diam saja",
            "A small animal that is weak, cold, quiet or has diarrhoea",
        ],
        species: Some(&[Species::Rabbit, Species::Hamster, Species::Bird]),
        level: Level::Emergency,
        why: [
            "Hewan kecil baru tampak sakit ketika tenaganya hampir habis.",
            "Small animals look ill only when their strength is nearly gone.",
        ],
        first_aid: Some(["Jaga tetap hangat, gelap, dan tenang.", "Keep it warm, dark and quiet."]),
    },
    Sign {
        code: "fluffed",
        label: ["Diam di dasar kandang, bulu mengembang", "Sits fluffed up on the cage floor"],
        species: Some(&[Species::Bird]),
        level: Level::Emergency,
        why: [
            "Burung menyembunyikan sakitnya sampai sudah lemah.",
            "Birds hide that they are ill until they are weak.",
        ],
        first_aid: Some(["Jaga tetap hangat, gelap, dan tenang.", "Keep it warm, dark and quiet."]),
    },
    Sign {
        code: "eye",
        label: ["Mata luka, menonjol, atau mendadak keruh", "Hurt, bulging or suddenly cloudy eye"],
        species: None,
        level: Level::Soon,
        why: ["Mata bisa rusak dalam sehari.", "An eye can be lost within a day."],
        first_aid: Some(["Jangan diusap, dan cegah ia menggaruknya.", "Do not rub it, and keep it from scratching."]),
    },
    Sign {
        code: "vomit_repeat",
        label: ["Muntah lebih dari tiga kali sehari", "Vomits more than three times a day"],
        species: None,
        level: Level::Soon,
        why: ["Muntah berulang membuat kekurangan cairan.", "Vomiting again and again dries it out."],
        first_aid: Some([
            "Hentikan makan sebentar, tawarkan air sedikit-sedikit.",
            "No food for a while; offer water in sips.",
        ]),
    },
    Sign {
        code: "diarrhoea",
        label: [
            "Diare lebih dari sehari, atau tidak bisa berak",
            "Diarrhoea for more than a day, or cannot pass stool",
        ],
        species: None,
        level: Level::Soon,
        why: ["Diare yang lama membuat kekurangan cairan.", "Long diarrhoea dries it out."],
        first_aid: Some(["Pastikan air minumnya selalu ada.", "See that there is always water to drink."]),
    },
    Sign {
        code: "young",
        label: ["Umurnya di bawah 6 bulan dan muntah atau diare", "Under six months old with vomiting or diarrhoea"],
        species: Some(&[Species::Cat, Species::Dog]),
        level: Level::Soon,
        why: ["Anak hewan cepat kekurangan cairan.", "The young dry out fast."],
        first_aid: Some([
            "Jaga tetap hangat dan tawarkan air sedikit-sedikit.",
            "Keep it warm and offer water in sips.",
        ]),
    },
    Sign {
        code: "swallowed",
        label: ["Menelan benang, tulang, atau benda lain", "Swallowed string, bone or something else"],
        species: None,
        level: Level::Soon,
        why: ["Benda yang tertelan bisa menyumbat.", "What was swallowed can block the gut."],
        first_aid: Some(["Jangan tarik benang yang terlihat.", "Do not pull a string that you can see."]),
    },
    Sign {
        code: "not_eating",
        label: ["Tidak mau makan lebih dari sehari", "Has not eaten for more than a day"],
        species: Some(&[Species::Cat, Species::Dog, Species::Reptile, Species::Fish, Species::Other]),
        level: Level::Soon,
        why: [
            "Tidak makan lebih dari sehari perlu diperiksa, terutama kucing.",
            "Not eating for over a day needs a look, above all with cats.",
        ],
        first_aid: None,
    },
    Sign {
        code: "weak",
        label: ["Sangat lemas, gemetar, atau demam", "Very weak, trembling or feverish"],
        species: None,
        level: Level::Soon,
        why: ["Lemas yang mendadak tidak boleh dibiarkan.", "Sudden weakness should not be left alone."],
        first_aid: None,
    },
    Sign {
        code: "pain",
        label: ["Tampak kesakitan", "Seems to be in pain"],
        species: None,
        level: Level::Soon,
        why: ["Hewan jarang menunjukkan sakit bila tidak berat.", "Animals seldom show pain unless it is bad."],
        first_aid: Some(["Jangan beri obat pereda nyeri manusia.", "Give no human painkillers."]),
    },
    Sign {
        code: "wound",
        label: ["Luka terbuka atau belatungan", "Open or maggoty wound"],
        species: None,
        level: Level::Soon,
        why: ["Luka terbuka cepat terinfeksi.", "Open wounds are soon infected."],
        first_aid: Some([
            "Tutup dengan kain bersih dan cegah ia menjilatnya.",
            "Cover it with a clean cloth and keep it from licking.",
        ]),
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_the_worst_come_first() {
        let codes: HashSet<&str> = SIGNS.iter().map(|sign| sign.code).collect();
        assert_eq!(codes.len(), SIGNS.len());
        assert!(SIGNS.is_sorted_by_key(|sign| sign.level));
        assert!(SIGNS.iter().all(|sign| !sign.code.contains(',')), "a comma separates them where they are stored");
    }
}
