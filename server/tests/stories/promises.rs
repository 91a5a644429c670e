//! Promises about money and time that once broke: each story is one way in which they did.

use crate::life::Scene;
use crate::support::{DAY, HOUR, MINUTE, NINE, Person, TOTAL, TestApp, consultation_path, order};
use hellopet::consultations::{self, Draft, Terms};
use hellopet::events::Work;
use hellopet::orders::{Order, Quote};
use hellopet::payments::{self, Payment};
use platform::money::{BasisPoints, Rupiah};
use serde_json::{Value, json};

fn words() -> Value {
    json!({"complaint": "-", "findings": "-", "advice": "-", "nextStep": "-"})
}

impl Scene {
    pub async fn paid_back_in_full(&self) {
        self.app.run_jobs().await;
        let payment = self.owner.payment(&self.purchase).await;
        assert_eq!((&payment["status"], &payment["refundedAmount"]), (&json!("refunded"), &json!(TOTAL)), "{payment}");
        assert_eq!(self.now().await["status"], "cancelled");
        self.app.verify_books("now").await;
    }
}

#[tokio::test]
async fn a_vet_who_said_nothing_cannot_finish_a_summary() {
    let scene = Scene::at_once().await;
    scene.doctor.put(&scene.path("record"), words()).await.expect(200);
    let finish = scene.path("record/finish");
    scene.doctor.post(&finish, json!({})).await.expect_problem(409, "record_not_possible");
    assert_eq!(scene.now().await["status"], "active");
    scene.says(&scene.owner, "Dok?").await;
    scene.doctor.post(&finish, json!({})).await.expect_problem(409, "record_not_possible");
}

#[tokio::test]
async fn whoever_ends_what_nobody_answered_the_owner_is_paid_back() {
    for by_doctor in [true, false] {
        let scene = Scene::at_once().await;
        let path = format!("/api/messages/end/{}", scene.conversation().await);
        let who = if by_doctor { &scene.doctor } else { &scene.owner };
        let ended = who.patch(&path).await.expect(200);
        assert_eq!(ended["conversation"]["status"], "ended");
        scene.paid_back_in_full().await;
    }
}

#[tokio::test]
async fn a_late_vet_who_ends_the_talk_before_the_refund_comes_keeps_no_money() {
    let scene = Scene::at_nine().await;
    scene.after(10).await;
    scene.after(14).await;
    let path = format!("/api/messages/end/{}", scene.conversation().await);
    scene.doctor.patch(&path).await.expect(200);
    scene.paid_back_in_full().await;
}

#[tokio::test]
async fn a_slot_that_begins_pays_back_an_earlier_talk_that_nobody_answered() {
    let app = TestApp::start().await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    let slot = owner.book_and_pay(&app, &doctor, NINE).await;
    app.set_time("2026-11-23T01:40:00.000Z");
    owner.sign_in().await;
    let instant = owner.buy(&doctor).await;
    app.pay(&instant).await;
    app.set_time(NINE);
    app.run_jobs().await;
    assert_eq!(owner.consultation(&instant).await["status"], "cancelled");
    assert_eq!(owner.payment(&instant).await["status"], "refunded");
    assert_eq!(owner.consultation(&slot).await["status"], "active");
    app.verify_books("now").await;
}

#[tokio::test]
async fn an_answer_that_was_never_noted_keeps_the_money_where_it_belongs() {
    for door in ["clock", "tap"] {
        let scene = Scene::at_nine().await;
        scene.after(10).await;
        scene.doctor_answers().await;
        // As if the process had been killed between storing the message and taking note of it.
        scene.app.run_sql("UPDATE consultations SET answered_at = NULL, ends_at = NULL, late_at = 1").await;
        scene.app.run_sql("UPDATE jobs SET run_at = 0 WHERE kind = 'consultations.live'").await;
        match door {
            "clock" => scene.app.run_jobs().await,
            _ => {
                scene.owner.post(&scene.path("refund"), json!({})).await.expect_problem(409, "doctor_not_late");
            }
        }
        let now = scene.now().await;
        assert_eq!(now["status"], "active", "{door}");
        assert!(now["endsAt"].is_string(), "{door}: the answer is noted");
        assert_eq!(scene.app.count("SELECT COUNT(*) FROM refunds").await, 0);
    }
}

