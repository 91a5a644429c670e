//! `Idempotency-Key`: the same key for the same request answers the first result again.
//!
//! A key belongs to an account, a route and a body. It is claimed in the transaction of the deed, so that of two requests at
//! once one does it, and a deed that is done is never done again; the answer is kept as soon as it is known. Should the
//! process die in between, what the claim says the deed was about is enough to answer from.

use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, body::Bytes};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::LONGEST_REQUEST;
use super::error::AppError;
use crate::clock::Timestamp;
use crate::db::unless_taken;
use crate::text::Text;

pub mod entity {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub request_hash: String,
        /// 0 while the answer is not known.
        pub response_status: i32,
        /// The answer; before it is known, what the deed is about.
        pub response_body: String,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

const HEADER: &str = "idempotency-key";
const LONGEST: usize = 100;
const UNANSWERED: i32 = 0;
/// So long answers are kept.
const KEPT: Duration = Duration::from_secs(48 * 3600);

/// How often, and how long in all, a request waits for the answer of another with its key.
const LOOKS: u32 = 40;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// A caller's key together with what it is used for.
pub struct Claim {
    account: Uuid,
    key: String,
    request_hash: String,
}

/// What is known of a key.
pub enum Known {
    /// It was never used.
    Fresh,
    /// Its request was answered so.
    Answered(Response),
    /// Its deed was done, about this, and the answer got lost.
    Done(String),
}

impl Claim {
    /// Reads the header; `request` is everything beside the route that makes two requests the same.
    pub fn from_headers(
        headers: &HeaderMap,
        account: Uuid,
        route: &str,
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
        let canonical = serde_json::to_vec(&(route, request)).map_err(anyhow::Error::from)?;
        Ok(Some(Self { account, key: key.to_owned(), request_hash: hex::encode(Sha256::digest(&canonical)) }))
    }

    /// What became of the key's first request.
    pub async fn look(&self, db: &impl ConnectionTrait, now: Timestamp) -> Result<Known, AppError> {
        let Some(first) = entity::Entity::find_by_id((self.account, self.key.clone())).one(db).await? else {
            return Ok(Known::Fresh);
        };
        if first.created_at + KEPT <= now {
            self.forget(db, &first).await?;
            return Ok(Known::Fresh);
        }
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
        if first.response_status == UNANSWERED {
            // No request is worked on for longer: it has died with its process.
            let is_dead = now >= first.created_at + LONGEST_REQUEST;
            return if is_dead { Ok(Known::Done(first.response_body)) } else { Err(in_use()) };
        }
        let status = u16::try_from(first.response_status).ok().and_then(|status| StatusCode::from_u16(status).ok());
        let json = [(axum::http::header::CONTENT_TYPE, "application/json")];
        Ok(Known::Answered((status.unwrap_or(StatusCode::OK), json, Bytes::from(first.response_body)).into_response()))
    }

