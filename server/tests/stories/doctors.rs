//! How vets come in by their licence, stay as long as it holds, and go.

use serde_json::{Value, json};

use crate::support::{NINE, Person, TestApp, consultation_path, photo};

fn licence(expires_on: &str) -> Value {
    json!({"kind": "sip", "number": "SIP 503/77/2026", "issuer": "Dinas Kesehatan Jakarta Selatan", "expiresOn": expires_on})
}

fn application() -> Value {
    json!({
        "specialization": "Kulit dan alergi", "workExperience": 4, "bio": "Sabar dengan kucing galak.", "basePrice": 40_000,
        "species": ["cat", "rabbit"], "languages": ["id", "jv"], "licence": licence("2027-03-31"),
    })
}

/// Somebody who has applied with one document, and the licence's id.
pub async fn applicant(app: &TestApp) -> (Person, String) {
    let vet = Person::owner(app).await;
    vet.post("/api/doctors/applications", application()).await.expect(201);
    let licence = document(&vet).await;
    (vet, licence)
}

/// Adds a document to the licence that is being checked.
async fn document(vet: &Person) -> String {
    let own = vet.get("/api/doctors/me").await.expect(200);
    let licence = own["pendingLicence"]["id"].as_str().unwrap().to_owned();
    vet.post_picture(&format!("/api/doctors/me/licences/{licence}/documents"), &photo(60, 40)).await.expect(201);
    licence
}

