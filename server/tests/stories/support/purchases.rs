//! What nearly every story does with a purchase: it is begun, paid, and talked about.

use serde_json::{Value, json};

use super::{Answer, Person, TestApp};

/// The gateway's name of a purchase.
pub fn order(purchase: &Value) -> &str {
    purchase["orderId"].as_str().unwrap()
}

/// Where something is done to the consultation that was bought.
pub fn consultation_path(purchase: &Value, verb: &str) -> String {
    format!("/api/consultations/{}/{verb}", purchase["consultationId"].as_str().unwrap())
}

impl TestApp {
    /// The customer pays by QRIS.
    pub async fn pay(&self, purchase: &Value) {
        self.pay_by(purchase, "qris").await;
    }

    pub async fn pay_by(&self, purchase: &Value, payment_type: &str) {
        let settled = json!({"outcome": "settlement", "payment_type": payment_type});
        self.simulate(order(purchase), settled).await.expect(200);
    }

    /// Does at the stand-in what the customer or the bank would do.
    pub async fn simulate(&self, order: &str, body: Value) -> Answer {
        let path = format!("/sandbox/midtrans/simulate/{order}");
        Person::nobody(self).post(&path, body).await
    }
}

impl Person {
    /// Begins to buy a consultation; the answer holds `orderId`, `transactionId`, …
    pub async fn buy(&self, doctor: &Self) -> Value {
        self.post("/api/payment/consulting", json!({"id": doctor.id})).await.expect(201)
    }

    /// Begins to buy a slot.
    pub async fn book(&self, doctor: &Self, starts_at: &str) -> Answer {
        self.post("/api/payment/consulting", json!({"id": doctor.id, "startsAt": starts_at})).await
    }

    /// Books a slot and pays; the answer is the purchase.
    pub async fn book_and_pay(&self, app: &TestApp, doctor: &Self, starts_at: &str) -> Value {
        let purchase = self.book(doctor, starts_at).await.expect(201);
        app.pay(&purchase).await;
        purchase
    }

    /// Buys and pays; the answer is the conversation's id.
    pub async fn consult(&self, app: &TestApp, doctor: &Self) -> String {
        let purchase = self.buy(doctor).await;
        app.pay(&purchase).await;
        self.conversation(&purchase).await
    }

    /// A consultation as this person sees it.
    pub async fn consultation(&self, purchase: &Value) -> Value {
        let path = format!("/api/consultations/{}", purchase["consultationId"].as_str().unwrap());
        self.get(&path).await.expect(200)
    }

    /// The conversation of what was paid.
    pub async fn conversation(&self, purchase: &Value) -> String {
        self.consultation(purchase).await["conversationId"].as_str().unwrap().to_owned()
    }

    pub async fn payment(&self, purchase: &Value) -> Value {
        let path = format!("/api/payment/{}", purchase["transactionId"].as_str().unwrap());
        self.get(&path).await.expect(200)
    }

    /// Ends a talk, and with it the consultation.
    pub async fn end(&self, conversation: &str) {
        self.patch(&format!("/api/messages/end/{conversation}")).await.expect(200);
    }
}
