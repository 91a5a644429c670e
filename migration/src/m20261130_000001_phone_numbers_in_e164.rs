//! Phone numbers are kept as `+6281234567890` from now on; those of before were kept as they had been written.

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
        run(manager, &[PLAIN, WITH_COUNTRY]).await
    }
}

/// A number may have had a plus, digits, spaces, dots and hyphens.
const PLAIN: &str =
    "UPDATE accounts SET phone_number = replace(replace(replace(phone_number, ' ', ''), '-', ''), '.', '')";

/// A number without a country was of Indonesia.
const WITH_COUNTRY: &str = "UPDATE accounts SET phone_number = CASE \
     WHEN phone_number LIKE '00%' THEN '+' || substr(phone_number, 3) \
     WHEN phone_number LIKE '0%' THEN '+62' || substr(phone_number, 2) \
     WHEN phone_number LIKE '62%' THEN '+' || phone_number \
     WHEN phone_number LIKE '8%' THEN '+62' || phone_number \
     ELSE phone_number END";
