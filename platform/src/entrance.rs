//! The way into a bounded queue that can be closed: whoever works on the queue then finishes what is in it, and ends.

use std::sync::{PoisonError, RwLock};

use tokio::sync::mpsc;

pub struct Entrance<T>(RwLock<Option<mpsc::Sender<T>>>);

/// The queue is full, or closed.
pub struct Refused;

impl<T> Entrance<T> {
    pub fn new(queue: mpsc::Sender<T>) -> Self {
        Self(RwLock::new(Some(queue)))
    }

    /// Puts something in, unless there is no room.
    pub fn try_send(&self, what: T) -> Result<(), Refused> {
        let queue = self.0.read().unwrap_or_else(PoisonError::into_inner);
        queue.as_ref().ok_or(Refused)?.try_send(what).map_err(|_| Refused)
    }

    /// Puts something in as soon as there is room.
    pub async fn send(&self, what: T) -> Result<(), Refused> {
        let queue = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        queue.ok_or(Refused)?.send(what).await.map_err(|_| Refused)
    }

    pub fn close(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).take();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_in_comes_out_after_the_entrance_was_closed() {
        let (queue, mut end) = mpsc::channel(2);
        let entrance = Entrance::new(queue);
        assert!(entrance.try_send(1).is_ok() && entrance.send(2).await.is_ok());
        assert!(entrance.try_send(3).is_err(), "it is full");
        entrance.close();
        assert!(entrance.send(4).await.is_err());
        assert_eq!([end.recv().await, end.recv().await, end.recv().await], [Some(1), Some(2), None]);
    }
}
