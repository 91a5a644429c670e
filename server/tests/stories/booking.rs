//! Booking a slot: shown is what can be had, nobody is booked twice, and money that buys nothing goes back.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{HOUR, NINE, Person, TOTAL, TestApp, consultation_path};

const TIME_TO_PAY: Duration = Duration::from_secs(5 * 60);

const HALF_PAST_NINE: &str = "2026-11-23T02:30:00.000Z";

async fn slots(app: &TestApp, doctor: &Person, day: &str) -> Vec<Value> {
    let path = format!("/api/doctors/{}/slots?from={day}&days=1", doctor.id);
    let answer = Person::nobody(app).get(&path).await.expect(200);
    answer["days"][0]["slots"].as_array().unwrap().clone()
}

async fn is_free(app: &TestApp, doctor: &Person, starts_at: &str) -> bool {
    let all = slots(app, doctor, "2026-11-23").await;
    all.iter().find(|slot| slot["startsAt"] == starts_at).unwrap()["available"].as_bool().unwrap()
}

async fn next_in_directory(app: &TestApp, doctor: &Person) -> Value {
    // The directory may be as old as 100 ms; the doctor's own page is not.
    Person::nobody(app).get(&format!("/api/doctors/{}", doctor.id)).await.expect(200)["nextAvailableAt"].clone()
}

/// Gateway, the doctor's, ours, owed back.
async fn balances(app: &TestApp) -> [i64; 4] {
    let mut found = [0; 4];
    for (place, account) in ["gateway", "partner_p%", "platform_revenue", "refunds_payable"].iter().enumerate() {
        let sql = format!(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM journal_lines WHERE account LIKE '{account}'"
        );
        found[place] = app.count(&sql).await;
    }
    assert_eq!(found.iter().sum::<i64>(), 0);
    found
}

async fn scene(app: &TestApp) -> (Person, Person) {
    let (owner, doctor) = (Person::owner(app).await, Person::doctor(app).await);
    doctor.works_mornings().await;
    (owner, doctor)
}

#[tokio::test]
async fn a_slot_is_held_paid_and_begins_by_itself() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    assert_eq!(slots(&app, &doctor, "2026-11-23").await.len(), 6);
    assert_eq!(next_in_directory(&app, &doctor).await, NINE);

    let purchase = owner.book(&doctor, NINE).await.expect(201);
    assert!(!is_free(&app, &doctor, NINE).await, "held while it waits to be paid");
    assert_eq!(next_in_directory(&app, &doctor).await, HALF_PAST_NINE);
    assert_eq!(owner.book(&doctor, NINE).await.expect(201)["transactionId"], purchase["transactionId"]);

    app.pay(&purchase).await;
    let booked = owner.consultation(&purchase).await;
    assert_eq!(
        (&booked["status"], &booked["startsAt"], &booked["conversationId"]),
        (&json!("scheduled"), &json!(NINE), &Value::Null)
    );

    app.run_jobs().await;
    assert_eq!(owner.consultation(&purchase).await["status"], "scheduled", "not before its time");
    app.set_time(NINE);
    app.run_jobs().await;
    let mut owner = owner;
    owner.sign_in().await;
    let begun = owner.consultation(&purchase).await;
    assert_eq!(begun["status"], "active");
    owner.say(begun["conversationId"].as_str().unwrap(), "Selamat pagi, Dok", "c1").await.expect(201);
}

#[tokio::test]
async fn what_somebody_else_holds_cannot_be_bought() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    let other = Person::owner(&app).await;
    owner.book(&doctor, NINE).await.expect(201);
    other.book(&doctor, NINE).await.expect_problem(409, "slot_taken");
    other.book(&doctor, HALF_PAST_NINE).await.expect(201);
    let mine = other.get("/api/consultations").await.expect(200);
    assert_eq!(mine["items"].as_array().unwrap().len(), 1, "the refused one has left nothing behind");
}

