//! Sentences that a vet keeps at hand.

use serde_json::json;

use crate::support::{Person, TestApp};

const REPLIES: &str = "/api/doctors/me/replies";

#[tokio::test]
async fn a_vet_keeps_changes_and_deletes_replies_that_nobody_else_sees() {
    let app = TestApp::start().await;
    let (doctor, colleague) = (Person::doctor(&app).await, Person::doctor(&app).await);
    let kept = doctor.post(REPLIES, json!({"title": "Salam", "body": "Halo {pemilik}"})).await.expect(201);
    doctor.post(REPLIES, json!({"title": "Puasa", "body": "Puasakan {hewan} 8 jam"})).await.expect(201);
    let titles = doctor.get(REPLIES).await.expect(200);
    assert_eq!((&titles["items"][0]["title"], &titles["items"][1]["title"]), (&json!("Puasa"), &json!("Salam")));
    assert_eq!(colleague.get(REPLIES).await.expect(200), json!({"items": []}));

    let path = format!("{REPLIES}/{}", kept["id"].as_str().unwrap());
    let other = json!({"title": "Salam", "body": "Selamat pagi {pemilik}"});
    colleague.put(&path, other.clone()).await.expect_problem(404, "reply_not_found");
    colleague.delete(&path).await.expect_problem(404, "reply_not_found");
    assert_eq!(doctor.put(&path, other).await.expect(200)["body"], "Selamat pagi {pemilik}");
    let left = doctor.delete(&path).await.expect(200);
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    doctor.delete(&path).await.expect_problem(404, "reply_not_found");
    Person::owner(&app).await.get(REPLIES).await.expect_problem(403, "forbidden");
    doctor.post(REPLIES, json!({"title": "x".repeat(61), "body": "x"})).await.expect_problem(422, "validation_failed");
    doctor.post(REPLIES, json!({"title": "x"})).await.expect_problem(400, "all_fields_required");
}

#[tokio::test]
async fn there_are_a_hundred_at_most_also_when_many_are_added_at_once() {
    let app = TestApp::start().await;
    let doctor = Person::doctor(&app).await;
    let adding =
        (0..110).map(|number| doctor.post(REPLIES, json!({"title": format!("Balasan {number}"), "body": "x"})));
    let answers = futures_util::future::join_all(adding).await;
    let refused: Vec<_> = answers.into_iter().filter(|answer| answer.status != 201).collect();
    assert_eq!(refused.len(), 10);
    for answer in refused {
        answer.expect_problem(409, "too_many_replies");
    }
}
