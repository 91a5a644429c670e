//! Who is online, counted per device, told only to those who may know: owners see verified doctors and those they have
//! talked with, doctors see their own patients. Never stored. Changes are gathered for a moment and told once, so that
//! the cost grows with those who watch, not with everybody times everybody.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::accounts::{AccountId, Role};
use crate::app::AppState;

/// A reconnect within this time is not seen by others.
const GRACE: Duration = Duration::from_secs(5);
/// Changes within this time are told together.
const GATHERING: Duration = Duration::from_millis(200);

#[derive(Default)]
pub struct Presence {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    online: HashMap<AccountId, Online>,
    /// Who came or went since the last telling.
    changes: HashMap<AccountId, Shown>,
}

struct Online {
    shown: Shown,
    /// Owners do, to choose one; nobody else does.
    sees_doctors: bool,
    devices: usize,
    /// With whom this one has talked.
    met: HashSet<AccountId>,
    /// Counts goings, so that an old farewell does not end a new visit.
    visit: u64,
}

/// To whom somebody's presence is of interest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A verified doctor: to every owner.
    ToOwners,
    /// Anybody else: to those met.
    ToMet,
}

impl Presence {
    /// One more device of somebody is here.
    fn arrive(&self, who: AccountId, role: Role, shown: Shown, met: HashSet<AccountId>) {
        let mut state = self.lock();
        let nobody_yet =
            || Online { shown, sees_doctors: role == Role::User, devices: 0, met: HashSet::new(), visit: 0 };
        let online = state.online.entry(who).or_insert_with(nobody_yet);
        let is_first = online.devices == 0 && online.visit == 0;
        online.shown = shown;
        online.met.extend(met);
        online.devices += 1;
        online.visit += 1;
        if is_first {
            state.changes.insert(who, shown);
            self.changed.notify_one();
        }
    }

    /// A device is gone. The answer names the visit that ends unless another device comes within the grace period.
    fn leave(&self, who: AccountId) -> Option<u64> {
        let mut state = self.lock();
        let online = state.online.get_mut(&who)?;
        online.devices = online.devices.saturating_sub(1);
        (online.devices == 0).then_some(online.visit)
    }

    fn end_visit(&self, who: AccountId, visit: u64) {
        let mut state = self.lock();
        let is_over = state.online.get(&who).is_some_and(|online| online.devices == 0 && online.visit == visit);
        if is_over && let Some(gone) = state.online.remove(&who) {
            state.changes.insert(who, gone.shown);
            self.changed.notify_one();
        }
    }

    /// Two people begin to talk: from now on each may see the other.
    pub fn have_met(&self, one: AccountId, other: AccountId) {
        let mut state = self.lock();
        for (who, whom) in [(one, other), (other, one)] {
            if let Some(online) = state.online.get_mut(&who)
                && online.met.insert(whom)
            {
                let shown = online.shown;
                state.changes.insert(who, shown);
            }
        }
        self.changed.notify_one();
    }

    pub fn is_online(&self, who: AccountId) -> bool {
        self.lock().online.contains_key(&who)
    }

    /// Those of the online ones whom somebody may see, in a stable order.
    pub fn visible_to(&self, viewer: AccountId, role: Role) -> Vec<AccountId> {
        let state = self.lock();
        let doctors = if role == Role::User { state.shown_to_owners() } else { BTreeSet::new() };
        state.visible(viewer, &doctors)
    }

