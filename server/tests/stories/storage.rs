//! What the database layer promises to the features.

use sea_orm::ConnectionTrait;

use crate::support::TestApp;

#[tokio::test]
async fn on_sqlite_nothing_is_written_through_the_readers() {
    let app = TestApp::start().await;
    let written = app.app.platform.db.read.execute_unprepared("DELETE FROM accounts").await;
    // PostgreSQL has one pool for both; SQLite stands for the rule on every run of the suite.
    assert_eq!(written.is_err(), app.app.platform.db.is_sqlite());
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing() {
    let app = TestApp::start().await;
    let insert = "INSERT INTO journal_entries (id, reference, occurred_at, posted) VALUES ($1, 'x', 0, FALSE)";
    let backend = app.app.platform.db.write.get_database_backend();
    let id = uuid::Uuid::now_v7();
    let txn = app.app.platform.db.begin_write().await.unwrap();
    txn.execute_raw(sea_orm::Statement::from_sql_and_values(backend, insert, [id.into()])).await.unwrap();
    drop(txn);
    let count = sea_orm::Statement::from_string(backend, "SELECT COUNT(*) AS count FROM journal_entries");
    let row = app.app.platform.db.write.query_one_raw(count).await.unwrap().unwrap();
    assert_eq!(row.try_get::<i64>("", "count").unwrap(), 0);
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    let app = TestApp::start().await;
    hellopet::migrate::up(&app.app.platform.db).await.unwrap();
}
