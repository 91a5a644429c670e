//! Accounts, their sessions, and the refresh tokens of a session.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use crate::subjects::{AccountId, SessionId};
use platform::clock::Timestamp;
use platform::ids::id_type;

id_type!(RefreshTokenId);
id_type!(ProofId);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A pet owner.
    User,
    /// A vet.
    Dokter,
    /// A grooming or boarding partner.
    Mitra,
    /// The operator.
    Admin,
}

pub mod account {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AccountId,
        pub username: String,
        /// Lower case, without surrounding space.
        pub email: String,
        pub password_hash: String,
        pub phone_number: String,
        pub role: Role,
        pub picture: Option<String>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod session {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub account_id: AccountId,
        pub user_agent: String,
        /// Where it was begun from; not known of those of before.
        pub network: Option<String>,
        pub created_at: Timestamp,
        /// Refreshed with the access token, once an hour.
        pub last_used_at: Timestamp,
        pub expires_at: Timestamp,
        pub revoked_at: Option<Timestamp>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod refresh_token {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "refresh_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RefreshTokenId,
        pub session_id: SessionId,
        /// SHA-256 of the token, which is random enough to need no slow hash.
        pub token_hash: String,
        pub created_at: Timestamp,
        pub used_at: Option<Timestamp>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What somebody was sent by mail, to show that they read what comes to that address.
pub mod proof {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
    pub enum Purpose {
        PasswordReset,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_proofs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ProofId,
        pub account_id: AccountId,
        pub purpose: Purpose,
        /// SHA-256 of the token, which is random enough to need no slow hash.
        pub token_hash: String,
        pub created_at: Timestamp,
        pub expires_at: Timestamp,
        pub used_at: Option<Timestamp>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
