//! Journal entries and their lines.

use platform::ids::id_type;

id_type!(JournalEntryId);

pub mod entry {
    use sea_orm::entity::prelude::*;

    use super::JournalEntryId;
    use platform::clock::Timestamp;

    /// What kind of fact an entry is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
    pub enum EntryKind {
        /// The gateway has the money.
        Settled,
        /// Part of it is owed back.
        Promised,
        /// What was owed back has left the gateway.
        GivenBack,
        /// What was owed back was transferred by hand.
        PaidOut,
        /// Another partner renders what was paid for.
        TakenOver,
        /// What was pending is the partner's.
        Earned,
        /// What a partner had been owed before it was earned, put back to pending (by a migration).
        Pending,
        /// The customer's bank took back what was rendered.
        ChargedBack,
        /// The gateway has what a bank had taken back.
        WonBack,
        Other,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "journal_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: JournalEntryId,
        /// What the entry is about, such as `payment:<id>:settled`; unique, so that no fact is posted twice.
        pub reference: String,
        pub kind: Option<EntryKind>,
        pub order_id: Option<Uuid>,
        pub payment_id: Option<Uuid>,
        pub refund_id: Option<Uuid>,
        pub payout_id: Option<Uuid>,
        /// When it happened, as far as the gateway says so.
        pub occurred_at: Timestamp,
        /// When we wrote it down.
        pub posted_at: Option<Timestamp>,
        /// A draft counts nothing; the database posts it only when its lines sum to zero.
        pub posted: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod line {
    use sea_orm::entity::prelude::*;

    use super::JournalEntryId;
    use crate::accounts::AccountId;
    use platform::money::Rupiah;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "journal_lines")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub entry_id: JournalEntryId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        /// The account's name.
        pub account: String,
        /// Whose it is, where there is one for each partner.
        pub party_id: Option<AccountId>,
        pub amount: Rupiah,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