#[tokio::test]
async fn a_second_purchase_that_is_paid_while_the_two_talk_goes_back_and_locks_nothing() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let first = owner.buy(&doctor).await;
    app.simulate(order(&first), json!({"outcome": "deny", "payment_type": "credit_card"})).await.expect(200);
    let second = owner.buy(&doctor).await;
    assert_ne!(first["transactionId"], second["transactionId"]);
    app.pay_by(&first, "credit_card").await;
    app.pay(&second).await;
    assert_eq!(owner.consultation(&second).await["status"], "cancelled");
    app.run_jobs().await;
    assert_eq!(owner.payment(&second).await["status"], "refunded");
    app.verify_books("now").await;

    let conversation = owner.conversation(&first).await;
    doctor.say(&conversation, "Halo", "c1").await.expect(201);
    owner.end(&conversation).await;
    let third = owner.buy(&doctor).await;
    assert_ne!(third["transactionId"], second["transactionId"], "the pair is not locked");
}

#[tokio::test]
async fn money_for_what_was_called_off_goes_back_whoever_called_it_off() {
    for by_admin in [false, true] {
        let app = TestApp::start().await;
        let (owner, doctor, admin) = (Person::owner(&app).await, Person::doctor(&app).await, Person::admin(&app).await);
        let purchase = owner.buy(&doctor).await;
        if by_admin {
            let path = format!("/api/admin/doctors/{}/suspend", doctor.id);
            admin.post(&path, json!({"reason": "Laporan"})).await.expect(200);
        } else {
            let path = consultation_path(&purchase, "cancel");
            owner.post(&path, json!({})).await.expect(200);
        }
        // The page is closed at the gateway by a job, which has not run yet: the money is faster.
        app.pay(&purchase).await;
        assert_eq!(owner.consultation(&purchase).await["status"], "cancelled");
        app.run_jobs().await;
        assert_eq!(owner.payment(&purchase).await["status"], "refunded");
        app.verify_books("now").await;
    }
}

#[tokio::test]
async fn the_page_of_what_was_called_off_takes_no_more_money() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    let path = consultation_path(&purchase, "cancel");
    owner.post(&path, json!({})).await.expect(200);
    app.run_jobs().await;
    let answer = app.simulate(order(&purchase), json!({"outcome": "settlement"})).await;
    assert!(answer.status.is_client_error(), "{answer:?}");
}

#[tokio::test]
async fn a_suspended_vet_gets_no_late_money() {
    let app = TestApp::start().await;
    let (owner, doctor, admin) = (Person::owner(&app).await, Person::doctor(&app).await, Person::admin(&app).await);
    let purchase = owner.buy(&doctor).await;
    app.advance(7 * MINUTE);
    app.run_jobs().await;
    assert_eq!(owner.payment(&purchase).await["status"], "expired");
    let path = format!("/api/admin/doctors/{}/suspend", doctor.id);
    admin.post(&path, json!({"reason": "Laporan"})).await.expect(200);
    app.pay(&purchase).await;
    assert_eq!(owner.consultation(&purchase).await["status"], "expired");
    app.run_jobs().await;
    assert_eq!(owner.payment(&purchase).await["status"], "refunded");
    app.verify_books("now").await;
}

#[tokio::test]
async fn a_card_that_is_called_off_on_the_same_day_is_cancelled_at_the_gateway() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    let purchase = owner.book(&doctor, NINE).await.expect(201);
    app.simulate(order(&purchase), json!({"outcome": "capture", "payment_type": "credit_card"})).await.expect(200);
    let path = consultation_path(&purchase, "cancel");
    owner.post(&path, json!({})).await.expect(200);
    app.run_jobs().await;
    assert_eq!(owner.payment(&purchase).await["status"], "reversed");
    assert_eq!(app.count("SELECT COUNT(*) FROM refunds WHERE status = 'confirmed'").await, 1);
    app.verify_books("now").await;
}

