//! Orders between what is bought and what is paid, dimensions for the journal, and an inbox of what the gateway reports
//! (expand: nothing of before is touched). States and kinds are words of the program, so that a new one rebuilds no table.

use sea_orm_migration::prelude::*;

use crate::columns::{
    boolean, id, instant, instant_null, integer, references, run, rupiah, string_len, string_len_null, text, uuid,
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
        create_orders(manager).await?;
        create_inbox(manager).await?;
        widen_journal(manager).await?;
        let order = uuid_null("order_id").extra("REFERENCES orders (id)").take();
        manager.alter_table(Table::alter().table("consultations").add_column(order).take()).await?;
        run(
            manager,
            &[
                "ALTER TABLE consultations ADD COLUMN closed_because varchar(24)",
                "ALTER TABLE consultations ADD COLUMN recorded_at bigint",
                "CREATE INDEX consultations_order ON consultations (order_id)",
            ],
        )
        .await
    }
}

async fn create_orders(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let orders = Table::create()
        .table("orders")
        .col(id())
        .col(string_len("kind", 24))
        .col(uuid("owner_id"))
        .col(uuid("payee_id"))
        .col(integer("markup_basis_points"))
        .col(rupiah("total").check(Expr::col("total").gte(0)))
        .col(string_len("status", 24))
        .col(instant("created_at"))
        .col(instant_null("paid_at"))
        .col(instant_null("earned_at"))
        .foreign_key(&mut references("orders", "owner_id", "accounts"))
        .foreign_key(&mut references("orders", "payee_id", "accounts"))
        .take();
    manager.create_table(orders).await?;

    let order_lines = Table::create()
        .table("order_lines")
        .col(uuid("order_id"))
        .col(integer("position"))
        .col(string_len("kind", 24))
        .col(string_len("account", 40))
        .col(rupiah("amount"))
        .primary_key(Index::create().col("order_id").col("position"))
        .foreign_key(&mut references("order_lines", "order_id", "orders"))
        .take();
    manager.create_table(order_lines).await
}

async fn create_inbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let gateway_events = Table::create()
        .table("gateway_events")
        .col(id())
        .col(string_len("source", 24))
        .col(boolean("is_signed"))
        .col(string_len("gateway_order_id", 64))
        .col(string_len_null("transaction_id", 64))
        .col(text("body"))
        .col(uuid_null("payment_id"))
        .col(instant("received_at"))
        .col(instant_null("handled_at"))
        .col(string_len_null("result", 32))
        .take();
    manager.create_table(gateway_events).await?;
    run(
        manager,
        &[
            "CREATE INDEX gateway_events_payment ON gateway_events (payment_id)",
            "CREATE INDEX gateway_events_received ON gateway_events (is_signed, received_at)",
        ],
    )
    .await
}

async fn widen_journal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in [
        string_len_null("kind", 32),
        uuid_null("order_id"),
        uuid_null("payment_id"),
        uuid_null("refund_id"),
        uuid_null("payout_id"),
        instant_null("posted_at"),
    ] {
        manager.alter_table(Table::alter().table("journal_entries").add_column(column).take()).await?;
    }
    let party = uuid_null("party_id");
    manager.alter_table(Table::alter().table("journal_lines").add_column(party).take()).await?;
    run(
        manager,
        &[
            "CREATE INDEX journal_entries_order ON journal_entries (order_id)",
            "CREATE INDEX journal_entries_payment ON journal_entries (payment_id)",
            "CREATE INDEX journal_lines_party ON journal_lines (account, party_id, entry_id)",
        ],
    )
    .await
}
