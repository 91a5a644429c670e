//! Months are those of Jakarta, and profit is the doctor's own.

use serde_json::{Value, json};

use crate::support::{Person, TestApp, order};

async fn counts(doctor: &Person, year: i32) -> Vec<Value> {
    let path = format!("/api/statistic/conversations/monthly/{}?year={year}", doctor.id);
    doctor.get(&path).await.expect(200)["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_year_ends_at_midnight_in_jakarta() {
    let app = TestApp::start().await;
    // 31 December 2026, 23.59.59 WIB, and one second later.
    for (moment, year, month) in [("2026-12-31T16:59:59.000Z", 2026, 11), ("2026-12-31T17:00:00.000Z", 2027, 0)] {
        app.set_time(moment);
        let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
        owner.consult(&app, &doctor).await;
        assert_eq!(doctor.profit(year, month).await, 45_000, "{moment}");
        assert_eq!(counts(&doctor, year).await[month], 1, "{moment}");
        let other_year = if year == 2026 { 2027 } else { 2026 };
        assert!(counts(&doctor, other_year).await.iter().all(|count| *count == 0), "{moment}");
    }
}

#[tokio::test]
async fn the_current_year_is_jakartas_unless_another_is_asked_for() {
    let app = TestApp::start().await;
    let doctor = Person::doctor(&app).await;
    app.set_time("2026-12-31T17:00:00.000Z");
    let mut doctor = doctor;
    doctor.sign_in().await;
    let path = format!("/api/statistic/profit/monthly/{}", doctor.id);
    assert_eq!(doctor.get(&path).await.expect(200)["year"], 2027);
    doctor.get(&format!("{path}?year=soon")).await.expect_problem(422, "validation_failed");
}

#[tokio::test]
async fn a_payment_that_only_waits_is_no_profit() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    owner.buy(&doctor).await;
    assert_eq!(doctor.profit(2026, 10).await, 0);
}

#[tokio::test]
async fn a_talk_whose_money_went_back_counts_as_little_as_its_profit() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    let order = order(&purchase);
    app.simulate(order, json!({"outcome": "settlement", "payment_type": "qris"})).await.expect(200);
    let conversation = owner.conversation(&purchase).await;
    doctor.say(&conversation, "Halo, Kak", "h1").await.expect(201);
    owner.end(&conversation).await;
    assert_eq!((counts(&doctor, 2026).await[10].as_i64(), doctor.profit(2026, 10).await), (Some(1), 45_000));
    app.simulate(order, json!({"outcome": "refund"})).await.expect(200);
    assert_eq!(owner.consultation(&purchase).await["status"], "ended");
    assert_eq!((counts(&doctor, 2026).await[10].as_i64(), doctor.profit(2026, 10).await), (Some(0), 0));
}

#[tokio::test]
async fn figures_are_the_doctors_own_or_the_admins() {
    let app = TestApp::start().await;
    let (owner, doctor, other) = (Person::owner(&app).await, Person::doctor(&app).await, Person::doctor(&app).await);
    let admin = Person::admin(&app).await;
    owner.consult(&app, &doctor).await;
    let path = format!("/api/statistic/profit/monthly/{}", doctor.id);
    assert_eq!(admin.get(&path).await.expect(200)["data"][10]["profit"], 45_000);
    other.get(&path).await.expect_problem(403, "forbidden");
    owner.get(&path).await.expect_problem(403, "forbidden");
    Person::nobody(&app).get(&path).await.expect_problem(401, "unauthenticated");
}