#[tokio::test]
async fn an_unpaid_slot_is_free_again_when_its_time_to_pay_is_over() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    owner.book(&doctor, NINE).await.expect(201);
    app.advance(TIME_TO_PAY + Duration::from_secs(61));
    app.run_jobs().await;
    assert!(is_free(&app, &doctor, NINE).await);
    assert_eq!(next_in_directory(&app, &doctor).await, NINE);
}

#[tokio::test]
async fn money_for_a_slot_that_somebody_else_has_got_goes_back() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    let other = Person::owner(&app).await;
    let late = owner.book(&doctor, NINE).await.expect(201);
    app.advance(TIME_TO_PAY + Duration::from_secs(61));
    app.run_jobs().await;
    other.book_and_pay(&app, &doctor, NINE).await;

    app.pay(&late).await;
    assert_eq!(balances(&app).await, [2 * TOTAL, -45_000, -5_625, -TOTAL]);
    app.run_jobs().await;
    assert_eq!(owner.payment(&late).await["status"], "refunded");
    assert_eq!(owner.consultation(&late).await["status"], "expired");
    assert_eq!(balances(&app).await, [TOTAL, -45_000, -5_625, 0]);
}

#[tokio::test]
async fn money_that_is_late_still_gets_its_slot_when_nobody_else_has_it() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    let late = owner.book(&doctor, NINE).await.expect(201);
    app.advance(TIME_TO_PAY + Duration::from_secs(61));
    app.run_jobs().await;
    app.pay(&late).await;
    assert_eq!(owner.consultation(&late).await["status"], "scheduled");
    assert!(!is_free(&app, &doctor, NINE).await);
}

#[tokio::test]
async fn calling_off_early_gives_everything_back_and_frees_the_slot() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    let purchase = owner.book_and_pay(&app, &doctor, NINE).await;
    let shown = owner.consultation(&purchase).await["cancellation"].clone();
    assert_eq!(shown, json!({"freeUntil": "2026-11-22T20:00:00.000Z", "lateRefundPercent": 50, "refundNow": TOTAL}));

    let path = consultation_path(&purchase, "cancel");
    assert_eq!(owner.post(&path, json!({})).await.expect(200)["status"], "cancelled");
    assert!(is_free(&app, &doctor, NINE).await);
    assert_eq!(balances(&app).await, [TOTAL, 0, 0, -TOTAL]);
    let told = |payment: Value| (payment["refundedAmount"].clone(), payment["owedBackAmount"].clone());
    assert_eq!(told(owner.payment(&purchase).await), (json!(0), json!(TOTAL)), "the owner is told where the money is");
    app.run_jobs().await;
    assert_eq!(balances(&app).await, [0; 4]);
    assert_eq!(told(owner.payment(&purchase).await), (json!(TOTAL), json!(0)));
    assert_eq!(owner.payment(&purchase).await["status"], "refunded");
    owner.post(&path, json!({})).await.expect_problem(409, "consultation_state_changed");
}

#[tokio::test]
async fn calling_off_late_gives_half_back_but_all_when_it_is_the_doctor() {
    let app = TestApp::start().await;
    let (mut owner, mut doctor) = scene(&app).await;
    let first = owner.book_and_pay(&app, &doctor, NINE).await;
    let second = owner.book_and_pay(&app, &doctor, HALF_PAST_NINE).await;
    app.set_time("2026-11-23T01:00:00.000Z");
    owner.sign_in().await;
    doctor.sign_in().await;
    let path = |purchase: &Value| consultation_path(purchase, "cancel");
    owner.post(&path(&first), json!({})).await.expect(200);
    // Half of 50,625 rounded half up; the doctor keeps the half of the base.
    assert_eq!(balances(&app).await, [2 * TOTAL, -(45_000 + 22_500), -(5_625 + 2_812), -25_313]);
    doctor.post(&path(&second), json!({})).await.expect(200);
    assert_eq!(balances(&app).await, [2 * TOTAL, -22_500, -2_812, -(TOTAL + 25_313)]);
    app.run_jobs().await;
    assert_eq!(balances(&app).await, [TOTAL - 25_313, -22_500, -2_812, 0]);
    assert_eq!(owner.payment(&first).await["status"], "partially_refunded");
    assert_eq!(owner.payment(&second).await["status"], "refunded");
}

