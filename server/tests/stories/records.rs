//! Summaries: the vet's until they are finished, the owner's to keep and to prove from then on; and what releases the money.

use std::time::Duration;

use serde_json::{Value, json};

use crate::life::Scene;
use crate::support::{HOUR, Person, TestApp, order};

fn words() -> Value {
    json!({
        "complaint": "Muntah tiga kali",
        "findings": "Gusi merah muda",
        "advice": "Puasa makan 8 jam",
        "nextStep": "Ke klinik bila muntah lagi",
    })
}

/// The vet answers, sums up, and finishes the summary.
async fn finished(scene: &Scene) -> Value {
    if scene.now().await["endsAt"].is_null() {
        scene.doctor_answers().await;
    }
    scene.doctor.put(&scene.path("record"), words()).await.expect(200);
    scene.doctor.post(&scene.path("record/finish"), json!({})).await.expect(200)
}

/// After the vet has answered, the owner ends the talk.
async fn end(scene: &Scene) {
    scene.doctor_answers().await;
    let conversation = scene.conversation().await;
    scene.owner.end(&conversation).await;
}

async fn owed(doctor: &Person) -> usize {
    let list = doctor.get("/api/consultations?needsRecord=true").await.expect(200);
    list["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_draft_is_the_vets_alone_and_finishing_it_ends_the_talk_and_releases_the_money() {
    let scene = Scene::at_once().await;
    let record = scene.path("record");
    scene.doctor.get(&record).await.expect_problem(404, "record_not_found");
    scene.doctor.put(&record, json!({"complaint": "Muntah"})).await.expect(200);
    scene.owner.get(&record).await.expect_problem(404, "record_not_found");
    assert_eq!(scene.now().await["recordStatus"], "none");
    let seen_by_vet = scene.doctor.consultation(&scene.purchase).await;
    assert_eq!(seen_by_vet["recordStatus"], "draft");

    scene.doctor_answers().await;
    let refused = scene.doctor.post(&scene.path("record/finish"), json!({})).await.expect(400);
    let fields: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().filter_map(|it| it["field"].as_str()).collect();
    assert_eq!(fields, ["findings", "advice", "nextStep"]);
    assert_eq!(scene.now().await["status"], "active");

    let record = finished(&scene).await;
    assert_eq!((&record["status"], &record["revision"]), (&json!("finished"), &json!(1)));
    let after = scene.now().await;
    assert_eq!((&after["status"], &after["recordStatus"]), (&json!("ended"), &json!("finished")));
    assert!(after["releasedAt"].is_null(), "the owner may complain first");
    let conversation = after["conversationId"].as_str().unwrap();
    scene.owner.say(conversation, "satu lagi", "c-late").await.expect_problem(403, "no_active_conversation");

    let read = scene.owner.get(&scene.path("record")).await.expect(200);
    assert_eq!((&read["advice"], &read["prescription"]), (&json!("Puasa makan 8 jam"), &json!("")));
    let again = scene.doctor.post(&scene.path("record/finish"), json!({})).await.expect(200);
    assert_eq!((&again["code"], &again["finishedAt"]), (&record["code"], &record["finishedAt"]));
}

#[tokio::test]
async fn an_ended_consultation_is_owed_a_summary_until_it_has_one() {
    let mut scene = Scene::at_once().await;
    assert_eq!(owed(&scene.doctor).await, 0);
    end(&scene).await;
    assert_eq!(owed(&scene.doctor).await, 1);
    assert_eq!(owed(&scene.owner).await, 0, "an owner owes none");
    assert!(scene.now().await["releasedAt"].is_null());
    scene.app.advance(3 * HOUR);
    scene.doctor.sign_in().await;
    scene.owner.sign_in().await;
    finished(&scene).await;
    assert_eq!(owed(&scene.doctor).await, 0);
    scene.app.advance(24 * HOUR);
    scene.app.run_jobs().await;
    scene.owner.sign_in().await;
    assert_eq!(scene.now().await["releasedAt"], "2026-11-23T11:00:00.000Z", "a day after the summary");
}

#[tokio::test]
async fn what_went_back_to_the_owner_is_not_released_by_a_summary() {
    let scene = Scene::at_once().await;
    end(&scene).await;
    let order = order(&scene.purchase);
    scene.app.simulate(order, json!({"outcome": "refund", "amount": 50_625})).await.expect(200);
    finished(&scene).await;
    assert!(scene.now().await["releasedAt"].is_null());
    assert_eq!(owed(&scene.doctor).await, 0);
}

#[tokio::test]
async fn a_summary_is_corrected_for_two_days_and_every_correction_is_a_revision() {
    let mut scene = Scene::at_once().await;
    let first = finished(&scene).await;
    let corrected = json!({"complaint": "Muntah", "findings": "Sehat", "advice": "Pantau", "nextStep": "Kabari besok"});
    let record = scene.path("record");
    scene.doctor.put(&record, json!({"complaint": "Muntah"})).await.expect_problem(400, "all_fields_required");
    scene.app.advance(48 * HOUR);
    scene.doctor.sign_in().await;
    scene.owner.sign_in().await;
    let second = scene.doctor.put(&record, corrected.clone()).await.expect(200);
    assert_eq!((&second["revision"], &second["code"]), (&json!(2), &first["code"]));
    let same = scene.doctor.put(&record, corrected).await.expect(200);
    assert_eq!(same["revision"], 2, "the same words are no correction");
    assert_eq!(scene.owner.get(&record).await.expect(200)["findings"], "Sehat");
    scene.app.advance(Duration::from_millis(1));
    scene.doctor.put(&record, words()).await.expect_problem(409, "record_closed");
    scene.app.run_jobs().await;
}

#[tokio::test]
async fn everybody_can_prove_a_summary_by_its_code_and_reads_nothing_of_it() {
    let scene = Scene::at_once().await;
    let record = finished(&scene).await;
    let code = record["code"].as_str().unwrap();
    let visitor = Person::nobody(&scene.app);
    let proof = visitor.get(&format!("/api/records/verify/{code}")).await.expect(200);
    assert_eq!((&proof["revision"], &proof["finishedAt"]), (&json!(1), &record["finishedAt"]));
    assert_eq!(proof["fingerprint"].as_str().unwrap().len(), 64);
    assert!(!proof.to_string().contains("Muntah"), "{proof}");
    let on_paper = format!("{}-{}%20{}", code[..4].to_lowercase(), &code[4..8], &code[8..]);
    let same = visitor.get(&format!("/api/records/verify/{on_paper}")).await.expect(200);
    assert_eq!(same, proof);
    for unknown in ["TIDAKADA", "%00", "-"] {
        visitor.get(&format!("/api/records/verify/{unknown}")).await.expect_problem(404, "record_not_found");
    }
    let corrected = json!({"complaint": "Muntah", "findings": "Sehat", "advice": "Pantau", "nextStep": "Kabari besok"});
    scene.doctor.put(&scene.path("record"), corrected).await.expect(200);
    let other = visitor.get(&format!("/api/records/verify/{code}")).await.expect(200);
    assert_eq!(other["revision"], 2);
    assert_ne!(other["fingerprint"], proof["fingerprint"]);
}

#[tokio::test]
async fn the_two_get_a_finished_summary_as_a_pdf() {
    let scene = Scene::at_once().await;
    let pdf = scene.path("record.pdf");
    scene.doctor.put(&scene.path("record"), words()).await.expect(200);
    scene.doctor.get(&pdf).await.expect_problem(404, "record_not_found");
    let long = "Beri minum sedikit-sedikit 🐱. ".repeat(130);
    let words = json!({"complaint": long, "findings": long, "advice": long, "prescription": long, "nextStep": long});
    scene.doctor.put(&scene.path("record"), words).await.expect(200);
    scene.doctor_answers().await;
    scene.doctor.post(&scene.path("record/finish"), json!({})).await.expect(200);
    for person in [&scene.owner, &scene.doctor] {
        assert!(person.bytes(&pdf).await.starts_with(b"%PDF-"));
    }
    Person::owner(&scene.app).await.get(&pdf).await.expect_problem(404, "consultation_not_found");
}

#[tokio::test]
async fn nobody_else_reads_or_writes_a_summary_or_a_note() {
    let scene = Scene::at_once().await;
    finished(&scene).await;
    let (record, finish, notes) = (scene.path("record"), scene.path("record/finish"), scene.path("notes"));
    let (stranger, colleague) = (Person::owner(&scene.app).await, Person::doctor(&scene.app).await);
    stranger.get(&record).await.expect_problem(404, "consultation_not_found");
    colleague.get(&record).await.expect_problem(404, "consultation_not_found");
    colleague.put(&record, words()).await.expect_problem(404, "consultation_not_found");
    colleague.post(&finish, json!({})).await.expect_problem(404, "consultation_not_found");
    scene.owner.put(&record, words()).await.expect_problem(403, "forbidden");

    let nothing = scene.doctor.get(&notes).await.expect(200);
    assert_eq!(nothing, json!({"body": "", "updatedAt": null}));
    for body in ["Pemilik cemas", "Pemilik tenang"] {
        scene.doctor.put(&notes, json!({"body": body})).await.expect(200);
    }
    assert_eq!(scene.doctor.get(&notes).await.expect(200)["body"], "Pemilik tenang");
    colleague.get(&notes).await.expect_problem(404, "consultation_not_found");
    colleague.put(&notes, json!({"body": "x"})).await.expect_problem(404, "consultation_not_found");
    scene.owner.get(&notes).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn a_request_that_has_lost_its_words_empties_nothing() {
    let scene = Scene::at_once().await;
    for (path, words) in [(scene.path("record"), words()), (scene.path("notes"), json!({"body": "Pemilik cemas"}))] {
        let before = scene.doctor.put(&path, words).await.expect(200);
        scene.doctor.put(&path, json!({})).await.expect_problem(400, "all_fields_required");
        assert_eq!(scene.doctor.get(&path).await.expect(200), before);
    }
}

#[tokio::test]
async fn there_is_nothing_to_write_about_what_has_not_begun_or_came_to_nothing() {
    let scene = Scene::booked().await;
    scene.doctor.put(&scene.path("record"), words()).await.expect_problem(409, "record_not_possible");
    scene.owner.post(&scene.path("cancel"), json!({})).await.expect(200);
    scene.doctor.put(&scene.path("record"), words()).await.expect_problem(409, "record_not_possible");
    scene.app.run_jobs().await;
}

#[tokio::test]
async fn a_vet_whose_owner_did_not_come_has_nothing_to_write() {
    let mut scene = Scene::at_nine().await;
    scene.doctor_answers().await;
    scene.after(30).await;
    assert_eq!(scene.now().await["status"], "no_show");
    scene.app.advance(24 * HOUR);
    scene.app.run_jobs().await;
    scene.owner.sign_in().await;
    scene.doctor.sign_in().await;
    assert!(scene.now().await["releasedAt"].is_string(), "the owner has had a day to complain");
    assert_eq!(owed(&scene.doctor).await, 0);
}

#[tokio::test]
async fn lists_are_narrowed_by_state() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    owner.consult(&app, &doctor).await;
    owner.buy(&Person::doctor(&app).await).await;
    for (statuses, count) in [("active", 1), ("active,awaiting_payment", 2), ("ended", 0), ("", 2)] {
        let list = owner.get(&format!("/api/consultations?status={statuses}")).await.expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), count, "{statuses}");
    }
    owner.get("/api/consultations?status=running").await.expect_problem(422, "validation_failed");
    owner.get("/api/consultations?needsRecord=ya").await.expect_problem(422, "validation_failed");
}
