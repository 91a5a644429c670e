//! Owners' pets with their weights and vaccinations, and which of them a consultation is about.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean_null;

use crate::columns::{
    id, instant, instant_null, integer, integer_null, references, run, status, string_len, string_len_null, text, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_pets(manager).await?;
        create_health_notes(manager).await?;
        // A reference can be added later as long as every row begins without one.
        let pet = uuid_null("pet_id").extra("REFERENCES pets (id)").take();
        manager.alter_table(Table::alter().table("consultations").add_column(pet).take()).await?;
        run(manager, &["CREATE INDEX consultations_pet ON consultations (pet_id) WHERE pet_id IS NOT NULL"]).await
    }
}

async fn create_pets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let pets = Table::create()
        .table("pets")
        .col(id())
        .col(uuid("owner_id"))
        .col(string_len("name", 60))
        .col(status("species", &["cat", "dog", "rabbit", "bird", "hamster", "reptile", "fish", "other"]))
        .col(string_len("breed", 80))
        .col(status("sex", &["male", "female", "unknown"]))
        .col(boolean_null("neutered"))
        .col(string_len_null("birth_date", 10))
        .col(text("allergies"))
        .col(text("notes"))
        .col(uuid_null("photo_id"))
        .col(integer_null("photo_size"))
        .col(instant("created_at"))
        .col(instant("updated_at"))
        .col(instant_null("archived_at"))
        .foreign_key(&mut references("pets", "owner_id", "accounts"))
        .take();
    manager.create_table(pets).await?;
    run(manager, &["CREATE INDEX pets_owner ON pets (owner_id, id)"]).await
}

async fn create_health_notes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let weights = Table::create()
        .table("pet_weights")
        .col(id())
        .col(uuid("pet_id"))
        .col(string_len("measured_on", 10))
        .col(integer("grams").check(Expr::col("grams").between(1, 200_000)))
        .foreign_key(&mut references("pet_weights", "pet_id", "pets"))
        .take();
    manager.create_table(weights).await?;

    let vaccinations = Table::create()
        .table("pet_vaccinations")
        .col(id())
        .col(uuid("pet_id"))
        .col(string_len("name", 80))
        .col(string_len("given_on", 10))
        .col(string_len_null("next_due_on", 10))
        .foreign_key(&mut references("pet_vaccinations", "pet_id", "pets"))
        .take();
    manager.create_table(vaccinations).await?;
    run(
        manager,
        &[
            // A second weight of a day corrects the first.
            "CREATE UNIQUE INDEX pet_weights_day ON pet_weights (pet_id, measured_on)",
            "CREATE INDEX pet_vaccinations_day ON pet_vaccinations (pet_id, given_on)",
        ],
    )
    .await
}
