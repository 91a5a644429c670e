//! The signs that are asked for and looked for. What stays the same for ever is the code.

use super::Level;
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
    /// How it is said in a complaint, as a [`super::words::Phrase`] is written.
    pub phrases: &'static [&'static str],
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

const NOT_EATING: &[&str] = &["tidak mau/nafsu * makan", "tidak makan", "mogok makan", "hilang nafsu makan"];

const NOT_EATING_SMALL: &[&str] =
    &["tidak mau/nafsu * makan", "tidak makan", "mogok makan", "hilang nafsu makan", "tidak bab"];

/// The worst first, as they are asked.
pub static SIGNS: [Sign; 23] = [
    Sign {
        code: "breathing",
        label: ["Sesak atau napasnya berat", "Struggles to breathe"],
        species: None,
        level: Level::Emergency,
        why: ["Kurang udara bisa memburuk dalam hitungan menit.", "Too little air can get worse within minutes."],
        first_aid: Some([
            "Biarkan dalam posisi yang ia pilih, jangan digendong erat, dan jauhkan dari panas.",
            "Let it sit as it likes, do not hold it tight, and keep it cool.",
        ]),
        phrases: &[
            "sesak",
            "susah * napas",
            "tidak bisa * napas",
            "short/shortness * napas",
            "napas * berat/cepat/tersengal/sengal/mulut/pendek",
            "megap",
            "mangap * terus",
            "tersengal",
            "terengah",
            "ngos/ngosan/ngosngosan",
            "keselek/kesedak/tersedak/choking/choked",
            "gasping",
            "open mouth",
        ],
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
        phrases: &[
            "pingsan",
            "tidak * sadar/sadarkan/responsif/gerak/bergerak/responsive",
            "tidak bisa * berdiri/bangun/jalan/gerak/stand/walk/move",
            "tidak bangun",
            "kolaps",
            "ambruk",
            "sekarat",
            "lumpuh",
            "koma",
            "badan/tubuh * dingin",
            "dingin badan/tubuh",
            "unconscious",
            "unresponsive",
            "collapsed",
            "passed out",
        ],
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
        phrases: &[
            "kejang",
            "seizure/seizures",
            "convulsion/convulsions/convulsing",
            "stuip",
            "epilepsi/epilepsy",
            "kelojotan",
            "menggelepar/gelepar/ngelepar",
            "badan kaku",
            "kaku * melotot",
            "had/having a fit",
        ],
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
        phrases: &[
            "racun",
            "makan/kemakan/minum/jilat/telan/mencuri * coklat/bawang/anggur/kismis/xylitol/lily/lili/bakung/rokok/kodok/onion/onions/garlic/grape/grapes/raisin/raisins",
            "makan/kemakan/minum/jilat/telan/kena/terkena/dikasih/dikasi/diberi/kasih/given/gave * baygon/karbol/wipol/pemutih/bayclin/deterjen/sabun/pembersih/oli/bensin/pestisida/insektisida/paracetamol/parasetamol/panadol/ibuprofen/aspirin/bodrex/bleach/detergent",
            "makan/kemakan/minum/jilat/telan/kena/terkena/dikasih/diberi * obat manusia/tikus/nyamuk/kutu",
            "kemakan/telan obat",
            "makan kecap asin",
            "mulut * busa/berbusa/buih/berbuih",
            "kapur barus",
            "antifreeze",
            "foaming",
        ],
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
        phrases: &[
            "perdarahan/pendarahan",
            "darah * terus/banyak",
            "darah darah",
            "darah * tidak * henti/berhenti/brenti/stop",
            "tidak * stop bleeding",
            "bleeding * lot/nonstop/heavily",
            "heavy bleeding",
        ],
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
        phrases: &[
            "tabrak",
            "lindas",
            "serempet",
            "jatuh * dari/atap/balkon/from",
            "patah * tulang/kaki/tangan/ekor",
            "tulang/kaki/tangan * patah",
            "gigit * anjing/ular/kobra/monyet/musang/biawak/dog/snake",
            "ular/kobra * gigit",
            "anjing gigit",
            "snake bite",
            "patuk",
            "disembur/sembur/kesembur * ular/kobra",
            "sengat * tawon/lebah/kalajengking/lipan/kelabang/bee/wasp",
            "setrum",
            "terbakar",
            "tenggelam/drowned",
            "terjepit",
            "tendang",
            "hit by",
            "run over",
            "bitten by",
            "broken leg/bone",
        ],
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
        phrases: &[
            "tidak bisa/mau * pipis",
            "tidak pipis",
            "susah * pipis",
            "pipis * tidak * keluar",
            "pipis * netes/menetes",
            "pipis * dikit/sedikit",
            "ngeden/mengejan/straining * pipis",
            "pipis * darah",
            "anyang",
            "kandung kemih * keras/penuh",
        ],
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
        phrases: &[
            "perut * kembung/gembung/buncit/membesar/bengkak/keras/kencang",
            "kembung",
            "muntah * tidak keluar/bisa",
            "muntah angin",
            "muntah * nothing",
            "bloat/bloated",
            "retching",
            "swollen belly/stomach",
        ],
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
        phrases: &["gusi/lidah * pucat/putih/biru/kebiruan/kuning/ungu", "pale/white/blue/bluish/yellow gums/tongue"],
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
        phrases: &[
            "kepanasan",
            "terjemur/kejemur/dijemur",
            "mobil * panas",
            "lidah menjulur * terus/lemas",
            "heat stroke",
            "heatstroke/overheated",
            "hot car",
        ],
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
        phrases: &[
            "susah * lahir",
            "anak/bayi/janin/kitten/kittens/puppy/puppies * sangkut",
            "anak/bayi/janin * tidak * keluar/lahir",
            "kitten/kittens/puppy/puppies * tidak * coming/come/out",
            "ketuban",
            "lahir ** ngeden/mengejan",
            "kontraksi ** tidak",
            "prolaps/prolapse",
            "rahim keluar",
            "sangkut * labour/labor",
        ],
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
        phrases: &["muntah * darah/merah", "bab/diare * darah/hitam/merah", "kotoran * darah", "darah * muntah/bab"],
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
        phrases: NOT_EATING_SMALL,
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
        phrases: &[
            "dasar kandang",
            "bulu * mengembang/ngembang/mekar",
            "nyekukruk",
            "fluffed up",
            "bottom of the cage",
        ],
    },
    Sign {
        code: "eye",
        label: ["Mata luka, menonjol, atau mendadak keruh", "Hurt, bulging or suddenly cloudy eye"],
        species: None,
        level: Level::Soon,
        why: ["Mata bisa rusak dalam sehari.", "An eye can be lost within a day."],
        first_aid: Some(["Jangan diusap, dan cegah ia menggaruknya.", "Do not rub it, and keep it from scratching."]),
        phrases: &["mata * luka/keluar/menonjol/darah/keruh/melotot", "eye * injury/bulging/cloudy", "cloudy eye"],
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
        phrases: &["muntah * terus/mulu/melulu/berkali/nonstop", "muntah muntah", "keeps muntah", "muntah all day"],
    },
    Sign {
        code: "diarrhoea",
        label: ["Diare lebih dari sehari", "Diarrhoea for more than a day"],
        species: None,
        level: Level::Soon,
        why: ["Diare yang lama membuat kekurangan cairan.", "Long diarrhoea dries it out."],
        first_aid: Some(["Pastikan air minumnya selalu ada.", "See that there is always water to drink."]),
        phrases: &["diare * terus", "diare diare", "diare * muntah", "muntah * diare", "diare for days"],
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
        phrases: &["anak kucing/anjing ** muntah/diare", "kitten/puppy ** muntah/diare"],
    },
    Sign {
        code: "swallowed",
        label: ["Menelan benang, tulang, atau benda lain", "Swallowed string, bone or something else"],
        species: None,
        level: Level::Soon,
        why: ["Benda yang tertelan bisa menyumbat.", "What was swallowed can block the gut."],
        first_aid: Some(["Jangan tarik benang yang terlihat.", "Do not pull a string that you can see."]),
        phrases: &["telan"],
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
        phrases: NOT_EATING,
    },
    Sign {
        code: "weak",
        label: ["Sangat lemas", "Very weak"],
        species: None,
        level: Level::Soon,
        why: ["Lemas yang mendadak tidak boleh dibiarkan.", "Sudden weakness should not be left alone."],
        first_aid: None,
        phrases: &["lemas", "very weak", "lethargic"],
    },
    Sign {
        code: "pain",
        label: ["Tampak kesakitan", "Seems to be in pain"],
        species: None,
        level: Level::Soon,
        why: ["Hewan jarang menunjukkan sakit bila tidak berat.", "Animals seldom show pain unless it is bad."],
        first_aid: Some(["Jangan beri obat pereda nyeri manusia.", "Give no human painkillers."]),
        phrases: &["kesakitan", "menjerit", "jerit jerit", "in pain", "screaming"],
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
        phrases: &["luka * terbuka/menganga/dalam/lebar", "belatung/belatungan", "maggots", "open wound"],
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
