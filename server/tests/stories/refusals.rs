//! Refusals that no other story meets: programs branch on their codes.

use hellopet::operations::health;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Answer, Person, TestApp, photo};

/// Refused because of one field.
#[track_caller]
fn is_about(answer: Answer, field: &str, code: &str) {
    let body = answer.expect(422);
    assert_eq!((&body["errors"][0]["field"], &body["errors"][0]["code"]), (&json!(field), &json!(code)), "{body}");
}

#[tokio::test]
async fn half_a_body_is_no_json() {
    let app = TestApp::start().await;
    let half = Person::nobody(&app).post_text("/api/auth/login", "{\"email\":").await;
    half.expect_problem(400, "malformed_json");
}

#[tokio::test]
async fn an_idempotency_key_is_1_to_100_characters() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    for key in [String::new(), "k".repeat(101)] {
        let bought = owner.post_with_key("/api/payment/consulting", json!({"id": doctor.id}), &key).await;
        bought.expect_problem(400, "invalid_idempotency_key");
    }
    owner.post_with_key("/api/payment/consulting", json!({"id": doctor.id}), &"k".repeat(100)).await.expect(201);
}

#[tokio::test]
async fn a_pet_has_five_hundred_weights_at_most() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let pet = owner.post("/api/pets", json!({"name": "Miko", "species": "cat"})).await.expect(201);
    let pet = pet["id"].as_str().unwrap();
    for day in 0..500 {
        let (year, month, day) = (2010 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        app.run_sql(&format!(
            "INSERT INTO pet_weights (id, pet_id, measured_on, grams) VALUES ({}, {}, '{year}-{month:02}-{day:02}', 4000)",
            app.literal(&Uuid::now_v7().to_string()),
            app.literal(pet),
        ))
        .await;
    }
    let weight = |day: &str| json!({"measuredOn": day, "grams": 4_100});
    let path = format!("/api/pets/{pet}/weights");
    owner.post(&path, weight("2025-01-01")).await.expect_problem(409, "too_many_pet_entries");
    owner.post(&path, weight("2010-01-01")).await.expect(200);
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    let app = TestApp::start().await;
    let (doctor, admin) = (Person::doctor(&app).await, Person::admin(&app).await);
    let nobody = Person::nobody(&app);
    nobody.get(&format!("/api/doctors/{}/picture", doctor.id)).await.expect_problem(404, "picture_not_found");
    let figures = "/api/statistic/conversations/monthly/someone?year=2026";
    doctor.get(figures).await.expect_problem(404, "account_not_found");
    let refund = format!("/api/admin/refunds/{}/retry", Uuid::now_v7());
    admin.post(&refund, json!({})).await.expect_problem(404, "refund_not_found");
}

#[tokio::test]
async fn a_node_without_its_database_is_not_ready() {
    let app = TestApp::start().await;
    assert!(health::ready(axum::extract::State(app.app.operations.clone())).await.is_ok());
    app.app.platform.db.read.clone().close().await.unwrap();
    let unready = health::ready(axum::extract::State(app.app.operations.clone())).await.err().unwrap().into_problem();
    assert_eq!((unready.status.as_u16(), unready.code), (503, "database_unavailable"));
}

#[tokio::test]
async fn a_node_that_hears_nothing_of_the_others_is_not_ready() {
    let app = TestApp::start_with(&[("REDIS_URL", "redis://127.0.0.1:1")]).await;
    Person::nobody(&app).get("/readyz").await.expect_problem(503, "redis_unavailable");
}

#[tokio::test]
async fn a_field_that_makes_no_sense_is_named() {
    let app = TestApp::start().await;
    let (owner, doctor, admin) = (Person::owner(&app).await, Person::doctor(&app).await, Person::admin(&app).await);
    let account = |email: &str, phone: &str| json!({"username": "Rina", "email": email, "password": "kucing-oranye-9", "phone_number": phone});
    let nobody = Person::nobody(&app);
    is_about(nobody.post("/api/auth/register", account("bukan", "081234567890")).await, "email", "invalid_email");
    let phone = nobody.post("/api/auth/register", account("rina@contoh.id", "12")).await;
    is_about(phone, "phone_number", "invalid_phone_number");
    let voucher = json!({"id": doctor.id, "voucherCode": "HEMAT"});
    is_about(owner.post("/api/payment/consulting", voucher).await, "voucherCode", "not_available");
    is_about(admin.get("/api/admin/doctors?status=lost").await, "status", "unknown_status");
    is_about(admin.get("/api/admin/doctors?cursor=lost").await, "cursor", "invalid_cursor");
}

#[tokio::test]
async fn a_message_that_cannot_be_sent_says_why() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let talk = owner.consult(&app, &doctor).await;
    is_about(owner.say(&talk, "halo", "kucing oranye").await, "clientId", "invalid_client_id");
    let path = format!("/api/conversations/{talk}/messages");
    let with = |pictures: &[&str]| json!({"message": "", "clientId": "satu", "attachments": pictures});
    is_about(owner.post(&path, with(&["bukan"])).await, "attachments", "invalid_attachments");
    let strange = Uuid::now_v7().to_string();
    owner.post(&path, with(&[&strange])).await.expect_problem(422, "attachment_unusable");
    let other = json!({"message": "halo", "senderId": owner.id, "receiverId": owner.id});
    let misdirected = owner.post(&format!("/api/messages/send/{}", doctor.id), other).await;
    is_about(misdirected, "receiverId", "differs_from_path");
    let end = format!("/api/messages/end/{talk}");
    owner.patch(&end).await.expect(200);
    owner.patch(&end).await.expect_problem(400, "conversation_already_ended");
    app.run_jobs().await;
}

#[tokio::test]
async fn half_a_picture_is_broken() {
    let app = TestApp::start().await;
    let doctor = Person::doctor(&app).await;
    let whole = photo(64, 64);
    let half = doctor.put_picture("/api/doctors/me/picture", &whole[..whole.len() / 2]).await;
    is_about(half, "file", "image_broken");
}
