//! What doctors are sorted by stands beside the words of their names, so that a page of a name is a piece of an index, too.

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
        let copied = ["rating_tenths", "review_count", "base_price", "experience_years"].map(|column| {
            format!(
                "UPDATE doctor_words SET {column} = (SELECT d.{column} FROM doctors d WHERE d.account_id = doctor_id)"
            )
        });
        let copies: Vec<&str> = copied.iter().map(String::as_str).collect();
        let columns = [
            "ALTER TABLE doctor_words ADD COLUMN rating_tenths integer NOT NULL DEFAULT 0",
            "ALTER TABLE doctor_words ADD COLUMN review_count integer NOT NULL DEFAULT 0",
            "ALTER TABLE doctor_words ADD COLUMN base_price bigint NOT NULL DEFAULT 0",
            "ALTER TABLE doctor_words ADD COLUMN experience_years integer NOT NULL DEFAULT 0",
        ];
        let indices = [
            "CREATE INDEX doctor_words_by_rating ON doctor_words (word, rating_tenths, review_count, doctor_id)",
            "CREATE INDEX doctor_words_by_price ON doctor_words (word, base_price, doctor_id)",
            "CREATE INDEX doctor_words_by_experience ON doctor_words (word, experience_years, doctor_id)",
        ];
        run(manager, &columns).await?;
        run(manager, &copies).await?;
        run(manager, &indices).await
    }
}
