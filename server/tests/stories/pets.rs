//! Pets: an owner's own, whole only for the vet who treats them, and still there in what is past.

use serde_json::{Value, json};

use crate::support::{HOUR, MINUTE, Person, TestApp, photo};

/// A cat; the answer is the path of it.
async fn miko(owner: &Person) -> String {
    let miko = json!({
        "name": "Miko", "species": "cat", "breed": "Domestik oranye", "sex": "male", "neutered": true,
        "birthDate": "2023-09-01", "allergies": "Ayam", "notes": "Dalam rumah",
    });
    path_of(&owner.post("/api/pets", miko).await.expect(201))
}

fn path_of(pet: &Value) -> String {
    format!("/api/pets/{}", pet["id"].as_str().unwrap())
}

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

async fn buy_for(owner: &Person, doctor: &Person, pet: &str) -> Value {
    let body = json!({"id": doctor.id, "petId": id_of(pet)});
    owner.post("/api/payment/consulting", body).await.expect(201)
}

/// A consultation about a pet, paid and under way; the answer is its path and the conversation's.
async fn consult_about(app: &TestApp, owner: &Person, doctor: &Person, pet: &str) -> (String, String) {
    let purchase = buy_for(owner, doctor, pet).await;
    app.pay(&purchase).await;
    let begun = owner.consultation(&purchase).await;
    let conversation = begun["conversationId"].as_str().unwrap();
    doctor.say(conversation, "Halo, Miko kenapa?", conversation).await.expect(201);
    (
        format!("/api/consultations/{}", begun["id"].as_str().unwrap()),
        format!("/api/messages/end/{}", begun["conversationId"].as_str().unwrap()),
    )
}

#[tokio::test]
async fn an_owner_adds_changes_and_archives_a_pet() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let path = miko(&owner).await;
    let bare = owner.post("/api/pets", json!({"name": " Pus ", "species": "other"})).await.expect(201);
    assert_eq!(
        (&bare["name"], &bare["sex"], &bare["neutered"], &bare["breed"], &bare["photo"]),
        (&json!("Pus"), &json!("unknown"), &Value::Null, &json!(""), &Value::Null)
    );
    let listed = owner.get("/api/pets").await.expect(200);
    let names: Vec<&str> =
        listed["items"].as_array().unwrap().iter().map(|pet| pet["name"].as_str().unwrap()).collect();
    assert_eq!((names, &listed["nextCursor"]), (vec!["Miko", "Pus"], &Value::Null));

    let changed =
        owner.change(&path, json!({"name": "Miko II", "birthDate": null, "neutered": null})).await.expect(200);
    assert_eq!(
        (&changed["name"], &changed["birthDate"], &changed["neutered"], &changed["allergies"]),
        (&json!("Miko II"), &Value::Null, &Value::Null, &json!("Ayam"))
    );
    assert_eq!(owner.get(&path).await.expect(200)["name"], "Miko II");

    let archived = owner.delete(&path).await.expect(200);
    assert_eq!(owner.delete(&path).await.expect(200)["archivedAt"], archived["archivedAt"], "once is as good as twice");
    assert_eq!(owner.get("/api/pets").await.expect(200)["items"].as_array().unwrap().len(), 1);
    assert_eq!(owner.get(&path).await.expect(200)["name"], "Miko II", "it is still in what is past");
    owner.change(&path, json!({"name": "Miko"})).await.expect_problem(409, "pet_archived");
    owner
        .post(&format!("{path}/weights"), json!({"measuredOn": "2026-11-22", "grams": 1}))
        .await
        .expect_problem(409, "pet_archived");
    owner.put_picture(&format!("{path}/photo"), &photo(8, 8)).await.expect_problem(409, "pet_archived");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_field_by_field() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let path = miko(&owner).await;
    for (body, status, field, code) in [
        (json!({}), 400, "species", "required"),
        (json!({"name": "  ", "species": "cat"}), 400, "name", "required"),
        (json!({"name": "Miko", "species": "dragon"}), 400, "species", "invalid_type"),
        (json!({"name": "Miko", "species": "cat", "sex": "both"}), 400, "sex", "invalid_type"),
        (json!({"name": "Miko", "species": "cat", "neutered": "ya"}), 400, "neutered", "invalid_type"),
        (json!({"name": "x".repeat(61), "species": "cat"}), 422, "name", "too_long"),
        (json!({"name": "\u{3164}\u{202E}", "species": "cat"}), 400, "name", "required"),
        (json!({"name": "Miko", "species": "cat", "allergies": "x".repeat(1_001)}), 422, "allergies", "too_long"),
        (json!({"name": "Miko", "species": "cat", "birthDate": "2026-11-23"}), 422, "birthDate", "in_future"),
        (json!({"name": "Miko", "species": "cat", "birthDate": "1811-01-01"}), 422, "birthDate", "out_of_range"),
        (json!({"name": "Miko", "species": "cat", "birthDate": "kemarin"}), 422, "birthDate", "invalid_format"),
    ] {
        let answer = owner.post("/api/pets", body.clone()).await.expect(status);
        assert_eq!(
            (&answer["errors"][0]["field"], &answer["errors"][0]["code"]),
            (&json!(field), &json!(code)),
            "{body}"
        );
    }
    for (notes, body, field, code) in [
        ("weights", json!({"measuredOn": "2026-11-23", "grams": 4_600}), "measuredOn", "in_future"),
        ("weights", json!({"measuredOn": "2026-11-22", "grams": 0}), "grams", "out_of_range"),
        ("weights", json!({"measuredOn": "2026-11-22", "grams": 200_001}), "grams", "out_of_range"),
        ("vaccinations", json!({"name": "Rabies", "givenOn": "2026-12-01"}), "givenOn", "in_future"),
        ("vaccinations", json!({"name": "x".repeat(81), "givenOn": "2026-11-01"}), "name", "too_long"),
        (
            "vaccinations",
            json!({"name": "Rabies", "givenOn": "2026-11-01", "nextDueOn": "2026-11-01"}),
            "nextDueOn",
            "before_start",
        ),
    ] {
        let answer = owner.post(&format!("{path}/{notes}"), body.clone()).await.expect(422);
        assert_eq!(
            (&answer["errors"][0]["field"], &answer["errors"][0]["code"]),
            (&json!(field), &json!(code)),
            "{body}"
        );
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM pets").await, 1, "nothing was half done");
    assert_eq!(owner.get(&path).await.expect(200)["weights"], json!([]));
}

