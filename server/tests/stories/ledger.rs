//! The database itself keeps the journal straight.

use hellopet::accounts::AccountId;
use hellopet::ledger::{self, About, Account, Entry, EntryKind};
use hellopet::platform::money::Rupiah;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use crate::support::{START, TestApp, at};

fn entry(reference: &str, lines: Vec<(Account, Rupiah)>) -> Entry {
    let reference = reference.to_owned();
    Entry { kind: EntryKind::Other, about: About::default(), reference, occurred_at: at(START), lines }
}

async fn post(app: &TestApp, posting: Entry) -> Result<(), DbErr> {
    let txn: DatabaseTransaction = app.app.db.begin_write().await?;
    ledger::post(&txn, posting, at(START)).await?;
    txn.commit().await
}

#[tokio::test]
async fn an_entry_that_does_not_sum_to_zero_is_refused_whole() {
    let app = TestApp::start().await;
    let doctor = Account::PartnerPayable(AccountId::new());
    let lines = vec![(Account::Gateway, Rupiah(100)), (doctor, Rupiah(-99))];
    let refusal = post(&app, entry("unbalanced", lines)).await.unwrap_err().to_string();
    assert!(refusal.contains("sum to zero"), "{refusal}");
    assert_eq!(ledger::balance(&app.app.db.read, Account::Gateway).await.unwrap(), Rupiah::ZERO);
}

#[tokio::test]
async fn the_same_fact_is_posted_once() {
    let app = TestApp::start().await;
    let lines = || vec![(Account::Gateway, Rupiah(100)), (Account::PlatformRevenue, Rupiah(-100))];
    post(&app, entry("payment:1:settled", lines())).await.unwrap();
    assert!(post(&app, entry("payment:1:settled", lines())).await.is_err());
    assert_eq!(ledger::balance(&app.app.db.read, Account::Gateway).await.unwrap(), Rupiah(100));
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
        assert!(app.app.db.write.execute_unprepared(tampering).await.is_err(), "{tampering}");
    }
    assert_eq!(ledger::balance(&app.app.db.read, Account::Gateway).await.unwrap(), Rupiah(100));
}
