//! Who is asking. The type of the argument says who may call a handler.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;

use super::Accounts;
use super::entity::{AccountId, Role, SessionId, account};
use platform::clock::Timestamp;
use platform::http::error::AppError;

/// Anybody who is signed in.
#[derive(Clone, Debug)]
pub struct CurrentUser {
    pub id: AccountId,
    pub role: Role,
    pub session: SessionId,
    /// When the access token ends; the session may go on with a new one.
    pub expires_at: Timestamp,
    pub account: Arc<account::Model>,
}

impl<S> FromRequestParts<S> for CurrentUser
where
    S: Send + Sync,
    Arc<Accounts>: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let token = CurrentUser::token_of(&parts.headers).ok_or_else(AppError::unauthenticated)?;
        let accounts = Arc::<Accounts>::from_ref(state);
        let user = accounts.authenticate(token).await?;
        if !parts.method.is_safe() {
            accounts.limits.changes.take(&user.id)?;
        }
        Ok(user)
    }
}

/// Somebody of one role.
macro_rules! only {
    ($(#[$doc:meta])* $name:ident, $role:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub CurrentUser);

        impl<S> FromRequestParts<S> for $name
        where
            S: Send + Sync,
            Arc<Accounts>: FromRef<S>,
        {
            type Rejection = AppError;

            async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
                let user = CurrentUser::from_request_parts(parts, state).await?;
                if user.role == $role { Ok(Self(user)) } else { Err(AppError::forbidden()) }
            }
        }
    };
}

only!(
    /// A vet, whether verified yet or not.
    Doctor, Role::Dokter
);
only!(
    /// A pet owner.
    Owner, Role::User
);
only!(
    /// The operator.
    Admin, Role::Admin
);