    /// Waits a moment for the answer of the key's first request, whose deed is done.
    async fn wait(&self, db: &impl ConnectionTrait, now: Timestamp) -> Result<Option<Response>, AppError> {
        for _ in 0..LOOKS {
            match self.look(db, now).await {
                Ok(Known::Answered(answer)) => return Ok(Some(answer)),
                Ok(Known::Fresh | Known::Done(_)) => return Ok(None),
                Err(error) if is_in_use(&error) => tokio::time::sleep(BETWEEN_LOOKS).await,
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Claims the key for the deed, inside its transaction. Somebody else with the same key at this moment is refused.
    pub async fn take(&self, txn: &impl ConnectionTrait, about: &str, now: Timestamp) -> Result<(), AppError> {
        let row = entity::ActiveModel {
            account_id: Set(self.account),
            key: Set(self.key.clone()),
            request_hash: Set(self.request_hash.clone()),
            response_status: Set(UNANSWERED),
            response_body: Set(about.to_owned()),
            created_at: Set(now),
        };
        match entity::Entity::insert(row).exec_without_returning(txn).await {
            Ok(_) => Ok(()),
            Err(error) => Err(unless_taken(error, in_use())),
        }
    }

    /// Keeps the answer for the requests that come after; also of a deed that turned out to be done already.
    pub async fn answer<T: Serialize>(
        &self,
        db: &impl ConnectionTrait,
        status: StatusCode,
        result: &T,
        now: Timestamp,
    ) -> Result<Response, AppError> {
        let row = entity::ActiveModel {
            account_id: Set(self.account),
            key: Set(self.key.clone()),
            request_hash: Set(self.request_hash.clone()),
            response_status: Set(i32::from(status.as_u16())),
            response_body: Set(serde_json::to_string(result).map_err(anyhow::Error::from)?),
            created_at: Set(now),
        };
        let answered = OnConflict::columns([entity::Column::AccountId, entity::Column::Key])
            .update_columns([entity::Column::ResponseStatus, entity::Column::ResponseBody])
            .action_and_where(entity::Column::ResponseStatus.eq(UNANSWERED))
            .action_and_where(entity::Column::RequestHash.eq(self.request_hash.as_str()))
            .to_owned();
        match entity::Entity::insert(row).on_conflict(answered).exec_without_returning(db).await {
            Ok(_) | Err(DbErr::RecordNotInserted) => Ok((status, Json(result)).into_response()),
            Err(error) => Err(error.into()),
        }
    }

    async fn forget(&self, db: &impl ConnectionTrait, first: &entity::Model) -> Result<(), DbErr> {
        let same = entity::Column::CreatedAt.eq(first.created_at);
        let of = entity::Entity::delete_many().filter(entity::Column::AccountId.eq(self.account));
        of.filter(entity::Column::Key.eq(self.key.as_str())).filter(same).exec(db).await.map(|_| ())
    }
}

fn in_use() -> AppError {
    AppError::refused(
        StatusCode::CONFLICT,
        "idempotency_key_in_use",
        Text::new(
            "Permintaan dengan Idempotency-Key ini masih diproses. Coba lagi sebentar.",
            "The request with this Idempotency-Key is still being worked on. Try again in a moment.",
        ),
    )
}

/// Deletes the keys whose time is over. How many were deleted.
pub async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64, DbErr> {
    let old = entity::Column::CreatedAt.lt(now - KEPT);
    Ok(entity::Entity::delete_many().filter(old).exec(db).await?.rows_affected)
}

/// Does a deed once for a key, or answers what its first request was answered. `deed` claims the key in its own transaction;
/// `replay` makes the answer again from what the claim says the deed was about.
pub async fn once<T: Serialize, R: Future<Output = Result<T, AppError>>>(
    db: &impl ConnectionTrait,
    now: Timestamp,
    claim: Option<&Claim>,
    status: StatusCode,
    deed: impl Future<Output = Result<T, AppError>>,
    replay: impl FnOnce(String) -> R,
) -> Result<Response, AppError> {
    let Some(claim) = claim else { return Ok((status, Json(deed.await?)).into_response()) };
    match claim.look(db, now).await {
        Ok(Known::Answered(answer)) => return Ok(answer),
        Ok(Known::Done(about)) => return claim.answer(db, status, &replay(about).await?, now).await,
        Ok(Known::Fresh) => {}
        Err(error) if is_in_use(&error) => return claim.wait(db, now).await?.ok_or(error),
        Err(error) => return Err(error),
    }
    match deed.await {
        Ok(result) => claim.answer(db, status, &result, now).await,
        // Another request with this key was first: it is answered in a moment, or it was for something else.
        Err(error) if is_in_use(&error) => match claim.wait(db, now).await? {
            Some(answer) => Ok(answer),
            None => Err(error),
        },
        Err(error) => Err(error),
    }
}

fn is_in_use(error: &AppError) -> bool {
    matches!(error, AppError::Refused(problem) if problem.code == "idempotency_key_in_use")
}
