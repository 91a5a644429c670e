//! How many connections are held at once: in all, and from one address.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::http::client_address::shared_by_one_customer;

/// The places of a listener, or of several together.
pub struct Places {
    all: Arc<Semaphore>,
    most_per_address: Option<u32>,
    taken: Arc<Taken>,
}

/// A connection's own, for as long as it is open.
pub struct Place {
    _in_all: OwnedSemaphorePermit,
    _of_address: Option<PlaceOfAddress>,
}

struct PlaceOfAddress {
    address: IpAddr,
    taken: Arc<Taken>,
}

#[derive(Default)]
struct Taken(Mutex<HashMap<IpAddr, u32>>);

impl Places {
    /// Without `most_per_address` one address may take them all.
    pub fn new(most: u32, most_per_address: Option<u32>) -> Self {
        let most = usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS);
        Self { all: Arc::new(Semaphore::new(most)), most_per_address, taken: Arc::default() }
    }

    /// Waits until one more connection may be taken in; those that come meanwhile wait in the system's queue.
    pub async fn next(&self) -> OwnedSemaphorePermit {
        #[expect(clippy::expect_used, reason = "nobody closes this semaphore")]
        self.all.clone().acquire_owned().await.expect("an open semaphore")
    }

    /// A place for this peer, unless its address has all that it may have. This machine's own address has no limit: load
    /// tests and a proxy on the same machine come from there.
    pub fn take(&self, permit: OwnedSemaphorePermit, peer: IpAddr) -> Option<Place> {
        let address = shared_by_one_customer(peer);
        let most = self.most_per_address.filter(|_| !peer.to_canonical().is_loopback());
        let of_address = match most {
            None => None,
            Some(most) if self.taken.count_up(address, most) => {
                Some(PlaceOfAddress { address, taken: self.taken.clone() })
            }
            Some(_) => return None,
        };
        Some(Place { _in_all: permit, _of_address: of_address })
    }
}

impl Taken {
    fn count_up(&self, address: IpAddr, most: u32) -> bool {
        let mut taken = self.lock();
        let count = taken.entry(address).or_default();
        if *count >= most {
            return false;
        }
        *count += 1;
        true
    }

    fn count_down(&self, address: IpAddr) {
        if let Entry::Occupied(mut entry) = self.lock().entry(address) {
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, u32>> {
        // Counters are whole after any panic elsewhere.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for PlaceOfAddress {
    fn drop(&mut self) {
        self.taken.count_down(self.address);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    async fn take(places: &Places, address: &str) -> Option<Place> {
        let permit = places.next().await;
        places.take(permit, address.parse().unwrap())
    }

    #[tokio::test]
    async fn one_address_takes_its_share_and_no_more() {
        let places = Places::new(100, Some(2));
        let (first, second) = (take(&places, "203.0.113.7").await, take(&places, "::ffff:203.0.113.7").await);
        assert!(first.is_some() && second.is_some());
        assert!(take(&places, "203.0.113.7").await.is_none());
        assert!(take(&places, "203.0.113.8").await.is_some(), "another address has its own");
        drop(first);
        assert!(take(&places, "203.0.113.7").await.is_some(), "a place that was given back is free");
        drop(second);
        assert!(places.taken.lock().is_empty(), "addresses that have left are forgotten");
    }

    #[tokio::test]
    async fn a_whole_network_of_ipv6_is_one_address() {
        let places = Places::new(100, Some(1));
        let held = take(&places, "2001:db8:1:2::1").await;
        assert!(held.is_some() && take(&places, "2001:db8:1:2:ffff::9").await.is_none());
        assert!(take(&places, "2001:db8:1:3::1").await.is_some());
    }

    #[tokio::test]
    async fn this_machine_and_a_server_without_limits_are_not_counted() {
        let limited = Places::new(100, Some(1));
        for local in ["127.0.0.1", "127.0.0.1", "::1", "::1", "::ffff:127.0.0.1"] {
            std::mem::forget(take(&limited, local).await.unwrap());
        }
        let unlimited = Places::new(100, None);
        let held = [take(&unlimited, "203.0.113.7").await, take(&unlimited, "203.0.113.7").await];
        assert!(held.iter().all(Option::is_some));
    }

    #[tokio::test]
    async fn nobody_is_let_in_before_a_place_is_free() {
        use futures_util::FutureExt;
        let places = Places::new(1, None);
        let only = take(&places, "203.0.113.7").await;
        assert!(places.next().now_or_never().is_none());
        drop(only);
        assert!(places.next().now_or_never().is_some());
    }
}
