//! What the staff does is written down for good.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

/// What was done, the newest first: the action, the thing and the reason.
async fn done(admin: &Person) -> Vec<(String, String, Value)> {
    let log = admin.get("/api/admin/audit").await.expect(200);
    let word = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    let entries = log["items"].as_array().unwrap().iter();
    entries.map(|entry| (word(entry, "action"), word(entry, "subjectId"), entry["reason"].clone())).collect()
}

#[tokio::test]
async fn who_did_what_and_why_is_written_down_with_the_deed() {
    let app = TestApp::start().await;
    let (admin, doctor) = (Person::admin(&app).await, Person::doctor(&app).await);
    let at = |what: &str| format!("/api/admin/doctors/{}/{what}", doctor.id);
    admin.post(&at("suspend"), json!({"reason": "Izin dicabut"})).await.expect(200);
    app.run_jobs().await;
    // What is refused was not done.
    admin.post(&at("suspend"), json!({"reason": "lagi"})).await.expect_problem(409, "doctor_state_changed");
    admin.post(&at("reinstate"), json!({})).await.expect(200);
    let expected = [
        ("doctor.reinstated".to_owned(), doctor.id.clone(), Value::Null),
        ("doctor.suspended".to_owned(), doctor.id.clone(), json!("Izin dicabut")),
    ];
    assert_eq!(done(&admin).await, expected);

    let newest = admin.get("/api/admin/audit?limit=1").await.expect(200);
    assert_eq!(newest["items"][0]["actor"]["id"], admin.id);
    let older = admin.get(&format!("/api/admin/audit?cursor={}", newest["nextCursor"].as_str().unwrap())).await;
    assert_eq!(older.expect(200)["items"][0]["action"], "doctor.suspended");
    for other in [&doctor, &Person::owner(&app).await] {
        other.get("/api/admin/audit").await.expect_problem(403, "forbidden");
    }
}

#[tokio::test]
async fn a_review_is_hidden_and_shown_once_however_often_it_is_asked() {
    let app = TestApp::start().await;
    let (owner, doctor, admin) = (Person::owner(&app).await, Person::doctor(&app).await, Person::admin(&app).await);
    let purchase = owner.buy(&doctor).await;
    app.pay(&purchase).await;
    let talk = owner.conversation(&purchase).await;
    doctor.say(&talk, "halo", "satu").await.expect(201);
    owner.end(&talk).await;
    let consultation = purchase["consultationId"].as_str().unwrap();
    let review = json!({"rating": 5, "text": "Ramah"});
    owner.post(&format!("/api/consultations/{consultation}/review"), review).await.expect(201);
    let at = |what: &str| format!("/api/reviews/{consultation}/{what}");
    for _ in 0..2 {
        admin.post(&at("hide"), json!({"reason": "Kasar"})).await.expect(200);
    }
    for _ in 0..2 {
        admin.post(&at("show"), json!({})).await.expect(200);
    }
    let expected = [
        ("review.shown".to_owned(), consultation.to_owned(), Value::Null),
        ("review.hidden".to_owned(), consultation.to_owned(), json!("Kasar")),
    ];
    assert_eq!(done(&admin).await, expected);
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_what_is_written() {
    let app = TestApp::start().await;
    let (admin, doctor) = (Person::admin(&app).await, Person::doctor(&app).await);
    let suspend = format!("/api/admin/doctors/{}/suspend", doctor.id);
    admin.post(&suspend, json!({"reason": "Izin dicabut"})).await.expect(200);
    app.run_jobs().await;
    for forgery in ["UPDATE audit_log SET reason = 'lain'", "DELETE FROM audit_log"] {
        let refused = app.app.platform.db.write.execute_unprepared(forgery).await.unwrap_err();
        assert!(refused.to_string().contains("the audit log never changes"), "{refused}");
    }
    assert_eq!(done(&admin).await.len(), 1);
}
