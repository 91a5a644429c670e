//! Reviews: earned by a consultation that ended and was paid, seen by everybody, counted while they are seen.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Answer, DAY, Person, TestApp, consultation_path, order};

/// A consultation that has ended; the answer is the purchase.
async fn ended(app: &TestApp, owner: &Person, doctor: &Person) -> Value {
    let purchase = under_way(app, owner, doctor).await;
    end(owner, &purchase).await;
    purchase
}

async fn under_way(app: &TestApp, owner: &Person, doctor: &Person) -> Value {
    let purchase = owner.buy(doctor).await;
    app.pay(&purchase).await;
    let conversation = owner.conversation(&purchase).await;
    doctor.say(&conversation, "Halo, ada yang bisa dibantu?", &conversation).await.expect(201);
    purchase
}

async fn end(owner: &Person, purchase: &Value) {
    let conversation = owner.conversation(purchase).await;
    owner.end(&conversation).await;
}

fn id(purchase: &Value) -> &str {
    purchase["consultationId"].as_str().unwrap()
}

fn path(purchase: &Value) -> String {
    consultation_path(purchase, "review")
}

async fn review(owner: &Person, purchase: &Value, rating: i64, text: &str) -> Answer {
    owner.post(&path(purchase), json!({"rating": rating, "text": text})).await
}

async fn shown(app: &TestApp, doctor: &Person) -> Vec<Value> {
    let list = Person::nobody(app).get(&format!("/api/doctors/{}/reviews", doctor.id)).await.expect(200);
    list["items"].as_array().unwrap().clone()
}

/// The average in tenths and the count, of the one doctor who has any.
const SORTED_BY: &str = "SELECT CAST(COALESCE(MAX(rating_tenths * 1000 + review_count), 0) AS BIGINT) FROM doctors";

/// Average and count as the doctor's page has them.
async fn rating(app: &TestApp, doctor: &Person) -> (Value, Value) {
    let page = Person::nobody(app).get(&format!("/api/doctors/{}", doctor.id)).await.expect(200);
    // What the directory sorts by says the same.
    let sorted_by = app.count(SORTED_BY).await;
    let tenths = page["rate"].as_f64().unwrap_or_default() * 10.0;
    assert_eq!(sorted_by, tenths.round() as i64 * 1000 + page["reviewCount"].as_i64().unwrap());
    (page["rate"].clone(), page["reviewCount"].clone())
}

#[tokio::test]
async fn an_ended_consultation_is_reviewed_once_by_its_owner() {
    let app = TestApp::start().await;
    let (owner, other, doctor) = (Person::owner(&app).await, Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = under_way(&app, &owner, &doctor).await;
    review(&owner, &purchase, 5, "Cepat").await.expect_problem(409, "consultation_not_ended");
    owner.get(&path(&purchase)).await.expect_problem(404, "review_not_found");
    end(&owner, &purchase).await;

    review(&other, &purchase, 1, "Buruk").await.expect_problem(404, "consultation_not_found");
    review(&doctor, &purchase, 5, "Hebat").await.expect_problem(403, "forbidden");
    Person::nobody(&app).post(&path(&purchase), json!({"rating": 5})).await.expect_problem(401, "unauthenticated");
    assert_eq!(rating(&app, &doctor).await, (Value::Null, json!(0)));

    let written = review(&owner, &purchase, 5, " Cepat dan jelas. ").await.expect(201);
    assert_eq!((&written["rating"], &written["text"]), (&json!(5), &json!("Cepat dan jelas.")));
    review(&owner, &purchase, 1, "Berubah pikiran").await.expect_problem(409, "already_reviewed");
    assert_eq!(owner.get(&path(&purchase)).await.expect(200), written);
    other.get(&path(&purchase)).await.expect_problem(404, "consultation_not_found");

    let all = shown(&app, &doctor).await;
    assert_eq!((all.len(), &all[0]["text"], &all[0]["ownerName"]), (1, &json!("Cepat dan jelas."), &json!("Orang")));
    assert!(all[0].get("owner").is_none() && all[0].get("hiddenReason").is_none(), "a first name and no more");
    assert_eq!(rating(&app, &doctor).await, (json!(5.0), json!(1)));
}

#[tokio::test]
async fn two_at_the_same_moment_are_one_review() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = ended(&app, &owner, &doctor).await;
    let answers = futures_util::future::join_all((0..8).map(|_| review(&owner, &purchase, 4, ""))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.body["code"] == "already_reviewed").count(), 7);
    assert_eq!(rating(&app, &doctor).await, (json!(4.0), json!(1)));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_field_by_field() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = ended(&app, &owner, &doctor).await;
    for (body, status, field, code) in [
        (json!({}), 400, "rating", "required"),
        (json!({"rating": "lima"}), 400, "rating", "invalid_type"),
        (json!({"rating": 4.5}), 400, "rating", "invalid_type"),
        (json!({"rating": 0}), 422, "rating", "out_of_range"),
        (json!({"rating": 6}), 422, "rating", "out_of_range"),
        (json!({"rating": 5, "text": "x".repeat(2_001)}), 422, "text", "too_long"),
    ] {
        let answer = owner.post(&path(&purchase), body.clone()).await.expect(status);
        assert_eq!(
            (&answer["errors"][0]["field"], &answer["errors"][0]["code"]),
            (&json!(field), &json!(code)),
            "{body}"
        );
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM reviews").await, 0);
    owner.post(&path(&purchase), json!({"rating": 3})).await.expect(201);
}

