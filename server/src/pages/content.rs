//! A public page as data. The templates escape what people wrote.

use askama::Template;
use serde_json::Value;

use crate::web::Content;

/// What is put into `<head>`.
#[derive(Template)]
#[template(path = "head.html")]
pub struct Head {
    pub title: String,
    pub description: String,
    pub canonical: String,
    /// `hreflang` and address of the same page in each language.
    pub alternates: Vec<(&'static str, String)>,
    /// What a preview of a link shows.
    pub image: String,
    /// How large, as one network calls it and the others understand.
    pub card: &'static str,
    /// JSON-LD; `<` is escaped, so that no text can end the element.
    pub structured: Option<String>,
}

/// What stands in the page until the web app has started, and for good where it never starts.
#[derive(Template)]
#[template(path = "body.html")]
pub struct Body {
    /// Where to go from here: address and text.
    pub ways: Vec<(String, String)>,
    pub heading: String,
    pub paragraphs: Vec<String>,
    pub doctors: Vec<DoctorLine>,
    pub next: Option<(String, String)>,
}

pub struct DoctorLine {
    pub path: String,
    pub name: String,
    pub details: String,
}

impl Head {
    pub fn describing(mut self, structured: &Value) -> Self {
        self.structured = Some(structured.to_string().replace('<', "\\u003c"));
        self
    }

    /// Nothing is described, and nothing is shown besides.
    pub fn new(title: &str, description: &str) -> Self {
        Self {
            title: title.to_owned(),
            description: description.to_owned(),
            canonical: String::new(),
            alternates: Vec::new(),
            image: String::new(),
            card: "summary_large_image",
            structured: None,
        }
    }
}

pub fn written_out(head: &Head, body: &Body) -> Result<Content, askama::Error> {
    Ok(Content { head: head.render()?, body: body.render()? })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;
    use serde_json::json;

    #[test]
    fn what_people_wrote_cannot_become_markup() {
        let evil = "</script><script>alert(1)</script>";
        let head = Head::new(evil, evil).describing(&json!({"name": evil}));
        let line = DoctorLine { path: "/dokter/1".to_owned(), name: evil.to_owned(), details: evil.to_owned() };
        let body = Body {
            ways: Vec::new(),
            heading: evil.to_owned(),
            paragraphs: vec![evil.to_owned()],
            doctors: vec![line],
            next: None,
        };
        let Content { head, body } = written_out(&head, &body).unwrap();
        assert!(!head.contains("<script>alert") && !body.contains("<script>"), "{head} {body}");
    }
}
