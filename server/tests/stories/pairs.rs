//! Two things at the same moment, for every pair that matters to money: whichever comes first, the outcome is an allowed
//! one, nobody gets a 500, and the books add up.

use std::future::Future;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Answer, Person, TOTAL, TestApp, consultation_path as path, order};

const ROUNDS: usize = 50;
/// Monday, 23 November 2026, 9.00 WIB and half an hour later; slots of one doctor on later days are the same hours.
const DAYS: [&str; 5] = ["23", "24", "25", "26", "27"];
const HOURS: [&str; 6] = ["02:00", "02:30", "03:00", "03:30", "04:00", "04:30"];

/// Who takes part in all rounds of a pair.
struct Table {
    app: TestApp,
    doctor: Person,
    owners: Vec<Person>,
}

impl Table {
    async fn laid() -> Self {
        let app = TestApp::start().await;
        let doctor = Person::doctor(&app).await;
        doctor.works_mornings().await;
        let owners = Person::owners(&app, ROUNDS).await;
        Self { app, doctor, owners }
    }

    /// A slot for each round: there are thirty in five mornings, so that another doctor comes after those.
    async fn slot(&mut self, round: usize) -> String {
        let all = DAYS.len() * HOURS.len();
        if round > 0 && round.is_multiple_of(all) {
            self.doctor = Person::doctor(&self.app).await;
            self.doctor.works_mornings().await;
        }
        let place = round % all;
        format!("2026-11-{}T{}:00.000Z", DAYS[place / HOURS.len()], HOURS[place % HOURS.len()])
    }

    async fn pay(&self, purchase: &Value) {
        self.report(purchase, json!({"outcome": "settlement", "payment_type": "qris"})).await.expect(200);
    }

    async fn report(&self, purchase: &Value, what: Value) -> Answer {
        self.app.simulate(order(purchase), what).await
    }

    /// An instant consultation that was paid and that nobody has answered; its vet is late.
    async fn late(&self, owner: &Person) -> Value {
        let purchase = owner.buy(&self.doctor).await;
        self.pay(&purchase).await;
        self.app
            .run_sql("UPDATE consultations SET late_at = created_at WHERE status = 'active' AND late_at IS NULL")
            .await;
        purchase
    }

    /// A talk in which the vet has answered and written a summary that is not finished.
    async fn summed_up(&self, owner: &Person) -> (Value, String) {
        let purchase = owner.buy(&self.doctor).await;
        self.pay(&purchase).await;
        let conversation = self.conversation(owner, &purchase).await;
        self.doctor.say(&conversation, "Halo", &conversation).await.expect(201);
        self.doctor.put(&path(&purchase, "record"), summary()).await.expect(200);
        (purchase, conversation)
    }

    async fn conversation(&self, owner: &Person, purchase: &Value) -> String {
        owner.conversation(purchase).await
    }

    /// Does both at once, then what follows by itself, and looks whether all is well.
    async fn at_once(
        &self,
        what: &str,
        one: impl Future<Output = Answer>,
        other: impl Future<Output = Answer>,
    ) -> [u16; 2] {
        let (one, other) = tokio::join!(one, other);
        for answer in [&one, &other] {
            assert!(answer.status.as_u16() < 500, "{what}: {answer:?}");
        }
        self.app.run_jobs().await;
        self.app.verify_books(what).await;
        let unpaid = "SELECT COUNT(*) FROM consultations c JOIN orders o ON o.id = c.order_id \
                      WHERE c.status IN ('scheduled', 'active') AND o.status <> 'paid' \
                      OR c.status = 'ended' AND o.status IN ('open', 'cancelled', 'expired')";
        assert_eq!(self.app.count(unpaid).await, 0, "{what}: every consultation under way or ended was paid");
        let kept = "SELECT COUNT(*) FROM consultations c JOIN orders o ON o.id = c.order_id \
                    WHERE c.status = 'cancelled' AND c.closed_because IN ('given_up', 'missed', 'paid_back') \
                    AND o.status IN ('paid', 'earned')";
        assert_eq!(self.app.count(kept).await, 0, "{what}: nobody pays for nothing");
        [one.status.as_u16(), other.status.as_u16()]
    }
}

fn summary() -> Value {
    json!({"complaint": "Lesu", "findings": "Sehat", "advice": "Pantau", "nextStep": "Kabari"})
}

