//! Reads variables and remembers every complaint until the end.

use std::fmt;
use std::str::FromStr;

pub struct Env<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    complaints: Vec<String>,
}

impl<'a> Env<'a> {
    pub fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup, complaints: Vec::new() }
    }

    /// The variable, unless it is unset or empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        (self.lookup)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    pub fn parsed<T: FromStr>(&mut self, name: &str, default: T) -> T {
        match self.optional(name).map(|value| value.parse()) {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(_)) => {
                self.complain(name, "has a value that cannot be understood");
                default
            }
        }
    }

    pub fn switch(&mut self, name: &str, default: bool) -> bool {
        match self.optional(name).as_deref() {
            None => default,
            Some("on") => true,
            Some("off") => false,
            Some(_) => {
                self.complain(name, "must be on or off");
                default
            }
        }
    }

    pub fn complain(&mut self, name: &str, what: impl fmt::Display) {
        self.complaints.push(format!("{name} {what}"));
    }

    pub fn finish(self) -> anyhow::Result<()> {
        if self.complaints.is_empty() {
            return Ok(());
        }
        anyhow::bail!("the configuration cannot be used:\n  - {}", self.complaints.join("\n  - "))
    }
}
