//! The board on which everybody who is online is written, on this node and on others, and who of those here wants to
//! know. Pure: no clock of its own, no sockets, no database.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts::{AccountId, Role};

/// A node that has said nothing for this long is gone, and with it everybody who was there.
pub const LEASE: Duration = Duration::from_secs(6);

/// To whom somebody's presence is of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// A verified doctor: to every owner.
    ToOwners,
    /// Anybody else: to those met.
    ToMet,
}

/// What one node says of its own people.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// Whether those named are all there are; else they are added to those named before.
    pub is_whole: bool,
    pub here: Vec<(AccountId, Shown)>,
    pub gone: Vec<AccountId>,
}

/// The same news for some people.
#[derive(Debug, PartialEq, Eq)]
pub struct News {
    pub viewers: Vec<AccountId>,
    pub visible: Vec<AccountId>,
}

#[derive(Default)]
pub struct Board {
    here: HashMap<AccountId, Here>,
    elsewhere: HashMap<Uuid, Elsewhere>,
    /// Who of those here has met somebody.
    met_by: HashMap<AccountId, HashSet<AccountId>>,
    /// The verified doctors among all who are online.
    doctors: BTreeSet<AccountId>,
    /// Who came or went since the last telling.
    changed: HashMap<AccountId, Shown>,
    /// Who of those here came or went since the last report.
    unreported: HashMap<AccountId, Option<Shown>>,
}

struct Here {
    shown: Shown,
    /// Owners do, to choose one; nobody else does.
    sees_doctors: bool,
    devices: usize,
    /// With whom this one has talked.
    met: HashSet<AccountId>,
    /// Counts comings, so that an old farewell does not end a new visit.
    visit: u64,
}

struct Elsewhere {
    heard_at: Instant,
    people: HashMap<AccountId, Shown>,
}

impl Board {
    /// One more device of somebody is here.
    pub fn arrive(&mut self, who: AccountId, role: Role, shown: Shown, met: HashSet<AccountId>) {
        let was = self.is_online(who);
        for other in &met {
            self.met_by.entry(*other).or_default().insert(who);
        }
        let one = self.here.entry(who).or_insert_with(|| Here {
            shown,
            sees_doctors: role == Role::User,
            devices: 0,
            met: HashSet::new(),
            visit: 0,
        });
        let is_first = one.visit == 0;
        one.shown = shown;
        one.met.extend(met);
        one.devices += 1;
        one.visit += 1;
        if is_first {
            self.unreported.insert(who, Some(shown));
        }
        self.note(who, shown, was);
    }

    /// A device is gone. The answer names the visit that ends unless another device comes within the grace period.
    pub fn leave(&mut self, who: AccountId) -> Option<u64> {
        let one = self.here.get_mut(&who)?;
        one.devices = one.devices.saturating_sub(1);
        (one.devices == 0).then_some(one.visit)
    }

    pub fn end_visit(&mut self, who: AccountId, visit: u64) {
        let is_over = self.here.get(&who).is_some_and(|one| one.devices == 0 && one.visit == visit);
        if is_over && let Some(gone) = self.here.remove(&who) {
            for other in gone.met {
                self.unwatch(other, who);
            }
            self.unreported.insert(who, None);
            self.note(who, gone.shown, true);
        }
    }

    fn unwatch(&mut self, whom: AccountId, viewer: AccountId) {
        if let Some(viewers) = self.met_by.get_mut(&whom) {
            viewers.remove(&viewer);
            if viewers.is_empty() {
                self.met_by.remove(&whom);
            }
        }
    }

    /// Two people begin to talk: from now on each may see the other.
    pub fn have_met(&mut self, one: AccountId, other: AccountId) {
        for (who, whom) in [(one, other), (other, one)] {
            let Some(viewer) = self.here.get_mut(&who) else { continue };
            if viewer.met.insert(whom) {
                self.met_by.entry(whom).or_default().insert(who);
                self.changed.insert(whom, Shown::ToMet);
            }
        }
    }

    /// Another node reports.
    pub fn hear(&mut self, node: Uuid, report: Report, now: Instant) {
        let known = self.elsewhere.entry(node);
        let known = known.or_insert_with(|| Elsewhere { heard_at: now, people: HashMap::new() });
        known.heard_at = now;
        let named: HashSet<AccountId> = report.here.iter().map(|(who, _)| *who).collect();
        let gone: Vec<AccountId> = if report.is_whole {
            known.people.keys().filter(|who| !named.contains(who)).copied().collect()
        } else {
            report.gone
        };
        for (who, shown) in report.here {
            let was = self.is_online(who);
            if let Some(known) = self.elsewhere.get_mut(&node) {
                known.people.insert(who, shown);
            }
            self.note(who, shown, was);
        }
        for who in gone {
            let was = self.is_online(who);
            let shown = self.elsewhere.get_mut(&node).and_then(|known| known.people.remove(&who));
            self.note(who, shown.unwrap_or(Shown::ToMet), was);
        }
    }

