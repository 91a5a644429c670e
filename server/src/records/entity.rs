//! Summaries and private notes, one of each for a consultation at most.

pub mod record {
    use sea_orm::entity::prelude::*;

    use crate::accounts::AccountId;
    use crate::subjects::ConsultationId;
    use platform::clock::Timestamp;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "records")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub consultation_id: ConsultationId,
        pub doctor_id: AccountId,
        pub complaint: String,
        pub findings: String,
        pub advice: String,
        /// Empty when nothing was prescribed.
        pub prescription: String,
        pub next_step: String,
        /// What everybody can verify a finished one by.
        pub code: Option<String>,
        /// The licence under which it was written, as it stood when it was finished.
        pub licence_number: Option<String>,
        /// 1 when it is finished, one more with every correction.
        pub revision: i32,
        /// From then on the owner reads it.
        pub finished_at: Option<Timestamp>,
        pub updated_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod note {
    use sea_orm::entity::prelude::*;

    use crate::subjects::ConsultationId;
    use platform::clock::Timestamp;

    /// What a vet notes about a consultation for nobody else.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "private_notes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub consultation_id: ConsultationId,
        pub body: String,
        pub updated_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
