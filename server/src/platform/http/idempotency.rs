//! `Idempotency-Key`: the same key with the same body answers the first result again.
//!
//! Only results that changed something are kept. Two requests with one key at the same time both reach the use case,
//! which must itself be safe to repeat (a unique index decides there); the key makes the answer repeatable.

use axum::http::{HeaderMap, StatusCode};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::error::AppError;
use crate::platform::clock::Timestamp;
use crate::platform::text::Text;

pub mod entity {
    use sea_orm::entity::prelude::*;

    use crate::platform::clock::Timestamp;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub request_hash: String,
        pub response_status: i32,
        pub response_body: String,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

const HEADER: &str = "idempotency-key";
const LONGEST: usize = 100;

/// A caller's key together with what it was used for.
pub struct IdempotencyKey {
    account: Uuid,
    key: String,
    request_hash: String,
}

impl IdempotencyKey {
    /// Reads the header; `request` is everything that makes two requests the same.
    pub fn from_headers(
        headers: &HeaderMap,
        account: Uuid,
        request: &impl Serialize,
    ) -> Result<Option<Self>, AppError> {
        let Some(value) = headers.get(HEADER) else { return Ok(None) };
        let key = value.to_str().unwrap_or_default().trim();
        if key.is_empty() || key.len() > LONGEST {
            return Err(AppError::bad_request(
                "invalid_idempotency_key",
                Text::new(
                    "Idempotency-Key harus 1 sampai 100 karakter ASCII.",
                    "Idempotency-Key must be 1 to 100 ASCII characters.",
                ),
            ));
        }
        let canonical = serde_json::to_vec(request).map_err(anyhow::Error::from)?;
        Ok(Some(Self { account, key: key.to_owned(), request_hash: hex::encode(Sha256::digest(&canonical)) }))
    }

    /// The result of the first request, if there was one.
    pub async fn find<T: DeserializeOwned>(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Option<(StatusCode, T)>, AppError> {
        let Some(first) = entity::Entity::find_by_id((self.account, self.key.clone())).one(db).await? else {
            return Ok(None);
        };
        if first.request_hash != self.request_hash {
            return Err(AppError::refused(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_key_reused",
                Text::new(
                    "Idempotency-Key ini sudah dipakai untuk permintaan lain.",
                    "This Idempotency-Key was used for another request.",
                ),
            ));
        }
        let status = u16::try_from(first.response_status).ok().and_then(|status| StatusCode::from_u16(status).ok());
        let body = serde_json::from_str(&first.response_body).map_err(anyhow::Error::from)?;
        Ok(Some((status.unwrap_or(StatusCode::OK), body)))
    }

    /// Keeps the result for the requests that come after.
    pub async fn keep<T: Serialize>(
        &self,
        db: &impl ConnectionTrait,
        status: StatusCode,
        result: &T,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let row = entity::ActiveModel {
            account_id: Set(self.account),
            key: Set(self.key.clone()),
            request_hash: Set(self.request_hash.clone()),
            response_status: Set(i32::from(status.as_u16())),
            response_body: Set(serde_json::to_string(result).map_err(anyhow::Error::from)?),
            created_at: Set(now),
        };
        let first_wins = OnConflict::columns([entity::Column::AccountId, entity::Column::Key]).do_nothing().to_owned();
        match entity::Entity::insert(row).on_conflict(first_wins).exec_without_returning(db).await {
            Ok(_) | Err(DbErr::RecordNotInserted) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
