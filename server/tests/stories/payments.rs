//! Payments over time and in races.

use std::time::Duration;

use crate::support::{Person, TOTAL, TestApp, order};
use hellopet::ledger::Account;
use platform::money::Rupiah;
use serde_json::json;

/// As the server of these stories is told.
const TIME_TO_PAY: Duration = Duration::from_secs(5 * 60);

async fn balances(app: &TestApp, doctor: &Person) -> [i64; 4] {
    let db = &app.app.platform.db.write;
    let doctor = doctor.id.parse().unwrap();
    let mut found = [0; 4];
    let accounts = [
        (0, Account::Gateway),
        (1, Account::PartnerPending(doctor)),
        (1, Account::PartnerPayable(doctor)),
        (2, Account::PlatformRevenue),
        (3, Account::RefundsPayable),
    ];
    for (place, account) in accounts {
        let Rupiah(amount) = account.balance(db).await.unwrap();
        found[place] += amount;
    }
    assert_eq!(found.iter().sum::<i64>(), 0, "the ledger sums to zero");
    found
}

#[tokio::test]
async fn a_settled_payment_is_in_the_ledger_to_the_rupiah() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    owner.consult(&app, &doctor).await;
    assert_eq!(balances(&app, &doctor).await, [TOTAL, -45_000, -5_625, 0]);
}

#[tokio::test]
async fn what_nobody_pays_expires_and_frees_the_place() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let first = owner.buy(&doctor).await;
    app.advance(TIME_TO_PAY + Duration::from_secs(61));
    app.run_jobs().await;
    let payment = owner.payment(&first).await;
    assert_eq!(payment["status"], "expired");
    assert_eq!(payment["history"].as_array().unwrap().len(), 2);
    let second = owner.buy(&doctor).await;
    assert_ne!(second["transactionId"], first["transactionId"]);
    assert_eq!(balances(&app, &doctor).await, [0; 4]);
}

#[tokio::test]
async fn buying_again_after_the_time_is_over_makes_a_new_purchase_at_once() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let first = owner.buy(&doctor).await;
    app.advance(TIME_TO_PAY);
    let second = owner.buy(&doctor).await;
    assert_ne!(second["orderId"], first["orderId"]);
    assert_eq!(owner.payment(&first).await["status"], "expired");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_lost_notification_only_delays() {
    let app = TestApp::start_with(&[("MIDTRANS_BASE_URL", "http://127.0.0.1:9")]).await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let answer = owner.post("/api/payment/consulting", json!({"id": doctor.id})).await;
    answer.expect_problem(503, "payment_gateway_unavailable");
    // The purchase begun stays one purchase, whatever becomes of the gateway.
    let answer = owner.get("/api/consultations").await.expect(200);
    assert_eq!(answer["items"].as_array().unwrap().len(), 1);
    assert_eq!(answer["items"][0]["status"], "awaiting_payment");
}

#[tokio::test]
async fn money_that_arrives_after_we_gave_up_still_opens_the_consultation() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    app.advance(2 * TIME_TO_PAY);
    app.run_jobs().await;
    assert_eq!(owner.payment(&purchase).await["status"], "expired");
    // The gateway's own clock has not been turned: there the page is still open.
    app.pay(&purchase).await;
    let payment = owner.payment(&purchase).await;
    assert_eq!(payment["status"], "settled");
    assert!(payment["conversationId"].is_string());
    assert_eq!(balances(&app, &doctor).await, [TOTAL, -45_000, -5_625, 0]);
}

#[tokio::test]
async fn money_without_a_purpose_is_owed_back_and_never_stranded() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let late = owner.buy(&doctor).await;
    app.advance(2 * TIME_TO_PAY);
    app.run_jobs().await;
    owner.consult(&app, &doctor).await;
    app.pay(&late).await;
    let payment = owner.payment(&late).await;
    assert_eq!(payment["status"], "settled");
    assert!(payment["conversationId"].is_null(), "the two talk already");
    assert_eq!(balances(&app, &doctor).await, [2 * TOTAL, -45_000, -5_625, -TOTAL]);
    app.run_jobs().await;
}

