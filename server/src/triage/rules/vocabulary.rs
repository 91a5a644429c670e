//! What words mean: owners' spellings, gathered in groups (`words.txt`), and words that only look like one (`lookalikes.txt`).

use std::collections::HashMap;

use super::slips;

/// Words that mean the same, by number.
pub type Group = u16;

/// Groups that the code knows by name; the others are known to `phrases.txt` alone.
macro_rules! groups {
    ($($name:ident),* $(,)?) => {
        #[expect(clippy::upper_case_acronyms, reason = "they are named as in words.txt")]
        enum Known { $($name),* }
        $(pub const $name: Group = Known::$name as Group;)*
        const KNOWN: &[&str] = &[$(stringify!($name)),*];
    };
}

groups!(
    ACTUAL, AGAIN, ASKS, DANGER, FORMERLY, RECENT, RECOVERED, THIS, EXIST, AGE, ALREADY, AND, BEFORE, BETWEEN, CALM,
    CALLS, CAN, CAT, CAUSE, CONTRAST, DAY, DAYS, DOG, EAT, EVER, FEMALE, FIRST, FISH, GIVE, GOOD, HAMSTER, HARD, HOWTO,
    IF, PRECAUTION, INGEST, KEEPS, KITTEN, LEARN, LIKE, LONG, LONGAGO, MALE, MANY, MAYI, MONTH, NEWBORN, NOT, NOW,
    ONCE, ONEMONTH, ONEWEEK, ONLY, OR, PUPPY, RABBIT, BIRD, RELAPSE, REPTILE, SHOW, SMALL, STILL, STOP, TAK, TIMESWORD,
    TODAY, WANT, WEEK, WELL, WISH, YEAR, BIRTH, BREATH, DRINK, NURSE, PEE, POOP, SLEEP, STAND, VOMIT
);

/// What animals do every day. Of several after one denial the first is what is denied: `tidak mau makan, pipis lancar`.
pub const DOINGS: [Group; 9] = [EAT, DRINK, NURSE, PEE, POOP, SLEEP, STAND, BREATH, VOMIT];

/// The words that a spelling stands for, each with the groups that it belongs to; `gabisa` stands for two.
pub type Meaning = Vec<Vec<Group>>;

#[derive(Debug, Default)]
pub struct Vocabulary {
    numbers: HashMap<String, Group>,
    words: HashMap<String, Entry>,
    /// Spellings of several words, by their first.
    runs: HashMap<String, Vec<Run>>,
    slips: slips::Index,
}

#[derive(Debug, Default)]
struct Entry {
    meaning: Meaning,
    /// What it means where it is done to somebody: `di-`, `ke-`, `ter-`.
    passive: Meaning,
    /// Whether it is only here because it looks like another word.
    is_lookalike: bool,
}

#[derive(Debug)]
struct Run {
    words: Vec<String>,
    groups: Vec<Group>,
}

const PASSIVE: [&str; 6] = ["di", "ke", "ter", "ka", "te", "d"];
const ENDINGS: [&str; 24] = [
    "nya", "ku", "mu", "lah", "kah", "pun", "ny", "nye", "na", "ne", "an", "in", "kan", "e", "i", "x", "q", "nyah",
    "s", "nyo", "ed", "ing", "um", "deh",
];
/// Which are no words of a short stem: `bab` and `babi` have nothing in common.
const SHORTEST_STEM: usize = 4;