#[tokio::test]
async fn what_was_not_paid_is_called_off_without_money() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    let purchase = owner.book(&doctor, NINE).await.expect(201);
    owner.book(&doctor, HALF_PAST_NINE).await.expect_problem(409, "other_purchase_open");
    let path = consultation_path(&purchase, "cancel");
    Person::owner(&app).await.post(&path, json!({})).await.expect_problem(404, "consultation_not_found");
    owner.post(&path, json!({})).await.expect(200);
    assert_eq!(owner.payment(&purchase).await["status"], "cancelled");
    owner.book(&doctor, HALF_PAST_NINE).await.expect(201);
    assert_eq!(balances(&app).await, [0; 4]);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_way_of_paying_without_refunds_stays_owed_until_somebody_transfers() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    let purchase = owner.book(&doctor, NINE).await.expect(201);
    app.pay_by(&purchase, "bank_transfer").await;
    let path = consultation_path(&purchase, "cancel");
    owner.post(&path, json!({})).await.expect(200);
    app.run_jobs().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM refunds WHERE status = 'manual'").await, 1);
    assert_eq!(balances(&app).await, [TOTAL, 0, 0, -TOTAL]);
    assert_eq!(owner.payment(&purchase).await["owedBackAmount"], TOTAL);
}

#[tokio::test]
async fn a_slot_is_moved_while_calling_it_off_would_be_free() {
    let app = TestApp::start().await;
    let (mut owner, doctor) = scene(&app).await;
    let purchase = owner.book_and_pay(&app, &doctor, NINE).await;
    let path = consultation_path(&purchase, "reschedule");
    let moved = owner.post(&path, json!({"startsAt": HALF_PAST_NINE})).await.expect(200);
    assert_eq!(moved["startsAt"], HALF_PAST_NINE);
    assert!(is_free(&app, &doctor, NINE).await);
    assert!(!is_free(&app, &doctor, HALF_PAST_NINE).await);

    Person::owner(&app).await.book_and_pay(&app, &doctor, NINE).await;
    owner.post(&path, json!({"startsAt": NINE})).await.expect_problem(409, "slot_taken");
    assert_eq!(owner.consultation(&purchase).await["startsAt"], HALF_PAST_NINE);
    assert!(!is_free(&app, &doctor, HALF_PAST_NINE).await, "a move that failed leaves it where it was");

    owner.post(&path, json!({"startsAt": "besok"})).await.expect_problem(422, "validation_failed");
    app.set_time("2026-11-22T21:00:00.000Z");
    owner.sign_in().await;
    owner
        .post(&path, json!({"startsAt": "2026-11-24T02:00:00.000Z"}))
        .await
        .expect_problem(409, "too_late_to_reschedule");
    app.run_jobs().await;
}

#[tokio::test]
async fn times_that_are_not_offered_are_refused_and_nothing_is_left_behind() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    for (time, status, code) in [
        ("2026-11-22T02:00:00.000Z", 422, "slot_too_soon"),
        ("2026-11-22T08:30:00.000Z", 422, "slot_too_soon"),
        ("2026-11-23T02:15:00.000Z", 422, "slot_not_offered"),
        ("2026-11-23T05:00:00.000Z", 422, "slot_not_offered"),
        ("2027-11-23T02:00:00.000Z", 422, "slot_not_offered"),
        ("kapan-kapan", 422, "validation_failed"),
        ("2026-11-23T02:00:00", 422, "validation_failed"),
    ] {
        owner.book(&doctor, time).await.expect_problem(status, code);
    }
    // The same instant, written by a traveller's browser in another zone.
    owner.book(&doctor, "2026-11-23T11:00:00+09:00").await.expect(201);
    assert_eq!(app.count("SELECT COUNT(*) FROM consultations").await, 1);
    let idle = Person::doctor(&app).await;
    owner.book(&idle, NINE).await.expect_problem(422, "slot_not_offered");
}

