//! Uploads under way: what they hold in memory, all together, is bounded. A sender beyond the bound is told to come back
//! (503 with `Retry-After`), and one who sends too much is refused while it is read, not afterwards.

use std::ops::Deref;
use std::pin::pin;
use std::sync::Arc;

use axum::body::Bytes;
use futures_util::{Stream, StreamExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::http::error::AppError;

/// The first room of an upload; it is doubled as it grows.
const FIRST_ROOM: usize = 64 * 1024;

/// The bytes that may be in memory at once, one permit each. A cheap handle.
#[derive(Clone)]
pub struct UploadMemory {
    left: Arc<Semaphore>,
}

/// Bytes that somebody has sent. Their room is free again when they are dropped: they are moved into the work on them.
pub struct Upload {
    bytes: Bytes,
    _room: Room,
}

/// Room for some bytes.
pub struct Room {
    left: Arc<Semaphore>,
    held: Option<OwnedSemaphorePermit>,
}

/// Why an upload was not read to its end.
#[derive(Debug)]
pub enum Unread<E> {
    /// It is longer than it may be.
    TooLarge,
    /// All room is taken.
    NoRoom,
    /// The sender broke it off, or it is no upload at all.
    Broken(E),
}

impl UploadMemory {
    pub fn new(bytes: usize) -> Self {
        Self { left: Arc::new(Semaphore::new(bytes.min(Semaphore::MAX_PERMITS))) }
    }

    /// Room for an upload whose size is known.
    pub fn room(&self, bytes: usize) -> Result<Room, AppError> {
        let mut room = Room { left: self.left.clone(), held: None };
        if room.grow(bytes) { Ok(room) } else { Err(AppError::busy()) }
    }

    /// Reads an upload of at most so many bytes.
    pub async fn read<E>(
        &self,
        chunks: impl Stream<Item = Result<Bytes, E>>,
        most: usize,
    ) -> Result<Upload, Unread<E>> {
        let mut chunks = pin!(chunks);
        let mut room = Room { left: self.left.clone(), held: None };
        let mut bytes = Vec::new();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(Unread::Broken)?;
            let length = bytes.len() + chunk.len();
            if length > most {
                return Err(Unread::TooLarge);
            }
            if length > bytes.capacity() {
                let wanted = (bytes.capacity() * 2).max(length).max(FIRST_ROOM).min(most);
                if !room.grow(wanted - bytes.capacity()) {
                    return Err(Unread::NoRoom);
                }
                bytes.reserve_exact(wanted - bytes.len());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Upload { bytes: bytes.into(), _room: room })
    }
}

impl Room {
    fn grow(&mut self, bytes: usize) -> bool {
        let more = u32::try_from(bytes).ok().and_then(|bytes| self.left.clone().try_acquire_many_owned(bytes).ok());
        let Some(more) = more else {
            metrics::counter!("upload_memory_refusals_total").increment(1);
            return false;
        };
        match &mut self.held {
            Some(held) => held.merge(more),
            None => self.held = Some(more),
        }
        true
    }

    /// The bytes for which this room was taken.
    pub fn hold(self, bytes: Vec<u8>) -> Upload {
        Upload { bytes: bytes.into(), _room: self }
    }
}

impl Upload {
    /// The bytes, to be sent on while the upload itself is held.
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }
}

impl Deref for Upload {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use std::cell::Cell;
    use std::convert::Infallible;

    use futures_util::stream;

    use super::*;

    const KIB: usize = 1024;

    /// So many chunks of a KiB; `read` says how many of them were asked for.
    fn chunks(count: usize, read: &Cell<usize>) -> impl Stream<Item = Result<Bytes, Infallible>> {
        stream::iter(0..count).map(move |index| {
            read.set(index + 1);
            Ok(Bytes::from(vec![7; KIB]))
        })
    }

    #[tokio::test]
    async fn too_much_is_refused_while_it_is_read() {
        let memory = UploadMemory::new(1024 * KIB);
        let read = Cell::new(0);
        let refused = memory.read(chunks(1_000, &read), 100 * KIB).await;
        assert!(matches!(refused, Err(Unread::TooLarge)));
        assert_eq!(read.get(), 101, "nothing is read beyond the limit");
        assert_eq!(memory.left.available_permits(), 1024 * KIB);
    }

    #[tokio::test]
    async fn all_uploads_share_one_room_and_give_it_back() {
        let memory = UploadMemory::new(256 * KIB);
        let read = Cell::new(0);
        let first = memory.read(chunks(200, &read), 200 * KIB).await.unwrap();
        assert_eq!((first.len(), memory.left.available_permits()), (200 * KIB, 56 * KIB));
        assert!(matches!(memory.read(chunks(100, &read), 200 * KIB).await, Err(Unread::NoRoom)));
        assert!(memory.room(57 * KIB).is_err());
        drop(first);
        assert!(memory.read(chunks(100, &read), 200 * KIB).await.is_ok());
        assert!(memory.room(256 * KIB).is_ok());
    }
}
