//! Attempts to collect a quote, what the gateway said about them, and the answers to repeated requests.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, instant, instant_null, integer, references, run, rupiah, status, string_len, string_len_null, text, uuid,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let payments = Table::create()
            .table("payments")
            .col(id())
            .col(uuid("consultation_id"))
            .col(string_len("order_id", 50))
            .col(rupiah("amount").check(Expr::col("amount").gt(0)))
            .col(rupiah("refunded_amount").check(Expr::col("refunded_amount").gte(0)))
            .col(status(
                "status",
                &["pending", "settled", "denied", "cancelled", "expired", "partially_refunded", "refunded", "reversed"],
            ))
            .col(string_len_null("payment_type", 32))
            .col(string_len_null("snap_token", 64))
            .col(string_len_null("redirect_url", 512))
            .col(instant("created_at"))
            .col(instant("expires_at"))
            .col(instant("check_at"))
            .col(instant_null("settled_at"))
            .foreign_key(&mut references("payments", "consultation_id", "consultations"))
            .take();
        manager.create_table(payments).await?;

        let payment_events = Table::create()
            .table("payment_events")
            .col(id())
            .col(uuid("payment_id"))
            .col(status("source", &["platform", "gateway"]))
            .col(string_len("gateway_status", 32))
            .col(string_len("status", 24))
            .col(string_len("fingerprint", 64))
            .col(text("payload"))
            .col(instant("occurred_at"))
            .foreign_key(&mut references("payment_events", "payment_id", "payments"))
            .take();
        manager.create_table(payment_events).await?;

        let idempotency_keys = Table::create()
            .table("idempotency_keys")
            .col(uuid("account_id"))
            .col(string_len("key", 100))
            .col(string_len("request_hash", 64))
            .col(integer("response_status"))
            .col(text("response_body"))
            .col(instant("created_at"))
            .primary_key(Index::create().col("account_id").col("key"))
            .foreign_key(&mut references("idempotency_keys", "account_id", "accounts"))
            .take();
        manager.create_table(idempotency_keys).await?;

        run(
            manager,
            &[
                "CREATE UNIQUE INDEX payments_order ON payments (order_id)",
                "CREATE UNIQUE INDEX payments_consultation ON payments (consultation_id)",
                "CREATE INDEX payments_to_check ON payments (check_at) WHERE status = 'pending'",
                "CREATE UNIQUE INDEX payment_events_once ON payment_events (payment_id, fingerprint)",
            ],
        )
        .await
    }
}
