//! What doctors are sorted by counts the reviews that everybody sees: the step that first counted them took hidden ones in.

use sea_orm_migration::prelude::*;

use crate::columns::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[COUNT, RATING, WORDS]).await
    }
}

const COUNT: &str = "UPDATE doctors SET review_count = (SELECT COUNT(*) FROM reviews r \
     WHERE r.doctor_id = doctors.account_id AND r.hidden_at IS NULL)";

/// In tenths, rounded half up, as the server counts it.
const RATING: &str = "UPDATE doctors SET rating_tenths = COALESCE((SELECT (SUM(r.rating) * 100 / COUNT(*) + 5) / 10 \
     FROM reviews r WHERE r.doctor_id = doctors.account_id AND r.hidden_at IS NULL), 0)";

/// The same beside the words that the doctors are found by.
const WORDS: &str = "UPDATE doctor_words SET \
     rating_tenths = (SELECT d.rating_tenths FROM doctors d WHERE d.account_id = doctor_words.doctor_id), \
     review_count = (SELECT d.review_count FROM doctors d WHERE d.account_id = doctor_words.doctor_id)";
