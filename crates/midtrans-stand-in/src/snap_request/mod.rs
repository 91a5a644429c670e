//! Reads what a merchant asks Snap for, and says everything that is wrong with it at once.

mod fields;
mod time_limit;

use serde_json::Value;

use self::fields::Fields;
use crate::method::Method;
use crate::rules::switches::Switches;
use crate::times::{DAY, wire_time_with_zone};
use crate::transaction::{Item, Status, Transaction};
use crate::urls::is_web_url;

/// A page lives a day unless the merchant says otherwise, and a week at most.
const USUAL_PAGE_LIFE: i64 = DAY;
const LONGEST_PAGE_LIFE: i64 = 7 * DAY;

/// The names of a new transaction, made up outside because they are random.
pub(crate) struct NewIds {
    pub(crate) token: String,
    pub(crate) transaction_id: String,
}

/// The transaction that the request opens, or Midtrans' `error_messages`.
pub(crate) fn read(request: &Value, ids: NewIds, now: i64) -> Result<Transaction, Vec<String>> {
    let mut fields = Fields::of(request);
    let order_id = read_order_id(&mut fields);
    let gross_amount = read_amount(&mut fields);
    let items = read_items(&mut fields, request);
    check_sum(&mut fields, &items, gross_amount);
    let expiry = time_limit::read(&mut fields, "/expiry", now);
    let page_expiry = time_limit::read(&mut fields, "/page_expiry", now);
    if expiry.is_some_and(|at| at <= now) {
        fields.complain("expiry has already passed");
    }
    let page_life = page_expiry.or(expiry).unwrap_or(now + USUAL_PAGE_LIFE);
    let transaction = Transaction {
        order_id,
        token: ids.token,
        transaction_id: ids.transaction_id,
        status: Status::Created,
        revision: 0,
        gross_amount,
        items,
        customer_name: read_customer(&mut fields),
        custom_fields: ["/custom_field1", "/custom_field2", "/custom_field3"].map(|path| fields.text(path, 255)),
        methods: read_methods(&mut fields, request),
        finish_url: read_link(&mut fields, "/callbacks/finish"),
        error_url: read_link(&mut fields, "/callbacks/error"),
        override_urls: Vec::new(),
        append_urls: Vec::new(),
        created_at: now,
        page_deadline: page_life.min(now + LONGEST_PAGE_LIFE),
        payment_deadline: expiry,
        charge: None,
        settled_at: None,
        refunds: Vec::new(),
        switches: Switches::default(),
    };
    let complaints = fields.into_complaints();
    if !complaints.is_empty() {
        return Err(complaints);
    }
    tracing::debug!(
        order_id = transaction.order_id,
        open_until = wire_time_with_zone(transaction.page_deadline),
        "a payment page was asked for"
    );
    Ok(transaction)
}

fn read_order_id(fields: &mut Fields<'_>) -> String {
    let Some(order_id) = fields.required_text("/transaction_details/order_id", 50) else { return String::new() };
    if !order_id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_~.".contains(&b)) {
        fields.complain("transaction_details.order_id may only have letters, digits, dash, underscore, tilde and dot");
    }
    order_id
}

fn read_amount(fields: &mut Fields<'_>) -> i64 {
    let amount = fields.required_integer("/transaction_details/gross_amount");
    if amount.is_some_and(|amount| amount < 1) {
        fields.complain("transaction_details.gross_amount must be greater than or equal to 0.01");
    }
    amount.unwrap_or_default()
}

fn read_items(fields: &mut Fields<'_>, request: &Value) -> Vec<Item> {
    let count = match request.get("item_details") {
        None | Some(Value::Null) => 0,
        Some(Value::Array(items)) => items.len(),
        Some(_) => {
            fields.complain("item_details must be a list");
            0
        }
    };
    (0..count).map(|number| read_item(fields, number)).collect()
}

