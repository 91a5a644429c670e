//! What an owner writes in a hurry as plain words, so that what means the same is the same: `Ngga bs kencingnyaa!!` and
//! `tidak bisa pipis`. Indonesian as it is typed, and English.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The word that all denials become.
pub const NOT: &str = "tidak";

/// Words by what they become. Those that become two are short for them.
const SAME: &[(&str, &[&str])] = &[
    (
        NOT,
        &[
            "tdk", "tak", "ga", "gak", "gk", "nggak", "ngga", "enggak", "engga", "ngak", "ngk", "kagak", "kaga",
            "bukan", "belum", "blm", "blum", "tanpa", "no", "not", "isnt", "arent", "wasnt", "without", "never",
            "dont", "doesnt", "didnt", "hasnt", "havent",
        ],
    ),
    ("tidak bisa", &["gabisa", "gakbisa", "gkbisa", "gbs", "gabs", "gakbs", "cant", "cannot", "couldnt", "unable"]),
    ("tidak mau", &["gamau", "gakmau", "gkmau", "ogah", "wont", "refuses", "refusing"]),
    ("bisa", &["bs", "bsa", "bisaa", "dpt", "dapat", "can", "able"]),
    ("mau", &["mo", "pengen", "pingin", "kepengen", "ingin", "want", "wants"]),
    ("sudah", &["udah", "udh", "sdh", "dah"]),
    ("napas", &["nafas", "bernapas", "bernafas", "breathe", "breathing", "breath", "breathes"]),
    (
        "susah",
        &["sulit", "kesusahan", "kesulitan", "trouble", "hard", "difficulty", "difficult", "struggling", "struggles"],
    ),
    (
        "pipis",
        &["kencing", "kemih", "berkemih", "bak", "urin", "urine", "pee", "peeing", "urinate", "urinating", "wee"],
    ),
    ("bab", &["berak", "beol", "boker", "pup", "poop", "pooping", "eek", "feses", "tinja", "stool", "poo"]),
    ("diare", &["mencret", "murus", "diarrhea", "diarrhoea"]),
    ("muntah", &["muntahin", "muntahan", "vomit", "vomits", "vomiting", "vomited"]),
    ("darah", &["berdarah", "blood", "bloody"]),
    ("lemas", &["lemes", "lemah", "lemess", "loyo"]),
    ("pucat", &["pucet", "pale"]),
    ("sesak", &["sesek"]),
    ("cepat", &["cepet"]),
    ("makan", &["mkn", "mkan", "maem", "memakan", "dimakan", "eat", "eats", "eating", "eaten", "ate"]),
    ("kemakan", &["termakan"]),
    ("minum", &["meminum", "keminum", "diminum", "drank", "drinks", "drink"]),
    ("jilat", &["menjilat", "kejilat", "jilatin", "dijilat", "licked"]),
    ("telan", &["menelan", "nelan", "nelen", "ketelan", "ketelen", "tertelan", "swallowed", "swallow"]),
    ("racun", &["keracunan", "diracun", "diracunin", "diracuni", "teracuni", "beracun", "poison", "poisoned"]),
    ("gigit", &["digigit", "kegigit", "tergigit", "gigitan", "bitten"]),
    ("tabrak", &["ketabrak", "tertabrak", "ditabrak"]),
    ("lindas", &["kelindas", "terlindas", "dilindas"]),
    ("serempet", &["keserempet", "terserempet", "diserempet"]),
    ("patuk", &["patok", "dipatok", "dipatuk", "kepatok", "kepatuk", "terpatuk", "terpatok"]),
    ("sengat", &["disengat", "kesengat", "tersengat", "stung"]),
    ("setrum", &["kesetrum", "tersetrum", "disetrum", "electrocuted"]),
    ("terbakar", &["kebakar", "dibakar", "burnt", "burned"]),
    ("tendang", &["ketendang", "ditendang", "tertendang"]),
    ("terjepit", &["kejepit", "dijepit"]),
    ("jatuh", &["terjatuh", "kejatuhan", "jatoh", "fell"]),
    ("sangkut", &["nyangkut", "tersangkut", "kesangkut", "stuck"]),
    ("lahir", &["lahiran", "melahirkan", "dilahirkan", "kelahiran", "beranak"]),
    ("coklat", &["cokelat", "chocolate", "choco"]),
];

/// What stands apart from its root in haste: `di gigit`, `ke tabrak`.
const PREFIXES: [&str; 4] = ["di", "ke", "ter", "kena"];
const ROOTS: [&str; 11] =
    ["gigit", "tabrak", "lindas", "serempet", "patuk", "sengat", "setrum", "tendang", "racun", "telan", "sangkut"];

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    /// Whether a clause begins with it.
    pub opens: bool,
}

/// The words of a text, folded.
pub fn fold(text: &str) -> Vec<Word> {
    let plain: String = text
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && !matches!(letter, '\'' | '’'))
        .flat_map(char::to_lowercase)
        .collect();
    let mut words = Vec::new();
    for clause in plain.split(['.', ',', ';', '!', '?', '\n', ':']) {
        let first = words.len();
        for word in clause.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
            words.extend(fold_word(word).into_iter().map(|text| Word { text, opens: false }));
        }
        if let Some(word) = words.get_mut(first) {
            word.opens = true;
        }
    }
    joined(words)
}

/// A word as the one or two that it stands for; `muntah2` is said twice, `nya` is no word.
pub fn fold_word(word: &str) -> Vec<String> {
    let (word, is_double) = match word.strip_suffix('2') {
        Some(single) if single.ends_with(char::is_alphabetic) => (single, true),
        _ => (word, false),
    };
    // Also where the suffix was held down.
    let plain = without_suffix(&squeezed(without_suffix(word))).to_owned();
    if plain.is_empty() {
        return Vec::new();
    }
    let same = SAME.iter().find(|(_, words)| words.iter().any(|one| squeezed(one) == plain));
    let folded: Vec<String> = same.map_or(plain.as_str(), |(to, _)| to).split(' ').map(squeezed).collect();
    if is_double { [folded.clone(), folded].concat() } else { folded }
}

/// Letters that are held down count once.
fn squeezed(word: &str) -> String {
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    for letter in word.chars() {
        if letters.last() != Some(&letter) || letter.is_ascii_digit() {
            letters.push(letter);
        }
    }
    letters.into_iter().collect()
}

/// `perutnya`, `kucingku`: whose it is tells nothing here.
fn without_suffix(word: &str) -> &str {
    if word == "nya" {
        return "";
    }
    let stem = word.strip_suffix("nya").filter(|stem| stem.len() >= 3);
    let stem = stem.or_else(|| word.strip_suffix("ku").filter(|stem| stem.len() >= 5));
    stem.unwrap_or(word)
}

/// `buang air kecil` is one thing, and a prefix that stands apart belongs to its root.
fn joined(words: Vec<Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if PREFIXES.contains(&last.text.as_str()) && ROOTS.contains(&word.text.as_str()) => {
                last.text = word.text;
            }
            _ => joined.push(word),
        }
        for (said, meant) in [(["buang", "air", "kecil"], "pipis"), (["buang", "air", "besar"], "bab")] {
            let Some(start) = joined.len().checked_sub(said.len()) else { continue };
            if joined[start..].iter().map(|word| word.text.as_str()).eq(said) {
                joined.truncate(start + 1);
                joined[start].text = meant.to_owned();
            }
        }
    }
    joined
}
