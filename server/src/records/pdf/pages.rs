//! What goes where on the pages of a summary.

use super::Content;
use crate::pets::Species;
use platform::pdf::{self, About, Calendar, FaceId, Fonts, INK, INK_2, LEAF_TEXT, LEFT, Style, WIDTH};
use platform::text::Language;

type Flow<'a> = pdf::Flow<'a, Content>;

const CALENDAR: Calendar = Calendar(Language::Indonesian);
const HEADING: Style = Style { face: FaceId::Bold, size: 11.5, colour: LEAF_TEXT };
const BODY: Style = Style { face: FaceId::Medium, size: 10.5, colour: INK };
const CODE: Style = Style { face: FaceId::ExtraBold, size: 15.0, colour: INK };
const LABEL: Style = Style { face: FaceId::Bold, size: 8.0, colour: LEAF_TEXT };
const NOTE: Style = Style { face: FaceId::Medium, size: 8.0, colour: INK_2 };

const HEADING_HEIGHT: f32 = 22.0;
const LINE_HEIGHT: f32 = 16.0;
const BETWEEN_SECTIONS: f32 = 14.0;

pub fn draw(content: &Content) -> anyhow::Result<Vec<u8>> {
    let title = title(content);
    let fonts = Fonts::load()?;
    let mut flow = Flow::new(&fonts, content, CALENDAR, title.clone());
    flow.letterhead("Ringkasan konsultasi");
    facts(&mut flow);
    sections(&mut flow);
    proof(&mut flow);
    let pages = flow.finish(content.made_at);
    pdf::draw(&fonts, &pages, About { title, language: Language::Indonesian, made_at: content.made_at })
}

fn title(content: &Content) -> String {
    let about = content.pet.as_ref().map_or(&content.owner, |(name, _)| name);
    format!("Ringkasan konsultasi {about}")
}

fn facts(flow: &mut Flow) {
    let Content { record, owner, doctor, pet, consulted_at, .. } = flow.content;
    let pet = pet.as_ref().map_or_else(|| "–".to_owned(), |(name, species)| format!("{name} · {}", called(*species)));
    let licence = record.licence_number.clone().unwrap_or_else(|| "–".to_owned());
    let written = record.finished_at.map_or_else(String::new, |at| CALENDAR.date_and_time(at));
    flow.facts(&[
        ("Hewan", pet),
        ("Pemilik", owner.clone()),
        ("Waktu konsultasi", CALENDAR.date_and_time(*consulted_at)),
        ("Dokter hewan", doctor.clone()),
        ("Nomor izin", licence),
        ("Ringkasan ditulis", written),
    ]);
}

fn sections(flow: &mut Flow) {
    let record = &flow.content.record;
    for (heading, text) in [
        ("Keluhan", &record.complaint),
        ("Temuan", &record.findings),
        ("Yang perlu dilakukan", &record.advice),
        ("Resep", &record.prescription),
        ("Langkah berikutnya", &record.next_step),
    ] {
        if !text.is_empty() {
            section(flow, heading, text);
        }
    }
}

fn section(flow: &mut Flow, heading: &str, text: &str) {
    // A heading alone at the foot of a page leads nowhere.
    flow.need(HEADING_HEIGHT + 2.0 * LINE_HEIGHT);
    let heading = flow.wrapped(heading, HEADING, WIDTH);
    flow.lines(LEFT, HEADING, HEADING_HEIGHT, heading);
    for line in flow.wrapped(text, BODY, WIDTH) {
        flow.need(LINE_HEIGHT);
        flow.lines(LEFT, BODY, LINE_HEIGHT, vec![line]);
    }
    flow.y += BETWEEN_SECTIONS;
}

/// What the paper is verified by, and what it does not replace.
fn proof(flow: &mut Flow) {
    let Content { record, code, proof_url, .. } = flow.content;
    let print = format!("Revisi {} · Sidik jari (SHA-256) {}", record.revision, record.fingerprint());
    let parts = vec![
        (LABEL, 13.0, "Kode keaslian".to_owned()),
        (CODE, 24.0, code.clone()),
        (NOTE, 13.0, format!("Periksa keaslian dan revisi terbarunya di {proof_url}")),
        (NOTE, 13.0, print),
        (NOTE, 13.0, "Konsultasi jarak jauh tidak menggantikan pemeriksaan langsung di klinik.".to_owned()),
    ];
    flow.texts(parts);
}

fn called(species: Species) -> &'static str {
    match species {
        Species::Cat => "Kucing",
        Species::Dog => "Anjing",
        Species::Rabbit => "Kelinci",
        Species::Bird => "Burung",
        Species::Hamster => "Hamster",
        Species::Reptile => "Reptil",
        Species::Fish => "Ikan",
        Species::Other => "Hewan lain",
    }
}
