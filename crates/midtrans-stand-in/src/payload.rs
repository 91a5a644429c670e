//! What is said about a transaction: to the merchant in notifications and status answers, to its page in callbacks.
//! Every scalar is a string, as on the real wire.

use serde_json::{Map, Value, json};

use crate::method::Method;
use crate::rules::is_challenged;
use crate::signature::sign;
use crate::times::wire_time;
use crate::transaction::{Charge, Instrument, Refund, Status, Transaction, wire_amount};

const MERCHANT_ID: &str = "G000000001";

/// Where a payload goes: some status codes and messages depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    Notification,
    Answer(&'static str),
}

/// The transaction for the merchant's server, signed.
pub(crate) fn report(tx: &Transaction, charge: &Charge, channel: Channel, server_key: &str) -> Map<String, Value> {
    let code = status_code(tx, channel);
    let amount = tx.wire_amount();
    let message = match channel {
        Channel::Notification => "midtrans payment notification",
        Channel::Answer(message) => message,
    };
    let mut body = common(tx, charge, code, message);
    body.insert("merchant_id".into(), MERCHANT_ID.into());
    body.insert("signature_key".into(), sign(&tx.order_id, code, &amount, server_key).into());
    body.insert("expiry_time".into(), wire_time(charge.expires_at).into());
    if let Some(at) = tx.settled_at {
        body.insert("settlement_time".into(), wire_time(at).into());
    }
    for (number, field) in tx.custom_fields.iter().enumerate() {
        if let Some(text) = field {
            body.insert(format!("custom_field{}", number + 1), text.as_str().into());
        }
    }
    if !tx.refunds.is_empty() && !tx.switches.hides_refund_amount {
        body.insert("refund_amount".into(), wire_amount(tx.refunded_amount()).into());
        body.insert("refunds".into(), tx.refunds.iter().enumerate().map(refund_entry).collect());
    }
    body
}

/// The transaction for the merchant's page: the argument of Snap's callbacks.
pub(crate) fn callback(tx: &Transaction, charge: &Charge) -> Map<String, Value> {
    let code = customer_code(tx);
    let message = match tx.status {
        Status::Settlement
        | Status::Capture
        | Status::Refund
        | Status::PartialRefund
        | Status::Chargeback
        | Status::PartialChargeback => {
            json!("Success, transaction is found")
        }
        Status::Pending => json!("Success, transaction is pending"),
        // Real errors come as a list, which surprises merchants who expect a string; better here than in production.
        _ => json!([failure(tx.status)]),
    };
    let mut body = common(tx, charge, code, message);
    if let (Method::BcaVa, Instrument::VirtualAccount { number }) = (charge.method, &charge.instrument) {
        body.insert("bca_va_number".into(), number.as_str().into());
        if tx.status == Status::Pending {
            // As the real Snap does: a pending BCA result names neither order nor transaction.
            body.remove("order_id");
            body.remove("transaction_id");
        }
    }
    if let Some(url) = finish_url(tx) {
        body.insert("finish_redirect_url".into(), url.into());
    }
    body
}

fn failure(status: Status) -> &'static str {
    match status {
        Status::Deny => "Transaction is denied by the bank",
        Status::Expire => "Transaction is expired",
        _ => "Transaction is canceled",
    }
}

/// Where the customer goes afterwards, with what happened in the query. Display only, never proof.
pub(crate) fn finish_url(tx: &Transaction) -> Option<String> {
    let has_failed = matches!(tx.status, Status::Deny | Status::Cancel | Status::Expire | Status::Withdrawn);
    let target = match &tx.error_url {
        Some(url) if has_failed => url,
        _ => tx.finish_url.as_ref()?,
    };
    let mut url = reqwest::Url::parse(target).ok()?;
    let mut query = url.query_pairs_mut();
    query.append_pair("order_id", &tx.order_id);
    if tx.is_charged() {
        query.append_pair("status_code", customer_code(tx)).append_pair("transaction_status", transaction_status(tx));
    }
    drop(query);
    Some(url.into())
}

fn status_code(tx: &Transaction, channel: Channel) -> &'static str {
    match tx.status {
        Status::Created | Status::Withdrawn => "404",
        Status::Pending if says_pending_loudly(tx) => "200",
        Status::Pending => "201",
        Status::Capture if is_challenged(tx) => "201",
        Status::Capture
        | Status::Settlement
        | Status::Refund
        | Status::PartialRefund
        | Status::Chargeback
        | Status::PartialChargeback => "200",
        Status::Deny => "202",
        Status::Cancel | Status::Expire if channel == Channel::Notification => "202",
        Status::Cancel => "200",
        Status::Expire => "407",
    }
}

