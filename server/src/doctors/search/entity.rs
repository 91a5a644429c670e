//! The words that doctors are found by.

use sea_orm::entity::prelude::*;

use crate::accounts::AccountId;
use platform::money::Rupiah;

/// A word of a doctor's name.
pub mod word {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "doctor_words")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub word: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub doctor_id: AccountId,
        /// What doctors are sorted by, as on their own rows.
        pub rating_tenths: i32,
        pub review_count: i32,
        pub base_price: Rupiah,
        pub experience_years: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Three letters in a row of a word that some doctor has, to find it in spite of a slip of the finger.
pub mod gram {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "word_grams")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub gram: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub word: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