#[tokio::test]
async fn a_lost_report_of_what_had_failed_or_settled_is_found_by_asking() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    app.simulate(order(&purchase), json!({"outcome": "deny", "payment_type": "credit_card"})).await.expect(200);
    let lost = json!({"outcome": "settlement", "payment_type": "credit_card", "notify": false});
    app.simulate(order(&purchase), lost).await.expect(200);
    assert_eq!(owner.payment(&purchase).await["status"], "denied");
    app.advance(2 * HOUR);
    app.run_jobs().await;
    let mut owner = owner;
    owner.sign_in().await;
    assert_eq!(owner.payment(&purchase).await["status"], "settled");

    app.simulate(order(&purchase), json!({"outcome": "chargeback", "notify": false})).await.expect(200);
    app.advance(DAY);
    app.run_jobs().await;
    owner.sign_in().await;
    assert_eq!(owner.payment(&purchase).await["status"], "reversed");
    app.verify_books("now").await;
}

#[tokio::test]
async fn a_payment_that_is_known_by_the_gateways_own_name_only_is_recognised() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    app.pay_by(&purchase, "dana").await;
    assert_eq!(owner.payment(&purchase).await["status"], "settled");
    let conversation = owner.conversation(&purchase).await;
    owner.end(&conversation).await;
    app.run_jobs().await;
    assert_eq!(owner.payment(&purchase).await["status"], "refunded");
    app.verify_books("now").await;
}

#[tokio::test]
async fn a_hold_ends_with_its_slot_and_money_after_the_beginning_goes_back() {
    let app = TestApp::start_with(&[("PAYMENT_EXPIRY_MINUTES", "120")]).await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    app.set_time("2026-11-23T00:59:00.000Z");
    let mut owner = owner;
    owner.sign_in().await;
    let purchase = owner.book(&doctor, NINE).await.expect(201);
    assert_eq!(owner.payment(&purchase).await["expiresAt"], NINE);
    app.set_time("2026-11-23T02:05:00.000Z");
    app.pay(&purchase).await;
    app.run_jobs().await;
    owner.sign_in().await;
    assert_eq!(owner.consultation(&purchase).await["status"], "cancelled");
    assert_eq!(owner.payment(&purchase).await["status"], "refunded");
    app.verify_books("now").await;
}

#[tokio::test]
async fn a_card_that_was_refused_keeps_its_slot_until_the_time_to_pay_is_over() {
    let app = TestApp::start().await;
    let (owner, other, doctor) = (Person::owner(&app).await, Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    let purchase = owner.book(&doctor, NINE).await.expect(201);
    app.simulate(order(&purchase), json!({"outcome": "deny", "payment_type": "credit_card"})).await.expect(200);
    assert_eq!(owner.payment(&purchase).await["status"], "denied");
    other.book(&doctor, NINE).await.expect_problem(409, "slot_taken");
    app.pay_by(&purchase, "credit_card").await;
    assert_eq!(owner.consultation(&purchase).await["status"], "scheduled");

    let given_up = other.book(&doctor, "2026-11-23T02:30:00.000Z").await.expect(201);
    app.simulate(order(&given_up), json!({"outcome": "deny", "payment_type": "credit_card"})).await.expect(200);
    app.advance(7 * MINUTE);
    app.run_jobs().await;
    assert_eq!(other.consultation(&given_up).await["status"], "cancelled");
    owner.book(&doctor, "2026-11-23T02:30:00.000Z").await.expect(201);
}

#[tokio::test]
async fn what_late_money_revives_has_not_ended_before_it_began() {
    let app = TestApp::start().await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    let purchase = owner.book(&doctor, NINE).await.expect(201);
    app.advance(7 * MINUTE);
    app.run_jobs().await;
    app.pay(&purchase).await;
    let booked = owner.consultation(&purchase).await;
    assert_eq!((&booked["status"], &booked["endedAt"]), (&json!("scheduled"), &Value::Null));
    app.set_time(NINE);
    app.run_jobs().await;
    owner.sign_in().await;
    assert!(owner.consultation(&purchase).await["endedAt"].is_null());
}

#[tokio::test]
async fn from_its_beginning_on_a_slot_cannot_be_called_off_and_one_that_was_missed_is_paid_back() {
    let app = TestApp::start().await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    let purchase = owner.book_and_pay(&app, &doctor, NINE).await;
    // The server was down from before nine until half past.
    app.set_time("2026-11-23T02:30:01.000Z");
    owner.sign_in().await;
    let path = consultation_path(&purchase, "cancel");
    owner.post(&path, json!({})).await.expect_problem(409, "consultation_state_changed");
    app.run_jobs().await;
    assert_eq!(owner.consultation(&purchase).await["status"], "cancelled");
    assert_eq!(owner.payment(&purchase).await["status"], "refunded");
    assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'consultations.remind'").await, 0);
    app.verify_books("now").await;
}

#[tokio::test]
async fn an_owner_who_left_because_the_vet_was_late_pays_nothing() {
    let scene = Scene::at_nine().await;
    scene.after(10).await;
    scene.after(13).await;
    scene.doctor_answers().await;
    scene.after(15).await;
    scene.paid_back_in_full().await;
}

#[tokio::test]
async fn a_booking_moved_under_other_slot_lengths_keeps_what_was_bought() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    let purchase = owner.book_and_pay(&app, &doctor, NINE).await;
    let hours = json!({
        "timeZone": "Asia/Jakarta", "slotMinutes": 10, "bufferMinutes": 0, "minNoticeMinutes": 0, "horizonDays": 14,
        "week": [{"weekday": 1, "from": "09:00", "to": "12:00"}], "exceptions": [],
    });
    doctor.put("/api/doctors/me/availability", hours).await.expect(200);
    let path = consultation_path(&purchase, "reschedule");
    let moved = owner.post(&path, json!({"startsAt": "2026-11-23T03:00:00.000Z"})).await.expect(200);
    assert_eq!(moved["durationMinutes"], 30);
    let other = Person::owner(&app).await;
    other.book(&doctor, "2026-11-23T03:10:00.000Z").await.expect_problem(409, "slot_taken");
    other.book(&doctor, "2026-11-23T03:30:00.000Z").await.expect(201);
}