impl Vocabulary {
    pub fn read(words: &str, lookalikes: &str) -> Self {
        let mut read = Self::default();
        for name in KNOWN {
            read.group(name);
        }
        let mut name = "";
        let mut includes = Vec::new();
        for line in words.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let spellings = if line.starts_with(' ') {
                line
            } else {
                let Some((head, rest)) = line.split_once(':') else { panic!("{line}: a group has a colon") };
                name = head;
                rest
            };
            for spelling in spellings.split_whitespace() {
                match spelling.strip_prefix('@') {
                    Some(other) => includes.push((other.to_owned(), name.to_owned())),
                    None => read.add(name, spelling),
                }
            }
        }
        read.derive();
        for (of, into) in includes {
            read.include(&of, &into);
        }
        for word in lookalikes.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
            let entry = read.words.entry(squeezed(word)).or_default();
            if entry.meaning.is_empty() {
                entry.meaning.push(Vec::new());
                entry.is_lookalike = true;
            }
        }
        read
    }

    /// Whether `words.txt` has a group of this name.
    pub fn has_group(&self, name: &str) -> bool {
        self.numbers.contains_key(name)
    }

    /// The number of a group, which may be new.
    pub fn group(&mut self, name: &str) -> Group {
        let next = Group::try_from(self.numbers.len()).unwrap_or(Group::MAX);
        *self.numbers.entry(name.to_owned()).or_insert(next)
    }

    /// Adds a spelling to a group, or to several that it stands for one after the other (`NOT+CAN`).
    pub fn add(&mut self, name: &str, spelling: &str) {
        let groups: Vec<Group> = name.split('+').map(|name| self.group(name)).collect();
        let (spelling, takes_passive) = spelling.strip_prefix('^').map_or((spelling, false), |root| (root, true));
        if spelling.contains('_') {
            let words: Vec<String> = spelling.split('_').map(squeezed).collect();
            let runs = self.runs.entry(words[0].clone()).or_default();
            match runs.iter_mut().find(|run| run.words == words) {
                Some(run) => run.groups.extend(groups),
                None => runs.push(Run { words, groups }),
            }
            return;
        }
        if takes_passive {
            let entry = self.words.entry(squeezed(spelling)).or_default();
            merge(&mut entry.passive, &groups);
            for prefix in PASSIVE.iter().take(3) {
                self.slips.add(&squeezed(&format!("{prefix}{spelling}")));
            }
            return;
        }
        // `digigit` goes on to mean what it means by its root.
        let known = self.known(&squeezed(spelling)).filter(|known| groups.len() == 1 && known.len() == 1).cloned();
        let entry = self.words.entry(squeezed(spelling)).or_default();
        if entry.meaning.is_empty() {
            entry.meaning = known.unwrap_or_default();
        }
        merge(&mut entry.meaning, &groups);
        if spelling.is_ascii() {
            self.slips.add(&squeezed(spelling));
        }
    }

    /// `kejepit` and `mulutnya` are written down, and mean what they mean by their root as well.
    fn derive(&mut self) {
        let root = |word: &str| {
            let owned = word.strip_suffix("nya").filter(|stem| stem.len() > 2).and_then(|stem| self.word(stem));
            owned.or_else(|| self.passive(word)).and_then(|meaning| meaning.first()).cloned()
        };
        let single = self.words.iter().filter(|(_, entry)| entry.meaning.len() == 1 && !entry.is_lookalike);
        let derived: Vec<(String, Vec<Group>)> =
            single.filter_map(|(word, _)| Some((word.clone(), root(word)?))).collect();
        for (word, groups) in derived {
            if let Some(entry) = self.words.get_mut(&word) {
                merge_one(&mut entry.meaning[0], &groups);
            }
        }
    }

    fn include(&mut self, of: &str, into: &str) {
        let (of, into) = (self.group(of), self.group(into));
        for groups in self.words.values_mut().flat_map(|entry| &mut entry.meaning) {
            if groups.contains(&of) {
                groups.push(into);
            }
        }
        for run in self.runs.values_mut().flatten().filter(|run| run.groups.contains(&of)) {
            run.groups.push(into);
        }
    }

    /// Whether it is written here just so.
    pub fn has(&self, word: &str) -> bool {
        self.word(word).is_some()
    }

    pub fn is_in(&self, word: &str, group: Group) -> bool {
        self.words.get(word).is_some_and(|entry| entry.meaning.len() == 1 && entry.meaning[0].contains(&group))
    }

    /// A word as it is written here, or with an ending, or with what is put before it when it is done to somebody.
    pub fn known(&self, word: &str) -> Option<&Meaning> {
        let of_stem = |stem: &str| self.word(stem).or_else(|| self.passive(stem));
        let ended = |ending: &&str| {
            let stem = word.strip_suffix(*ending)?;
            let shortest = if matches!(*ending, "nya" | "ny" | "ku" | "mu") { 3 } else { SHORTEST_STEM };
            // `badannya` has been squeezed.
            let whole = || ending.starts_with(['n', 'k', 'm']).then(|| of_stem(&format!("{stem}{}", &ending[..1])))?;
            if stem.len() < shortest { None } else { of_stem(stem).or_else(whole) }
        };
        let exact = self.words.get(word).map(|entry| &entry.meaning).filter(|meaning| !meaning.is_empty());
        exact.or_else(|| self.passive(word)).or_else(|| ENDINGS.iter().find_map(ended))
    }

    fn word(&self, word: &str) -> Option<&Meaning> {
        let entry = self.words.get(word).filter(|entry| !entry.is_lookalike && !entry.meaning.is_empty())?;
        Some(&entry.meaning)
    }

    /// What it means to have something done to one: `digigit`, `kegigit`.
    pub fn passive(&self, word: &str) -> Option<&Meaning> {
        PASSIVE.iter().find_map(|prefix| {
            let root = word.strip_prefix(prefix).filter(|root| root.len() >= SHORTEST_STEM)?;
            self.words.get(root).map(|entry| &entry.passive).filter(|passive| !passive.is_empty())
        })
    }

    /// A word with a slip of the finger; where several are as near, it may be any of them.
    pub fn slipped(&self, word: &str) -> Option<Meaning> {
        let mut groups: Vec<Group> = Vec::new();
        for meant in self.nearest(word) {
            match self.known(meant)?.as_slice() {
                [only] => merge_one(&mut groups, only),
                several => return Some(several.to_vec()),
            }
        }
        (!groups.is_empty()).then(|| vec![groups])
    }

    /// The words that may have been meant by one with a slip of the finger.
    pub fn nearest(&self, word: &str) -> Vec<&str> {
        let whole = self.slips.nearest(word);
        let stem = || ["nya", "ku", "an", "in"].iter().find_map(|ending| word.strip_suffix(ending));
        if whole.is_empty() { stem().map(|stem| self.slips.nearest(stem)).unwrap_or_default() } else { whole }
    }

    /// How many words from here on mean something only together, and what; a word like `tidak` in them stands for all denials.
    pub fn run(&self, at: &[&str]) -> Option<(usize, &[Group])> {
        let first = at.first()?;
        let denial = if self.is_in(first, NOT) { DENIALS } else { &[] };
        let starting =
            [*first].into_iter().chain(denial.iter().copied()).filter_map(|word| self.runs.get(word)).flatten();
        let is_same = |run: &&Run| {
            run.words.len() <= at.len() && run.words.iter().zip(at).all(|(word, said)| self.is_as(word, said))
        };
        starting.filter(is_same).max_by_key(|run| run.words.len()).map(|run| (run.words.len(), &run.groups[..]))
    }

    fn is_as(&self, word: &str, said: &str) -> bool {
        let ending = said.strip_prefix(word);
        ending.is_some_and(|ending| matches!(ending, "" | "nya" | "ku" | "ny"))
            || (self.is_in(word, NOT) && self.is_in(said, NOT))
    }
}

/// Adds groups to a meaning, one to each of its words.
fn merge(meaning: &mut Meaning, groups: &[Group]) {
    meaning.resize(groups.len().max(meaning.len()), Vec::new());
    assert!(meaning.len() == groups.len(), "a word stands for one and for several");
    for (known, group) in meaning.iter_mut().zip(groups) {
        merge_one(known, &[*group]);
    }
}

fn merge_one(known: &mut Vec<Group>, groups: &[Group]) {
    for group in groups {
        if !known.contains(group) {
            known.push(*group);
        }
    }
}

/// The denials with which the spellings of several words begin in `words.txt`.
const DENIALS: &[&str] = &["tidak", "ga", "gak", "tak"];

/// Letters that are held down count once.
pub fn squeezed(word: &str) -> String {
    let mut letters = String::with_capacity(word.len());
    for letter in word.chars() {
        if !letters.ends_with(letter) || letter.is_ascii_digit() {
            letters.push(letter);
        }
    }
    letters
}
