//! What doctors are searched and sorted by. The words of those who are there already are written at the next start.

use sea_orm_migration::prelude::*;

use crate::columns::{references_column, run, string_len, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let words = Table::create()
            .table("doctor_words")
            .col(string_len("word", 40))
            .col(uuid("doctor_id"))
            .primary_key(Index::create().col("word").col("doctor_id"))
            .foreign_key(&mut references_column("doctor_words", "doctor_id", "doctors", "account_id"))
            .take();
        manager.create_table(words).await?;
        let grams = Table::create()
            .table("word_grams")
            .col(string_len("gram", 3))
            .col(string_len("word", 40))
            .primary_key(Index::create().col("gram").col("word"))
            .take();
        manager.create_table(grams).await?;
        run(
            manager,
            &[
                "ALTER TABLE doctors ADD COLUMN species_mask integer NOT NULL DEFAULT 3",
                "ALTER TABLE doctors ADD COLUMN rating_tenths integer NOT NULL DEFAULT 0",
                "ALTER TABLE doctors ADD COLUMN review_count integer NOT NULL DEFAULT 0",
                "UPDATE doctors SET review_count = (SELECT COUNT(*) FROM reviews WHERE doctor_id = account_id)",
                "UPDATE doctors SET rating_tenths = (SELECT (SUM(rating) * 100 / COUNT(*) + 5) / 10 FROM reviews \
                 WHERE doctor_id = account_id) WHERE review_count > 0",
                "CREATE INDEX doctor_words_doctor ON doctor_words (doctor_id)",
                "DROP INDEX doctors_status",
                // A page of each order, of all doctors and of one speciality, is a piece of one of these.
                "CREATE INDEX doctors_by_rating ON doctors (rating_tenths, review_count, account_id) WHERE status = 'verified'",
                "CREATE INDEX doctors_by_price ON doctors (base_price, account_id) WHERE status = 'verified'",
                "CREATE INDEX doctors_by_experience ON doctors (experience_years, account_id) WHERE status = 'verified'",
                "CREATE INDEX doctors_of_specialization_by_rating \
                 ON doctors (specialization, rating_tenths, review_count, account_id) WHERE status = 'verified'",
                "CREATE INDEX doctors_of_specialization_by_price ON doctors (specialization, base_price, account_id) \
                 WHERE status = 'verified'",
                "CREATE INDEX doctors_of_specialization_by_experience \
                 ON doctors (specialization, experience_years, account_id) WHERE status = 'verified'",
                "CREATE INDEX schedules_next ON schedules (next_available_at)",
            ],
        )
        .await
    }
}
