//! Uploads that take long, break off, or are forgotten.

use std::io::Cursor;
use std::time::Duration;

use image::{ImageFormat, RgbImage};
use serde_json::{Value, json};

use crate::support::{DAY, HOUR, Person, TestApp};

fn photo() -> Vec<u8> {
    let mut bytes = Vec::new();
    RgbImage::new(64, 48).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

/// Time goes by; sessions end meanwhile.
async fn wait(app: &TestApp, time: Duration, person: &mut Person) {
    app.advance(time);
    person.sign_in().await;
}

async fn show(person: &Person, upload: &Value) -> crate::support::Answer {
    person.get(&format!("/api/uploads/{}", upload["id"].as_str().unwrap())).await
}

#[tokio::test]
async fn an_unfinished_upload_expires_after_a_day_and_leaves_nothing() {
    let app = TestApp::start().await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let photo = photo();
    let upload = owner.begin_upload(&conversation, photo.len(), "c1").await.expect(201);
    owner.send_piece(&upload, 0, &photo[..20]).await.expect(200);

    wait(&app, DAY - Duration::from_millis(1), &mut owner).await;
    app.run_jobs().await;
    assert_eq!(show(&owner, &upload).await.expect(200)["offset"], 20);

    app.advance(Duration::from_millis(1));
    show(&owner, &upload).await.expect_problem(404, "upload_not_found");
    owner.send_piece(&upload, 20, &photo[20..]).await.expect_problem(404, "upload_not_found");
    assert_eq!(app.stored_objects(), 1, "a request may still be at it");

    app.advance(HOUR + Duration::from_millis(1));
    app.run_jobs().await;
    assert_eq!(app.stored_objects(), 0);
}

#[tokio::test]
async fn after_its_expiry_the_same_client_id_begins_anew() {
    let app = TestApp::start().await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let photo = photo();
    let first = owner.begin_upload(&conversation, photo.len(), "c1").await.expect(201);
    owner.send_piece(&first, 0, &photo[..20]).await.expect(200);
    wait(&app, DAY, &mut owner).await;
    let second = owner.begin_upload(&conversation, photo.len(), "c1").await.expect(201);
    assert_ne!(first["id"], second["id"]);
    assert_eq!((&second["offset"], app.stored_objects()), (&json!(0), 0));
    let done = owner.send_piece(&second, 0, &photo).await.expect(200);
    assert_eq!(done["attachment"]["width"], 64);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_picture_that_was_never_sent_goes_and_a_sent_one_stays() {
    let app = TestApp::start().await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let photo = photo();
    let mut urls = Vec::new();
    for client_id in ["sent", "forgotten"] {
        let upload = owner.begin_upload(&conversation, photo.len(), client_id).await.expect(201);
        let attachment = owner.send_piece(&upload, 0, &photo).await.expect(200)["attachment"].take();
        if client_id == "sent" {
            let message = json!({"clientId": "m1", "attachments": [attachment["id"]]});
            owner.post(&format!("/api/conversations/{conversation}/messages"), message).await.expect(201);
        }
        urls.push(attachment["url"].as_str().unwrap().to_owned());
    }
    assert_eq!(app.stored_objects(), 4, "two pictures, each with its thumbnail; no piece of them");

    app.advance(DAY);
    app.run_jobs().await;
    assert_eq!(app.stored_objects(), 4, "not yet: it may be sent at this moment");
    wait(&app, HOUR + Duration::from_millis(1), &mut owner).await;
    app.run_jobs().await;
    assert_eq!(app.stored_objects(), 2);
    owner.get(&urls[0]).await.expect(200);
    owner.get(&urls[1]).await.expect_problem(404, "attachment_not_found");
}

/// An upload whose last byte is stored while the server died before it looked at it.
async fn broken_off_at_the_end(app: &TestApp, owner: &Person, conversation: &str) -> (Value, usize) {
    let photo = photo();
    // Said to be longer, so that the server waits; then it is as long as what is there.
    let upload = owner.begin_upload(conversation, photo.len() + 1, "c1").await.expect(201);
    let half = photo.len() / 2;
    owner.send_piece(&upload, 0, &photo[..half]).await.expect(200);
    let waiting = owner.send_piece(&upload, half, &photo[half..]).await.expect(200);
    assert_eq!(waiting["attachment"], Value::Null);
    app.run_sql("UPDATE uploads SET size = size - 1").await;
    (upload, photo.len())
}

#[tokio::test]
async fn who_asks_after_a_crash_gets_the_picture() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let (upload, _) = broken_off_at_the_end(&app, &owner, &conversation).await;
    // Several devices may ask at once; the picture is one.
    let asked = futures_util::future::join_all((0..6).map(|_| show(&owner, &upload))).await;
    let mut ids: Vec<Value> = asked.into_iter().map(|answer| answer.expect(200)["attachment"]["id"].clone()).collect();
    ids.dedup();
    assert_eq!((ids.len(), app.stored_objects()), (1, 2));
}

#[tokio::test]
async fn an_empty_piece_at_the_end_finishes_after_a_crash() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let (upload, size) = broken_off_at_the_end(&app, &owner, &conversation).await;
    let done = owner.send_piece(&upload, size, &[]).await.expect(200);
    assert_eq!(done["attachment"]["height"], 48);
}

#[tokio::test]
async fn a_picture_of_before_has_no_placeholder_and_is_its_own_thumbnail() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let photo = photo();
    let upload = owner.begin_upload(&conversation, photo.len(), "c1").await.expect(201);
    let attachment = owner.send_piece(&upload, 0, &photo).await.expect(200)["attachment"].take();
    app.run_sql("UPDATE attachments SET thumbnail_size = NULL, placeholder = NULL").await;
    let again = show(&owner, &upload).await.expect(200)["attachment"].take();
    assert_eq!(again["placeholder"], Value::Null);
    owner.get(attachment["thumbnailUrl"].as_str().unwrap()).await.expect(200);
}
