//! What the merchant's server says and hears: Snap, Core API, simulation, notifications.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{CLIENT_KEY, SERVER_KEY, Stand, assert_signed, new_order_id, request};

#[tokio::test]
async fn a_payment_from_page_to_refund() {
    let mut stand = Stand::start().await;
    let order = new_order_id();
    let response = stand.create(&request(&order)).await;
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["x-simulated"], "midtrans");
    let created: Value = response.json().await.unwrap();
    let token = created["token"].as_str().unwrap();
    let expected = format!("http://localhost:5000/sandbox/midtrans/snap/v4/redirection/{token}");
    assert_eq!(created["redirect_url"], expected);

    assert_eq!(stand.status(&order).await["status_code"], "404", "nothing was chosen yet");

    let (code, answer) = stand.simulate(&order, json!({ "outcome": "settlement", "payment_type": "qris" })).await;
    assert_eq!((code, &answer["platformStatus"]), (200, &json!(200)));
    let heard = stand.heard().await;
    assert_eq!(heard.body, answer["notification"]);
    assert_eq!(heard.headers["user-agent"], "Veritrans");
    assert_signed(&heard.body);
    assert_eq!(heard.body["transaction_status"], "settlement");
    assert_eq!(heard.body["gross_amount"], "50625.00");
    assert_eq!(heard.body["custom_field1"], "kept");

    let status = stand.status(&order).await;
    assert_eq!((&status["status_code"], &status["transaction_status"]), (&json!("200"), &json!("settlement")));
    let by_transaction = stand.status(status["transaction_id"].as_str().unwrap()).await;
    assert_eq!(by_transaction["order_id"], order);
    assert_eq!(stand.core(Method::GET, &format!("/v2/{order}/status/b2b")).await["status_code"], "200");

    assert_eq!(stand.core(Method::POST, &format!("/v2/{order}/cancel")).await["status_code"], "412");
    let refund =
        async |key: &str, amount: i64| stand.refund(&order, json!({ "refund_key": key, "amount": amount })).await;
    let part = refund("a", 20_000).await;
    assert_eq!((&part["status_code"], &part["transaction_status"]), (&json!("200"), &json!("partial_refund")));
    assert_eq!(part["refund_amount"], "20000.00");
    assert_eq!(refund("a", 1).await["status_code"], "406");
    assert_eq!(refund("b", 30_626).await["status_code"], "414");
    assert_eq!(refund("b", 30_625).await["transaction_status"], "refund");
    let status = stand.status(&order).await;
    assert_eq!((&status["refund_amount"], &status["refunds"][1]["refund_key"]), (&json!("50625.00"), &json!("b")));
}

#[tokio::test]
async fn a_refund_is_told_twice_and_the_second_time_it_is_confirmed() {
    let mut stand = Stand::start().await;
    let order = new_order_id();
    stand.open(&request(&order)).await;
    stand.simulate(&order, json!({ "outcome": "settlement", "payment_type": "gopay" })).await;
    stand.heard().await;
    stand.refund(&order, json!({ "refund_key": "a" })).await;

    let first = stand.heard().await.body;
    assert!(first["refunds"][0].get("bank_confirmed_at").is_none());
    let second = stand.heard().await.body;
    assert!(second["refunds"][0]["bank_confirmed_at"].is_string());
    assert_signed(&second);
}

#[tokio::test]
async fn a_transfer_is_paid_back_by_the_bank_only() {
    let stand = Stand::start().await;
    let order = new_order_id();
    stand.open(&request(&order)).await;
    stand.simulate(&order, json!({ "outcome": "settlement" })).await;
    assert_eq!(stand.status(&order).await["va_numbers"][0]["bank"], "bca");
    let refused = stand.refund(&order, json!({ "refund_key": "a", "amount": 1_000 })).await;
    assert_eq!(refused["status_code"], "412");

    let (code, answer) = stand.simulate(&order, json!({ "outcome": "refund", "amount": 1_000 })).await;
    assert_eq!((code, &answer["notification"]["transaction_status"]), (200, &json!("partial_refund")));
}

#[tokio::test]
async fn moves_of_customer_and_bank_and_what_cannot_be() {
    let stand = Stand::start().await;
    let order = new_order_id();
    stand.open(&request(&order)).await;
    let simulate = |outcome: &'static str| stand.simulate(&order, json!({ "outcome": outcome }));

    assert_eq!(simulate("refund").await.0, 412);
    assert_eq!(simulate("pending").await.1["notification"]["status_code"], "201");
    assert_eq!(simulate("settlement").await.0, 200);
    assert_eq!(simulate("settlement").await.0, 412);
    let reversal = simulate("deny").await;
    assert_eq!((reversal.0, &reversal.1["notification"]["status_code"]), (200, &json!("202")));
    assert_eq!(simulate("settlement").await.0, 412);

    assert_eq!(simulate("dance").await.0, 400);
    let (code, body) = stand.simulate("nobody", json!({ "outcome": "settlement" })).await;
    assert_eq!(code, 404);
    assert!(body["error_messages"][0].is_string());
}

#[tokio::test]
async fn cancelled_and_expired_have_codes_of_their_own() {
    let mut stand = Stand::start().await;
    let (cancelled, expired) = (new_order_id(), new_order_id());
    for (order, action, answer_code, status_code) in
        [(&cancelled, "cancel", "200", "200"), (&expired, "expire", "407", "407")]
    {
        stand.open(&request(order)).await;
        stand.simulate(order, json!({ "outcome": "pending" })).await;
        assert_eq!(stand.heard().await.body["transaction_status"], "pending");
        let answer = stand.core(Method::POST, &format!("/v2/{order}/{action}")).await;
        assert_eq!(answer["status_code"], answer_code);
        let notification = stand.heard().await.body;
        assert_eq!(
            (&notification["transaction_status"], &notification["status_code"]),
            (&json!(action), &json!("202"))
        );
        assert_signed(&notification);
        assert_eq!(stand.status(order).await["status_code"], status_code);
        assert_eq!(stand.core(Method::POST, &format!("/v2/{order}/{action}")).await["status_code"], "412");
    }
}

