//! The database itself keeps the journal straight.

use crate::support::{Person, START, TestApp, at};
use hellopet::accounts::AccountId;
use hellopet::ledger::{self, About, Account, Entry, EntryKind};
use platform::money::Rupiah;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
use uuid::Uuid;

fn entry(reference: &str, lines: Vec<(Account, Rupiah)>) -> Entry {
    let reference = reference.to_owned();
    Entry { kind: EntryKind::Other, about: About::default(), reference, occurred_at: at(START), lines }
}

async fn post(app: &TestApp, posting: Entry) -> Result<(), DbErr> {
    let txn: DatabaseTransaction = app.app.platform.db.begin_write().await?;
    posting.post(&txn, at(START)).await?;
    txn.commit().await
}

#[tokio::test]
async fn an_entry_that_does_not_sum_to_zero_is_refused_whole() {
    let app = TestApp::start().await;
    let doctor = Account::PartnerPayable(AccountId::new());
    let lines = vec![(Account::Gateway, Rupiah(100)), (doctor, Rupiah(-99))];
    let refusal = post(&app, entry("unbalanced", lines)).await.unwrap_err().to_string();
    assert!(refusal.contains("sum to zero"), "{refusal}");
    assert_eq!(Account::Gateway.balance(&app.app.platform.db.read).await.unwrap(), Rupiah::ZERO);
}

#[tokio::test]
async fn the_same_fact_is_posted_once() {
    let app = TestApp::start().await;
    let lines = || vec![(Account::Gateway, Rupiah(100)), (Account::PlatformRevenue, Rupiah(-100))];
    post(&app, entry("payment:1:settled", lines())).await.unwrap();
    assert!(post(&app, entry("payment:1:settled", lines())).await.is_err());
    assert_eq!(Account::Gateway.balance(&app.app.platform.db.read).await.unwrap(), Rupiah(100));
}

#[tokio::test]
async fn what_is_posted_cannot_be_changed_or_removed() {
    let app = TestApp::start().await;
    let lines = vec![(Account::Gateway, Rupiah(100)), (Account::PlatformRevenue, Rupiah(-100))];
    post(&app, entry("fixed", lines)).await.unwrap();
    for tampering in [
        "UPDATE journal_lines SET amount = 1",
        "DELETE FROM journal_lines",
        "UPDATE journal_entries SET occurred_at = 0",
        "DELETE FROM journal_entries",
        "INSERT INTO journal_lines (entry_id, position, account, amount) SELECT id, 9, 'gateway', 5 FROM journal_entries",
        "INSERT INTO journal_entries (id, reference, occurred_at, posted) SELECT id, 'direct', 0, TRUE FROM journal_entries",
    ] {
        assert!(app.app.platform.db.write.execute_unprepared(tampering).await.is_err(), "{tampering}");
    }
    assert_eq!(Account::Gateway.balance(&app.app.platform.db.read).await.unwrap(), Rupiah(100));
}

async fn is_broken(app: &TestApp, rule: &str) {
    let difference = ledger::verify(&app.app.platform.db.read).await.unwrap();
    assert_eq!(difference.expect(rule).rule, rule);
}

#[tokio::test]
async fn each_rule_of_the_books_names_what_breaks_it() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    app.pay(&purchase).await;
    app.verify_books("before").await;

    for (change, undo, rule) in [
        (
            "UPDATE payments SET settled_at = NULL",
            "UPDATE payments SET settled_at = created_at",
            "a settled payment is in the journal, another is not",
        ),
        (
            "UPDATE payments SET refunded_amount = 1, promised_amount = 1",
            "UPDATE payments SET refunded_amount = 0, promised_amount = 0",
            "what went back of a payment has left the gateway",
        ),
        (
            "UPDATE payments SET charged_back_amount = 1",
            "UPDATE payments SET charged_back_amount = 0",
            "what a bank took back of what was rendered has left the gateway",
        ),
        (
            "UPDATE payments SET promised_amount = 1",
            "UPDATE payments SET promised_amount = 0",
            "what was promised and is not gone is owed back",
        ),
        (
            "UPDATE orders SET status = 'earned'",
            "UPDATE orders SET status = 'paid'",
            "nothing is pending of an order that is not waiting to be earned",
        ),
    ] {
        app.run_sql(change).await;
        is_broken(&app, rule).await;
        app.run_sql(undo).await;
        app.verify_books(rule).await;
    }

    let draft = app.literal(&Uuid::now_v7().to_string());
    let write = format!(
        "INSERT INTO journal_entries (id, reference, occurred_at, posted, kind) VALUES ({draft}, 'x', 0, FALSE, 'other')"
    );
    app.run_sql(&write).await;
    is_broken(&app, "an entry is posted").await;
    let nobodys = app.literal(&Uuid::now_v7().to_string());
    app.run_sql(&format!("UPDATE journal_entries SET order_id = {nobodys} WHERE NOT posted")).await;
    is_broken(&app, "an entry about an order is about one that exists").await;
    // A line stays, so that these two come last.
    app.run_sql(&format!(
        "INSERT INTO journal_lines (entry_id, position, account, amount) VALUES ({draft}, 0, 'partner_payable', 1)"
    ))
    .await;
    is_broken(&app, "an entry sums to zero").await;
    app.run_sql("UPDATE journal_entries SET order_id = (SELECT id FROM orders) WHERE NOT posted").await;
    is_broken(&app, "nothing is payable of an order that is not earned").await;
}
