//! A bank takes money back before or after something was rendered for it, in parts or whole, and may have to give it back
//! again: whose money it was is in the books afterwards, and nothing is nobody's.

use std::time::Duration;

use serde_json::{Value, json};

use crate::life::Scene;
use crate::support::{Person, TOTAL, order};

const PART: i64 = 10_000;
const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

/// What stands on each account that has to be empty once an order has come to nothing, and what is owed back.
#[derive(Debug, Default, PartialEq, Eq)]
struct Books {
    gateway: i64,
    pending: i64,
    earned: i64,
    fees: i64,
    loss: i64,
    owed: i64,
    bank: i64,
}

impl Scene {
    async fn paid() -> Self {
        let scene = Self::at_once().await;
        assert_eq!(scene.books().await, Books { gateway: TOTAL, pending: -45_000, fees: -5_625, ..Books::default() });
        scene
    }

    async fn books(&self) -> Books {
        let account = |name: &'static str| async move {
            let sum =
                format!("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM journal_lines WHERE account = '{name}'");
            self.app.count(&sum).await
        };
        Books {
            gateway: account("gateway").await,
            pending: account("partner_pending").await,
            earned: account("partner_payable").await,
            fees: account("platform_revenue").await,
            loss: account("chargeback_loss").await,
            owed: account("refunds_payable").await,
            bank: account("bank").await,
        }
    }

    async fn bank(&self, does: Value) {
        self.app.simulate(order(&self.purchase), does).await.expect(200);
    }

    async fn takes_a_part(&self) {
        self.bank(json!({"outcome": "partial_chargeback", "amount": PART})).await;
    }

    async fn owner_ends_it(&self) {
        let conversation = self.conversation().await;
        self.owner.end(&conversation).await;
        self.app.run_jobs().await;
        self.app.verify_books("ended").await;
    }

    async fn orders_that_are(&self, status: &str) -> i64 {
        self.app.count(&format!("SELECT COUNT(*) FROM orders WHERE status = '{status}'")).await
    }

    /// The one refund that waits for somebody is transferred by hand.
    async fn staff_pays_out(&self, amount: i64) {
        let admin = Person::admin(&self.app).await;
        let listed = admin.get("/api/admin/refunds").await.expect(200);
        assert_eq!((&listed["items"][0]["status"], &listed["items"][0]["amount"]), (&json!("manual"), &json!(amount)));
        let path = format!("/api/admin/refunds/{}/paid-out", listed["items"][0]["id"].as_str().unwrap());
        admin.post(&path, json!({"reference": "BCA 1"})).await.expect(200);
        self.app.verify_books("paid out").await;
    }
}

#[tokio::test]
async fn a_part_that_a_bank_took_back_of_what_nobody_answered_is_nobodys_share() {
    let scene = Scene::paid().await;
    scene.takes_a_part().await;
    scene.owner_ends_it().await;
    assert_eq!(scene.now().await["status"], "cancelled");
    let left = Books { gateway: TOTAL - PART, owed: PART - TOTAL, ..Books::default() };
    assert_eq!(scene.books().await, left, "nothing is pending, no fee is earned, and nothing is lost");
    assert_eq!(scene.orders_that_are("refunded").await, 1);
    scene.staff_pays_out(TOTAL - PART).await;
    let rest = TOTAL - PART;
    assert_eq!(scene.books().await, Books { gateway: rest, bank: -rest, ..Books::default() });
}

#[tokio::test]
async fn when_a_bank_takes_back_the_rest_as_well_the_talk_does_not_go_on() {
    let scene = Scene::paid().await;
    scene.takes_a_part().await;
    assert_eq!(scene.now().await["status"], "active");
    scene.bank(json!({"outcome": "chargeback"})).await;
    assert_eq!(scene.now().await["status"], "cancelled");
    assert_eq!(scene.owner.payment(&scene.purchase).await["status"], "reversed");
    assert_eq!(scene.books().await, Books::default());
    scene.app.verify_books("now").await;
}

#[tokio::test]
async fn what_was_rendered_and_taken_back_in_part_is_the_vets_and_our_loss() {
    let mut scene = Scene::paid().await;
    scene.takes_a_part().await;
    scene.doctor_answers().await;
    scene.owner_ends_it().await;
    scene.app.advance(WEEK);
    scene.app.run_jobs().await;
    let paid = Books { gateway: TOTAL - PART, earned: -45_000, fees: -5_625, loss: PART, ..Books::default() };
    assert_eq!(scene.books().await, paid);
    scene.bank(json!({"outcome": "win_back"})).await;
    let whole = Books { gateway: TOTAL, earned: -45_000, fees: -5_625, ..Books::default() };
    assert_eq!(scene.books().await, whole);
    scene.owner.sign_in().await;
    assert_eq!(scene.now().await["status"], "ended");
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM refunds").await, 0);
    scene.app.verify_books("now").await;
}

#[tokio::test]
async fn what_is_won_back_of_something_that_nobody_rendered_is_the_owners() {
    for in_part in [true, false] {
        let scene = Scene::paid().await;
        if in_part {
            scene.takes_a_part().await;
            scene.owner_ends_it().await;
            scene.staff_pays_out(TOTAL - PART).await;
        } else {
            scene.bank(json!({"outcome": "chargeback"})).await;
        }
        scene.bank(json!({"outcome": "win_back"})).await;
        let won = if in_part { PART } else { TOTAL };
        assert_eq!(scene.books().await.owed, -won, "{in_part}");
        scene.app.verify_books("won back").await;
        scene.app.run_jobs().await;
        let left = scene.books().await;
        assert_eq!((left.owed, left.pending, left.fees, left.loss), (0, 0, 0, 0), "{in_part}: it went back");
        assert_eq!(
            scene.app.count("SELECT COUNT(*) FROM refunds WHERE reason = 'won_back' AND status = 'confirmed'").await,
            1
        );
        scene.app.verify_books("gone").await;
    }
}
