//! The payment page: its document and script, and what it asks of the gateway.

use reqwest::Method;
use serde_json::json;

use crate::support::{CLIENT_KEY, Stand, assert_signed, new_order_id, request};

#[tokio::test]
async fn the_page_says_that_it_is_a_simulation_in_both_languages() {
    let stand = Stand::start().await;
    let token = stand.open(&request(&new_order_id())).await;
    let path = format!("/snap/v4/redirection/{token}");
    let page = stand.call(Method::GET, &path).send().await.unwrap();
    assert_eq!((page.status().as_u16(), &page.headers()["x-simulated"]), (200, &"midtrans".parse().unwrap()));
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe-inline"));
    let html = page.text().await.unwrap();
    assert!(html.contains("SIMULASI PEMBAYARAN") && html.contains("lang=\"id\""));
    assert!(!html.contains("style=") && !html.contains("<script>"), "nothing inline");

    let english = stand.call(Method::GET, &format!("{path}?language=en")).send().await.unwrap().text().await.unwrap();
    assert!(english.contains("PAYMENT SIMULATION") && english.contains("lang=\"en\""));
    let unknown = stand.call(Method::GET, "/snap/v4/redirection/nothing").send().await.unwrap();
    assert_eq!(unknown.status(), 404);
}

#[tokio::test]
async fn every_file_that_the_page_names_exists() {
    let stand = Stand::start().await;
    let script = stand.call(Method::GET, "/snap/snap.js").send().await.unwrap();
    assert_eq!(script.headers()["content-type"], "text/javascript; charset=utf-8");
    let script = script.text().await.unwrap();
    assert!(script.contains(CLIENT_KEY) && !script.contains("{{"));

    let mut wanted = vec!["page.css".to_owned(), "steps.css".to_owned(), "main.js".to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = wanted.pop() {
        if seen.contains(&name) {
            continue;
        }
        let file = stand.call(Method::GET, &format!("/snap/page/{name}")).send().await.unwrap();
        assert_eq!(file.status(), 200, "{name}");
        let text = file.text().await.unwrap();
        let imports = text.split("from './").skip(1).filter_map(|rest| rest.split('\'').next());
        wanted.extend(imports.map(str::to_owned));
        seen.push(name);
    }
    assert!(seen.len() > 8, "the imports are followed");
    assert_eq!(stand.call(Method::GET, "/snap/page/nothing.js").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn choosing_a_bank_makes_the_payment_pending_and_the_panel_decides() {
    let mut stand = Stand::start().await;
    let order = new_order_id();
    let token = stand.open(&request(&order)).await;
    let (_, page) = stand.page(&token, "page", None).await;
    assert_eq!((&page["state"], &page["result"]), (&json!("open"), &json!(null)));
    assert_eq!(page["items"].as_array().unwrap().len(), 2);

    let (_, page) = stand.page(&token, "charge", Some(json!({ "method": "bni_va" }))).await;
    assert_eq!((&page["state"], &page["charge"]["instrument"]["kind"]), (&json!("pending"), &json!("virtual_account")));
    assert_eq!(page["result"]["status_code"], "201");
    let pending = stand.heard().await.body;
    assert_eq!(pending["transaction_status"], "pending");
    assert_eq!(pending["va_numbers"][0]["va_number"], page["charge"]["instrument"]["number"]);

    let (_, page) = stand.page(&token, "outcome", Some(json!({ "outcome": "settlement" }))).await;
    assert_eq!((&page["state"], &page["result"]["status_code"]), (&json!("paid"), &json!("200")));
    let back = page["finishUrl"].as_str().unwrap();
    assert!(back.ends_with(&format!("?order_id={order}&status_code=200&transaction_status=settlement")));
    let settled = stand.heard().await.body;
    assert_signed(&settled);
    assert_eq!(stand.page(&token, "outcome", Some(json!({ "outcome": "deny" }))).await.0, 412);
}

#[tokio::test]
async fn a_card_is_captured_refused_and_tried_again_or_reviewed() {
    let stand = Stand::start().await;
    let card = |number: &str| json!({ "method": "credit_card", "card": { "number": number, "expiry": "12/40", "cvv": "123" } });
    let order = new_order_id();
    let token = stand.open(&request(&order)).await;

    assert_eq!(stand.page(&token, "charge", Some(card("4000 0000 0000 0002"))).await.0, 400);
    let (_, denied) = stand.page(&token, "charge", Some(card("4911 1111 1111 1113"))).await;
    assert_eq!((&denied["state"], &denied["canChoose"]), (&json!("denied"), &json!(true)));
    let (_, paid) = stand.page(&token, "charge", Some(card("4811 1111 1111 1114"))).await;
    assert_eq!(paid["state"], "paid");
    assert_eq!(stand.status(&order).await["transaction_status"], "capture");
    assert_eq!(stand.core(Method::POST, &format!("/v2/{order}/cancel")).await["transaction_status"], "cancel");

    let order = new_order_id();
    let token = stand.open(&request(&order)).await;
    let (_, reviewed) = stand.page(&token, "charge", Some(card("4511 1111 1111 1117"))).await;
    assert_eq!((&reviewed["state"], &reviewed["result"]["status_code"]), (&json!("inReview"), &json!("201")));
    let approved = stand.core(Method::POST, &format!("/v2/{order}/approve")).await;
    assert_eq!((&approved["status_code"], &approved["fraud_status"]), (&json!("200"), &json!("accept")));
    assert_eq!(stand.core(Method::POST, &format!("/v2/{order}/deny")).await["status_code"], "412");
}

#[tokio::test]
async fn many_who_pay_at_once_pay_once() {
    let stand = Stand::start().await;
    let order = new_order_id();
    let token = stand.open(&request(&order)).await;
    let pay = || stand.page(&token, "outcome", Some(json!({ "outcome": "settlement" })));
    let (a, b, c, d) = tokio::join!(pay(), pay(), pay(), pay());
    let won = [a, b, c, d].iter().filter(|(code, _)| *code == 200).count();
    assert_eq!(won, 1);
    let qr = stand.call(Method::GET, &format!("/snap/v1/transactions/{token}/qr.svg")).send().await.unwrap();
    assert_eq!(qr.headers()["content-type"], "image/svg+xml");
}

#[tokio::test]
async fn what_one_node_began_another_finishes() {
    let mut stand = Stand::start().await;
    let order = new_order_id();
    let token = stand.open(&request(&order)).await;
    let (_, before) = stand.page(&token, "charge", Some(json!({ "method": "permata_va" }))).await;
    stand.move_to_another_node().await;
    let (_, after) = stand.page(&token, "page", None).await;
    assert_eq!(after["charge"], before["charge"]);
    assert_eq!(stand.page(&token, "outcome", Some(json!({ "outcome": "settlement" }))).await.1["state"], "paid");
    assert_eq!(stand.status(&order).await["transaction_status"], "settlement");
}