async fn listed(app: &TestApp) -> Vec<String> {
    let list = Person::nobody(app).get("/api/doctors").await.expect(200);
    list["items"].as_array().unwrap().iter().map(|card| card["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_vet_comes_in_when_the_licence_is_accepted_and_not_before() {
    let app = TestApp::start().await;
    let admin = Person::admin(&app).await;
    let vet = Person::owner(&app).await;
    vet.get("/api/doctors/me").await.expect_problem(404, "doctor_not_found");
    let applied = vet.post("/api/doctors/applications", application()).await.expect(201);
    assert_eq!(
        (&applied["status"], &applied["bookable"], &applied["price"]),
        (&json!("applied"), &json!(false), &json!(45_000))
    );
    assert_eq!(applied["pendingLicence"]["expiresOn"], "2027-03-31");
    let licence = applied["pendingLicence"]["id"].as_str().unwrap().to_owned();
    let accept = format!("/api/admin/licences/{licence}/accept");
    admin.post(&accept, json!({})).await.expect_problem(409, "documents_missing");
    document(&vet).await;
    assert!(listed(&app).await.is_empty());
    Person::nobody(&app).get(&format!("/api/doctors/{}", vet.id)).await.expect_problem(404, "doctor_not_found");

    let waiting = admin.get("/api/admin/doctors?pending=true").await.expect(200);
    assert_eq!((&waiting["items"][0]["id"], &waiting["items"][0]["email"]), (&json!(vet.id), &json!(vet.email)));
    let accepted = admin.post(&accept, json!({})).await.expect(200);
    assert_eq!((&accepted["status"], &accepted["bookable"]), (&json!("verified"), &json!(true)));
    assert_eq!(listed(&app).await, std::slice::from_ref(&vet.id));
    // The session that was there goes on, as a vet's.
    assert_eq!(vet.get("/api/auth/me").await.expect(200)["roles"], "dokter");
    vet.get("/api/doctors/me/availability").await.expect(200);
    let page = Person::nobody(&app).get(&format!("/api/doctors/{}", vet.id)).await.expect(200);
    assert_eq!((&page["licenceExpiresOn"], &page["languages"]), (&json!("2027-03-31"), &json!(["id", "jv"])));
    assert_eq!((&page["species"], &page["instant"]["answerWithinMinutes"]), (&json!(["cat", "rabbit"]), &json!(60)));
    admin.post(&accept, json!({})).await.expect_problem(409, "licence_decided");
    assert!(admin.get("/api/admin/doctors?pending=true").await.expect(200)["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn who_is_refused_reads_why_and_applies_again_with_another_licence() {
    let app = TestApp::start().await;
    let admin = Person::admin(&app).await;
    let (vet, licence) = applicant(&app).await;
    let refuse = format!("/api/admin/licences/{licence}/refuse");
    admin.post(&refuse, json!({})).await.expect_problem(400, "all_fields_required");
    let refused = admin.post(&refuse, json!({"reason": "Nomornya tidak terbaca"})).await.expect(200);
    assert_eq!(refused["status"], "rejected");
    let own = vet.get("/api/doctors/me").await.expect(200);
    assert_eq!(
        (&own["statusReason"], &own["refusedLicence"]["reason"]),
        (&json!("Nomornya tidak terbaca"), &json!("Nomornya tidak terbaca"))
    );
    let again = vet.post("/api/doctors/me/licences", self::licence("2028-01-31")).await.expect(201);
    assert_eq!(
        (&again["status"], &again["statusReason"], &again["refusedLicence"]),
        (&json!("applied"), &Value::Null, &Value::Null)
    );
    vet.post("/api/doctors/me/licences", self::licence("2028-01-31"))
        .await
        .expect_problem(409, "licence_already_submitted");
    let licence = document(&vet).await;
    let accepted = admin.post(&format!("/api/admin/licences/{licence}/accept"), json!({})).await.expect(200);
    assert_eq!(accepted["licences"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_owners_account_does_not_apply_and_an_application_says_everything() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let path = "/api/doctors/applications";
    let incomplete = owner.post(path, json!({"bio": "x"})).await.expect(400);
    assert_eq!(incomplete["errors"].as_array().unwrap().len(), 9, "{incomplete}");
    let mut wrong = application();
    wrong["basePrice"] = json!(9_999);
    wrong["species"] = json!([]);
    wrong["licence"]["expiresOn"] = json!("2026-11-21");
    let wrong = owner.post(path, wrong).await.expect(422);
    let fields: Vec<&str> = wrong["errors"].as_array().unwrap().iter().filter_map(|it| it["field"].as_str()).collect();
    assert_eq!(fields, ["basePrice", "species", "licence.expiresOn"]);
    Person::doctor(&app).await.post(path, application()).await.expect_problem(403, "forbidden");
    owner.post("/api/pets", json!({"name": "Miko", "species": "cat"})).await.expect(201);
    owner.post(path, application()).await.expect_problem(409, "account_in_use");
    let vet = Person::owner(&app).await;
    vet.post(path, application()).await.expect(201);
    vet.post(path, application()).await.expect_problem(409, "already_applied");
    assert_eq!(app.count("SELECT COUNT(*) FROM licences").await, 1);
}

#[tokio::test]
async fn an_applicant_who_became_an_owner_meanwhile_is_not_let_in() {
    let app = TestApp::start().await;
    let admin = Person::admin(&app).await;
    let (vet, licence) = applicant(&app).await;
    vet.post("/api/pets", json!({"name": "Miko", "species": "cat"})).await.expect(201);
    admin.post(&format!("/api/admin/licences/{licence}/accept"), json!({})).await.expect_problem(409, "account_in_use");
    assert_eq!(app.count("SELECT COUNT(*) FROM licences WHERE status = 'submitted'").await, 1);
}

#[tokio::test]
async fn documents_are_seen_by_their_vet_and_the_operator_and_there_are_six_at_most() {
    let app = TestApp::start().await;
    let admin = Person::admin(&app).await;
    let (vet, licence) = applicant(&app).await;
    let path = format!("/api/doctors/me/licences/{licence}/documents");
    let other = Person::owner(&app).await;
    other.post_picture(&path, &photo(8, 8)).await.expect_problem(404, "licence_not_found");
    vet.post_picture(&path, b"bukan foto").await.expect_problem(422, "validation_failed");
    let picture = photo(8, 8);
    let adding = (0..8).map(|_| vet.post_picture(&path, &picture));
    let answers = futures_util::future::join_all(adding).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 5);
    vet.post_picture(&path, &picture).await.expect_problem(409, "too_many_documents");
    let own = vet.get("/api/doctors/me").await.expect(200);
    let url = own["pendingLicence"]["documents"][0]["url"].as_str().unwrap();
    for person in [&vet, &admin] {
        assert!(image::load_from_memory(&person.bytes(url).await).is_ok());
    }
    let kept = vet.picture(url, "image/*").await.headers()["cache-control"].clone();
    assert_eq!(kept, "private, no-store", "nobody finds it at this computer later");
    other.get(url).await.expect_problem(404, "document_not_found");
    Person::nobody(&app).get(url).await.expect_problem(401, "unauthenticated");
    admin.post(&format!("/api/admin/licences/{licence}/accept"), json!({})).await.expect(200);
    vet.post_picture(&path, &picture).await.expect_problem(409, "licence_decided");
}

#[tokio::test]
async fn a_licence_that_has_ended_makes_its_vet_unbookable_by_itself_until_a_newer_one_is_accepted() {
    let app = TestApp::start().await;
    let (mut admin, mut owner) = (Person::admin(&app).await, Person::owner(&app).await);
    let (mut vet, licence) = applicant(&app).await;
    admin.post(&format!("/api/admin/licences/{licence}/accept"), json!({})).await.expect(200);
    vet.works_mornings().await;
    // Four days before the end there are slots until then and none beyond.
    app.set_time("2027-03-28T01:00:00.000Z");
    app.run_jobs().await;
    for person in [&mut admin, &mut owner, &mut vet] {
        person.sign_in().await;
    }
    let slots = owner.get(&format!("/api/doctors/{}/slots?days=7", vet.id)).await.expect(200);
    let days = slots["days"].as_array().unwrap();
    let with_slots: Vec<&Value> =
        days.iter().filter(|day| !day["slots"].as_array().unwrap().is_empty()).map(|day| &day["date"]).collect();
    assert_eq!(with_slots.last(), Some(&&json!("2027-03-31")));
    owner.book(&vet, "2027-04-01T02:00:00.000Z").await.expect_problem(422, "slot_not_offered");
    let renewal = vet.post("/api/doctors/me/licences", self::licence("2028-03-31")).await.expect(201);
    assert_eq!((&renewal["status"], &renewal["bookable"]), (&json!("verified"), &json!(true)));

    app.set_time("2027-03-31T17:00:00.000Z");
    for person in [&mut admin, &mut owner, &mut vet] {
        person.sign_in().await;
    }
    assert!(listed(&app).await.is_empty());
    assert_eq!(Person::nobody(&app).get("/api/roles/dokter").await.expect(200), json!([]));
    owner.post("/api/payment/consulting", json!({"id": vet.id})).await.expect_problem(404, "doctor_not_found");
    owner.get(&format!("/api/doctors/{}/slots", vet.id)).await.expect_problem(404, "doctor_not_found");
    assert_eq!(vet.get("/api/doctors/me").await.expect(200)["bookable"], false);

    let renewed = document(&vet).await;
    admin.post(&format!("/api/admin/licences/{renewed}/accept"), json!({})).await.expect(200);
    assert_eq!(listed(&app).await, std::slice::from_ref(&vet.id));
    owner.book(&vet, "2027-04-02T02:00:00.000Z").await.expect(201);
}

#[tokio::test]
async fn a_licence_that_ends_earlier_does_not_take_the_place_of_one_that_ends_later() {
    let app = TestApp::start().await;
    let admin = Person::admin(&app).await;
    let (mut vet, first) = applicant(&app).await;
    admin.post(&format!("/api/admin/licences/{first}/accept"), json!({})).await.expect(200);
    vet.sign_in().await;
    for (expires_on, in_force) in
        [("2026-12-31", "2027-03-31"), ("2027-03-31", "2027-03-31"), ("2028-03-31", "2028-03-31")]
    {
        vet.post("/api/doctors/me/licences", self::licence(expires_on)).await.expect(201);
        let next = document(&vet).await;
        admin.post(&format!("/api/admin/licences/{next}/accept"), json!({})).await.expect(200);
        let page = Person::nobody(&app).get(&format!("/api/doctors/{}", vet.id)).await.expect(200);
        assert_eq!(page["licenceExpiresOn"], in_force, "after one until {expires_on}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM licences WHERE status = 'accepted'").await, 4);
}

#[tokio::test]
async fn no_slot_ends_after_the_licence_does() {
    let app = TestApp::start().await;
    let admin = Person::admin(&app).await;
    let (mut vet, licence) = applicant(&app).await;
    admin.post(&format!("/api/admin/licences/{licence}/accept"), json!({})).await.expect(200);
    vet.sign_in().await;
    // East of Jakarta the last day ends at two in the night: 31 March, 24.00 WIB.
    let hours = |slot: i32| {
        json!({
            "timeZone": "Asia/Jayapura", "slotMinutes": slot, "bufferMinutes": 0, "minNoticeMinutes": 0, "horizonDays": 30,
            "week": [{"weekday": 3, "from": "12:00", "to": "13:00"}, {"weekday": 4, "from": "00:30", "to": "03:30"}],
            "exceptions": [],
        })
    };
    vet.put("/api/doctors/me/availability", hours(60)).await.expect(200);
    app.set_time("2027-03-30T01:00:00.000Z");
    let mut owner = Person::owner(&app).await;
    let slots = format!("/api/doctors/{}/slots?from=2027-04-01&days=1", vet.id);
    let shown = owner.get(&slots).await.expect(200);
    let starts: Vec<&Value> =
        shown["days"][0]["slots"].as_array().unwrap().iter().map(|slot| &slot["startsAt"]).collect();
    assert_eq!(starts, [&json!("2027-03-31T15:30:00.000Z")], "until half past one, and none until half past two");
    owner.book(&vet, "2027-03-31T16:30:00.000Z").await.expect_problem(422, "slot_not_offered");

    // One that was bought while slots were longer is not moved across the end either.
    let bought = owner.book_and_pay(&app, &vet, "2027-03-31T03:00:00.000Z").await;
    vet.sign_in().await;
    vet.put("/api/doctors/me/availability", hours(30)).await.expect(200);
    owner.sign_in().await;
    let path = consultation_path(&bought, "reschedule");
    let late = json!({"startsAt": "2027-03-31T16:30:00.000Z"});
    owner.post(&path, late).await.expect_problem(422, "slot_not_offered");
    owner.post(&path, json!({"startsAt": "2027-03-31T16:00:00.000Z"})).await.expect(200);
}

#[tokio::test]
async fn an_old_licence_is_not_accepted_after_its_last_day() {
    let app = TestApp::start().await;
    let mut admin = Person::admin(&app).await;
    let (_vet, licence) = applicant(&app).await;
    app.set_time("2027-03-31T17:00:00.000Z");
    admin.sign_in().await;
    admin
        .post(&format!("/api/admin/licences/{licence}/accept"), json!({}))
        .await
        .expect_problem(409, "licence_expired");
}

#[tokio::test]
async fn who_is_suspended_is_seen_no_more_and_all_that_nobody_has_answered_is_paid_back() {
    let app = TestApp::start().await;
    let (admin, doctor) = (Person::admin(&app).await, Person::doctor(&app).await);
    let owners = [Person::owner(&app).await, Person::owner(&app).await, Person::owner(&app).await];
    doctor.works_mornings().await;
    let booked = owners[0].book_and_pay(&app, &doctor, NINE).await;
    let waiting = owners[1].buy(&doctor).await;
    app.pay(&waiting).await;
    let unpaid = owners[2].buy(&doctor).await;
    let suspend = format!("/api/admin/doctors/{}/suspend", doctor.id);
    owners[0].post(&suspend, json!({"reason": "x"})).await.expect_problem(403, "forbidden");
    let suspended = admin.post(&suspend, json!({"reason": "Laporan pemilik"})).await.expect(200);
    assert_eq!((&suspended["status"], &suspended["bookable"]), (&json!("suspended"), &json!(false)));
    assert!(listed(&app).await.is_empty());
    for (owner, purchase) in owners.iter().zip([&booked, &waiting, &unpaid]) {
        assert_eq!(owner.consultation(purchase).await["status"], "cancelled");
    }
    app.run_jobs().await;
    for (owner, purchase) in owners.iter().zip([&booked, &waiting]) {
        assert_eq!(owner.payment(purchase).await["status"], "refunded");
    }
    owners[0].book(&doctor, NINE).await.expect_problem(404, "doctor_not_found");
    assert_eq!(doctor.get("/api/doctors/me").await.expect(200)["statusReason"], "Laporan pemilik");
    admin.post(&suspend, json!({"reason": "x"})).await.expect_problem(409, "doctor_state_changed");

    let reinstate = format!("/api/admin/doctors/{}/reinstate", doctor.id);
    admin.post(&reinstate, json!({})).await.expect(200);
    admin.post(&reinstate, json!({})).await.expect_problem(409, "doctor_state_changed");
    owners[0].book(&doctor, NINE).await.expect(201);
}

#[tokio::test]
async fn who_buys_while_the_vet_is_suspended_is_refused_or_called_off_as_well() {
    let app = TestApp::start().await;
    let (admin, doctor) = (Person::admin(&app).await, Person::doctor(&app).await);
    let owners = Person::owners(&app, 12).await;
    let wish = json!({"id": doctor.id});
    let buying =
        futures_util::future::join_all(owners.iter().map(|owner| owner.post("/api/payment/consulting", wish.clone())));
    let suspend = format!("/api/admin/doctors/{}/suspend", doctor.id);
    let (answers, suspended) = tokio::join!(buying, admin.post(&suspend, json!({"reason": "Laporan pemilik"})));
    suspended.expect(200);
    for answer in answers {
        assert!([201, 404].contains(&answer.status.as_u16()), "{}", answer.body);
    }
    let open = "SELECT COUNT(*) FROM consultations WHERE status IN ('awaiting_payment', 'scheduled', 'active')";
    assert_eq!(app.count(open).await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM payments WHERE status = 'pending'").await, 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn only_the_operator_sees_all_doctors() {
    let app = TestApp::start().await;
    let (admin, doctor) = (Person::admin(&app).await, Person::doctor(&app).await);
    applicant(&app).await;
    let all = admin.get("/api/admin/doctors?limit=1").await.expect(200);
    let cursor = all["nextCursor"].as_str().unwrap();
    let rest = admin.get(&format!("/api/admin/doctors?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!((&rest["items"][0]["id"], &rest["nextCursor"]), (&json!(doctor.id), &Value::Null));
    let verified = admin.get("/api/admin/doctors?status=verified").await.expect(200);
    assert_eq!(verified["items"].as_array().unwrap().len(), 1);
    admin.get("/api/admin/doctors?pending=ya").await.expect_problem(422, "validation_failed");
    admin.get("/api/admin/doctors?status=x").await.expect_problem(422, "validation_failed");
    doctor.get("/api/admin/doctors").await.expect_problem(403, "forbidden");
    doctor.get(&format!("/api/admin/doctors/{}", doctor.id)).await.expect_problem(403, "forbidden");
}