    /// Forgets nodes that have been silent for too long.
    pub fn expire(&mut self, now: Instant) {
        let silent: Vec<Uuid> = self
            .elsewhere
            .iter()
            .filter(|(_, known)| now.saturating_duration_since(known.heard_at) > LEASE)
            .map(|(node, _)| *node)
            .collect();
        for node in silent {
            let people = self.elsewhere.remove(&node).map(|known| known.people).unwrap_or_default();
            for (who, shown) in people {
                self.note(who, shown, true);
            }
        }
    }

    /// Notes whether somebody has come or gone.
    fn note(&mut self, who: AccountId, shown: Shown, was_online: bool) {
        let is_online = self.is_online(who);
        if shown == Shown::ToOwners && is_online {
            self.doctors.insert(who);
        } else {
            self.doctors.remove(&who);
        }
        if is_online != was_online {
            self.changed.insert(who, shown);
        }
    }

    pub fn is_here(&self, who: AccountId) -> bool {
        self.here.contains_key(&who)
    }

    pub fn is_online(&self, who: AccountId) -> bool {
        self.is_here(who) || self.elsewhere.values().any(|known| known.people.contains_key(&who))
    }

    pub fn has_news(&self) -> bool {
        !self.changed.is_empty()
    }

    pub fn doctors(&self) -> Vec<AccountId> {
        self.doctors.iter().copied().collect()
    }

    /// Those of the online ones whom somebody may see, in a stable order.
    pub fn visible_to(&self, viewer: AccountId, role: Role) -> Vec<AccountId> {
        let mut visible = if role == Role::User { self.doctors.clone() } else { BTreeSet::new() };
        if let Some(one) = self.here.get(&viewer) {
            visible.extend(one.met.iter().filter(|met| self.is_online(**met)));
        }
        visible.remove(&viewer);
        visible.into_iter().collect()
    }

    /// What each person here who is affected by the changes since the last telling may see now. Owners who see nobody but
    /// the doctors, the most of them, share one list.
    pub fn take_news(&mut self) -> Vec<News> {
        let changed = std::mem::take(&mut self.changed);
        let mut affected: HashSet<AccountId> =
            changed.keys().filter_map(|who| self.met_by.get(who)).flatten().copied().collect();
        if changed.values().any(|shown| *shown == Shown::ToOwners) {
            affected.extend(self.here.iter().filter(|(_, one)| one.sees_doctors).map(|(who, _)| *who));
        }
        let (same, own): (Vec<_>, Vec<_>) = affected.into_iter().partition(|who| self.sees_only_doctors(*who));
        let mut news: Vec<News> = own
            .into_iter()
            .map(|who| {
                let role =
                    if self.here.get(&who).is_some_and(|one| one.sees_doctors) { Role::User } else { Role::Dokter };
                News { viewers: vec![who], visible: self.visible_to(who, role) }
            })
            .collect();
        if !same.is_empty() {
            news.push(News { viewers: same, visible: self.doctors.iter().copied().collect() });
        }
        news
    }

    fn sees_only_doctors(&self, viewer: AccountId) -> bool {
        self.here.get(&viewer).is_some_and(|one| {
            let is_extra = |met: &AccountId| !self.doctors.contains(met) && self.is_online(*met);
            one.sees_doctors && !one.met.iter().any(is_extra)
        })
    }

    /// What the other nodes have not heard yet.
    pub fn take_report(&mut self) -> Report {
        let mut report = Report::default();
        for (who, shown) in std::mem::take(&mut self.unreported) {
            match shown {
                Some(shown) => report.here.push((who, shown)),
                None => report.gone.push(who),
            }
        }
        report
    }