#[tokio::test]
async fn a_summary_is_paid_a_day_later_and_what_nobody_sums_up_a_week_later() {
    for is_summed_up in [true, false] {
        let mut scene = Scene::at_once().await;
        scene.doctor_answers().await;
        if is_summed_up {
            scene.doctor.put(&scene.path("record"), words()).await.expect(200);
            scene.doctor.post(&scene.path("record/finish"), json!({})).await.expect(200);
        } else {
            let path = format!("/api/messages/end/{}", scene.conversation().await);
            scene.owner.patch(&path).await.expect(200);
        }
        let wait = if is_summed_up { DAY } else { 7 * DAY };
        let sum =
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM journal_lines WHERE account = 'partner_payable'";
        scene.app.advance(wait - MINUTE);
        scene.app.run_jobs().await;
        assert_eq!(scene.app.count(sum).await, 0, "still pending");
        scene.app.advance(MINUTE);
        scene.app.run_jobs().await;
        assert_eq!(scene.app.count(sum).await, -45_000);
        scene.owner.sign_in().await;
        assert!(scene.now().await["releasedAt"].is_string());
        scene.app.verify_books("now").await;
    }
}

#[tokio::test]
async fn an_order_of_nothing_is_paid_without_a_gateway() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let now = app.app.platform.clock.now();
    let quote = Quote::new(Rupiah::ZERO, BasisPoints(1_250));
    let mut work = Work::begin(&app.app.platform.db, now).await.unwrap();
    let (owner_id, doctor_id) = (owner.id.parse().unwrap(), doctor.id.parse().unwrap());
    let order = consultations::new_order(owner_id, doctor_id, &quote, now);
    Order::insert(&*work, order.clone(), &quote).await.unwrap();
    let draft =
        Draft { order: order.id, owner: owner_id, doctor: doctor_id, pet: None, slot: None, terms: Terms::INSTANT };
    let bought = consultations::draft(&*work, &draft, &quote, now).await.unwrap();
    let payment = payments::new_payment(&app.app.payments, &order, None, now);
    Payment::insert(&*work, payment.clone()).await.unwrap();
    payments::settle_without_gateway(&app.app.payments, &mut work, &order, &payment).await.unwrap();
    work.commit(&app.app.told).await.unwrap();

    let path = format!("/api/consultations/{}", bought.id);
    let under_way = owner.get(&path).await.expect(200);
    assert_eq!(under_way["status"], "active");
    let conversation = under_way["conversationId"].as_str().unwrap();
    owner.end(conversation).await;
    app.run_jobs().await;
    assert_eq!(owner.get(&path).await.expect(200)["status"], "cancelled");
    app.verify_books("now").await;
}
