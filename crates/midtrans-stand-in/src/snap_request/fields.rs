//! Reads single fields by their JSON pointer and gathers complaints in Midtrans' words.

use serde_json::Value;

pub(super) struct Fields<'a> {
    request: &'a Value,
    complaints: Vec<String>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(request: &'a Value) -> Self {
        Self { request, complaints: Vec::new() }
    }

    pub(super) fn complain(&mut self, message: impl Into<String>) {
        self.complaints.push(message.into());
    }

    pub(super) fn complain_about(&mut self, path: &str, message: &str) {
        self.complain(format!("{} {message}", dotted(path)));
    }

    pub(super) fn into_complaints(self) -> Vec<String> {
        self.complaints
    }

    pub(super) fn is_present(&self, path: &str) -> bool {
        self.value(path).is_some()
    }

    /// A text of at most `longest` characters, if it is there.
    pub(super) fn text(&mut self, path: &str, longest: usize) -> Option<String> {
        let Value::String(text) = self.value(path)? else {
            self.complain_about(path, "must be a string");
            return None;
        };
        if text.chars().count() > longest {
            self.complain_about(path, &format!("must have at most {longest} characters"));
        }
        Some(text.clone())
    }

    pub(super) fn required_text(&mut self, path: &str, longest: usize) -> Option<String> {
        if !self.is_present(path) || self.value(path).and_then(Value::as_str) == Some("") {
            self.complain_about(path, "is required");
            return None;
        }
        self.text(path, longest)
    }

    /// An integer; `5.0` is one too, as JavaScript makes no difference.
    pub(super) fn required_integer(&mut self, path: &str) -> Option<i64> {
        let Some(value) = self.value(path) else {
            self.complain_about(path, "is required");
            return None;
        };
        let integer = whole_number(value);
        if integer.is_none() {
            self.complain_about(path, "must be an integer");
        }
        integer
    }

    fn value(&self, path: &str) -> Option<&'a Value> {
        self.request.pointer(path).filter(|value| !value.is_null())
    }
}

/// The whole number that a JSON number stands for, if it stands for one that can be rupiah.
fn whole_number(value: &Value) -> Option<i64> {
    /// Beyond this a float no longer tells neighbours apart.
    const EXACT: f64 = 9_007_199_254_740_991.0;
    value.as_i64().or_else(|| {
        let float = value.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
        format!("{float:.0}").parse().ok()
    })
}

fn dotted(path: &str) -> String {
    path.trim_start_matches('/').replace('/', ".")
}