#[tokio::test]
async fn what_was_paid_back_in_full_cannot_be_reviewed_and_in_part_it_can() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = ended(&app, &owner, &doctor).await;
    app.simulate(order(&purchase), json!({"outcome": "refund", "amount": 50_625})).await.expect(200);
    assert_eq!(owner.payment(&purchase).await["status"], "refunded");
    assert_eq!(owner.consultation(&purchase).await["status"], "ended");
    review(&owner, &purchase, 1, "Dana kembali").await.expect_problem(409, "consultation_refunded");

    let other = Person::doctor(&app).await;
    let partly = ended(&app, &owner, &other).await;
    app.simulate(order(&partly), json!({"outcome": "refund", "amount": 10_000})).await.expect(200);
    assert_eq!(owner.payment(&partly).await["status"], "partially_refunded");
    review(&owner, &partly, 3, "Separuh").await.expect(201);
}

#[tokio::test]
async fn a_review_is_changed_within_seven_days() {
    let app = TestApp::start().await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = ended(&app, &owner, &doctor).await;
    let path = path(&purchase);
    owner.put(&path, json!({"rating": 2})).await.expect_problem(404, "review_not_found");
    review(&owner, &purchase, 2, "Lama").await.expect(201);
    app.advance(7 * DAY);
    owner.sign_in().await;
    let edited = owner.put(&path, json!({"rating": 4, "text": "Ternyata sembuh"})).await.expect(200);
    assert_eq!((&edited["rating"], &edited["editedAt"]), (&json!(4), &json!("2026-11-29T08:00:00.000Z")));
    assert_eq!(shown(&app, &doctor).await[0]["text"], "Ternyata sembuh");
    assert_eq!(rating(&app, &doctor).await, (json!(4.0), json!(1)));
    let other = Person::owner(&app).await;
    other.put(&path, json!({"rating": 1})).await.expect_problem(404, "consultation_not_found");

    app.advance(Duration::from_millis(1));
    owner.put(&path, json!({"rating": 1})).await.expect_problem(409, "review_edit_over");
    assert_eq!(rating(&app, &doctor).await, (json!(4.0), json!(1)));
    app.run_jobs().await;
}

#[tokio::test]
async fn the_vet_answers_once() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = ended(&app, &owner, &doctor).await;
    let reply = format!("/api/reviews/{}/reply", id(&purchase));
    doctor.post(&reply, json!({"text": "Sama-sama"})).await.expect_problem(404, "review_not_found");
    review(&owner, &purchase, 5, "Terima kasih").await.expect(201);
    Person::doctor(&app).await.post(&reply, json!({"text": "Saya"})).await.expect_problem(404, "review_not_found");
    owner.post(&reply, json!({"text": "Saya"})).await.expect_problem(403, "forbidden");
    doctor.post(&reply, json!({"text": " "})).await.expect_problem(400, "all_fields_required");

    let answered = doctor.post(&reply, json!({"text": "Sama-sama, Kak"})).await.expect(200);
    assert_eq!(answered["reply"]["text"], "Sama-sama, Kak");
    doctor.post(&reply, json!({"text": "Lagi"})).await.expect_problem(409, "already_replied");
    assert_eq!(shown(&app, &doctor).await[0]["reply"]["text"], "Sama-sama, Kak");
    assert_eq!(owner.get(&path(&purchase)).await.expect(200)["reply"]["text"], "Sama-sama, Kak");
}

#[tokio::test]
async fn what_the_vet_has_answered_stays_as_it_was_said() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = ended(&app, &owner, &doctor).await;
    review(&owner, &purchase, 5, "Terima kasih").await.expect(201);
    let reply = format!("/api/reviews/{}/reply", id(&purchase));
    doctor.post(&reply, json!({"text": "Sama-sama, Kak"})).await.expect(200);
    let changed = json!({"rating": 1, "text": "Kasar sekali"});
    owner.put(&path(&purchase), changed).await.expect_problem(409, "review_answered");
    let seen = shown(&app, &doctor).await;
    assert_eq!((&seen[0]["text"], &seen[0]["editedAt"]), (&json!("Terima kasih"), &Value::Null));
    assert_eq!(rating(&app, &doctor).await, (json!(5.0), json!(1)));
}