/// Success and failure for the customer's side, where a cancelled payment is no success.
fn customer_code(tx: &Transaction) -> &'static str {
    match tx.status {
        Status::Cancel => "202",
        _ => status_code(tx, Channel::Answer("")),
    }
}

/// DANA writes a pending payment in capitals and with the code of success, so that the code alone proves nothing.
fn says_pending_loudly(tx: &Transaction) -> bool {
    tx.status == Status::Pending && tx.charge.as_ref().is_some_and(|charge| charge.method == Method::Dana)
}

fn transaction_status(tx: &Transaction) -> &'static str {
    if says_pending_loudly(tx) { "PENDING" } else { tx.status.as_str() }
}

fn common(tx: &Transaction, charge: &Charge, code: &str, message: impl Into<Value>) -> Map<String, Value> {
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("status_code", code.into());
    put("status_message", message.into());
    put("transaction_id", tx.transaction_id.as_str().into());
    put("order_id", tx.order_id.as_str().into());
    put("gross_amount", tx.wire_amount().into());
    put("currency", "IDR".into());
    put("payment_type", charge.method.payment_type().into());
    put("transaction_time", wire_time(charge.charged_at).into());
    put("transaction_status", transaction_status(tx).into());
    if !matches!(charge.instrument, Instrument::Counter { .. }) {
        put("fraud_status", charge.fraud.as_str().into());
    }
    add_instrument(tx, charge, &mut body);
    body
}

fn add_instrument(tx: &Transaction, charge: &Charge, body: &mut Map<String, Value>) {
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    match &charge.instrument {
        Instrument::VirtualAccount { number } => match charge.method.bank() {
            Some(bank) => {
                put("va_numbers", json!([{ "bank": bank, "va_number": number }]));
                put("payment_amounts", json!([]));
            }
            None => {
                put("permata_va_number", number.as_str().into());
            }
        },
        Instrument::Bill { biller_code, bill_key } => {
            put("biller_code", biller_code.as_str().into());
            put("bill_key", bill_key.as_str().into());
        }
        Instrument::Qr if charge.method == Method::Qris => {
            put("acquirer", "gopay".into());
            if tx.settled_at.is_some() {
                put("issuer", "gopay".into());
                put("transaction_type", "on-us".into());
            }
        }
        Instrument::Qr if charge.method == Method::Shopeepay => {
            put("shopeepay_reference_number", tx.transaction_id.as_str().into());
        }
        Instrument::Qr => {}
        Instrument::Card { masked, approval_code } => {
            put("masked_card", masked.as_str().into());
            put("bank", "bni".into());
            put("card_type", "credit".into());
            put("eci", "05".into());
            if tx.status == Status::Deny {
                put("channel_response_code", "05".into());
                put("channel_response_message", "Do not honour".into());
            } else {
                put("approval_code", approval_code.as_str().into());
                put("channel_response_code", "00".into());
                put("channel_response_message", "Approved".into());
            }
        }
        Instrument::Counter { payment_code } => {
            put("store", charge.method.code().into());
            put("payment_code", payment_code.as_str().into());
        }
    }
}