#[tokio::test]
async fn money_comes_and_the_owner_calls_off() {
    let table = Table::laid().await;
    for owner in &table.owners {
        let purchase = owner.buy(&table.doctor).await;
        let paying = table.report(&purchase, json!({"outcome": "settlement", "payment_type": "qris"}));
        let cancel = path(&purchase, "cancel");
        let [_, cancelled] = table.at_once("S×C", paying, owner.post(&cancel, json!({}))).await;
        let status = owner.consultation(&purchase).await["status"].clone();
        assert_eq!(status, if cancelled == 200 { "cancelled" } else { "active" });
        let paid = owner.payment(&purchase).await["status"].clone();
        assert!(cancelled != 200 || [json!("refunded"), json!("cancelled")].contains(&paid), "{paid}");
    }
}

#[tokio::test]
async fn money_comes_and_the_bank_takes_it_back() {
    let table = Table::laid().await;
    for owner in &table.owners {
        let purchase = owner.buy(&table.doctor).await;
        table
            .report(&purchase, json!({"outcome": "settlement", "payment_type": "qris", "notify": false}))
            .await
            .expect(200);
        let refresh = format!("/api/payment/{}/refresh", purchase["transactionId"].as_str().unwrap());
        let reversal = table.report(&purchase, json!({"outcome": "deny"}));
        table.at_once("S×deny", owner.post(&refresh, json!({})), reversal).await;
        let status = owner.payment(&purchase).await["status"].clone();
        assert!([json!("reversed"), json!("denied")].contains(&status), "the newest word counts: {status}");
        assert_eq!(owner.consultation(&purchase).await["status"], "cancelled");
    }
}

#[tokio::test]
async fn a_bank_gives_a_part_back_and_the_owner_calls_a_slot_off() {
    let mut table = Table::laid().await;
    for round in 0..ROUNDS {
        let starts_at = table.slot(round).await;
        let owner = &table.owners[round];
        let purchase = owner.book(&table.doctor, &starts_at).await.expect(201);
        table.pay(&purchase).await;
        let part = table.report(&purchase, json!({"outcome": "refund", "amount": 10_000}));
        let cancel = path(&purchase, "cancel");
        table.at_once("R×K", part, owner.post(&cancel, json!({}))).await;
        let payment = owner.payment(&purchase).await;
        assert_eq!(payment["refundedAmount"], TOTAL, "all of it and no more: {payment}");
    }
}

#[tokio::test]
async fn a_bank_gives_a_part_back_and_the_owner_takes_all_back() {
    let table = Table::laid().await;
    for owner in &table.owners {
        let purchase = table.late(owner).await;
        let part = table.report(&purchase, json!({"outcome": "refund", "amount": 10_000}));
        let refund = path(&purchase, "refund");
        table.at_once("R×G", part, owner.post(&refund, json!({}))).await;
        let payment = owner.payment(&purchase).await;
        assert_eq!((&payment["status"], &payment["refundedAmount"]), (&json!("refunded"), &json!(TOTAL)), "{payment}");
    }
}

#[tokio::test]
async fn a_bank_gives_back_and_another_vet_takes_over() {
    let table = Table::laid().await;
    let other = Person::doctor(&table.app).await;
    for (round, owner) in table.owners.iter().enumerate() {
        if round.is_multiple_of(10) {
            other.comes_online().await;
        }
        let purchase = table.late(owner).await;
        let amount = if round.is_multiple_of(2) { 10_000 } else { TOTAL };
        let gone = table.report(&purchase, json!({"outcome": "refund", "amount": amount}));
        let transfer = path(&purchase, "transfer");
        table.at_once("R×T", gone, owner.post(&transfer, json!({"doctorId": other.id}))).await;
        let first = format!(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM journal_lines WHERE party_id = {}",
            table.app.literal(&table.doctor.id)
        );
        let moved = owner.consultation(&purchase).await["transferredTo"].is_string();
        if moved {
            assert_eq!(table.app.count(&first).await, 0, "nothing is left on the first vet's account");
        } else {
            // The money was gone first: give the rest back, so that the next round begins with nothing.
            owner.post(&path(&purchase, "refund"), json!({})).await;
            table.app.run_jobs().await;
        }
    }
}

#[tokio::test]
async fn one_ends_the_talk_and_the_owner_takes_the_money_back() {
    let table = Table::laid().await;
    for (round, owner) in table.owners.iter().enumerate() {
        let purchase = table.late(owner).await;
        let end = format!("/api/messages/end/{}", table.conversation(owner, &purchase).await);
        let who = if round.is_multiple_of(2) { &table.doctor } else { owner };
        let refund = path(&purchase, "refund");
        table.at_once("E×G", who.patch(&end), owner.post(&refund, json!({}))).await;
        assert_eq!(owner.consultation(&purchase).await["status"], "cancelled");
        assert_eq!(owner.payment(&purchase).await["status"], "refunded");
    }
}

