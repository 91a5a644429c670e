//! Journal entries and their lines.

use crate::platform::ids::id_type;

id_type!(JournalEntryId, "journal_entry_not_found", "Jurnal tidak ditemukan.", "There is no such journal entry.");

pub mod entry {
    use sea_orm::entity::prelude::*;

    use super::JournalEntryId;
    use crate::platform::clock::Timestamp;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "journal_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: JournalEntryId,
        /// What the entry is about, such as `payment:<id>:settled`; unique, so that no fact is posted twice.
        pub reference: String,
        pub occurred_at: Timestamp,
        /// A draft counts nothing; the database posts it only when its lines sum to zero.
        pub posted: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod line {
    use sea_orm::entity::prelude::*;

    use super::JournalEntryId;
    use crate::platform::money::Rupiah;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "journal_lines")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub entry_id: JournalEntryId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub account: String,
        pub amount: Rupiah,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
