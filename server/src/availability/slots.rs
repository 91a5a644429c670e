//! Which times of a doctor can be booked. The one computation behind the directory, the doctor's page and the booking, so
//! that what is shown and what can be had are the same.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{Datelike, Days, NaiveDate};

use platform::clock::Timestamp;
use platform::zone::Zone;

/// All times of a schedule are multiples of it.
pub const STEP_MINUTES: i32 = 5;
const CELL_MILLIS: i64 = STEP_MINUTES as i64 * 60_000;

/// Hours of a day, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    pub from: i32,
    pub to: i32,
}

/// A day that differs from its week; without hours it is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    pub day: NaiveDate,
    pub hours: Vec<Hours>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub zone: Zone,
    pub slot_minutes: i32,
    pub buffer_minutes: i32,
    pub notice_minutes: i32,
    pub horizon_days: i32,
    /// From Monday on.
    pub week: [Vec<Hours>; 7],
    pub exceptions: Vec<Exception>,
    /// No slot ends after that: the doctor's licence does.
    pub until: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

impl Slot {
    /// How long it lasts.
    pub fn minutes(self) -> i32 {
        i32::try_from(self.ends_at.since(self.starts_at).as_secs() / 60).unwrap_or(i32::MAX)
    }
}

/// The cells of a doctor that are taken.
pub type Taken = BTreeSet<i64>;

/// Why a time cannot be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is over, or too near.
    TooSoon,
    /// The schedule has no slot that begins then, or not yet.
    NotOffered,
    Taken,
}

impl Schedule {
    fn hours_on(&self, day: NaiveDate) -> &[Hours] {
        let exception = self.exceptions.iter().find(|exception| exception.day == day);
        let week = &self.week[day.weekday().num_days_from_monday() as usize];
        exception.map_or(week, |exception| &exception.hours)
    }

    /// Every slot of a local day, whether it can still be had or not.
    pub fn slots_on(&self, day: NaiveDate) -> Vec<Slot> {
        let slot_at = |minute: i32| Slot {
            starts_at: self.zone.instant(day, minute),
            ends_at: self.zone.instant(day, minute + self.slot_minutes),
        };
        let stride = usize::try_from(self.slot_minutes + self.buffer_minutes).unwrap_or(usize::MAX).max(1);
        let within = |hours: &Hours| (hours.from..=hours.to - self.slot_minutes).step_by(stride).map(slot_at);
        self.hours_on(day).iter().flat_map(within).collect()
    }

    /// The cells that a slot takes, the pause after it included.
    pub fn cells_of(&self, slot: Slot) -> impl Iterator<Item = i64> + use<> {
        cells(slot.starts_at, self.slot_minutes + self.buffer_minutes)
    }

    /// The days whose slots can be booked now.
    pub fn days(&self, now: Timestamp) -> impl Iterator<Item = NaiveDate> + use<> {
        let today = self.zone.day_of(now);
        let horizon = u64::try_from(self.horizon_days).unwrap_or_default();
        (0..horizon).filter_map(move |ahead| today.checked_add_days(Days::new(ahead)))
    }

    /// Whether the doctor may still practise until then.
    pub fn is_licensed_until(&self, end: Timestamp) -> bool {
        self.until.is_none_or(|until| end <= until)
    }

    fn earliest(&self, now: Timestamp) -> Timestamp {
        now + self.notice()
    }

    pub fn notice(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.notice_minutes).unwrap_or_default() * 60)
    }

    /// The slots of a day that are near enough and not too near, and whether each is free.
    pub fn offered_on(&self, day: NaiveDate, taken: &Taken, now: Timestamp) -> Vec<(Slot, bool)> {
        if !self.days(now).any(|offered| offered == day) {
            return Vec::new();
        }
        let in_time = |slot: &Slot| slot.starts_at >= self.earliest(now) && self.is_licensed_until(slot.ends_at);
        let is_free = |slot: Slot| !self.cells_of(slot).any(|cell| taken.contains(&cell));
        self.slots_on(day).into_iter().filter(in_time).map(|slot| (slot, is_free(slot))).collect()
    }

    /// The slot that begins at an instant, if it can be booked.
    pub fn bookable(&self, starts_at: Timestamp, taken: &Taken, now: Timestamp) -> Result<Slot, Refusal> {
        if starts_at < self.earliest(now) {
            return Err(Refusal::TooSoon);
        }
        let offered = self.offered_on(self.zone.day_of(starts_at), taken, now);
        match offered.into_iter().find(|(slot, _)| slot.starts_at == starts_at) {
            Some((slot, true)) => Ok(slot),
            Some((_, false)) => Err(Refusal::Taken),
            None => Err(Refusal::NotOffered),
        }
    }

    /// The first slot that can be booked.
    pub fn next_available(&self, taken: &Taken, now: Timestamp) -> Option<Slot> {
        let first_of = |day| self.offered_on(day, taken, now).into_iter().find(|(_, is_free)| *is_free);
        self.days(now).find_map(first_of).map(|(slot, _)| slot)
    }

    /// From when to when anything may be booked, the pauses included.
    pub fn span(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        let end = self.zone.day_of(now) + Days::new(u64::try_from(self.horizon_days).unwrap_or_default() + 1);
        (now, self.zone.instant(end, 0))
    }
}

/// The cells of so many minutes from an instant on.
pub fn cells(from: Timestamp, minutes: i32) -> impl Iterator<Item = i64> + use<> {
    cells_between(from, Timestamp::from_millis(from.as_millis() + i64::from(minutes) * 60_000))
}

/// The cells from one instant to another.
pub fn cells_between(from: Timestamp, to: Timestamp) -> impl Iterator<Item = i64> + use<> {
    cell_of(from)..=(to.as_millis() - 1).div_euclid(CELL_MILLIS)
}

