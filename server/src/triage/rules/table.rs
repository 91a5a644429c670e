//! What owners wrote, or may write, and how it must be judged (`complaints.txt`). The figures are written down in
//! `docs/triage.md`.

use super::judge::judge;
use super::level::Level;
use super::patient::Known;
use crate::pets::{Sex, Species};

/// Of a hundred calm complaints so many may alarm.
const MOST_FALSE_ALARMS_PERCENT: usize = 3;
const FEWEST: usize = 400;

struct Row {
    level: Level,
    /// Signs that must be among those that are found.
    signs: Vec<&'static str>,
    known: Known,
    complaint: &'static str,
}

fn rows() -> Vec<Row> {
    let lines = include_str!("complaints.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(row).collect()
}

fn row(line: &'static str) -> Row {
    let [judged, who, complaint] = line.splitn(3, '|').collect::<Vec<_>>()[..] else {
        panic!("{line}: not a complaint")
    };
    let mut judged = judged.split(' ');
    let level = match judged.next() {
        Some("emergency") => Level::Emergency,
        Some("soon") => Level::Soon,
        Some("routine") => Level::Routine,
        _ => panic!("{line}: no level"),
    };
    Row { level, signs: judged.collect(), known: known(who), complaint }
}

/// `cat`, `cat male`, `cat 20d`; `-` where nothing is known.
fn known(who: &str) -> Known {
    let mut known = Known::default();
    for part in who.split(' ') {
        match part {
            "-" => {}
            "cat" => known.species = Some(Species::Cat),
            "dog" => known.species = Some(Species::Dog),
            "rabbit" => known.species = Some(Species::Rabbit),
            "bird" => known.species = Some(Species::Bird),
            "hamster" => known.species = Some(Species::Hamster),
            "reptile" => known.species = Some(Species::Reptile),
            "fish" => known.species = Some(Species::Fish),
            "other" => known.species = Some(Species::Other),
            "male" => known.sex = Some(Sex::Male),
            "female" => known.sex = Some(Sex::Female),
            days => known.age_days = Some(days.trim_end_matches('d').parse().unwrap()),
        }
    }
    known
}

#[test]
fn no_emergency_of_the_table_is_missed_and_few_calm_complaints_alarm() {
    let rows = rows();
    let of = |level: Level| rows.iter().filter(|row| row.level == level).count();
    let (emergencies, soon, calm) = (of(Level::Emergency), of(Level::Soon), of(Level::Routine));
    let (mut missed, mut low, mut alarms, mut wrong) = (0, 0, 0, Vec::new());
    for row in &rows {
        let (level, flags) = judge(row.known, &[], row.complaint);
        let codes: Vec<&str> = flags.iter().map(|sign| sign.code).collect();
        missed += usize::from(row.level == Level::Emergency && level != Level::Emergency);
        low += usize::from(row.level == Level::Soon && level == Level::Routine);
        alarms += usize::from(row.level == Level::Routine && level != Level::Routine);
        if level != row.level || row.signs.iter().any(|sign| !codes.contains(sign)) {
            wrong.push(format!("{}: {level:?} {codes:?}", row.complaint));
        }
    }
    let figures = format!(
        "{} complaints: {missed} of {emergencies} emergencies missed, {low} of {soon} for today judged calm, {alarms} of {calm} calm ones alarm\n{}",
        rows.len(),
        wrong.join("\n")
    );
    assert!(rows.len() >= FEWEST && missed == 0 && low == 0, "{figures}");
    assert!(alarms * 100 <= calm * MOST_FALSE_ALARMS_PERCENT, "{figures}");
}

#[test]
fn nobody_is_judged_otherwise_because_of_how_it_is_typed() {
    for row in rows().iter().filter(|row| row.level == Level::Emergency) {
        let plain = row.complaint;
        let held = plain.replace('a', "aaa");
        let invisible: String = plain.chars().flat_map(|letter| [letter, '\u{200b}']).collect();
        for typed in [plain.to_uppercase(), held, invisible, format!("dok {plain}"), format!("{plain} 😭😭")] {
            assert_eq!(judge(row.known, &[], &typed).0, Level::Emergency, "{typed}");
        }
    }
}