fn read_item(fields: &mut Fields<'_>, number: usize) -> Item {
    let path = |name: &str| format!("/item_details/{number}/{name}");
    for name in ["id", "brand", "category", "merchant_name", "url"] {
        fields.text(&path(name), 50);
    }
    let quantity = fields.required_integer(&path("quantity")).unwrap_or_default();
    if quantity < 1 {
        fields.complain("item_details.quantity must be at least 1");
    }
    Item {
        name: fields.required_text(&path("name"), 50).unwrap_or_default(),
        price: fields.required_integer(&path("price")).unwrap_or_default(),
        quantity,
    }
}

fn check_sum(fields: &mut Fields<'_>, items: &[Item], gross_amount: i64) {
    let sum = items.iter().try_fold(0_i64, |sum, item| sum.checked_add(item.price.checked_mul(item.quantity)?));
    if !items.is_empty() && sum != Some(gross_amount) {
        fields.complain("transaction_details.gross_amount is not equal to the sum of item_details");
    }
}

fn read_customer(fields: &mut Fields<'_>) -> Option<String> {
    let first = fields.text("/customer_details/first_name", 255);
    let last = fields.text("/customer_details/last_name", 255);
    for name in ["email", "phone"] {
        fields.text(&format!("/customer_details/{name}"), 255);
    }
    let name = [first, last].into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// The methods of `enabled_payments` that this stand-in offers, in its own order; all where the list is absent.
fn read_methods(fields: &mut Fields<'_>, request: &Value) -> Vec<Method> {
    let Some(wanted) = request.get("enabled_payments").filter(|value| !value.is_null()) else {
        return Method::ALL.to_vec();
    };
    let names = wanted.as_array().map(Vec::as_slice).unwrap_or_default();
    let wanted: Vec<Method> = names.iter().filter_map(Value::as_str).flat_map(Method::named).collect();
    if wanted.is_empty() {
        fields.complain("enabled_payments has no payment method that can be offered");
    }
    Method::ALL.into_iter().filter(|method| wanted.contains(method)).collect()
}

fn read_link(fields: &mut Fields<'_>, path: &str) -> Option<String> {
    let link = fields.text(path, 255)?;
    if !is_web_url(&link) {
        fields.complain_about(path, "must be an http or https URL");
    }
    Some(link)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

    use serde_json::json;

    use super::*;
    use crate::times::{HOUR, MINUTE};

    const NOW: i64 = 1_793_585_704_000;

    fn read_now(request: &Value) -> Result<Transaction, Vec<String>> {
        let ids = NewIds { token: "token".into(), transaction_id: "transaction".into() };
        read(request, ids, NOW)
    }

    fn request() -> Value {
        json!({
            "transaction_details": { "order_id": "HP-1", "gross_amount": 50_625 },
            "item_details": [
                { "id": "base", "name": "Konsultasi", "price": 45_000, "quantity": 1 },
                { "name": "Biaya layanan", "price": 6_625, "quantity": 1 },
                { "name": "Potongan", "price": -1_000, "quantity": 1 }
            ],
            "customer_details": { "first_name": "Rara", "last_name": "Putri", "phone": "0812" },
            "callbacks": { "finish": "http://localhost:5000/selesai" },
            "custom_field1": "kept"
        })
    }

    fn with(path: &str, value: Value) -> Value {
        let mut request = request();
        let (parent, name) = path.rsplit_once('/').unwrap();
        request.pointer_mut(parent).unwrap()[name] = value;
        request
    }

    fn complaints(request: &Value) -> String {
        read_now(request).unwrap_err().join("; ")
    }

    #[test]
    fn a_sound_request_opens_a_page_for_a_day() {
        let tx = read_now(&request()).unwrap();
        assert_eq!((tx.order_id.as_str(), tx.gross_amount, tx.items.len()), ("HP-1", 50_625, 3));
        assert_eq!(tx.customer_name.as_deref(), Some("Rara Putri"));
        assert_eq!(tx.custom_fields[0].as_deref(), Some("kept"));
        assert_eq!((tx.page_deadline, tx.payment_deadline), (NOW + DAY, None));
        assert_eq!(tx.methods, Method::ALL);
    }

    #[test]
    fn the_items_must_add_up() {
        let wrong = with("/transaction_details/gross_amount", json!(50_000));
        assert!(complaints(&wrong).contains("not equal to the sum of item_details"));
        let huge = with("/item_details/0/price", json!(i64::MAX));
        assert!(complaints(&huge).contains("not equal to the sum of item_details"));
        let mut none = request();
        none.as_object_mut().unwrap().remove("item_details");
        assert!(read_now(&none).is_ok(), "items are optional");
    }

    #[test]
    fn order_ids_are_short_and_plain() {
        for bad in [json!(""), json!("a b"), json!("a/b"), json!("x".repeat(51)), json!(7), Value::Null] {
            assert!(complaints(&with("/transaction_details/order_id", bad)).contains("order_id"));
        }
        assert!(read_now(&with("/transaction_details/order_id", json!("A-z_0~9."))).is_ok());
    }

    #[test]
    fn amounts_are_whole_rupiah() {
        for bad in [json!(0), json!(-1), json!(1.5), json!("abc"), Value::Null] {
            assert!(complaints(&with("/transaction_details/gross_amount", bad)).contains("gross_amount"));
        }
        assert!(read_now(&with("/transaction_details/gross_amount", json!(50_625.0))).is_ok());
    }

    #[test]
    fn an_item_needs_a_name_and_a_quantity() {
        assert!(complaints(&with("/item_details/0/quantity", json!(0))).contains("quantity"));
        assert!(complaints(&with("/item_details/0/name", json!("x".repeat(51)))).contains("item_details.0.name"));
    }

    #[test]
    fn enabled_payments_narrow_the_choice() {
        let methods = |list: Value| read_now(&with("/enabled_payments", list)).map(|tx| tx.methods);
        assert_eq!(methods(json!(["gopay", "cstore", "kredivo"])).unwrap().len(), 3);
        assert!(methods(json!(["kredivo"])).is_err());
        assert!(methods(json!("gopay")).is_err());
    }

    #[test]
    fn expiry_binds_page_and_payment_page_expiry_only_the_page() {
        let tx = read_now(&with("/expiry", json!({ "unit": "minutes", "duration": 15 }))).unwrap();
        assert_eq!((tx.page_deadline, tx.payment_deadline), (NOW + 15 * MINUTE, Some(NOW + 15 * MINUTE)));

        let tx = read_now(&with("/page_expiry", json!({ "unit": "hour", "duration": 1 }))).unwrap();
        assert_eq!((tx.page_deadline, tx.payment_deadline), (NOW + HOUR, None));

        let tx = read_now(&with("/expiry", json!({ "unit": "days", "duration": 30 }))).unwrap();
        assert_eq!((tx.page_deadline, tx.payment_deadline), (NOW + 7 * DAY, Some(NOW + 30 * DAY)));

        let begun = json!({ "start_time": "2026-11-02 09:00:04 +0700", "unit": "minute", "duration": 20 });
        assert_eq!(read_now(&with("/expiry", begun)).unwrap().payment_deadline, Some(NOW + 5 * MINUTE));
        let over = json!({ "start_time": "2026-11-02 09:00:04 +0700", "unit": "minute", "duration": 10 });
        assert!(complaints(&with("/expiry", over)).contains("already passed"));
    }

    #[test]
    fn links_lead_to_the_web() {
        assert!(complaints(&with("/callbacks/finish", json!("javascript:alert(1)"))).contains("callbacks.finish"));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        assert!(read_now(&json!({})).unwrap_err().len() >= 2);
        assert!(read_now(&json!([])).is_err());
        assert!(read_now(&Value::Null).is_err());
    }
}
