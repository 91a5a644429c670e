//! Many purchases at once whose reports are denied, lost, doubled and reordered, that are called off, answered or not, ended,
//! refunded in part, taken back and carried on by another vet. At the end every rupiah is somewhere, and nothing owed is stuck in silence.
//!
//! Short as a test; `make chaos` runs a thousand purchases (`CHAOS_PURCHASES`). The dice are the same each time
//! (`CHAOS_SEED`).

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{DAY, HOUR, Person, TestApp, order};

const AT_ONCE: usize = 8;
const DOCTORS: usize = 4;

/// A small generator with a seed, so that a run that fails can be run again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    /// So many times of a hundred.
    fn often(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

fn from_env(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

const WAYS: [&str; 6] = ["qris", "gopay", "bank_transfer", "shopeepay", "credit_card", "dana"];

/// What happens to one purchase, in this order; some of it is refused, which is as well.
fn fate(dice: &mut Dice) -> Vec<Value> {
    let way = *dice.pick(&WAYS);
    let mut reports = Vec::new();
    if way == "credit_card" && dice.often(30) {
        reports.push(json!({"outcome": "deny", "payment_type": way}));
    }
    let paid = if way == "credit_card" && dice.often(50) { "capture" } else { "settlement" };
    if !dice.often(15) {
        let mut paid = json!({"outcome": paid, "payment_type": way});
        if dice.often(20) {
            paid["notify"] = json!(false);
        } else if dice.often(30) {
            paid["times"] = json!(3);
        }
        reports.push(paid);
    }
    let later = [
        json!({"outcome": "refund", "amount": 10_000}),
        json!({"outcome": "refund", "amount": 10_000, "notify": false}),
        json!({"outcome": "refund"}),
        json!({"outcome": "deny"}),
        json!({"outcome": "chargeback"}),
        json!({"outcome": "partial_chargeback", "amount": 10_000}),
        json!({"outcome": "hold_refunds"}),
    ];
    if dice.often(35) {
        reports.push(dice.pick(&later).clone());
    }
    reports
}

/// What the two do once it is paid.
async fn life(owner: &Person, doctor: &Person, purchase: &Value, choice: u64) {
    let consultation = format!("/api/consultations/{}", purchase["consultationId"].as_str().unwrap());
    let seen = owner.get(&consultation).await.expect(200);
    let Some(conversation) = seen["conversationId"].as_str() else {
        if choice.is_multiple_of(3) {
            owner.post(&format!("{consultation}/cancel"), json!({})).await;
        }
        return;
    };
    let end = format!("/api/messages/end/{conversation}");
    match choice % 6 {
        0 => {}
        1 => drop(owner.patch(&end).await),
        2 => drop(doctor.patch(&end).await),
        3 => {
            doctor.say(conversation, "Halo", conversation).await;
            let words = json!({"complaint": "a", "findings": "b", "advice": "c", "nextStep": "d"});
            doctor.put(&format!("{consultation}/record"), words).await;
            doctor.post(&format!("{consultation}/record/finish"), json!({})).await;
        }
        4 => {
            let (said, ended) = tokio::join!(doctor.say(conversation, "Halo", conversation), owner.patch(&end));
            assert!(said.status.as_u16() < 500 && ended.status.as_u16() < 500);
        }
        _ => {
            doctor.say(conversation, "Halo", conversation).await;
            owner.patch(&end).await;
        }
    }
}

/// An owner whose vet is silent goes on with another one, or takes the money back, or taps both.
async fn lose_patience(owner: &Person, purchase: &Value, choice: u64) {
    if choice.is_multiple_of(4) {
        return;
    }
    let consultation = format!("/api/consultations/{}", purchase["consultationId"].as_str().unwrap());
    let others = owner.get(&format!("{consultation}/alternatives")).await;
    let Some(other) = others.body["items"].as_array().and_then(|all| all.first()).map(|card| card["id"].clone()) else {
        return;
    };
    let (transfer, refund) = (format!("{consultation}/transfer"), format!("{consultation}/refund"));
    let go_on = owner.post(&transfer, json!({"doctorId": other}));
    if choice % 4 == 1 {
        let (moved, given_back) = tokio::join!(go_on, owner.post(&refund, json!({})));
        assert!(moved.status.as_u16() < 500 && given_back.status.as_u16() < 500, "{moved:?} {given_back:?}");
    } else {
        let moved = go_on.await;
        assert!(moved.status.as_u16() < 500, "{moved:?}");
    }
}

async fn one(app: &TestApp, owner: &Person, doctor: &Person, reports: Vec<Value>, choice: u64) -> Value {
    let bought = owner.post("/api/payment/consulting", json!({"id": doctor.id})).await;
    assert_eq!(bought.status.as_u16(), 201, "{bought:?}");
    let purchase = bought.body;
    let order = order(&purchase);
    for (place, report) in reports.into_iter().enumerate() {
        let told = app.simulate(order, report).await;
        assert!(told.body["platformStatus"].as_u64().unwrap_or(200) < 500, "{told:?}");
        if place == 0 {
            life(owner, doctor, &purchase, choice).await;
        }
    }
    purchase
}

#[tokio::test]
async fn whatever_happens_every_rupiah_is_somewhere_and_nothing_owed_is_stuck_in_silence() {
    let (count, seed) = (from_env("CHAOS_PURCHASES", 48), from_env("CHAOS_SEED", 7));
    let app = TestApp::start().await;
    let mut dice = Dice(seed);
    let mut doctors = Vec::new();
    for _ in 0..DOCTORS {
        doctors.push(Person::doctor(&app).await);
    }
    let owners = Person::owners(&app, usize::try_from(count).unwrap()).await;
    let mut purchases = Vec::new();
    for batch in owners.chunks(AT_ONCE) {
        let fates: Vec<_> = batch
            .iter()
            .map(|owner| (owner, dice.pick(&doctors), fate(&mut Dice(dice.below(u64::MAX))), dice.below(600)))
            .collect();
        let all = fates.into_iter().map(|(owner, doctor, reports, choice)| one(&app, owner, doctor, reports, choice));
        let (bought, ()) = tokio::join!(join_all(all), app.run_jobs());
        purchases.extend(bought);
    }
    app.advance(HOUR);
    app.run_jobs().await;
    for doctor in &mut doctors {
        doctor.sign_in().await;
        doctor.comes_online().await;
    }
    for (batch, bought) in owners.chunks(AT_ONCE).zip(purchases.chunks(AT_ONCE)) {
        let all = batch.iter().zip(bought).map(|(owner, purchase)| lose_patience(owner, purchase, dice.below(600)));
        join_all(all).await;
    }
    for step in [HOUR, HOUR, HOUR, DAY, DAY, DAY, DAY, DAY, DAY, DAY, DAY, DAY] {
        app.run_jobs().await;
        app.advance(step);
    }
    app.run_jobs().await;
    assert!(
        app.count("SELECT COUNT(*) FROM consultations WHERE transferred_from IS NOT NULL").await > 0,
        "seed {seed}"
    );
    all_is_well(&app, seed).await;
}

async fn all_is_well(app: &TestApp, seed: u64) {
    app.verify_books(&format!("seed {seed}")).await;
    for (what, sql) in [
        (
            "every consultation under way or ended was paid",
            "SELECT COUNT(*) FROM consultations c JOIN orders o ON o.id = c.order_id WHERE c.status IN ('active', 'ended') \
             AND o.status NOT IN ('paid', 'earned', 'refunded')",
        ),
        ("nothing waits for a vet any more", "SELECT COUNT(*) FROM consultations WHERE status = 'active'"),
        (
            "what is owed back is on the operator's list",
            "SELECT COUNT(*) FROM payments p WHERE p.settled_at IS NOT NULL AND p.status <> 'reversed' \
             AND p.promised_amount > p.refunded_amount + p.paid_out_amount AND NOT EXISTS \
             (SELECT 1 FROM refunds r WHERE r.payment_id = p.id AND r.status IN ('manual', 'failed'))",
        ),
        ("what was rendered a week ago is earned or gone", "SELECT COUNT(*) FROM orders WHERE status = 'paid'"),
        ("no job has died", "SELECT COUNT(*) FROM jobs WHERE dead_at IS NOT NULL"),
    ] {
        assert_eq!(app.count(sql).await, 0, "seed {seed}: {what}");
    }
}
