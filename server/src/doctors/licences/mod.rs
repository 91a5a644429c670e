//! Licences: handed in with pictures, checked by the operator, in force until their last day.

pub(super) mod documents;
pub mod entity;
mod rules;
pub(super) mod store;

pub use documents::MOST_DOCUMENTS;
pub use entity::document::{DocumentId, Model as Document};
pub use entity::{LicenceId, LicenceKind, LicenceStatus, Model as Licence};
pub use rules::{Given, Licensed, ends_at, read};

pub use super::http::licences::LicenceRequest;