#[tokio::test]
async fn fifty_notifications_at_once_settle_once() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    let told = app.simulate(order(&purchase), json!({"outcome": "settlement"})).await.expect(200);
    let notification = told["notification"].clone();
    let nobody = Person::nobody(&app);
    let posts = (0..50).map(|_| nobody.post("/api/payment/notification", notification.clone()));
    for answer in futures_util::future::join_all(posts).await {
        answer.expect(200);
    }
    assert_eq!(balances(&app, &doctor).await, [TOTAL, -45_000, -5_625, 0]);
    let conversations = owner.get("/api/conversations").await.expect(200);
    assert_eq!(conversations["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn ten_presses_of_the_button_are_one_purchase() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let presses = (0..10).map(|_| owner.post("/api/payment/consulting", json!({"id": doctor.id})));
    let mut orders: Vec<String> = futures_util::future::join_all(presses)
        .await
        .into_iter()
        .map(|answer| answer.expect(201)["transactionId"].as_str().unwrap().to_owned())
        .collect();
    orders.dedup();
    assert_eq!(orders.len(), 1);
    let consultations = owner.get("/api/consultations").await.expect(200);
    assert_eq!(consultations["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_refund_in_parts_gives_back_in_proportion_and_ends_with_nothing() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    let order = order(&purchase);
    app.simulate(order, json!({"outcome": "settlement", "payment_type": "qris"})).await.expect(200);
    app.simulate(order, json!({"outcome": "refund", "amount": 10_000})).await.expect(200);
    assert_eq!(owner.payment(&purchase).await["status"], "partially_refunded");
    assert_eq!(balances(&app, &doctor).await, [TOTAL - 10_000, -(45_000 - 8_889), -(5_625 - 1_111), 0]);
    assert_eq!(doctor.profit(2026, 10).await, 45_000 - 8_889);

    app.simulate(order, json!({"outcome": "refund", "amount": TOTAL - 10_000})).await.expect(200);
    let payment = owner.payment(&purchase).await;
    assert_eq!(payment["status"], "refunded");
    assert_eq!(balances(&app, &doctor).await, [0; 4]);
    assert_eq!(doctor.profit(2026, 10).await, 0);
    let conversation = payment["conversationId"].as_str().unwrap();
    owner.say(conversation, "masih di sana?", "c1").await.expect_problem(403, "no_active_conversation");
}

#[tokio::test]
async fn a_reversal_by_the_bank_takes_everything_back() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    app.pay(&purchase).await;
    app.simulate(order(&purchase), json!({"outcome": "deny"})).await.expect(200);
    assert_eq!(owner.payment(&purchase).await["status"], "reversed");
    assert_eq!(balances(&app, &doctor).await, [0; 4]);
    let consultations = owner.get("/api/consultations").await.expect(200);
    assert_eq!(consultations["items"][0]["status"], "cancelled");
}

#[tokio::test]
async fn how_somebody_chose_to_pay_is_kept_while_the_payment_waits() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    app.simulate(order(&purchase), json!({"outcome": "pending"})).await.expect(200);
    let payment = owner.payment(&purchase).await;
    assert_eq!((&payment["status"], &payment["paymentType"]), (&json!("pending"), &json!("bank_transfer")));
}

#[tokio::test]
async fn a_price_agreed_stays_the_price() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    let id: hellopet::accounts::AccountId = doctor.id.parse().unwrap();
    let raise = sea_orm::Statement::from_sql_and_values(
        app.app.platform.db.write.get_database_backend(),
        "UPDATE doctors SET base_price = 60000 WHERE account_id = $1",
        [id.into()],
    );
    sea_orm::ConnectionTrait::execute_raw(&app.app.platform.db.write, raise).await.unwrap();
    assert_eq!(owner.buy(&doctor).await["quote"], purchase["quote"]);
    app.pay(&purchase).await;
    assert_eq!(balances(&app, &doctor).await[1], -45_000);
}