#[tokio::test]
async fn new_hours_leave_what_is_booked() {
    let app = TestApp::start().await;
    let (owner, doctor) = scene(&app).await;
    let purchase = owner.book_and_pay(&app, &doctor, NINE).await;
    let hours = json!({
        "timeZone": "Asia/Jayapura", "slotMinutes": 45, "bufferMinutes": 15, "minNoticeMinutes": 0, "horizonDays": 14,
        "week": [{"weekday": 1, "from": "10:30", "to": "14:00"}], "exceptions": [{"date": "2026-11-30", "from": null, "to": null}],
    });
    doctor.put("/api/doctors/me/availability", hours).await.expect(200);
    // 10.30 WIT is 8.30 WIB: that slot would run into the one which is booked for 9.00 WIB.
    let all = slots(&app, &doctor, "2026-11-23").await;
    let free: Vec<bool> = all.iter().map(|slot| slot["available"].as_bool().unwrap()).collect();
    assert_eq!(free, [false, true, true]);
    assert!(slots(&app, &doctor, "2026-11-30").await.is_empty(), "a day off");
    assert_eq!(owner.consultation(&purchase).await["startsAt"], NINE);
}

#[tokio::test]
async fn hours_that_make_no_sense_are_refused_field_by_field() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let hours = json!({
        "timeZone": "Asia/Jakarta", "slotMinutes": 30, "bufferMinutes": 0, "minNoticeMinutes": 0, "horizonDays": 14,
        "week": [{"weekday": 1, "from": "09:00", "to": "12:00"}, {"weekday": 1, "from": "11:00", "to": "13:00"}], "exceptions": [],
    });
    let answer = doctor.put("/api/doctors/me/availability", hours.clone()).await.expect(422);
    assert_eq!((&answer["errors"][0]["field"], &answer["errors"][0]["code"]), (&json!("week[1]"), &json!("overlaps")));
    owner.put("/api/doctors/me/availability", hours).await.expect_problem(403, "forbidden");
    let own = doctor.get("/api/doctors/me/availability").await.expect(200);
    assert_eq!(own["week"], json!([]), "nothing was half done");
}

#[tokio::test]
async fn the_next_slot_of_the_directory_moves_on_with_the_clock() {
    let app = TestApp::start().await;
    let (_, doctor) = scene(&app).await;
    app.set_time("2026-11-23T01:15:00.000Z");
    app.run_jobs().await;
    assert_eq!(next_in_directory(&app, &doctor).await, HALF_PAST_NINE);
    app.advance(4 * HOUR);
    app.run_jobs().await;
    assert_eq!(next_in_directory(&app, &doctor).await, "2026-11-24T02:00:00.000Z");
}