/// When a cell begins.
pub fn beginning_of(cell: i64) -> Timestamp {
    Timestamp::from_millis(cell * CELL_MILLIS)
}

pub fn cell_of(at: Timestamp) -> i64 {
    at.as_millis().div_euclid(CELL_MILLIS)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use proptest::prelude::*;

    use super::*;

    const MINUTE: i64 = 60_000;

    fn any_hours() -> impl Strategy<Value = Vec<Hours>> {
        let cuts = prop::collection::btree_set(0..=288_i32, 0..6);
        cuts.prop_map(|cuts| {
            let cuts: Vec<i32> = cuts.into_iter().map(|cut| cut * STEP_MINUTES).collect();
            cuts.chunks_exact(2).map(|pair| Hours { from: pair[0], to: pair[1] }).collect()
        })
    }

    prop_compose! {
        fn any_schedule()(
            zone in prop_oneof![Just(Zone::Wib), Just(Zone::Wita), Just(Zone::Wit)],
            slot in 2..=18_i32,
            buffer in 0..=6_i32,
            notice_minutes in 0..=2_880_i32,
            horizon_days in 1..=30_i32,
            week in prop::array::uniform7(any_hours()),
            off in prop::collection::btree_map(0..30_u64, any_hours(), 0..4),
            licensed_for in prop::option::of(0..40 * 1_440_i64),
        ) -> Schedule {
            let exceptions = off.into_iter().map(|(ahead, hours)| Exception { day: first_day() + Days::new(ahead), hours });
            Schedule {
                zone,
                slot_minutes: slot * STEP_MINUTES,
                buffer_minutes: buffer * STEP_MINUTES,
                notice_minutes,
                horizon_days,
                week,
                exceptions: exceptions.collect(),
                until: licensed_for.map(minutes_on),
            }
        }
    }

    fn minutes_on(minutes: i64) -> Timestamp {
        Timestamp::from_millis(Zone::Wib.instant(first_day(), 0).as_millis() + minutes * MINUTE)
    }

    fn first_day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn any_now() -> impl Strategy<Value = Timestamp> {
        (0..5 * 1_440_i64).prop_map(minutes_on)
    }

    fn shown(schedule: &Schedule, taken: &Taken, now: Timestamp) -> Vec<(Slot, bool)> {
        schedule.days(now).flat_map(|day| schedule.offered_on(day, taken, now)).collect()
    }

    proptest! {
        #[test]
        fn what_is_shown_is_what_can_be_booked(
            schedule in any_schedule(),
            now in any_now(),
            bookings in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
            probes in prop::collection::vec(-1_440..45_000_i64, 60),
        ) {
            let mut taken = Taken::new();
            // People take what is shown as free, one after the other.
            for booking in bookings {
                let free: Vec<Slot> =
                    shown(&schedule, &taken, now).into_iter().filter(|(_, is_free)| *is_free).map(|(slot, _)| slot).collect();
                if free.is_empty() {
                    break;
                }
                let slot = free[booking.index(free.len())];
                prop_assert_eq!(schedule.bookable(slot.starts_at, &taken, now), Ok(slot));
                for cell in schedule.cells_of(slot) {
                    prop_assert!(taken.insert(cell), "two bookings share five minutes");
                }
                prop_assert_eq!(schedule.bookable(slot.starts_at, &taken, now), Err(Refusal::Taken));
            }
            let shown = shown(&schedule, &taken, now);
            for (slot, is_free) in &shown {
                let expected = if *is_free { Ok(*slot) } else { Err(Refusal::Taken) };
                prop_assert_eq!(schedule.bookable(slot.starts_at, &taken, now), expected);
            }
            // Nothing else can be had, whatever the minute.
            for minute in probes {
                let probe = Timestamp::from_millis(now.as_millis() + minute * MINUTE);
                let is_shown = shown.iter().any(|(slot, is_free)| slot.starts_at == probe && *is_free);
                prop_assert_eq!(schedule.bookable(probe, &taken, now).is_ok(), is_shown);
            }
            let first = shown.iter().filter(|(_, is_free)| *is_free).map(|(slot, _)| *slot).min();
            prop_assert_eq!(schedule.next_available(&taken, now), first);
        }

        #[test]
        fn slots_of_a_day_neither_overlap_nor_leave_its_hours(schedule in any_schedule(), ahead in 0..30_u64) {
            let day = first_day() + Days::new(ahead);
            let slots = schedule.slots_on(day);
            for pair in slots.windows(2) {
                prop_assert!(pair[0].ends_at <= pair[1].starts_at);
            }
            for slot in slots {
                let inside = |hours: &Hours| {
                    slot.starts_at >= schedule.zone.instant(day, hours.from) && slot.ends_at <= schedule.zone.instant(day, hours.to)
                };
                prop_assert!(schedule.hours_on(day).iter().any(inside));
            }
        }
    }

    #[test]
    fn a_booking_made_under_other_hours_still_takes_its_time() {
        let weekday = vec![Hours { from: 9 * 60, to: 12 * 60 }];
        let schedule = Schedule {
            zone: Zone::Wib,
            slot_minutes: 30,
            buffer_minutes: 0,
            notice_minutes: 0,
            horizon_days: 7,
            week: std::array::from_fn(|_| weekday.clone()),
            exceptions: Vec::new(),
            until: None,
        };
        let day = first_day();
        let taken: Taken = cells(Zone::Wib.instant(day, 9 * 60 + 15), 30).collect();
        let now = Zone::Wib.instant(day, 8 * 60);
        let free: Vec<bool> = schedule.offered_on(day, &taken, now).into_iter().map(|(_, is_free)| is_free).collect();
        assert_eq!(free, [false, false, true, true, true, true]);
    }
}