    /// Everybody who is here.
    pub fn whole_report(&self) -> Vec<(AccountId, Shown)> {
        self.here.iter().map(|(who, one)| (*who, one.shown)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nobody() -> HashSet<AccountId> {
        HashSet::new()
    }

    fn told(board: &mut Board) -> Vec<AccountId> {
        let mut told: Vec<AccountId> = board.take_news().into_iter().flat_map(|news| news.viewers).collect();
        told.sort_unstable();
        told
    }

    #[test]
    fn owners_see_verified_doctors_and_doctors_see_only_patients() {
        let mut board = Board::default();
        let (owner, stranger, doctor) = (AccountId::new(), AccountId::new(), AccountId::new());
        board.arrive(owner, Role::User, Shown::ToMet, nobody());
        board.arrive(stranger, Role::User, Shown::ToMet, nobody());
        board.arrive(doctor, Role::Dokter, Shown::ToOwners, HashSet::from([owner]));
        assert_eq!(board.visible_to(owner, Role::User), [doctor]);
        assert_eq!(board.visible_to(stranger, Role::User), [doctor]);
        assert_eq!(board.visible_to(doctor, Role::Dokter), [owner]);
    }

    #[test]
    fn somebody_with_two_devices_stays_until_both_are_gone() {
        let mut board = Board::default();
        let doctor = AccountId::new();
        board.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        board.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        assert_eq!(board.leave(doctor), None);
        let visit = board.leave(doctor);
        assert!(board.is_online(doctor), "the grace period has not passed");
        board.end_visit(doctor, visit.unwrap_or_default());
        assert!(!board.is_online(doctor));
        assert!(board.doctors.is_empty());
    }

    #[test]
    fn a_return_within_the_grace_period_is_no_news() {
        let mut board = Board::default();
        let (owner, doctor) = (AccountId::new(), AccountId::new());
        board.arrive(owner, Role::User, Shown::ToMet, nobody());
        board.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        board.take_news();
        let visit = board.leave(doctor);
        board.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        board.end_visit(doctor, visit.unwrap_or_default());
        assert!(board.is_online(doctor));
        assert!(board.take_news().is_empty());
    }

    #[test]
    fn partners_and_operators_see_no_doctors() {
        let mut board = Board::default();
        let (partner, doctor) = (AccountId::new(), AccountId::new());
        board.arrive(partner, Role::Mitra, Shown::ToMet, nobody());
        board.take_news();
        board.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        assert!(told(&mut board).is_empty());
        assert!(board.visible_to(partner, Role::Mitra).is_empty());
    }

    #[test]
    fn only_those_who_may_know_are_told() {
        let mut board = Board::default();
        let (owner, other_doctor, doctor) = (AccountId::new(), AccountId::new(), AccountId::new());
        board.arrive(doctor, Role::Dokter, Shown::ToOwners, HashSet::from([owner]));
        board.arrive(other_doctor, Role::Dokter, Shown::ToOwners, nobody());
        board.take_news();
        board.arrive(owner, Role::User, Shown::ToMet, HashSet::from([doctor]));
        assert_eq!(told(&mut board), [doctor], "the doctor who never met the owner is not told");
    }

    #[test]
    fn owners_who_see_the_same_share_one_list() {
        let mut board = Board::default();
        let (suspended, doctor) = (AccountId::new(), AccountId::new());
        let owners = [AccountId::new(), AccountId::new(), AccountId::new()];
        board.arrive(suspended, Role::Dokter, Shown::ToMet, HashSet::from([owners[2]]));
        for owner in &owners[..2] {
            board.arrive(*owner, Role::User, Shown::ToMet, nobody());
        }
        board.arrive(owners[2], Role::User, Shown::ToMet, HashSet::from([suspended]));
        board.take_news();
        board.arrive(doctor, Role::Dokter, Shown::ToOwners, nobody());
        let news = board.take_news();
        assert_eq!(news.len(), 2);
        let own = news.iter().find(|news| news.viewers == [owners[2]]);
        assert_eq!(own.map(|news| news.visible.clone()), Some(vec![suspended, doctor]));
    }

    #[test]
    fn those_on_another_node_are_online_until_it_is_silent() {
        let mut board = Board::default();
        let (node, owner, doctor) = (Uuid::now_v7(), AccountId::new(), AccountId::new());
        let start = Instant::now();
        board.arrive(owner, Role::User, Shown::ToMet, nobody());
        board.take_news();
        let report = Report { here: vec![(doctor, Shown::ToOwners)], ..Report::default() };
        board.hear(node, report, start);
        assert_eq!(told(&mut board), [owner]);
        assert_eq!(board.visible_to(owner, Role::User), [doctor]);
        board.expire(start + LEASE);
        assert!(board.is_online(doctor));
        board.expire(start + LEASE * 2);
        assert!(!board.is_online(doctor));
        assert_eq!(told(&mut board), [owner]);
    }

    #[test]
    fn a_whole_report_replaces_what_was_known_of_a_node() {
        let mut board = Board::default();
        let (node, stayed, went) = (Uuid::now_v7(), AccountId::new(), AccountId::new());
        let now = Instant::now();
        let both = vec![(stayed, Shown::ToMet), (went, Shown::ToMet)];
        board.hear(node, Report { here: both, ..Report::default() }, now);
        board.hear(node, Report { is_whole: true, here: vec![(stayed, Shown::ToMet)], gone: vec![] }, now);
        assert!(board.is_online(stayed) && !board.is_online(went));
    }

    #[test]
    fn somebody_here_and_elsewhere_stays_when_one_of_the_two_ends() {
        let mut board = Board::default();
        let (node, owner) = (Uuid::now_v7(), AccountId::new());
        let now = Instant::now();
        board.arrive(owner, Role::User, Shown::ToMet, nobody());
        board.hear(node, Report { here: vec![(owner, Shown::ToMet)], ..Report::default() }, now);
        board.take_news();
        let visit = board.leave(owner);
        board.end_visit(owner, visit.unwrap_or_default());
        assert!(board.is_online(owner) && !board.is_here(owner));
        assert!(board.take_news().is_empty());
        let report = board.take_report();
        assert_eq!((report.here, report.gone), (vec![], vec![owner]));
    }
}
