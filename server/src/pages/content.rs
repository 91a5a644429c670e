//! A public page as data, and how it goes into `index.html`.

use askama::Template;
use serde_json::Value;

/// What is put into `<head>`.
#[derive(Template)]
#[template(path = "head.html")]
pub struct Head<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub canonical: &'a str,
    /// JSON-LD; `<` is escaped, so that no text can end the element.
    structured: String,
}

/// What stands in the page until the web app has started.
#[derive(Template)]
#[template(path = "body.html")]
pub struct Body {
    pub heading: String,
    pub text: String,
    pub doctors: Vec<DoctorLine>,
}

pub struct DoctorLine {
    pub path: String,
    pub name: String,
    pub details: String,
}

impl<'a> Head<'a> {
    pub fn new(title: &'a str, description: &'a str, canonical: &'a str, structured: &Value) -> Self {
        Self { title, description, canonical, structured: structured.to_string().replace('<', "\\u003c") }
    }
}

/// Puts both into the built `index.html`. Its own title and description give way.
pub fn into_index(index: &str, head: &Head, body: &Body) -> Result<String, askama::Error> {
    let page = without(index, "<title>", "</title>");
    let page = without(&page, "<meta name=\"description\"", ">");
    let page = page.replacen("</head>", &format!("{}</head>", head.render()?), 1);
    Ok(page.replacen("<div id=\"app\"></div>", &format!("<div id=\"app\">{}</div>", body.render()?), 1))
}

fn without(page: &str, start: &str, end: &str) -> String {
    let Some(from) = page.find(start) else { return page.to_owned() };
    let Some(length) = page[from..].find(end) else { return page.to_owned() };
    format!("{}{}", &page[..from], &page[from + length + end.len()..])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;
    use serde_json::json;

    const INDEX: &str = "<html><head><title>old</title><meta name=\"description\" content=\"old\" /><link></head>\
                         <body><div id=\"app\"></div></body></html>";

    #[test]
    fn what_people_wrote_cannot_become_markup() {
        let evil = "</script><script>alert(1)</script>";
        let structured = json!({"name": evil});
        let head = Head::new(evil, evil, "https://hellopet.site/", &structured);
        let line = DoctorLine { path: "/dokter/1".to_owned(), name: evil.to_owned(), details: evil.to_owned() };
        let body = Body { heading: evil.to_owned(), text: evil.to_owned(), doctors: vec![line] };
        let page = into_index(INDEX, &head, &body).unwrap();
        assert!(!page.contains("<script>alert"), "{page}");
    }

    #[test]
    fn the_old_title_and_description_give_way() {
        let head = Head::new("Dokter", "Semua dokter", "https://hellopet.site/dokter", &Value::Null);
        let body = Body { heading: String::new(), text: String::new(), doctors: Vec::new() };
        let page = into_index(INDEX, &head, &body).unwrap();
        assert!(!page.contains("old") && page.contains("<title>Dokter</title>") && page.contains("<link>"), "{page}");
    }
}