#[tokio::test]
async fn somebody_elses_pet_is_not_there() {
    let app = TestApp::start().await;
    let (owner, other, doctor) = (Person::owner(&app).await, Person::owner(&app).await, Person::doctor(&app).await);
    let path = miko(&owner).await;
    let noted = owner.post(&format!("{path}/weights"), json!({"measuredOn": "2026-11-22", "grams": 4_600})).await;
    let weight = format!("{path}/weights/{}", noted.expect(201)["id"].as_str().unwrap());
    other.get(&path).await.expect_problem(404, "pet_not_found");
    other.change(&path, json!({"name": "Punyaku"})).await.expect_problem(404, "pet_not_found");
    other.delete(&path).await.expect_problem(404, "pet_not_found");
    other.delete(&weight).await.expect_problem(404, "pet_not_found");
    other.get(&format!("{path}/timeline")).await.expect_problem(404, "pet_not_found");
    other.get(&format!("{path}/photo")).await.expect_problem(404, "pet_not_found");
    other.put_picture(&format!("{path}/photo"), &photo(8, 8)).await.expect_problem(404, "pet_not_found");
    let vaccination = json!({"name": "Rabies", "givenOn": "2026-11-01"});
    other.post(&format!("{path}/vaccinations"), vaccination).await.expect_problem(404, "pet_not_found");
    // A weight of one's own other pet is none of this one.
    let second = path_of(&owner.post("/api/pets", json!({"name": "Pus", "species": "cat"})).await.expect(201));
    let elsewhere = format!("{second}/weights/{}", id_of(&weight));
    owner.delete(&elsewhere).await.expect_problem(404, "pet_weight_not_found");
    doctor.get("/api/pets").await.expect_problem(403, "forbidden");
    Person::nobody(&app).get(&path).await.expect_problem(401, "unauthenticated");
    let purchase = json!({"id": doctor.id, "petId": id_of(&path)});
    other.post("/api/payment/consulting", purchase).await.expect_problem(404, "pet_not_found");
    assert_eq!(owner.get(&path).await.expect(200)["weights"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_owner_has_thirty_pets_at_most_also_when_they_come_at_once() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let body = || json!({"name": "Ikan", "species": "fish"});
    for _ in 0..25 {
        owner.post("/api/pets", body()).await.expect(201);
    }
    let answers = futures_util::future::join_all((0..12).map(|_| owner.post("/api/pets", body()))).await;
    let added = answers.iter().filter(|answer| answer.status == 201).count();
    let refused = answers.iter().filter(|answer| answer.body["code"] == "too_many_pets").count();
    assert_eq!((added, refused), (5, 7));
    let listed = owner.get("/api/pets").await.expect(200);
    owner.delete(&path_of(&listed["items"][0])).await.expect(200);
    owner.post("/api/pets", body()).await.expect(201);
}

#[tokio::test]
async fn a_day_has_one_weight_and_the_next_vaccination_is_the_one_not_given_again() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let path = miko(&owner).await;
    let weights = format!("{path}/weights");
    owner.post(&weights, json!({"measuredOn": "2026-10-22", "grams": 4_700})).await.expect(201);
    let first = owner.post(&weights, json!({"measuredOn": "2026-11-22", "grams": 460})).await.expect(201);
    let mended = owner.post(&weights, json!({"measuredOn": "2026-11-22", "grams": 4_600})).await.expect(200);
    assert_eq!(first["id"], mended["id"]);

    let vaccinations = format!("{path}/vaccinations");
    for (name, given, due) in [
        ("Rabies", "2024-09-02", Some("2025-09-02")),
        ("RABIES", "2025-09-02", Some("2027-09-02")),
        ("Tricat", "2025-12-02", Some("2026-12-02")),
        ("Leukemia", "2026-01-01", None),
    ] {
        let body = json!({"name": name, "givenOn": given, "nextDueOn": due});
        owner.post(&vaccinations, body).await.expect(201);
    }
    let record = owner.get(&path).await.expect(200);
    let grams: Vec<i64> =
        record["weights"].as_array().unwrap().iter().map(|weight| weight["grams"].as_i64().unwrap()).collect();
    assert_eq!((grams, &record["nextVaccination"]["name"]), (vec![4_600, 4_700], &json!("Tricat")));
    assert_eq!(owner.get("/api/pets").await.expect(200)["items"][0]["nextVaccination"]["nextDueOn"], "2026-12-02");

    let tricat = record["nextVaccination"]["id"].as_str().unwrap();
    let left = owner.delete(&format!("{vaccinations}/{tricat}")).await.expect(200);
    assert_eq!(left["nextVaccination"]["nextDueOn"], "2027-09-02");
    owner.delete(&format!("{vaccinations}/{tricat}")).await.expect_problem(404, "pet_vaccination_not_found");
    let left = owner.delete(&format!("{weights}/{}", first["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(left["weights"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_photo_is_written_anew_and_replaced() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let path = format!("{}/photo", miko(&owner).await);
    owner.get(&path).await.expect_problem(404, "pet_photo_not_found");
    let first = owner.put_picture(&path, &photo(1_600, 800)).await.expect(200);
    let seen = image::load_from_memory(&owner.bytes(&path).await).unwrap();
    assert_eq!((seen.width(), seen.height()), (768, 384));
    assert_eq!(app.stored_objects(), 6, "the whole and two that are smaller, each in two formats");

    let second = owner.put_picture(&path, &photo(30, 60)).await.expect(200);
    assert_ne!(first["photo"], second["photo"], "a page notices that it is another one");
    let seen = image::load_from_memory(&owner.bytes(second["photo"].as_str().unwrap()).await).unwrap();
    assert_eq!((seen.width(), seen.height(), app.stored_objects()), (30, 60, 1));

    owner.put_picture(&path, b"bukan foto").await.expect_problem(422, "validation_failed");
    owner.put(&path, json!({"file": "foto"})).await.expect_problem(400, "malformed_upload");
    assert_eq!(app.stored_objects(), 1);
}

#[tokio::test]
async fn the_vet_reads_the_profile_while_it_may_help_and_for_two_days_after() {
    let app = TestApp::start().await;
    let (mut owner, mut doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let pet = miko(&owner).await;
    owner.post(&format!("{pet}/weights"), json!({"measuredOn": "2026-11-22", "grams": 4_600})).await.expect(201);
    owner.put_picture(&format!("{pet}/photo"), &photo(30, 60)).await.expect(200);
    let photo = format!("{pet}/photo");
    doctor.get(&photo).await.expect_problem(404, "pet_not_found");

    let purchase = buy_for(&owner, &doctor, &pet).await;
    let consultation = format!("/api/consultations/{}", purchase["consultationId"].as_str().unwrap());
    let record = format!("{consultation}/pet");
    owner.get(&record).await.expect(200);
    doctor.get(&record).await.expect_problem(404, "pet_not_found");
    app.pay(&purchase).await;
    let seen = doctor.get(&record).await.expect(200);
    assert_eq!(
        (&seen["name"], &seen["allergies"], &seen["notes"], &seen["weights"][0]["grams"]),
        (&json!("Miko"), &json!("Ayam"), &json!("Dalam rumah"), &json!(4_600))
    );
    assert!(!doctor.bytes(&photo).await.is_empty());
    Person::doctor(&app).await.get(&record).await.expect_problem(404, "consultation_not_found");
    Person::doctor(&app).await.get(&photo).await.expect_problem(404, "pet_not_found");
    let shown = doctor.get(&consultation).await.expect(200)["pet"].clone();
    assert_eq!((&shown["name"], &shown["species"], shown["photo"].is_string()), (&json!("Miko"), &json!("cat"), true));

    let conversation = owner.conversation(&purchase).await;
    doctor.say(&conversation, "Sehat, Kak", "c1").await.expect(201);
    owner.end(&conversation).await;
    app.advance(48 * HOUR - MINUTE);
    doctor.sign_in().await;
    doctor.get(&record).await.expect(200);
    app.advance(MINUTE);
    doctor.get(&record).await.expect_problem(404, "pet_not_found");
    doctor.get(&photo).await.expect_problem(404, "pet_not_found");
    let shown = doctor.get(&consultation).await.expect(200)["pet"].clone();
    assert_eq!((&shown["name"], &shown["photo"]), (&json!("Miko"), &Value::Null));
    owner.sign_in().await;
    owner.delete(&pet).await.expect(200);
    assert_eq!(owner.get(&record).await.expect(200)["name"], "Miko");
    assert_eq!(owner.get(&consultation).await.expect(200)["pet"]["name"], "Miko");
    app.run_jobs().await;
}

#[tokio::test]
async fn an_open_purchase_takes_the_pet_that_was_said_last() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let miko = miko(&owner).await;
    let pus = path_of(&owner.post("/api/pets", json!({"name": "Pus", "species": "cat"})).await.expect(201));
    let first = owner.buy(&doctor).await;
    assert_eq!(owner.consultation(&first).await["pet"], Value::Null);
    let second = buy_for(&owner, &doctor, &miko).await;
    assert_eq!(first["transactionId"], second["transactionId"]);
    assert_eq!(owner.consultation(&first).await["pet"]["name"], "Miko");
    buy_for(&owner, &doctor, &pus).await;
    owner.buy(&doctor).await;
    assert_eq!(owner.consultation(&first).await["pet"]["name"], "Pus", "who says nothing changes nothing");

    owner.delete(&miko).await.expect(200);
    let archived = json!({"id": doctor.id, "petId": id_of(&miko)});
    owner.post("/api/payment/consulting", archived).await.expect_problem(404, "pet_not_found");
    let rubbish = json!({"id": doctor.id, "petId": "Miko"});
    owner.post("/api/payment/consulting", rubbish).await.expect_problem(404, "pet_not_found");
    assert_eq!(owner.consultation(&first).await["pet"]["name"], "Pus");
}

#[tokio::test]
async fn the_timeline_has_everything_newest_first_and_no_page_loses_any() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let pet = miko(&owner).await;
    for (day, grams) in [("2026-11-22", 4_600), ("2026-11-01", 4_700), ("2026-11-21", 4_650)] {
        owner.post(&format!("{pet}/weights"), json!({"measuredOn": day, "grams": grams})).await.expect(201);
    }
    for (name, day) in [("Rabies", "2026-11-22"), ("Tricat", "2026-11-01"), ("Leukemia", "2026-11-01")] {
        owner.post(&format!("{pet}/vaccinations"), json!({"name": name, "givenOn": day})).await.expect(201);
    }
    let (_, end) = consult_about(&app, &owner, &doctor, &pet).await;
    owner.patch(&end).await.expect(200);
    app.advance(MINUTE);
    consult_about(&app, &owner, &doctor, &pet).await;
    buy_for(&owner, &Person::doctor(&app).await, &pet).await;

    let whole = owner.get(&format!("{pet}/timeline")).await.expect(200);
    let whole = whole["items"].as_array().unwrap();
    let told: Vec<(&str, &str)> =
        whole.iter().map(|entry| (entry["on"].as_str().unwrap(), entry["kind"].as_str().unwrap())).collect();
    let expected = [
        ("2026-11-22", "consultation"),
        ("2026-11-22", "consultation"),
        ("2026-11-22", "vaccination"),
        ("2026-11-22", "weight"),
        ("2026-11-21", "weight"),
        ("2026-11-01", "vaccination"),
        ("2026-11-01", "vaccination"),
        ("2026-11-01", "weight"),
    ];
    assert_eq!(told, expected, "one that was not paid did not happen");
    assert_eq!((&whole[0]["status"], &whole[1]["status"]), (&json!("active"), &json!("ended")));
    assert_eq!(whole[0]["doctor"]["id"], doctor.id.as_str());

    for limit in 1..=8 {
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = owner.get(&format!("{pet}/timeline?limit={limit}{cursor}")).await.expect(200);
            found.extend(page["items"].as_array().unwrap().iter().cloned());
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(&found, whole, "{limit} a page");
    }
    for rubbish in ["1", "x.w.y", "99999999999999999.w.0193e9e0-0000-7000-8000-000000000000"] {
        let path = format!("{pet}/timeline?cursor={rubbish}");
        owner.get(&path).await.expect_problem(422, "validation_failed");
    }
}
