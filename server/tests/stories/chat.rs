//! Messages in races.

use serde_json::json;

use crate::support::{Person, TestApp};

#[tokio::test]
async fn a_hundred_messages_at_once_are_numbered_without_gaps() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let sends = (0..100).map(|index| {
        let (sender, conversation) = (if index % 2 == 0 { &owner } else { &doctor }, &conversation);
        async move { sender.say(conversation, &format!("pesan {index}"), &format!("c{index}")).await }
    });
    for answer in futures_util::future::join_all(sends).await {
        answer.expect(201);
    }
    let path = format!("/api/conversations/{conversation}/messages?afterSeq=0&limit=100");
    let page = owner.get(&path).await.expect(200);
    let seqs: Vec<i64> =
        page["items"].as_array().unwrap().iter().map(|message| message["seq"].as_i64().unwrap()).collect();
    assert_eq!(seqs, (1..=100).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_message_sent_twenty_times_at_once_is_one_message() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let sends = (0..20).map(|_| owner.say(&conversation, "sekali saja", "same"));
    let answers = futures_util::future::join_all(sends).await;
    let created = answers.iter().filter(|answer| answer.status.as_u16() == 201).count();
    let mut ids: Vec<String> = answers.iter().map(|answer| answer.body["id"].to_string()).collect();
    ids.dedup();
    assert_eq!((created, ids.len()), (1, 1));
}

#[tokio::test]
async fn a_client_id_cannot_lead_into_another_conversation() {
    let app = TestApp::start().await;
    let (owner, one, other) = (Person::owner(&app).await, Person::doctor(&app).await, Person::doctor(&app).await);
    let first = owner.consult(&app, &one).await;
    let second = owner.consult(&app, &other).await;
    owner.say(&first, "untuk dokter pertama", "c1").await.expect(201);
    owner.say(&second, "untuk dokter kedua", "c1").await.expect_problem(409, "client_id_reused");
}

#[tokio::test]
async fn ending_from_both_sides_at_once_ends_once() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    doctor.say(&conversation, "Halo, saya bantu ya", "c1").await.expect(201);
    let path = format!("/api/messages/end/{conversation}");
    let (one, other) = tokio::join!(owner.patch(&path), doctor.patch(&path));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
    let consultations = owner.get("/api/consultations").await.expect(200);
    assert_eq!(consultations["items"][0]["status"], "ended");
    assert_eq!(consultations["items"][0]["conversationId"], json!(conversation));
}
