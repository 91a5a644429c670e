//! How many sockets an account may have at once. Each costs memory here, and work whenever its person is told something.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::accounts::AccountId;

/// Some phones, some browsers, and a few tabs each.
const MOST: usize = 20;

/// The sockets of each account on this node.
#[derive(Default)]
pub struct Seats {
    taken: Mutex<HashMap<AccountId, usize>>,
    is_limited: bool,
}

impl Seats {
    pub fn new(is_limited: bool) -> Arc<Self> {
        Arc::new(Self { taken: Mutex::default(), is_limited })
    }

    /// A place for one more socket, as long as there is one.
    pub fn take(self: &Arc<Self>, who: AccountId) -> Option<Seat> {
        let mut taken = self.lock();
        let sockets = taken.entry(who).or_default();
        if self.is_limited && *sockets >= MOST {
            return None;
        }
        *sockets += 1;
        Some(Seat { seats: self.clone(), who })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AccountId, usize>> {
        // Counts are whole after any panic elsewhere.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one socket. Kept with it, so that it ends with it, however that ends.
pub struct Seat {
    seats: Arc<Seats>,
    who: AccountId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.lock();
        if let Some(sockets) = taken.get_mut(&self.who) {
            *sockets -= 1;
            if *sockets == 0 {
                taken.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_so_many_sockets_and_another_has_its_own() {
        let seats = Seats::new(true);
        let (one, other) = (AccountId::new(), AccountId::new());
        let mut sockets: Vec<Option<Seat>> = (0..MOST).map(|_| seats.take(one)).collect();
        assert!(sockets.iter().all(Option::is_some));
        assert!(seats.take(one).is_none());
        assert!(seats.take(other).is_some());
        sockets.pop();
        assert!(seats.take(one).is_some());
        sockets.clear();
        assert!(seats.lock().is_empty());
    }

    #[test]
    fn a_load_test_may_have_any_number() {
        let seats = Seats::new(false);
        let who = AccountId::new();
        let sockets: Vec<Option<Seat>> = (0..=MOST).map(|_| seats.take(who)).collect();
        assert!(sockets.iter().all(Option::is_some));
    }
}
