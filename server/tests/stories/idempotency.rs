//! `Idempotency-Key`: whatever is asked twice with one key is done once.

use std::time::Duration;

use serde_json::json;

use crate::life::Scene;
use crate::support::{Person, TestApp};

#[tokio::test]
async fn a_request_with_a_key_is_done_once_and_answered_again() {
    let scene = Scene::at_nine().await;
    scene.after(10).await;
    let path = scene.path("refund");
    let first = scene.owner.post_with_key(&path, json!({}), "tap-1").await.expect(200);
    let again = scene.owner.post_with_key(&path, json!({}), "tap-1").await.expect(200);
    assert_eq!(first, again);
    scene.owner.post_with_key(&path, json!({}), "tap-2").await.expect_problem(409, "consultation_state_changed");
    let other = scene.path("cancel");
    scene.owner.post_with_key(&other, json!({}), "tap-1").await.expect_problem(422, "idempotency_key_reused");
    scene.app.run_jobs().await;
}

#[tokio::test]
async fn a_key_whose_request_is_worked_on_is_refused_until_that_request_must_have_died() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let (path, body) = ("/api/payment/consulting", json!({"id": doctor.id}));
    let bought = owner.post_with_key(path, body.clone(), "tap-1").await.expect(201);
    // So the key stands between the deed and its answer.
    let payment = bought["transactionId"].as_str().unwrap();
    app.run_sql(&format!("UPDATE idempotency_keys SET response_status = 0, response_body = '{payment}'")).await;

    owner.post_with_key(path, body.clone(), "tap-1").await.expect_problem(409, "idempotency_key_in_use");
    app.advance(Duration::from_secs(30));
    assert_eq!(owner.post_with_key(path, body, "tap-1").await.expect(201), bought);
    assert_eq!(app.count("SELECT COUNT(*) FROM payments").await, 1);
}

#[tokio::test]
async fn one_key_for_two_purchases_at_once_buys_one() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    for round in 0..10 {
        let (one, other) = (Person::doctor(&app).await, Person::doctor(&app).await);
        let key = format!("beli-{round}");
        let path = "/api/payment/consulting";
        let (first, second) = tokio::join!(
            owner.post_with_key(path, json!({"id": one.id}), &key),
            owner.post_with_key(path, json!({"id": other.id}), &key),
        );
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert!(statuses == [201, 409] || statuses == [201, 422], "{statuses:?}");
        let (body, bought) =
            if first.status == 201 { (json!({"id": one.id}), first) } else { (json!({"id": other.id}), second) };
        assert_eq!(owner.post_with_key(path, body, &key).await.expect(201), bought.body);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM payments").await, 10);
}
