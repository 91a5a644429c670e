//! Makes doctors findable that were there before the search was. Almost always nothing is missing, and to see that must
//! not hold up a node among many doctors: it looks at so many before it serves, and at the others meanwhile.

use sea_orm::DbErr;
use tokio::sync::watch;
use uuid::Uuid;

use super::store;
use crate::accounts::AccountId;
use platform::db::Db;

/// Doctors looked at in one statement, and indexed in one transaction.
const BATCH: u64 = 500;
/// Batches that are looked at before the node serves.
const AT_START: usize = 4;

/// Indexes those that no word leads to: the first of them now, the others on a task that ends with the server.
pub async fn index_missing(db: &Db, stopping: &watch::Receiver<bool>) -> Result<(), DbErr> {
    let Some(after) = walk(db, AccountId(Uuid::nil()), AT_START, stopping).await? else { return Ok(()) };
    let (db, stopping) = (db.clone(), stopping.clone());
    tokio::spawn(async move {
        if let Err(error) = walk(&db, after, usize::MAX, &stopping).await {
            tracing::warn!(%error, "some doctors may not be found by their names before the next start");
        }
    });
    Ok(())
}

/// Looks at the doctors after one of them, in so many batches. The answer is where to go on.
async fn walk(
    db: &Db,
    mut after: AccountId,
    batches: usize,
    stopping: &watch::Receiver<bool>,
) -> Result<Option<AccountId>, DbErr> {
    for _ in 0..batches {
        let batch = store::list_after(&db.read, after, BATCH).await?;
        let (Some(first), Some(last)) = (batch.first(), batch.last()) else { return Ok(None) };
        if *stopping.borrow() {
            return Ok(None);
        }
        index(db, *first, *last).await?;
        after = *last;
    }
    Ok(Some(after))
}

async fn index(db: &Db, first: AccountId, last: AccountId) -> Result<(), DbErr> {
    let missing = store::list_without_words(&db.read, first, last).await?;
    if missing.is_empty() {
        return Ok(());
    }
    let txn = db.begin_write().await?;
    for doctor in missing {
        store::index(&txn, doctor).await?;
    }
    txn.commit().await
}
