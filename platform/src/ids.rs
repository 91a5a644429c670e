//! Identifiers: UUIDv7, one type for each thing, so that a doctor's id cannot be taken for a conversation's.

/// Declares an id type and, where people ask for it by its id, how a missing one is said (`code`, Indonesian, English).
#[macro_export]
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $code:literal, $indonesian:literal, $english:literal) => {
        $crate::id_type!($(#[$doc])* $name);

        impl $crate::http::path::Named for $name {
            fn not_found() -> $crate::http::error::AppError {
                $crate::http::error::AppError::not_found(
                    $code,
                    $crate::text::Text::new($indonesian, $english),
                )
            }
        }
    };
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            sea_orm::DeriveValueType, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new id; later ones sort after earlier ones.
            #[allow(clippy::new_without_default, reason = "an id is made; it has no default")]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }

            /// An id that sorts as if it had been made at that instant.
            pub fn at(instant: $crate::clock::Timestamp) -> Self {
                let millis = u64::try_from(instant.as_millis()).unwrap_or(0);
                let random = $crate::random::bytes::<10>();
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl sea_orm::TryFromU64 for $name {
            /// Ids are made here, never counted by the database.
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

pub use id_type;
