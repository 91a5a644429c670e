//! What people really type and send, at every door where it can come in.

use serde_json::{Value, json};

use crate::life::Scene;
use crate::support::{Answer, Person, TestApp, consultation_path, photo};

/// What is typed into a text of several lines, and how it is kept.
const LINES: [(&str, &str); 6] = [
    ("\u{202A}Miko\u{202C} muntah", "Miko muntah"),
    ("Miko \u{2068}muntah\u{2069}\u{202E} lagi", "Miko muntah lagi"),
    ("muntah\u{b}lemas\r\nhaus", "muntah\nlemas\nhaus"),
    ("\u{3}muntah\u{0}\u{1b}", "muntah"),
    ("\u{feff} cafe\u{301} ", "café"),
    ("👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}", "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}"),
];
/// The same for a text of one line.
const LINE: [(&str, &str); 5] = [
    ("\u{202A}Miko\u{202C}\u{200b} Putih", "Miko Putih"),
    ("Mi\u{202E}ko\u{ad}", "Miko"),
    ("Miko\u{b}Putih\n", "Miko Putih"),
    ("Miko\u{a0} \u{0}Putih", "Miko Putih"),
    ("Cafe\u{301}", "Café"),
];
/// Nothing that can be seen.
const NOTHING: [&str; 6] = [" \n", "\u{200b}\u{feff}", "\u{3164}", "\u{202E}\u{2069}", "\u{2800}", "\u{200d}\u{fe0f}"];

/// A place where people type. The answer has what was kept under the same name.
struct Door<'a> {
    app: &'a TestApp,
    person: &'a Person,
    path: String,
    put: bool,
    body: Value,
    /// The member of the body that is typed.
    field: &'static str,
    is_required: bool,
}

impl Door<'_> {
    async fn types(&self, text: &str) -> Answer {
        let mut body = self.body.clone();
        body[self.field] = json!(text);
        body["clientId"] = json!(format!("c-{}", self.app.next_number()));
        if self.put { self.person.put(&self.path, body).await } else { self.person.post(&self.path, body).await }
    }

    async fn keeps(&self, pairs: &[(&str, &str)]) {
        for (typed, kept) in pairs {
            let answer = self.types(typed).await;
            assert!(answer.status.is_success(), "{} {typed:?}: {}", self.path, answer.body);
            assert_eq!(answer.body[self.field], *kept, "{} {typed:?}", self.path);
        }
        for nothing in NOTHING {
            let answer = self.types(nothing).await;
            if self.is_required {
                assert_eq!(answer.body["errors"][0]["code"], "required", "{} {nothing:?}", self.path);
            } else {
                assert_eq!(answer.body[self.field], "", "{} {nothing:?}", self.path);
            }
        }
    }
}

#[tokio::test]
async fn a_text_is_taken_whatever_its_characters_and_kept_in_one_form() {
    let scene = Scene::at_once().await;
    scene.doctor_answers().await;
    let (owner, doctor) = (&scene.owner, &scene.doctor);
    let conversation = scene.conversation().await;
    let record = json!({"complaint": "x", "findings": "x", "advice": "x", "nextStep": "x"});
    let door = |person, path: &str, put, body, field, is_required| Door {
        app: &scene.app,
        person,
        path: path.to_owned(),
        put,
        body,
        field,
        is_required,
    };
    let to_each_other = json!({"senderId": owner.id, "receiverId": doctor.id});
    for several_lines in [
        door(owner, &format!("/api/conversations/{conversation}/messages"), false, json!({}), "message", true),
        door(owner, &format!("/api/messages/send/{}", doctor.id), false, to_each_other, "message", true),
        door(owner, "/api/intakes", false, json!({"species": "cat", "since": "today"}), "complaint", true),
        door(owner, "/api/pets", false, json!({"name": "Miko", "species": "cat"}), "notes", false),
        door(doctor, "/api/doctors/me/replies", false, json!({"title": "Salam"}), "body", true),
        door(doctor, &scene.path("record"), true, record, "advice", false),
        door(doctor, &scene.path("notes"), true, json!({}), "body", false),
    ] {
        several_lines.keeps(&LINES).await;
    }
    for one_line in [
        door(owner, "/api/pets", false, json!({"species": "cat"}), "name", true),
        door(doctor, "/api/doctors/me/replies", false, json!({"body": "Halo"}), "title", true),
    ] {
        one_line.keeps(&LINE).await;
    }
}