#[tokio::test]
async fn what_nobody_pays_expires_by_itself() {
    let mut stand = Stand::start().await;
    let order = new_order_id();
    let mut soon = request(&order);
    soon["expiry"] = begun_seconds_ago(58);
    stand.open(&soon).await;
    stand.simulate(&order, json!({ "outcome": "pending" })).await;
    assert_eq!(stand.heard().await.body["transaction_status"], "pending");
    let notification = stand.heard().await.body;
    assert_eq!(notification["transaction_status"], "expire");
    assert_eq!(stand.status(&order).await["status_code"], "407");
}

#[tokio::test]
async fn bad_requests_are_refused_with_messages() {
    let stand = Stand::start().await;
    let order = new_order_id();
    let mut wrong_sum = request(&order);
    wrong_sum["transaction_details"]["gross_amount"] = json!(50_000);
    let response = stand.create(&wrong_sum).await;
    assert_eq!(response.status(), 400);
    let body: Value = response.json().await.unwrap();
    assert!(body["error_messages"][0].as_str().unwrap().contains("not equal to the sum of item_details"));

    stand.open(&request(&order)).await;
    let again = stand.create(&request(&order)).await;
    assert_eq!(again.status(), 400);
    let body: Value = again.json().await.unwrap();
    assert!(body["error_messages"][0].as_str().unwrap().contains("already been taken"));
}

#[tokio::test]
async fn only_the_server_key_opens_the_doors() {
    let stand = Stand::start().await;
    let order = new_order_id();
    for (name, password) in [("wrong", ""), (SERVER_KEY, "password"), (CLIENT_KEY, "")] {
        let call = |method, path: &str| stand.call(method, path).basic_auth(name, Some(password));
        let snap = call(Method::POST, "/snap/v1/transactions").json(&request(&order)).send().await.unwrap();
        assert_eq!(snap.status(), 401);
        assert!(snap.json::<Value>().await.unwrap()["error_messages"][0].is_string());
        let core = call(Method::GET, &format!("/v2/{order}/status")).send().await.unwrap();
        assert_eq!(core.status(), 401);
        assert_eq!(core.json::<Value>().await.unwrap()["status_code"], "401");
    }
    assert_eq!(stand.call(Method::GET, "/v2/x/status").send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_page_can_be_taken_back_until_a_method_is_chosen() {
    let stand = Stand::start().await;
    let (unused, used) = (new_order_id(), new_order_id());
    let cancel = async |token: &str| {
        let path = format!("/snap/v1/transactions/{token}/cancel");
        let response = stand.merchant(Method::POST, &path, Value::Null).await;
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };

    let token = stand.open(&request(&unused)).await;
    assert!(cancel(&token).await.1["canceled_at"].is_string());
    assert_eq!(cancel(&token).await.1["error_messages"][0], "token already canceled");
    assert_eq!(stand.page(&token, "charge", Some(json!({ "method": "bca_va" }))).await.0, 412);
    assert_eq!(stand.simulate(&unused, json!({ "outcome": "settlement" })).await.0, 412);

    let token = stand.open(&request(&used)).await;
    stand.page(&token, "charge", Some(json!({ "method": "bca_va" }))).await;
    assert_eq!(cancel(&token).await.1["error_messages"][0], "Transaction is on progress");
    assert_eq!(cancel("nothing").await.0, 404);
}

#[tokio::test]
async fn a_merchant_that_stumbles_is_told_again() {
    let mut stand = Stand::start().await;
    let order = new_order_id();
    stand.open(&request(&order)).await;
    stand.answer_next_with(500);
    let (_, answer) = stand.simulate(&order, json!({ "outcome": "settlement" })).await;
    assert_eq!(answer["platformStatus"], 500);
    let (first, second) = (stand.heard().await.body, stand.heard().await.body);
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_transaction_may_name_its_own_addresses_on_this_machine() {
    let mut stand = Stand::start().await;
    let create = |order: String, name: &'static str, urls: String| {
        stand
            .call(Method::POST, "/snap/v1/transactions")
            .basic_auth(SERVER_KEY, Some(""))
            .header(name, urls)
            .json(&request(&order))
            .send()
    };
    let order = new_order_id();
    let elsewhere = create(order.clone(), "X-Override-Notification", "http://10.0.0.1/".into()).await.unwrap();
    assert_eq!(elsewhere.status(), 400);
    let own = format!("{}/own", stand.merchant_base);
    let accepted = create(order.clone(), "X-Override-Notification", own).await.unwrap();
    assert_eq!(accepted.status(), 201);
    stand.simulate(&order, json!({ "outcome": "settlement" })).await;
    assert_eq!(stand.heard().await.path, "/own");
}

/// An `expiry` of a minute that began so long ago.
#[expect(clippy::disallowed_methods, reason = "the stand-in lives by the real clock, so its merchant does too")]
fn begun_seconds_ago(seconds: i64) -> Value {
    let jakarta = chrono::FixedOffset::east_opt(7 * 3600).unwrap();
    let start = chrono::Utc::now().with_timezone(&jakarta) - chrono::TimeDelta::seconds(seconds);
    json!({ "start_time": start.format("%Y-%m-%d %H:%M:%S %z").to_string(), "unit": "minute", "duration": 1 })
}