#[tokio::test]
async fn what_the_operator_hides_is_neither_seen_nor_counted_until_it_is_shown_again() {
    let app = TestApp::start().await;
    let (owner, other, doctor) = (Person::owner(&app).await, Person::owner(&app).await, Person::doctor(&app).await);
    let admin = Person::admin(&app).await;
    let bad = ended(&app, &owner, &doctor).await;
    let good = ended(&app, &other, &doctor).await;
    review(&owner, &bad, 1, "Nomor telepon dokter: 0812…").await.expect(201);
    review(&other, &good, 4, "Baik").await.expect(201);
    assert_eq!(rating(&app, &doctor).await, (json!(2.5), json!(2)));

    let hide = format!("/api/reviews/{}/hide", id(&bad));
    let show = format!("/api/reviews/{}/show", id(&bad));
    let reason = json!({"reason": "Memuat nomor telepon"});
    for person in [&owner, &doctor] {
        person.post(&hide, reason.clone()).await.expect_problem(403, "forbidden");
        person.post(&show, json!({})).await.expect_problem(403, "forbidden");
        person.get("/api/admin/reviews").await.expect_problem(403, "forbidden");
    }
    admin.post(&hide, json!({})).await.expect_problem(400, "all_fields_required");
    let hidden = admin.post(&hide, reason).await.expect(200);
    assert_eq!(
        hidden["hidden"],
        json!({"at": "2026-11-22T08:00:00.000Z", "by": admin.id, "reason": "Memuat nomor telepon"})
    );
    let again = admin.post(&hide, json!({"reason": "Lain"})).await.expect(200);
    assert_eq!(again["hidden"], hidden["hidden"], "the first word stands");

    assert_eq!(shown(&app, &doctor).await.len(), 1);
    assert_eq!(rating(&app, &doctor).await, (json!(4.0), json!(1)));
    assert_eq!(owner.get(&path(&bad)).await.expect(200)["hiddenReason"], "Memuat nomor telepon");
    let reply = format!("/api/reviews/{}/reply", id(&bad));
    doctor.post(&reply, json!({"text": "Maaf"})).await.expect_problem(409, "review_hidden");
    owner.put(&path(&bad), json!({"rating": 2, "text": "Tanpa nomor"})).await.expect(200);
    assert_eq!(shown(&app, &doctor).await.len(), 1, "it stays hidden until somebody has looked");
    let all = admin.get("/api/admin/reviews").await.expect(200);
    let all = all["items"].as_array().unwrap();
    assert_eq!((all.len(), all.iter().filter(|review| review["hidden"].is_object()).count()), (2, 1));
    assert!(all.iter().all(|review| review["doctor"]["id"] == doctor.id.as_str()));

    assert_eq!(admin.post(&show, json!({})).await.expect(200)["hidden"], Value::Null);
    assert_eq!(shown(&app, &doctor).await.len(), 2);
    assert_eq!(rating(&app, &doctor).await, (json!(3.0), json!(2)));
    let nowhere = format!("/api/reviews/{}/hide", uuid());
    admin.post(&nowhere, json!({"reason": "x"})).await.expect_problem(404, "review_not_found");
}

fn uuid() -> &'static str {
    "01900000-0000-7000-8000-000000000000"
}

#[tokio::test]
async fn reviews_come_newest_first_and_no_page_loses_any() {
    let app = TestApp::start().await;
    let doctor = Person::doctor(&app).await;
    let owners = Person::owners(&app, 5).await;
    for (owner, words) in owners.iter().zip(["satu", "dua", "tiga", "empat", "lima"]) {
        let purchase = ended(&app, owner, &doctor).await;
        review(owner, &purchase, 5, words).await.expect(201);
        // The second and the third are of the same instant.
        if words != "dua" {
            app.advance(Duration::from_secs(1));
        }
    }
    let whole = shown(&app, &doctor).await;
    let texts: Vec<&str> = whole.iter().map(|review| review["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["lima", "empat", "tiga", "dua", "satu"]);
    for limit in 1..=5 {
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/api/doctors/{}/reviews?limit={limit}{cursor}", doctor.id);
            let page = Person::nobody(&app).get(&path).await.expect(200);
            found.extend(page["items"].as_array().unwrap().iter().cloned());
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, whole, "{limit} a page");
    }
    let nobody = Person::nobody(&app);
    nobody.get(&format!("/api/doctors/{}/reviews?cursor=x", doctor.id)).await.expect_problem(422, "validation_failed");
    nobody.get(&format!("/api/doctors/{}/reviews", uuid())).await.expect_problem(404, "doctor_not_found");
}
