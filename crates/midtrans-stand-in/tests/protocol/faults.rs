//! What goes wrong between gateway and merchant: reports lost, doubled or odd, refunds that hang, methods with manners of
//! their own.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Stand, assert_signed, new_order_id, request};

/// A page whose order was paid by `payment_type`; the merchant has heard of it.
async fn paid(stand: &mut Stand, payment_type: &str) -> String {
    let order = new_order_id();
    stand.open(&request(&order)).await;
    stand.simulate(&order, json!({ "outcome": "settlement", "payment_type": payment_type })).await;
    stand.heard().await;
    order
}

fn code(answer: &Value) -> &str {
    answer["status_code"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_report_can_be_lost_doubled_and_wrong() {
    let mut stand = Stand::start().await;
    let order = new_order_id();
    stand.open(&request(&order)).await;
    let (_, lost) = stand.simulate(&order, json!({ "outcome": "pending", "notify": false })).await;
    assert_eq!(
        (&lost["platformStatus"], &lost["notification"]["transaction_status"]),
        (&Value::Null, &json!("pending"))
    );
    assert_eq!(stand.status(&order).await["transaction_status"], "pending");

    let wish = json!({ "outcome": "settlement", "times": 2, "gross_amount": "54625.00",
                       "settlement_time": "2026-12-31 23:58:00" });
    let (_, doubled) = stand.simulate(&order, wish).await;
    assert_eq!(doubled["platformStatuses"], json!([200, 200]));
    let (first, second) = (stand.heard().await.body, stand.heard().await.body);
    assert_eq!(first, second, "the lost one is not among them");
    assert_signed(&first);
    for told in [first, stand.status(&order).await] {
        assert_eq!(told["gross_amount"], "54625.00");
        assert_eq!(told["settlement_time"], "2026-12-31 23:58:00");
    }
    assert_eq!(stand.simulate(&order, json!({ "outcome": "deny", "times": 0 })).await.0, 400);
}

#[tokio::test]
async fn a_refund_can_be_taken_and_confirmed_much_later() {
    let mut stand = Stand::start().await;
    let order = paid(&mut stand, "qris").await;
    assert_eq!(stand.simulate(&order, json!({ "outcome": "hold_refunds" })).await.1["platformStatus"], Value::Null);
    let wish = json!({ "refund_key": "a", "amount": 50_625, "reason": "called off" });
    let taken = stand.refund(&order, wish.clone()).await;
    assert_eq!((code(&taken), &taken["refund_key"], &taken["refund_amount"]), ("200", &json!("a"), &json!("50625.00")));
    assert_eq!(code(&stand.refund(&order, wish).await), "406");
    let status = stand.status(&order).await;
    assert_eq!((&status["transaction_status"], status.get("refunds")), (&json!("settlement"), None));

    stand.simulate(&order, json!({ "outcome": "release_refunds" })).await;
    let heard = stand.heard().await.body;
    assert_eq!(heard["transaction_status"], "refund", "nothing was said while it was held");
    let entry = &stand.status(&order).await["refunds"][0];
    assert_eq!((&entry["refund_key"], &entry["refund_amount"]), (&json!("a"), &json!("50625.00")));
    assert_eq!(entry["reason"], "called off");
    assert!(entry["bank_confirmed_at"].is_string());
}

#[tokio::test]
async fn a_merchant_without_balance_cannot_refund() {
    let mut stand = Stand::start().await;
    let order = paid(&mut stand, "gopay").await;
    stand.simulate(&order, json!({ "outcome": "refuse_refunds" })).await;
    assert_eq!(code(&stand.refund(&order, json!({ "refund_key": "a" })).await), "414");
    stand.simulate(&order, json!({ "outcome": "accept_refunds" })).await;
    assert_eq!(code(&stand.refund(&order, json!({ "refund_key": "a" })).await), "200");
}

#[tokio::test]
async fn dana_is_known_by_its_transaction_only() {
    let mut stand = Stand::start().await;
    let order = new_order_id();
    stand.open(&request(&order)).await;
    stand.simulate(&order, json!({ "outcome": "settlement", "payment_type": "dana" })).await;
    let heard = stand.heard().await.body;
    assert_eq!((&heard["payment_type"], &heard["order_id"]), (&json!("dana"), &json!(order)));
    let id = heard["transaction_id"].as_str().unwrap();

    assert_eq!(code(&stand.status(&order).await), "404");
    assert_eq!(code(&stand.core(Method::POST, &format!("/v2/{order}/cancel")).await), "404");
    assert_eq!(code(&stand.refund(&order, json!({ "refund_key": "a", "amount": 1_000 })).await), "404");
    assert_eq!(stand.status(id).await["transaction_status"], "settlement");
    assert_eq!(code(&stand.core(Method::POST, &format!("/v2/{id}/cancel")).await), "412");
    let refunded = stand.refund(id, json!({ "refund_key": "a", "amount": 1_000 })).await;
    assert_eq!(refunded["transaction_status"], "partial_refund");
}

#[tokio::test]
async fn a_captured_card_is_cancelled_and_a_settled_one_refunded() {
    let mut stand = Stand::start().await;
    let (cancelled, settled) = (new_order_id(), new_order_id());
    for order in [&cancelled, &settled] {
        stand.open(&request(order)).await;
        let (_, answer) = stand.simulate(order, json!({ "outcome": "capture" })).await;
        let told = &answer["notification"];
        assert_eq!((&told["transaction_status"], &told["fraud_status"]), (&json!("capture"), &json!("accept")));
        assert_eq!(code(&stand.refund(order, json!({ "refund_key": "a" })).await), "412");
        stand.heard().await;
    }
    let answer = stand.core(Method::POST, &format!("/v2/{cancelled}/cancel")).await;
    assert_eq!((code(&answer), &answer["transaction_status"]), ("200", &json!("cancel")));
    assert_eq!(stand.simulate(&settled, json!({ "outcome": "settlement" })).await.0, 200);
    assert_eq!(code(&stand.refund(&settled, json!({ "refund_key": "a" })).await), "200");

    let reviewed = new_order_id();
    stand.open(&request(&reviewed)).await;
    let (_, answer) = stand.simulate(&reviewed, json!({ "outcome": "challenge" })).await;
    let told = &answer["notification"];
    assert_eq!((&told["fraud_status"], &told["status_code"]), (&json!("challenge"), &json!("201")));
}

#[tokio::test]
async fn chargebacks_and_refunds_tell_an_amount_unless_they_are_kept_from_it() {
    let mut stand = Stand::start().await;
    let order = paid(&mut stand, "credit_card").await;
    let (_, answer) = stand.simulate(&order, json!({ "outcome": "partial_chargeback", "amount": 20_000 })).await;
    assert_eq!(answer["notification"]["transaction_status"], "partial_chargeback");
    assert_eq!(stand.status(&order).await["refund_amount"], "20000.00");
    stand.simulate(&order, json!({ "outcome": "chargeback" })).await;
    let status = stand.status(&order).await;
    assert_eq!((&status["transaction_status"], &status["refund_amount"]), (&json!("chargeback"), &json!("50625.00")));

    let order = paid(&mut stand, "bca_va").await;
    let (_, answer) = stand.simulate(&order, json!({ "outcome": "refund", "tell_refund_amount": false })).await;
    for told in [&answer["notification"], &stand.status(&order).await] {
        assert_eq!((&told["transaction_status"], told.get("refund_amount")), (&json!("refund"), None));
    }
}