#[tokio::test]
async fn five_hundred_buyers_of_one_slot_are_one_booking_twenty_times() {
    const BUYERS: usize = 500;
    const ROUNDS: u32 = 20;
    let app = TestApp::start().await;
    let owners = Person::owners(&app, BUYERS).await;
    for round in 1..=ROUNDS {
        let doctor = Person::doctor(&app).await;
        doctor.works_mornings().await;
        let wishes = owners.iter().map(|owner| owner.book(&doctor, NINE));
        let answers = futures_util::future::join_all(wishes).await;
        let winners: Vec<&Value> =
            answers.iter().filter(|answer| answer.status == 201).map(|answer| &answer.body).collect();
        let losers =
            answers.iter().filter(|answer| answer.status == 409 && answer.body["code"] == "slot_taken").count();
        assert_eq!((winners.len(), losers), (1, BUYERS - 1), "round {round}");
        app.pay(winners[0]).await;
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM consultations WHERE status = 'scheduled'").await, i64::from(ROUNDS));
    for table in ["consultations", "payments"] {
        assert_eq!(app.count(&format!("SELECT COUNT(*) FROM {table}")).await, i64::from(ROUNDS), "{table}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM slot_cells").await, 6 * i64::from(ROUNDS));
    let rounds = i64::from(ROUNDS);
    assert_eq!(balances(&app).await, [rounds * TOTAL, -45_000 * rounds, -5_625 * rounds, 0]);
}

#[tokio::test]
async fn an_owner_holds_three_times_without_paying_and_no_more_also_when_all_are_asked_for_at_once() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let mut doctors = Vec::new();
    for _ in 0..5 {
        let doctor = Person::doctor(&app).await;
        doctor.works_mornings().await;
        doctors.push(doctor);
    }
    let asked = futures_util::future::join_all(doctors.iter().map(|doctor| owner.book(doctor, NINE))).await;
    let (held, refused): (Vec<_>, Vec<_>) =
        asked.into_iter().zip(&doctors).partition(|(answer, _)| answer.status == 201);
    assert_eq!(held.len(), 3);
    for (answer, doctor) in refused {
        answer.expect_problem(409, "too_many_unpaid_slots");
        owner.buy(doctor).await;
    }
    let free = app.count("SELECT COUNT(*) FROM slot_cells").await;
    assert_eq!(free, 18, "three half hours in pieces of five minutes");
    // What is paid is not held any more.
    app.pay(&held[0].0.body).await;
    let late = Person::doctor(&app).await;
    late.works_mornings().await;
    owner.book(&late, NINE).await.expect(201);
    Person::owner(&app).await.book(&late, HALF_PAST_NINE).await.expect(201);
}

#[tokio::test]
async fn who_lets_go_of_one_time_after_the_other_waits_for_a_day() {
    let app = TestApp::start_with(&[("RATE_LIMITS", "on")]).await;
    let (mut owner, doctor) = scene(&app).await;
    for _ in 0..10 {
        let purchase = owner.book(&doctor, NINE).await.expect(201);
        let path = consultation_path(&purchase, "cancel");
        owner.post(&path, json!({})).await.expect(200);
    }
    owner.book(&doctor, NINE).await.expect_problem(429, "too_many_requests");
    owner.buy(&doctor).await;
    app.advance(24 * HOUR + Duration::from_millis(1));
    owner.sign_in().await;
    owner.book(&doctor, "2026-11-24T02:00:00.000Z").await.expect(201);
    app.run_jobs().await;
}

#[tokio::test]
async fn hours_that_are_set_twice_at_once_are_those_of_one_of_the_two() {
    let app = TestApp::start().await;
    let doctor = Person::doctor(&app).await;
    let hours = |from: &str, to: &str| {
        let week: Vec<Value> = (1..=7).map(|weekday| json!({"weekday": weekday, "from": from, "to": to})).collect();
        json!({
            "timeZone": "Asia/Jakarta", "slotMinutes": 30, "bufferMinutes": 0, "minNoticeMinutes": 0, "horizonDays": 14,
            "week": week, "exceptions": [{"date": "2026-12-25", "from": null, "to": null}],
        })
    };
    let path = "/api/doctors/me/availability";
    for _ in 0..20 {
        let (one, other) =
            tokio::join!(doctor.put(path, hours("09:00", "10:00")), doctor.put(path, hours("13:00", "15:00")));
        let (one, other) = (one.expect(200), other.expect(200));
        let set = doctor.get(path).await.expect(200);
        assert!(set["week"] == one["week"] || set["week"] == other["week"], "{set}");
    }
}
