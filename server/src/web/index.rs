//! The built `index.html`, and how it is filled. Each thing that is put in has its place there; a page that lacks one is
//! refused, since nobody would miss what was silently left out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::WebApp;
use platform::text::Language;

const ROOT: &str = "<html lang=\"id\"";
const TITLE: (&str, &str) = ("<title>", "</title>");
const DESCRIPTION: (&str, &str) = ("<meta name=\"description\"", ">");
const END_OF_HEAD: &str = "</head>";
/// Stands inside of the element in which the app starts, and gives way to it.
const BODY: &str = "<!--app-->";
const SCRIPT: (&str, &str) = ("<script>", "</script>");

#[derive(Debug, thiserror::Error, PartialEq)]
#[error("index.html of the web app has no {0}: nothing can be put there (web/index.html, then build it anew)")]
pub struct Missing(&'static str);

/// What is put into it.
#[derive(Default)]
pub struct Filling<'a> {
    pub language: Option<Language>,
    /// What cookies say: nothing when there is no telling.
    pub is_visitor: Option<bool>,
    pub preloads: &'a str,
    /// In place of its own title and description.
    pub head: Option<&'a str>,
    pub body: &'a str,
}

/// Nothing where no web app is part of this build.
pub fn read() -> anyhow::Result<Option<String>> {
    let Some(page) = WebApp::get("index.html") else { return Ok(None) };
    Ok(Some(String::from_utf8(page.data.into_owned())?))
}

pub fn fill(index: &str, filling: &Filling) -> Result<String, Missing> {
    let language = filling.language.unwrap_or(Language::Indonesian).tag();
    let session = match filling.is_visitor {
        Some(true) => " data-session=\"none\"",
        Some(false) => " data-session=\"maybe\"",
        None => "",
    };
    let mut page = put(index, ROOT, &format!("<html lang=\"{language}\"{session}"))?;
    let plain_head = without(&without(&page, TITLE)?, DESCRIPTION)?;
    if filling.head.is_some() {
        page = plain_head;
    }
    let head = [filling.preloads, filling.head.unwrap_or_default(), END_OF_HEAD].concat();
    page = put(&page, END_OF_HEAD, &head)?;
    put(&page, BODY, filling.body)
}

/// What a policy has to say to let the scripts run that stand in the page itself.
pub fn inline_scripts() -> String {
    let index = read().ok().flatten().unwrap_or_default();
    let scripts = index.split(SCRIPT.0).skip(1).filter_map(|rest| rest.split(SCRIPT.1).next());
    scripts.map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script)))).collect()
}

fn put(page: &str, place: &'static str, text: &str) -> Result<String, Missing> {
    let (before, after) = page.split_once(place).ok_or(Missing(place))?;
    Ok([before, text, after].concat())
}

fn without(page: &str, (start, end): (&'static str, &'static str)) -> Result<String, Missing> {
    let (before, rest) = page.split_once(start).ok_or(Missing(start))?;
    let (_, after) = rest.split_once(end).ok_or(Missing(end))?;
    Ok([before, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<html lang=\"id\"><head><title>old</title><meta name=\"description\" content=\"old\" /><link></head>\
                         <body><div id=\"app\" class=\"isolate\"><!--app--></div></body></html>";

    #[test]
    fn everything_goes_to_its_place_and_the_old_title_and_description_give_way() {
        let filling = Filling {
            language: Some(Language::English),
            is_visitor: Some(true),
            preloads: "<link a>",
            head: Some("<title>new</title>"),
            body: "<main>text</main>",
        };
        assert_eq!(
            fill(INDEX, &filling).as_deref(),
            Ok("<html lang=\"en\" data-session=\"none\"><head><link><link a><title>new</title></head>\
                <body><div id=\"app\" class=\"isolate\"><main>text</main></div></body></html>")
        );
    }

    #[test]
    fn without_a_head_of_its_own_the_built_one_stays() {
        assert_eq!(fill(INDEX, &Filling::default()), Ok(INDEX.replace(BODY, "")));
    }

    #[test]
    fn a_page_that_lacks_a_place_is_refused() {
        for place in [ROOT, TITLE.0, DESCRIPTION.0, END_OF_HEAD, BODY] {
            assert_eq!(fill(&INDEX.replace(place, ""), &Filling::default()), Err(Missing(place)));
        }
    }
}
