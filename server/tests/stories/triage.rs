//! What an owner says before paying: judged at once, taken along to the vet, forgotten when nothing follows.

use serde_json::{Value, json};

use crate::support::{DAY, Person, TestApp, consultation_path, photo};

async fn pet(owner: &Person) -> String {
    let pet = owner.post("/api/pets", json!({"name": "Miko", "species": "cat"})).await.expect(201);
    pet["id"].as_str().unwrap().to_owned()
}

async fn says(owner: &Person, body: Value) -> Value {
    owner.post("/api/intakes", body).await.expect(201)
}

fn itch() -> Value {
    json!({"species": "cat", "complaint": "Garuk-garuk telinga", "since": "days"})
}

#[tokio::test]
async fn a_red_flag_is_said_before_any_payment_with_what_to_do_and_no_diagnosis() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let pet = pet(&owner).await;
    let intake =
        says(&owner, json!({"petId": pet, "complaint": "Sudah dua hari gak bisa pipis", "since": "days"})).await;
    assert_eq!((&intake["level"], &intake["species"]), (&json!("emergency"), &json!("cat")));
    assert_eq!(intake["flags"][0]["code"], "urine_blocked");
    let advice = intake["advice"].as_array().unwrap();
    assert!(advice[0].as_str().unwrap().contains("klinik hewan terdekat"));
    assert!(advice.last().unwrap().as_str().unwrap().contains("bukan diagnosis"));
    let ticked = says(&owner, json!({"petId": pet, "complaint": "Aneh", "since": "hours", "signs": ["seizure"]})).await;
    assert_eq!((&ticked["signs"][0]["label"], &ticked["level"]), (&json!("Kejang"), &json!("emergency")));
    let calm = says(&owner, itch()).await;
    assert_eq!((&calm["level"], &calm["flags"]), (&json!("routine"), &json!([])));

    let rules = Person::nobody(&app).get("/api/triage").await.expect(200);
    assert_eq!(rules["version"], intake["rulesVersion"]);
    assert!(rules["signs"].as_array().unwrap().len() > 15);
}

#[tokio::test]
async fn what_is_being_typed_is_looked_through_for_anybody_and_not_kept() {
    let app = TestApp::start().await;
    let visitor = Person::nobody(&app);
    let path = "/api/triage/check";
    let said = visitor.post(path, json!({"text": "kcg gk bs pipis dr kmrn"})).await.expect(200);
    assert_eq!((&said["level"], &said["flags"][0]["code"]), (&json!("emergency"), &json!("urine_blocked")));
    assert!(said["advice"][0].as_str().unwrap().contains("klinik hewan terdekat"));
    let calm = visitor.post(path, json!({"text": "Jadwal vaksin kucing", "species": "cat"})).await.expect(200);
    assert_eq!((&calm["level"], &calm["flags"]), (&json!("routine"), &json!([])));
    let kitten = json!({"text": "mencret dari pagi", "species": "cat", "birthDate": "2026-10-20"});
    let grown = json!({"text": "mencret dari pagi", "species": "cat", "birthDate": "2020-10-20"});
    assert_ne!(
        visitor.post(path, kitten).await.expect(200)["level"],
        visitor.post(path, grown).await.expect(200)["level"],
        "age counts"
    );
    visitor.post(path, json!({"text": "\u{200b}"})).await.expect_problem(400, "all_fields_required");
    visitor.post(path, json!({"text": "x".repeat(4_001)})).await.expect_problem(422, "validation_failed");
    assert_eq!(app.count("SELECT COUNT(*) FROM intakes").await, 0);
}