#[tokio::test]
async fn the_vet_answers_and_the_owner_takes_the_money_back() {
    let table = Table::laid().await;
    for owner in &table.owners {
        let purchase = table.late(owner).await;
        let conversation = table.conversation(owner, &purchase).await;
        let (say, refund) = (table.doctor.say(&conversation, "Halo", &conversation), path(&purchase, "refund"));
        let [said, taken] = table.at_once("A×G", say, owner.post(&refund, json!({}))).await;
        let status = owner.consultation(&purchase).await["status"].clone();
        match (said, taken) {
            (201, 409) => assert_eq!(status, "active"),
            (403, 200) => assert_eq!(status, "cancelled"),
            both => panic!("{both:?}: answered and paid back, or neither; {status}"),
        }
    }
}

#[tokio::test]
async fn the_vet_finishes_the_summary_and_the_owner_ends_the_talk() {
    let table = Table::laid().await;
    for owner in &table.owners {
        let (purchase, conversation) = table.summed_up(owner).await;
        let (finish, end) = (path(&purchase, "record/finish"), format!("/api/messages/end/{conversation}"));
        let [finished, _] = table.at_once("F×E", table.doctor.post(&finish, json!({})), owner.patch(&end)).await;
        assert_eq!(finished, 200);
        assert_eq!(owner.consultation(&purchase).await["status"], "ended");
    }
}

#[tokio::test]
async fn the_vet_finishes_the_summary_and_all_the_money_goes_back() {
    let table = Table::laid().await;
    for owner in &table.owners {
        let (purchase, _) = table.summed_up(owner).await;
        let (finish, gone) = (path(&purchase, "record/finish"), json!({"outcome": "refund"}));
        table.at_once("F×R", table.doctor.post(&finish, json!({})), table.report(&purchase, gone)).await;
        assert_eq!(owner.payment(&purchase).await["status"], "refunded");
    }
    table.app.advance(Duration::from_secs(8 * 24 * 3600));
    table.app.run_jobs().await;
    assert_eq!(table.app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'orders.earn'").await, 0, "each had its end");
    assert_eq!(table.app.count("SELECT COUNT(*) FROM orders WHERE status = 'earned'").await, 0);
    table.app.verify_books("a week later").await;
}

#[tokio::test]
async fn a_slot_is_moved_and_called_off() {
    let mut table = Table::laid().await;
    for round in 0..ROUNDS {
        let starts_at = table.slot(round).await;
        let owner = &table.owners[round];
        let purchase = owner.book(&table.doctor, &starts_at).await.expect(201);
        table.pay(&purchase).await;
        let (to, cancel) = (path(&purchase, "reschedule"), path(&purchase, "cancel"));
        let later = json!({"startsAt": "2026-11-28T02:00:00.000Z"});
        table.at_once("M×K", owner.post(&to, later), table.doctor.post(&cancel, json!({}))).await;
        assert_eq!(owner.payment(&purchase).await["status"], "refunded");
        assert_eq!(table.app.count("SELECT COUNT(*) FROM slot_cells").await, 0);
    }
}

#[tokio::test]
async fn the_staff_pays_out_and_the_bank_takes_back() {
    let mut table = Table::laid().await;
    let admin = Person::admin(&table.app).await;
    for round in 0..ROUNDS {
        let starts_at = table.slot(round).await;
        let owner = &table.owners[round];
        let purchase = owner.book(&table.doctor, &starts_at).await.expect(201);
        table.report(&purchase, json!({"outcome": "settlement", "payment_type": "bank_transfer"})).await.expect(200);
        owner.post(&path(&purchase, "cancel"), json!({})).await.expect(200);
        table.app.run_jobs().await;
        let listed = admin.get("/api/admin/refunds").await.expect(200);
        let refund = format!("/api/admin/refunds/{}/paid-out", listed["items"][0]["id"].as_str().unwrap());
        let paid_out = admin.post(&refund, json!({"reference": "BCA 1"}));
        table.at_once("P×deny", paid_out, table.report(&purchase, json!({"outcome": "deny"}))).await;
        assert_eq!(owner.payment(&purchase).await["status"], "reversed");
        let listed = admin.get("/api/admin/refunds").await.expect(200);
        assert!(listed["items"].as_array().unwrap().is_empty(), "nobody pays out what is gone: {listed}");
    }
}
