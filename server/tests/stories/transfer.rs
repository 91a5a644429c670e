//! The vet does not answer, and the owner goes on with another one at the same price.

use serde_json::{Value, json};

use crate::life::Scene;
use crate::support::{Person, TestApp};

/// A vet an hour late, and another one who is online.
async fn late() -> (Scene, Person) {
    let mut scene = Scene::at_once().await;
    let said = "INSERT INTO intakes SELECT id, owner_id, NULL, 'cat', 'Lesu', 'today', '', '', 'routine', '1', id, created_at \
                FROM consultations";
    scene.app.run_sql(said).await;
    scene.after(60).await;
    scene.owner.sign_in().await;
    scene.doctor.sign_in().await;
    let other = Person::doctor(&scene.app).await;
    other.comes_online().await;
    (scene, other)
}

async fn offered(scene: &Scene) -> Vec<Value> {
    let list = scene.owner.get(&scene.path("alternatives")).await.expect(200);
    list["items"].as_array().unwrap().iter().map(|card| card["id"].clone()).collect()
}

async fn owed_to(app: &TestApp, who: &Person) -> i64 {
    let sum = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM journal_lines WHERE account LIKE 'partner_p%' AND";
    app.count(&format!("{sum} party_id = {}", app.literal(&who.id))).await
}

#[tokio::test]
async fn a_vet_who_is_booked_at_that_time_is_not_offered() {
    let (scene, other) = late().await;
    assert_eq!(offered(&scene).await, [json!(other.id)]);
    let hours = json!({
        "timeZone": "Asia/Jakarta", "slotMinutes": 30, "bufferMinutes": 0, "minNoticeMinutes": 0, "horizonDays": 14,
        "week": [{"weekday": 7, "from": "16:00", "to": "18:00"}], "exceptions": [],
    });
    other.put("/api/doctors/me/availability", hours).await.expect(200);
    let neighbour = Person::owner(&scene.app).await;
    // Sunday, 16.00 WIB: it begins now.
    neighbour.book(&other, "2026-11-22T09:00:00.000Z").await.expect(201);
    assert_eq!(offered(&scene).await, [json!(other.id)], "who has not paid has booked nothing yet");
    scene.app.run_sql("UPDATE consultations SET status = 'scheduled' WHERE status = 'awaiting_payment'").await;
    assert_eq!(offered(&scene).await, Vec::<Value>::new());
    let wish = json!({"doctorId": other.id});
    scene.owner.post(&scene.path("transfer"), wish).await.expect_problem(409, "doctor_not_available");
}

#[tokio::test]
async fn what_was_paid_goes_to_the_vet_who_takes_over_and_the_talk_begins_at_once() {
    let (scene, other) = late().await;
    assert_eq!(offered(&scene).await, [json!(other.id)]);
    let wish = json!({"doctorId": other.id});
    let next = scene.owner.post(&scene.path("transfer"), wish.clone()).await.expect(201);
    assert_eq!(
        (&next["status"], &next["kind"], &next["doctor"]["id"]),
        (&json!("active"), &json!("instant"), &json!(other.id))
    );
    assert_eq!(
        (&next["quote"]["total"], &next["transferredFrom"]),
        (&json!(50_625), &scene.purchase["consultationId"])
    );
    assert_eq!(next["transactionId"], scene.purchase["transactionId"]);
    assert_eq!(next["answerBy"], "2026-11-22T09:10:00.000Z");

    assert_eq!(next["hasIntake"], true, "what was said before paying goes along");
    let before = scene.now().await;
    assert_eq!((&before["status"], &before["transferredTo"]), (&json!("cancelled"), &next["id"]));
    assert_eq!((owed_to(&scene.app, &scene.doctor).await, owed_to(&scene.app, &other).await), (0, -45_000));
    let conversation = next["conversationId"].as_str().unwrap();
    other.say(conversation, "Halo, saya lanjutkan", "c1").await.expect(201);
    let closed = before["conversationId"].as_str().unwrap();
    scene.doctor.say(closed, "maaf baru sempat", "c2").await.expect_problem(403, "no_active_conversation");

    scene.owner.post(&scene.path("transfer"), wish).await.expect_problem(409, "consultation_state_changed");
    scene.owner.post(&scene.path("refund"), json!({})).await.expect_problem(409, "consultation_state_changed");
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM refunds").await, 0);
}