#[tokio::test]
async fn what_cannot_be_understood_is_named() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let path = "/api/intakes";
    let missing = owner.post(path, json!({})).await.expect(400);
    assert_eq!(missing["errors"].as_array().unwrap().len(), 2);
    let unknown = json!({"complaint": "x", "since": "today", "signs": ["flu"]});
    owner.post(path, unknown).await.expect_problem(422, "validation_failed");
    let many: Vec<_> = (0..10_402).map(|index| ["seizure", "trauma"][index % 2]).collect();
    let many = owner.post(path, json!({"complaint": "x", "since": "today", "signs": many})).await.expect(422);
    assert_eq!(many["errors"], json!([{"field": "signs", "code": "too_many", "message": "Paling banyak 27 tanda."}]));
    let unknown = json!({"complaint": "x", "since": "today", "signs": ["flu", "pilek", "seizure"]});
    assert_eq!(owner.post(path, unknown).await.expect(422)["errors"].as_array().unwrap().len(), 1);
    let twice = json!({"complaint": "x", "since": "today", "signs": ["seizure", "trauma", "seizure", "trauma"]});
    assert_eq!(says(&owner, twice).await["signs"].as_array().unwrap().len(), 2);
    let long = json!({"complaint": "x".repeat(1_001), "since": "today"});
    owner.post(path, long).await.expect_problem(422, "validation_failed");
    let strangers = pet(&Person::owner(&app).await).await;
    let body = json!({"petId": strangers, "complaint": "x", "since": "today"});
    owner.post(path, body).await.expect_problem(404, "pet_not_found");
    Person::doctor(&app).await.post(path, itch()).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn what_was_said_goes_along_to_the_vet_and_nobody_else() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let pet = pet(&owner).await;
    let intake = says(&owner, json!({"petId": pet, "complaint": "Muntah terus", "since": "today"})).await;
    let id = intake["id"].as_str().unwrap();
    let pictures = format!("/api/intakes/{id}/pictures");
    owner.post_picture(&pictures, &photo(80, 60)).await.expect(201);
    let wish = json!({"id": doctor.id, "petId": pet, "intakeId": id});
    let purchase = owner.post("/api/payment/consulting", wish.clone()).await.expect(201);
    owner.post("/api/payment/consulting", wish).await.expect(201);
    let consultation = purchase["consultationId"].as_str().unwrap();
    let path = format!("/api/consultations/{consultation}/intake");
    owner.get(&path).await.expect(200);
    doctor.get(&path).await.expect_problem(404, "intake_not_found");
    assert_eq!(doctor.consultation(&purchase).await["hasIntake"], false);
    let own = owner.get(&format!("/api/intakes/{id}")).await.expect(200);
    let url = own["pictures"][0]["url"].as_str().unwrap();
    doctor.get(url).await.expect_problem(404, "intake_picture_not_found");
    app.pay(&purchase).await;
    let seen = doctor.get(&format!("/api/consultations/{consultation}/intake")).await.expect(200);
    assert_eq!((&seen["complaint"], &seen["level"]), (&json!("Muntah terus"), &json!("soon")));
    assert_eq!(owner.consultation(&purchase).await["hasIntake"], true);
    let picture = seen["pictures"][0]["url"].as_str().unwrap();
    assert!(image::load_from_memory(&doctor.bytes(picture).await).is_ok());
    let kept = doctor.picture(picture, "image/*").await.headers()["cache-control"].clone();
    assert_eq!(kept, "private, no-cache", "who may not see it any more is not shown a copy");

    let (stranger, colleague) = (Person::owner(&app).await, Person::doctor(&app).await);
    stranger.get(picture).await.expect_problem(404, "intake_picture_not_found");
    colleague.get(picture).await.expect_problem(404, "intake_picture_not_found");
    colleague
        .get(&format!("/api/consultations/{consultation}/intake"))
        .await
        .expect_problem(404, "consultation_not_found");
    stranger.get(&format!("/api/intakes/{id}")).await.expect_problem(404, "intake_not_found");
    owner.post_picture(&pictures, &photo(8, 8)).await.expect_problem(409, "intake_used");
    let elsewhere = json!({"id": colleague.id, "petId": pet, "intakeId": id});
    owner.post("/api/payment/consulting", elsewhere).await.expect_problem(409, "intake_used");
    let stolen = json!({"id": doctor.id, "intakeId": id});
    stranger.post("/api/payment/consulting", stolen).await.expect_problem(404, "intake_not_found");
    assert_eq!(app.count("SELECT COUNT(*) FROM consultations").await, 1);
}