    /// What each person who is affected by the changes since the last telling may see now.
    fn take_news(&self) -> Vec<(AccountId, Vec<AccountId>)> {
        let mut state = self.lock();
        let changes = std::mem::take(&mut state.changes);
        if changes.is_empty() {
            return Vec::new();
        }
        let concerns_owners = changes.values().any(|shown| *shown == Shown::ToOwners);
        let doctors = state.shown_to_owners();
        let nobody = BTreeSet::new();
        let is_affected = |online: &Online| {
            (concerns_owners && online.sees_doctors) || changes.keys().any(|changed| online.met.contains(changed))
        };
        state
            .online
            .iter()
            .filter(|(_, online)| is_affected(online))
            .map(|(who, online)| (*who, state.visible(*who, if online.sees_doctors { &doctors } else { &nobody })))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics half-way through a change, so that a poisoned state is still a whole one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn shown_to_owners(&self) -> BTreeSet<AccountId> {
        let doctors = self.online.iter().filter(|(_, online)| online.shown == Shown::ToOwners);
        doctors.map(|(who, _)| *who).collect()
    }

    fn visible(&self, viewer: AccountId, doctors: &BTreeSet<AccountId>) -> Vec<AccountId> {
        let mut visible = doctors.clone();
        if let Some(online) = self.online.get(&viewer) {
            visible.extend(online.met.iter().filter(|met| self.online.contains_key(met)));
        }
        visible.remove(&viewer);
        visible.into_iter().collect()
    }
}

/// One device of somebody, from its coming to its going. Kept with the socket, so that it ends with it, however that
/// ends: a socket that fails before it is connected is never told that it was disconnected.
pub struct Visit {
    app: AppState,
    who: AccountId,
}

impl Visit {
    pub fn begin(app: AppState, who: AccountId, role: Role, shown: Shown, met: HashSet<AccountId>) -> Self {
        app.presence.arrive(who, role, shown, met);
        Self { app, who }
    }
}

impl Drop for Visit {
    /// Others are told after the grace period, unless the device comes back.
    fn drop(&mut self) {
        let Some(visit) = self.app.presence.leave(self.who) else { return };
        let (app, who) = (self.app.clone(), self.who);
        // Without a runtime the whole server is going, and nobody is left to be told.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                tokio::time::sleep(GRACE).await;
                app.presence.end_visit(who, visit);
            });
        }
    }
}

/// Tells changes to those who may know them.
pub fn start(app: AppState, mut shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = app.presence.changed.notified() => {}
                _ = shutdown.changed() => return,
            }
            tokio::time::sleep(GATHERING).await;
            for (viewer, visible) in app.presence.take_news() {
                app.realtime.tell(&[viewer.0], "getOnlineUsers", &[&visible]).await;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nobody() -> HashSet<AccountId> {
        HashSet::new()
    }

    #[test]
    fn owners_see_verified_doctors_and_doctors_see_only_patients() {
        let presence = Presence::default();
        let (owner, stranger, doctor) = (AccountId::new(), AccountId::new(), AccountId::new());
        presence.arrive(owner, Role::User, Shown::ToMet, nobody());
        presence.arrive(stranger, Role::User, Shown::ToMet, nobody());
        presence.arrive(doctor, Role::Dokter, Shown::ToOwners, HashSet::from([owner]));
        assert_eq!(presence.visible_to(owner, Role::User), [doctor]);
        assert_eq!(presence.visible_to(stranger, Role::User), [doctor]);
        assert_eq!(presence.visible_to(doctor, Role::Dokter), [owner]);
    }

    #[test]
    fn somebody_with_two_devices_stays_until_both_are_gone() {
        let presence = Presence::default();
        let doctor = AccountId::new();
        presence.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        presence.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        assert_eq!(presence.leave(doctor), None);
        let visit = presence.leave(doctor);
        assert!(presence.is_online(doctor), "the grace period has not passed");
        presence.end_visit(doctor, visit.unwrap_or_default());
        assert!(!presence.is_online(doctor));
    }

    #[test]
    fn a_return_within_the_grace_period_is_no_news() {
        let presence = Presence::default();
        let (owner, doctor) = (AccountId::new(), AccountId::new());
        presence.arrive(owner, Role::User, Shown::ToMet, nobody());
        presence.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        presence.take_news();
        let visit = presence.leave(doctor);
        presence.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        presence.end_visit(doctor, visit.unwrap_or_default());
        assert!(presence.is_online(doctor));
        assert!(presence.take_news().is_empty());
    }

    #[test]
    fn partners_and_operators_see_no_doctors() {
        let presence = Presence::default();
        let (partner, doctor) = (AccountId::new(), AccountId::new());
        presence.arrive(partner, Role::Mitra, Shown::ToMet, nobody());
        presence.take_news();
        presence.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        assert!(presence.take_news().iter().all(|(_, visible)| visible.is_empty()));
    }

    #[test]
    fn only_those_who_may_know_are_told() {
        let presence = Presence::default();
        let (owner, other_doctor, doctor) = (AccountId::new(), AccountId::new(), AccountId::new());
        presence.arrive(doctor, Role::Dokter, Shown::ToOwners, HashSet::from([owner]));
        presence.arrive(other_doctor, Role::Dokter, Shown::ToOwners, nobody());
        presence.take_news();
        presence.arrive(owner, Role::User, Shown::ToMet, HashSet::from([doctor]));
        let told: Vec<AccountId> = presence.take_news().into_iter().map(|(who, _)| who).collect();
        assert_eq!(told, [doctor], "the doctor who never met the owner is not told");
    }
}