#[tokio::test]
async fn a_vet_who_took_over_and_is_silent_too_owes_the_money_back() {
    let (scene, other) = late().await;
    let next = scene.owner.post(&scene.path("transfer"), json!({"doctorId": other.id})).await.expect(201);
    scene.after(10).await;
    let refund = format!("/api/consultations/{}/refund", next["id"].as_str().unwrap());
    scene.owner.post(&refund, json!({})).await.expect(200);
    scene.app.run_jobs().await;
    assert_eq!(scene.owner.payment(&scene.purchase).await["status"], "refunded");
    assert_eq!((owed_to(&scene.app, &scene.doctor).await, owed_to(&scene.app, &other).await), (0, 0));
}

#[tokio::test]
async fn of_many_taps_at_once_one_moves_the_money() {
    let (scene, other) = late().await;
    let path = scene.path("transfer");
    let taps = (0..8).map(|_| scene.owner.post(&path, json!({"doctorId": other.id})));
    let answers = futures_util::future::join_all(taps).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert!(answers.iter().all(|answer| [201, 409].contains(&answer.status.as_u16())), "{answers:?}");
    assert_eq!((owed_to(&scene.app, &scene.doctor).await, owed_to(&scene.app, &other).await), (0, -45_000));
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM consultations WHERE status = 'active'").await, 1);
}

#[tokio::test]
async fn a_slot_whose_vet_is_late_goes_on_with_another_and_its_time_is_free_again() {
    let mut scene = Scene::at_nine().await;
    scene.after(10).await;
    scene.owner.sign_in().await;
    let other = Person::doctor(&scene.app).await;
    other.comes_online().await;
    let next = scene.owner.post(&scene.path("transfer"), json!({"doctorId": other.id})).await.expect(201);
    assert!(next["startsAt"].is_null());
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM slot_cells").await, 0);
}

#[tokio::test]
async fn only_a_late_vet_is_replaced_and_only_by_one_who_is_there_and_no_dearer() {
    let scene = Scene::at_once().await;
    let other = Person::doctor(&scene.app).await;
    let (path, wish) = (scene.path("transfer"), json!({"doctorId": other.id}));
    scene.owner.post(&path, wish.clone()).await.expect_problem(409, "doctor_not_late");
    scene.owner.get(&scene.path("alternatives")).await.expect_problem(409, "doctor_not_late");

    let (scene, dear) = late().await;
    let path = scene.path("transfer");
    let absent = Person::doctor(&scene.app).await;
    let raise = format!("UPDATE doctors SET base_price = 45001 WHERE account_id = {}", scene.app.literal(&dear.id));
    scene.app.run_sql(&raise).await;
    assert!(offered(&scene).await.is_empty());
    for unable in [&absent, &dear, &scene.doctor] {
        let answer = scene.owner.post(&path, json!({"doctorId": unable.id})).await;
        answer.expect_problem(409, "doctor_not_available");
    }
    scene.owner.post(&path, json!({})).await.expect_problem(400, "all_fields_required");
    scene.doctor.post(&path, json!({"doctorId": dear.id})).await.expect_problem(403, "forbidden");
    let stranger = Person::owner(&scene.app).await;
    stranger.post(&path, json!({"doctorId": dear.id})).await.expect_problem(404, "consultation_not_found");
    stranger.get(&scene.path("alternatives")).await.expect_problem(404, "consultation_not_found");
}