#[tokio::test]
async fn a_complaint_about_one_pet_does_not_go_before_a_purchase_for_another() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let (one, other) = (pet(&owner).await, pet(&owner).await);
    let intake = says(&owner, json!({"petId": one, "complaint": "Lesu", "since": "today"})).await;
    for pet in [json!(other), Value::Null] {
        let wish = json!({"id": doctor.id, "petId": pet, "intakeId": intake["id"]});
        let refused = owner.post("/api/payment/consulting", wish).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "petId");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM consultations").await, 0);
}

#[tokio::test]
async fn what_was_said_before_a_purchase_that_came_to_nothing_serves_again() {
    let app = TestApp::start().await;
    let (owner, doctor, other) = (Person::owner(&app).await, Person::doctor(&app).await, Person::doctor(&app).await);
    let intake = says(&owner, itch()).await;
    let wish = |doctor: &Person| json!({"id": doctor.id, "intakeId": intake["id"]});
    let first = owner.post("/api/payment/consulting", wish(&doctor)).await.expect(201);
    let cancel = consultation_path(&first, "cancel");
    owner.post(&cancel, json!({})).await.expect(200);
    let second = owner.post("/api/payment/consulting", wish(&other)).await.expect(201);
    let shown = owner.get(&format!("/api/intakes/{}", intake["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(shown["consultationId"], second["consultationId"]);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_newer_complaint_takes_the_place_of_the_one_before_the_same_purchase() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let (old, new) = (says(&owner, itch()).await, says(&owner, itch()).await);
    for intake in [&old, &new] {
        let wish = json!({"id": doctor.id, "intakeId": intake["id"]});
        owner.post("/api/payment/consulting", wish).await.expect(201);
    }
    let shown = owner.get(&format!("/api/intakes/{}", old["id"].as_str().unwrap())).await.expect(200);
    assert!(shown["consultationId"].is_null());
    assert_eq!(app.count("SELECT COUNT(*) FROM intakes WHERE consultation_id IS NOT NULL").await, 1);
}

#[tokio::test]
async fn what_was_said_about_one_pet_does_not_stay_before_a_purchase_that_is_for_another_by_now() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let (one, other) = (pet(&owner).await, pet(&owner).await);
    let intake = says(&owner, json!({"petId": one, "complaint": "Lesu", "since": "today"})).await;
    let wish = json!({"id": doctor.id, "petId": one, "intakeId": intake["id"]});
    let purchase = owner.post("/api/payment/consulting", wish).await.expect(201);
    assert_eq!(owner.consultation(&purchase).await["hasIntake"], true);
    owner.post("/api/payment/consulting", json!({"id": doctor.id, "petId": other})).await.expect(201);
    let now = owner.consultation(&purchase).await;
    assert_eq!((&now["pet"]["id"], &now["hasIntake"]), (&json!(other), &json!(false)));
}

#[tokio::test]
async fn there_are_four_pictures_at_most_also_when_many_are_added_at_once() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let intake = says(&owner, itch()).await;
    let path = format!("/api/intakes/{}/pictures", intake["id"].as_str().unwrap());
    let picture = photo(8, 8);
    let answers = futures_util::future::join_all((0..7).map(|_| owner.post_picture(&path, &picture))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 4);
    owner.post_picture(&path, &picture).await.expect_problem(409, "too_many_pictures");
    owner.post_picture(&path, b"bukan foto").await.expect(409);
}

#[tokio::test]
async fn what_led_to_no_consultation_is_forgotten_after_a_week() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let (used, unused) = (says(&owner, itch()).await, says(&owner, itch()).await);
    let wish = json!({"id": doctor.id, "intakeId": used["id"]});
    let purchase = owner.post("/api/payment/consulting", wish).await.expect(201);
    app.pay(&purchase).await;
    let path = format!("/api/intakes/{}/pictures", unused["id"].as_str().unwrap());
    owner.post_picture(&path, &photo(8, 8)).await.expect(201);
    let objects = app.stored_objects();
    for (days, left) in [(7, 2), (1, 1)] {
        app.advance(DAY * days);
        app.run_jobs().await;
        assert_eq!(app.count("SELECT COUNT(*) FROM intakes").await, left);
    }
    assert_eq!(app.stored_objects(), objects - 1);
}
