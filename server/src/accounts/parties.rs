//! What one side of a consultation may know of the other: a name and a face, no e-mail and no phone number.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{AccountId, Role, account};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Party {
    pub id: AccountId,
    pub username: String,
    #[schema(required)]
    pub picture: Option<String>,
    pub role: Role,
}

impl From<account::Model> for Party {
    fn from(account: account::Model) -> Self {
        Self { id: account.id, username: account.username, picture: account.picture, role: account.role }
    }
}

impl Party {
    pub async fn find_all(
        db: &impl ConnectionTrait,
        ids: impl IntoIterator<Item = AccountId>,
    ) -> Result<HashMap<AccountId, Self>, DbErr> {
        let distinct: HashSet<AccountId> = ids.into_iter().collect();
        let accounts = account::Model::list(db, distinct.into_iter().collect()).await?;
        Ok(accounts.into_iter().map(|account| (account.id, Self::from(account))).collect())
    }
}
