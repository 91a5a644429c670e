//! Money that goes back: by the gateway, by hand, once, and never stuck.

use serde_json::{Value, json};

use crate::life::Scene;
use crate::support::{DAY, MINUTE, NINE, Person, TOTAL, TestApp, consultation_path, order};

/// A slot that is called off an hour before: half of it is owed back.
async fn half_owed_back(payment_type: &str) -> (TestApp, Person, Value) {
    let app = TestApp::start().await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    let purchase = owner.book(&doctor, NINE).await.expect(201);
    let paid = json!({"outcome": "settlement", "payment_type": payment_type});
    app.simulate(order(&purchase), paid).await.expect(200);
    app.set_time("2026-11-23T01:00:00.000Z");
    owner.sign_in().await;
    let path = consultation_path(&purchase, "cancel");
    owner.post(&path, json!({})).await.expect(200);
    app.run_jobs().await;
    (app, owner, purchase)
}

#[tokio::test]
async fn what_cannot_go_back_in_part_is_on_the_operators_list_and_is_paid_out_once() {
    let (app, owner, purchase) = half_owed_back("shopeepay").await;
    let admin = Person::admin(&app).await;
    let list = admin.get("/api/admin/refunds").await.expect(200);
    let refund = &list["items"][0];
    assert_eq!((&refund["status"], &refund["amount"]), (&json!("manual"), &json!(25_313)), "{list}");
    // Where the money is to go only the owner knows, so the list says how to reach them.
    let reach = (&refund["ownerEmail"], &refund["ownerPhoneNumber"]);
    assert_eq!(reach, (&json!(owner.email), &json!("+6281234567890")), "{list}");
    let path = format!("/api/admin/refunds/{}/paid-out", refund["id"].as_str().unwrap());
    owner.post(&path, json!({"reference": "BCA 1"})).await.expect_problem(403, "forbidden");
    admin.post(&path, json!({})).await.expect_problem(400, "all_fields_required");
    let presses = (0..6).map(|_| admin.post(&path, json!({"reference": "BCA 20261123"})));
    let answers = futures_util::future::join_all(presses).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| [200, 409].contains(&answer.status.as_u16())), "{answers:?}");
    assert!(admin.get("/api/admin/refunds").await.expect(200)["items"].as_array().unwrap().is_empty());
    assert_eq!(owner.payment(&purchase).await["status"], "settled");
    let bank = "SELECT CAST(SUM(amount) AS BIGINT) FROM journal_lines WHERE account = 'bank'";
    assert_eq!(app.count(bank).await, -25_313);
    app.verify_books("now").await;
}

#[tokio::test]
async fn a_refund_by_hand_is_off_the_list_when_the_bank_has_taken_the_money_back() {
    let app = TestApp::start().await;
    let (owner, doctor, admin) = (Person::owner(&app).await, Person::doctor(&app).await, Person::admin(&app).await);
    doctor.works_mornings().await;
    let purchase = owner.book(&doctor, NINE).await.expect(201);
    app.pay_by(&purchase, "bank_transfer").await;
    let path = consultation_path(&purchase, "cancel");
    owner.post(&path, json!({})).await.expect(200);
    app.run_jobs().await;
    let listed = admin.get("/api/admin/refunds").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    app.simulate(order(&purchase), json!({"outcome": "deny"})).await.expect(200);
    assert_eq!(owner.payment(&purchase).await["status"], "reversed");
    assert!(admin.get("/api/admin/refunds").await.expect(200)["items"].as_array().unwrap().is_empty());
    let path = format!("/api/admin/refunds/{listed}/paid-out");
    admin.post(&path, json!({"reference": "BCA 1"})).await.expect_problem(409, "refund_state_changed");
    app.verify_books("now").await;
}

#[tokio::test]
async fn a_refund_that_the_gateway_confirms_late_is_asked_about_until_it_does() {
    let scene = Scene::at_once().await;
    let order = order(&scene.purchase);
    scene.app.simulate(order, json!({"outcome": "hold_refunds"})).await.expect(200);
    let path = format!("/api/messages/end/{}", scene.conversation().await);
    scene.owner.patch(&path).await.expect(200);
    scene.app.run_jobs().await;
    assert_eq!(scene.owner.payment(&scene.purchase).await["status"], "settled");
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM refunds WHERE status = 'sent'").await, 1);
    let released = json!({"outcome": "release_refunds", "notify": false});
    scene.app.simulate(order, released).await.expect(200);
    scene.app.advance(5 * MINUTE);
    scene.paid_back_in_full().await;
}

#[tokio::test]
async fn a_refund_that_is_refused_for_days_is_on_the_operators_list_and_not_stuck() {
    let mut scene = Scene::at_once().await;
    let order = order(&scene.purchase).to_owned();
    scene.app.simulate(&order, json!({"outcome": "refuse_refunds"})).await.expect(200);
    let path = format!("/api/messages/end/{}", scene.conversation().await);
    scene.owner.patch(&path).await.expect(200);
    for _ in 0..8 {
        scene.app.run_jobs().await;
        scene.app.advance(DAY);
    }
    scene.app.run_jobs().await;
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM refunds WHERE status = 'failed'").await, 1);
    let admin = Person::admin(&scene.app).await;
    let listed = admin.get("/api/admin/refunds").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    scene.app.simulate(&order, json!({"outcome": "accept_refunds"})).await.expect(200);
    admin.post(&format!("/api/admin/refunds/{listed}/retry"), json!({})).await.expect(200);
    scene.owner.sign_in().await;
    scene.paid_back_in_full().await;
}

#[tokio::test]
async fn a_refund_asks_for_no_more_than_is_still_owed() {
    let scene = Scene::at_once().await;
    let path = format!("/api/messages/end/{}", scene.conversation().await);
    scene.owner.patch(&path).await.expect(200);
    // Before our order goes out, somebody gives back a part in the gateway's dashboard.
    let part = json!({"outcome": "refund", "amount": 10_000});
    scene.app.simulate(order(&scene.purchase), part).await.expect(200);
    scene.paid_back_in_full().await;
    let ordered = scene.app.count("SELECT CAST(SUM(amount) AS BIGINT) FROM refunds").await;
    assert_eq!(ordered, TOTAL - 10_000);
}