fn refund_entry((number, refund): (usize, &Refund)) -> Value {
    let mut entry = json!({
        "refund_chargeback_id": (number + 1).to_string(),
        "refund_amount": wire_amount(refund.amount),
        "created_at": wire_time(refund.created_at),
        "refund_method": if refund.online { "online" } else { "offline" },
    });
    if let Some(key) = &refund.key {
        entry["refund_key"] = key.as_str().into();
    }
    if let Some(reason) = &refund.reason {
        entry["reason"] = reason.as_str().into();
    }
    if let Some(at) = refund.confirmed_at {
        entry["bank_confirmed_at"] = wire_time(at).into();
    }
    entry
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

    use super::*;
    use crate::rules::refund::{RefundWish, charge_back_in_part, refund};
    use crate::rules::tests::{NOW, pending, settled};
    use crate::rules::{cancel, expire};

    fn notification(tx: &Transaction) -> Map<String, Value> {
        report(tx, tx.charge.as_ref().unwrap(), Channel::Notification, "secret")
    }

    fn answer(tx: &Transaction) -> Map<String, Value> {
        report(tx, tx.charge.as_ref().unwrap(), Channel::Answer("found"), "secret")
    }

    fn is_all_strings(value: &Value) -> bool {
        match value {
            Value::String(_) => true,
            Value::Array(items) => items.iter().all(is_all_strings),
            Value::Object(fields) => fields.values().all(is_all_strings),
            _ => false,
        }
    }

    #[test]
    fn every_scalar_of_every_method_is_a_string() {
        for method in Method::ALL {
            let mut tx = settled(method);
            tx.custom_fields[1] = Some("kept".into());
            let _ = refund(&mut tx, RefundWish::default(), NOW, 7);
            let body = notification(&tx);
            assert!(body.values().all(is_all_strings), "{body:?}");
            assert_eq!(body["gross_amount"], "185000.00");
            assert_eq!(body["payment_type"], method.payment_type());
            assert_eq!(body["custom_field2"], "kept");
        }
    }

    #[test]
    fn the_signature_covers_the_code_that_is_sent() {
        let body = notification(&settled(Method::BcaVa));
        assert_eq!(body["signature_key"], sign("ORDER-1", "200", "185000.00", "secret"));
        let body = notification(&pending(Method::BcaVa));
        assert_eq!(body["signature_key"], sign("ORDER-1", "201", "185000.00", "secret"));
    }

    #[test]
    fn some_codes_differ_between_notification_and_answer() {
        let mut expired = pending(Method::BcaVa);
        expire(&mut expired).unwrap();
        assert_eq!(notification(&expired)["status_code"], "202");
        assert_eq!(answer(&expired)["status_code"], "407");
        let mut cancelled = pending(Method::BcaVa);
        cancel(&mut cancelled).unwrap();
        assert_eq!(notification(&cancelled)["status_code"], "202");
        assert_eq!(answer(&cancelled)["status_code"], "200");
    }

    #[test]
    fn each_method_names_what_is_paid_to() {
        let field = |method, name: &str| notification(&pending(method)).get(name).cloned();
        assert!(field(Method::BniVa, "va_numbers").is_some_and(|list| list[0]["bank"] == "bni"));
        assert!(field(Method::PermataVa, "permata_va_number").is_some());
        assert!(field(Method::PermataVa, "va_numbers").is_none());
        assert!(field(Method::Mandiri, "bill_key").is_some());
        assert!(field(Method::Qris, "acquirer").is_some());
        assert!(field(Method::CreditCard, "masked_card").is_some());
        assert_eq!(field(Method::Alfamart, "store"), Some("alfamart".into()));
        assert!(field(Method::Alfamart, "fraud_status").is_none());
    }

    #[test]
    fn refunds_are_listed_and_summed() {
        let mut tx = settled(Method::Qris);
        for key in ["a", "b"] {
            let wish = RefundWish { key: Some(key.into()), amount: Some(1_000), ..RefundWish::default() };
            refund(&mut tx, wish, NOW, 7).unwrap();
        }
        let body = notification(&tx);
        assert_eq!(body["transaction_status"], "partial_refund");
        assert_eq!(body["refund_amount"], "2000.00");
        assert_eq!(body["refunds"][1]["refund_key"], "b");
        assert!(body["refunds"][0].get("bank_confirmed_at").is_none());
    }

    #[test]
    fn a_chargeback_is_listed_with_the_refunds_but_without_a_key() {
        let mut tx = settled(Method::CreditCard);
        charge_back_in_part(&mut tx, Some(20_000), NOW).unwrap();
        let body = notification(&tx);
        assert_eq!((&body["transaction_status"], &body["status_code"]), (&json!("partial_chargeback"), &json!("200")));
        assert_eq!(
            (&body["refund_amount"], &body["refunds"][0]["refund_amount"]),
            (&json!("20000.00"), &json!("20000.00"))
        );
        assert!(body["refunds"][0].get("refund_key").is_none());
        tx.switches.hides_refund_amount = true;
        assert!(notification(&tx).get("refund_amount").is_none());
    }

    #[test]
    fn another_amount_is_told_and_signed_where_the_tester_wants_it() {
        let mut tx = settled(Method::Qris);
        tx.switches.told_amount = Some("189000.00".into());
        let body = notification(&tx);
        assert_eq!(body["gross_amount"], "189000.00");
        assert_eq!(body["signature_key"], sign("ORDER-1", "200", "189000.00", "secret"));
    }

    #[test]
    fn dana_is_pending_in_capitals() {
        let body = notification(&pending(Method::Dana));
        assert_eq!((&body["transaction_status"], &body["status_code"]), (&json!("PENDING"), &json!("200")));
    }

    #[test]
    fn a_pending_bca_result_lacks_the_ids_as_the_real_one_does() {
        let tx = pending(Method::BcaVa);
        let result = callback(&tx, tx.charge.as_ref().unwrap());
        assert!(result.get("order_id").is_none() && result.get("bca_va_number").is_some());
        assert!(result.get("signature_key").is_none(), "the browser never sees a signature");
    }

    #[test]
    fn the_way_back_says_what_happened() {
        let mut tx = settled(Method::Gopay);
        assert_eq!(finish_url(&tx), None);
        tx.finish_url = Some("http://localhost/done?x=1".into());
        let expected = "http://localhost/done?x=1&order_id=ORDER-1&status_code=200&transaction_status=settlement";
        assert_eq!(finish_url(&tx).as_deref(), Some(expected));
    }
}
