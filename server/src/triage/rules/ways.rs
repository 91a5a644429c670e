//! Reading `phrases.txt`: the ways in which each sign is said, with what is short for several written out.

use std::collections::HashMap;

#[derive(Debug, Default)]
pub struct Ways(HashMap<&'static str, Vec<String>>);

impl Ways {
    /// How the sign of this code is said.
    pub fn of(&self, code: &str) -> &[String] {
        self.0.get(code).map_or(&[], Vec::as_slice)
    }
}

pub fn read(text: &'static str) -> Ways {
    let mut short: Vec<(&str, Vec<String>)> = Vec::new();
    let mut ways = Ways::default();
    let mut code = "";
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(next) = line.strip_prefix("= ") {
            code = next;
        } else if let Some((name, meant)) = line.split_once("> = ") {
            let meant = meant.split(" | ").flat_map(|way| written_out(way, &short)).collect();
            short.push((name.trim_start_matches('<'), meant));
        } else {
            ways.0.entry(code).or_default().extend(written_out(line, &short));
        }
    }
    ways
}

/// A line for each of the ways that its `<NAME>` is short for.
fn written_out(line: &str, short: &[(&str, Vec<String>)]) -> Vec<String> {
    let Some((before, rest)) = line.split_once('<') else { return vec![line.to_owned()] };
    let Some((name, after)) = rest.split_once('>') else { panic!("{line}: < without >") };
    let Some((_, ways)) = short.iter().find(|(known, _)| *known == name) else { panic!("{line}: no <{name}>") };
    let lines = ways.iter().map(|way| format!("{before}{way}{after}"));
    lines.flat_map(|line| written_out(&line, short)).collect()
}
