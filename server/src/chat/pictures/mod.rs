//! Pictures of a conversation: uploaded at once or in pieces, written anew, read by the two participants only.
//!
//! What an upload needs is in the database and in the storage, so that any node goes on where another one stopped
//! (`docs/decisions/0010-resumable-uploads-in-the-object-store.md`).

mod attachments;
mod entity;
mod error;
mod http;
mod rules;
mod store;
mod sweep;
mod uploads;
mod views;

pub use entity::UploadId;
pub use http::routes;
pub use store::{attachments_of, pieces_under_way, take_attachments};
pub use sweep::{SweepPictures, sweep};
pub use views::AttachmentView;