#[tokio::test]
async fn half_an_emoji_is_the_replacement_character() {
    let scene = Scene::at_once().await;
    let path = format!("/api/conversations/{}/messages", scene.conversation().await);
    for (typed, kept) in [(r"halo \ud83d", "halo \u{fffd}"), (r"\ude3a\ud83d\ude3a", "\u{fffd}😺")] {
        let answer = scene
            .owner
            .post_text(&path, format!(r#"{{"message": "{typed}", "clientId": "c-{}"}}"#, scene.app.next_number()))
            .await;
        assert_eq!(answer.expect(201)["message"], kept, "{typed}");
    }
}

#[tokio::test]
async fn a_review_and_its_answer_are_kept_in_one_form() {
    let scene = Scene::at_once().await;
    scene.doctor_answers().await;
    scene.owner.end(&scene.conversation().await).await;
    let path = consultation_path(&scene.purchase, "review");
    let review = json!({"rating": 5, "text": "Cepat\u{202E}\u{b}jelas\u{0}"});
    assert_eq!(scene.owner.post(&path, review).await.expect(201)["text"], "Cepat\njelas");
}

#[tokio::test]
async fn an_email_is_one_account_in_every_spelling() {
    let app = TestApp::start().await;
    let mut owner = Person::nobody(&app);
    owner.email = "\u{202A}Rara.Ünal@BÜCHER.example\u{202C}".to_owned();
    owner.register("Rara", "081234567890").await.expect(201);
    for spelling in [
        "rara.u\u{308}nal@bücher.example",
        " RARA.ÜNAL@xn--bcher-kva.example\u{200b}",
        "ｒａｒａ．ünal＠bücher．example",
    ] {
        owner.email = spelling.to_owned();
        owner.register("Rara", "081234567890").await.expect_problem(400, "email_taken");
        owner.sign_in().await;
        let me = owner.get("/api/auth/me").await.expect(200);
        assert_eq!(me["email"], "rara.ünal@xn--bcher-kva.example", "{spelling}");
    }
}

#[tokio::test]
async fn a_phone_number_is_answered_in_one_form_however_it_was_written() {
    let app = TestApp::start().await;
    for (index, number) in [
        "0812-3456-7890",
        "62 812 3456 7890",
        "+62 (0)812 3456 7890",
        "81234567890",
        "0062812 3456 7890",
        "０８１２３４５６７８９０",
    ]
    .into_iter()
    .enumerate()
    {
        let mut owner = Person::nobody(&app);
        owner.email = format!("nomor{index}@hellopet.test");
        owner.register("Rara", number).await.expect(201);
        owner.sign_in().await;
        assert_eq!(owner.get("/api/auth/me").await.expect(200)["phone_number"], "+6281234567890", "{number}");
    }
    let owner = Person::nobody(&app);
    for none in ["12345", "rara", "+62 812", "\u{200b}"] {
        let refused = owner.register("Rara", none).await;
        let fields: Vec<_> = refused.body["errors"].as_array().unwrap().iter().map(|it| &it["field"]).collect();
        assert!(fields.contains(&&json!("phone_number")), "{none}: {}", refused.body);
    }
}

#[tokio::test]
async fn a_name_of_nothing_to_see_is_missing() {
    let app = TestApp::start().await;
    let mut owner = Person::nobody(&app);
    owner.email = "tanpa-nama@hellopet.test".to_owned();
    for name in NOTHING {
        let refused = owner.register(name, "081234567890").await.expect(400);
        assert_eq!(
            (&refused["code"], &refused["errors"][0]["field"]),
            (&json!("all_fields_required"), &json!("username"))
        );
    }
    owner.register("  Rara\u{200b}\u{a0} Anindita👩\u{200d}⚕\u{fe0f}", "081234567890").await.expect(201);
    owner.sign_in().await;
    assert_eq!(owner.get("/api/auth/me").await.expect(200)["username"], "Rara Anindita👩\u{200d}⚕\u{fe0f}");
}

#[tokio::test]
async fn a_file_of_no_bytes_is_empty_at_every_door() {
    let scene = Scene::at_once().await;
    let owner = &scene.owner;
    let pet = owner.post("/api/pets", json!({"name": "Miko", "species": "cat"})).await.expect(201);
    let said = json!({"species": "cat", "complaint": "Gatal", "since": "today"});
    let intake = owner.post("/api/intakes", said).await.expect(201);
    let conversation = scene.conversation().await;
    let refusals = [
        owner.put_picture(&format!("/api/pets/{}/photo", pet["id"].as_str().unwrap()), b"").await,
        owner.post_picture(&format!("/api/intakes/{}/pictures", intake["id"].as_str().unwrap()), b"").await,
        owner.post_picture(&format!("/api/conversations/{conversation}/attachments"), b"").await,
        scene.doctor.put_picture("/api/doctors/me/picture", b"").await,
        owner.begin_upload(&conversation, 0, "c-empty").await,
    ];
    for refusal in refusals {
        assert_eq!(refusal.body["errors"][0]["code"], "image_empty", "{}: {}", refusal.request, refusal.body);
        assert_eq!(refusal.body["errors"][0]["message"], "Foto ini kosong. Pilih foto lain.");
    }
    owner.post_picture(&format!("/api/conversations/{conversation}/attachments"), &photo(8, 8)).await.expect(201);
}
