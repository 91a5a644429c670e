//! What is next to happen to a consultation by itself, and when. Pure: the clock only compares.

use std::time::Duration;

use super::entity::{ConsultationKind, Model};
use crate::subjects::ConsultationStatus;
use platform::clock::Timestamp;
use platform::money::Rupiah;

const MINUTE: Duration = Duration::from_secs(60);

/// Both are reminded of a slot so many minutes before it begins.
pub const REMINDERS: [u32; 2] = [60, 10];
/// How long an owner may take to choose what becomes of a consultation whose doctor is late; then the money goes back.
pub const CHOICE: Duration = Duration::from_secs(15 * 60);
/// How long a doctor waits for an owner at a slot.
pub const OWNER_PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Both are told so long before the time is over.
pub const WARNING: Duration = Duration::from_secs(5 * 60);
/// So long after its time a consultation is closed if nobody did.
pub const GRACE: Duration = Duration::from_secs(10 * 60);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// So many minutes before a slot begins.
    Remind(u32),
    Begin,
    /// The doctor has not answered in time.
    FindLate,
    /// The owner has not chosen: the money goes back.
    GiveUp,
    /// Whether the owner of a slot has come.
    LookForOwner,
    Warn,
    End,
    /// The time for questions after the end is over.
    EndFollowUp,
}

pub fn next(consultation: &Model) -> Option<(Timestamp, Due)> {
    match consultation.status {
        ConsultationStatus::Scheduled => before(consultation),
        ConsultationStatus::Active => during(consultation),
        ConsultationStatus::Ended => consultation.follow_up_until.map(|until| (until, Due::EndFollowUp)),
        _ => None,
    }
}

fn before(consultation: &Model) -> Option<(Timestamp, Due)> {
    let starts_at = consultation.starts_at?;
    let sent = usize::try_from(consultation.reminders_sent).unwrap_or(REMINDERS.len());
    Some(match REMINDERS.get(sent) {
        Some(minutes) => (starts_at - MINUTE * *minutes, Due::Remind(*minutes)),
        None => (starts_at, Due::Begin),
    })
}

fn during(consultation: &Model) -> Option<(Timestamp, Due)> {
    let started_at = consultation.started_at?;
    let Some((answered_at, ends_at)) = consultation.answered_at.zip(consultation.ends_at) else {
        return Some(match consultation.late_at {
            None => (answer_by(consultation, started_at), Due::FindLate),
            Some(late_at) => (late_at + CHOICE, Due::GiveUp),
        });
    };
    let end = match consultation.warned_at {
        None => (ends_at - WARNING, Due::Warn),
        Some(_) => (ends_at + GRACE, Due::End),
    };
    let waits = consultation.kind == ConsultationKind::Slot && consultation.owner_came_at.is_none();
    let look = (started_at.max(answered_at) + OWNER_PATIENCE, Due::LookForOwner);
    // A short slot may be over before an owner has been waited for.
    Some(if waits && look.0 < end.0 { look } else { end })
}

/// So many minutes, as a row has them.
pub fn minutes(count: i32) -> Duration {
    MINUTE * u32::try_from(count).unwrap_or_default()
}

/// Until when the doctor has to answer.
pub fn answer_by(consultation: &Model, started_at: Timestamp) -> Timestamp {
    started_at + minutes(consultation.answer_minutes)
}

/// When the time of a slot is over that runs from an answer on, if somebody else has the doctor from `next` on. With a doctor
/// who came in time the owner has the whole of it. With one who came late it ends as far into the next slot as that owner may
/// have to wait for an answer anyway, but not before half of what was bought.
pub fn ends_before(consultation: &Model, answered_at: Timestamp, next: Option<Timestamp>) -> Timestamp {
    let whole = ends_at(consultation, answered_at);
    let Some(next) = next.filter(|_| consultation.is_late(answered_at)) else { return whole };
    let half = answered_at + minutes(consultation.duration_minutes) / 2;
    whole.min(half.max(next + minutes(consultation.answer_minutes)))
}

/// What of the price was for the time between two instants.
pub fn price_between(consultation: &Model, from: Timestamp, to: Timestamp) -> Rupiah {
    let seconds = |time: Duration| Rupiah(i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
    let whole = minutes(consultation.duration_minutes);
    consultation.total.share_of(seconds(to.since(from).min(whole)), seconds(whole))
}

impl Model {
    /// Until when an answer is awaited, while it is.
    pub fn awaited_until(&self) -> Option<Timestamp> {
        let is_awaited = self.status == ConsultationStatus::Active && self.answered_at.is_none();
        self.started_at.filter(|_| is_awaited).map(|started_at| answer_by(self, started_at))
    }

    /// Whether the doctor came after the time to answer was over.
    pub fn answered_late(&self) -> bool {
        self.answered_at.is_some_and(|answered_at| self.is_late(answered_at))
    }

    /// Whether an answer at that moment comes after the time to answer.
    fn is_late(&self, answered_at: Timestamp) -> bool {
        self.started_at.is_some_and(|started_at| answered_at > answer_by(self, started_at))
    }

    /// When the money goes back because the doctor is late.
    pub fn given_up_at(&self) -> Option<Timestamp> {
        self.awaited_until().and(self.late_at).map(|late_at| late_at + CHOICE)
    }
}

/// When the time that was bought is over.
pub fn ends_at(consultation: &Model, answered_at: Timestamp) -> Timestamp {
    answered_at + minutes(consultation.duration_minutes)
}

/// How many reminders would come too late for a slot that is booked now.
pub fn reminders_missed(starts_at: Timestamp, now: Timestamp) -> i32 {
    let missed = REMINDERS.iter().filter(|minutes| starts_at - MINUTE * **minutes <= now);
    i32::try_from(missed.count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::AccountId;
    use crate::consultations::RecordStatus;
    use crate::orders::OrderId;
    use crate::subjects::ConsultationId;
    use platform::money::BasisPoints;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(minute * 60_000)
    }

    /// A slot at minute 1,000.
    fn slot() -> Model {
        Model {
            id: ConsultationId::new(),
            order_id: OrderId::new(),
            owner_id: AccountId::new(),
            doctor_id: AccountId::new(),
            pet_id: None,
            kind: ConsultationKind::Slot,
            status: ConsultationStatus::Scheduled,
            starts_at: Some(at(1_000)),
            duration_minutes: 30,
            free_cancel_minutes: 0,
            late_refund_percent: 0,
            answer_minutes: 10,
            reminders_sent: 0,
            answered_at: None,
            ends_at: None,
            late_at: None,
            owner_came_at: None,
            warned_at: None,
            extension_asked_by: None,
            extension_minutes: None,
            extended_minutes: 0,
            follow_up_until: None,
            record_status: RecordStatus::None,
            recorded_at: None,
            closed_because: None,
            transferred_from: None,
            markup_basis_points: BasisPoints(1_250),
            total: Rupiah(50_625),
            created_at: at(0),
            started_at: None,
            ended_at: None,
        }
    }

    fn begun() -> Model {
        Model { status: ConsultationStatus::Active, started_at: Some(at(1_000)), ..slot() }
    }

    fn answered() -> Model {
        Model { answered_at: Some(at(1_003)), ends_at: Some(at(1_033)), ..begun() }
    }

    #[test]
    fn a_slot_is_announced_twice_and_then_begins() {
        assert_eq!(next(&slot()), Some((at(940), Due::Remind(60))));
        assert_eq!(next(&Model { reminders_sent: 1, ..slot() }), Some((at(990), Due::Remind(10))));
        assert_eq!(next(&Model { reminders_sent: 2, ..slot() }), Some((at(1_000), Due::Begin)));
        assert_eq!([at(900), at(940), at(995)].map(|now| reminders_missed(at(1_000), now)), [0, 1, 2]);
    }

    #[test]
    fn a_silent_doctor_is_late_and_then_given_up() {
        assert_eq!(next(&begun()), Some((at(1_010), Due::FindLate)));
        assert_eq!(next(&Model { late_at: Some(at(1_010)), ..begun() }), Some((at(1_025), Due::GiveUp)));
    }

    #[test]
    fn once_answered_the_owner_is_looked_for_then_both_are_warned_then_it_ends() {
        assert_eq!(next(&answered()), Some((at(1_018), Due::LookForOwner)));
        let both = Model { owner_came_at: Some(at(1_004)), ..answered() };
        assert_eq!(next(&both), Some((at(1_028), Due::Warn)));
        assert_eq!(next(&Model { warned_at: Some(at(1_028)), ..both }), Some((at(1_043), Due::End)));
    }

    #[test]
    fn a_slot_shorter_than_the_wait_for_its_owner_ends_in_time() {
        let short = Model { duration_minutes: 10, ends_at: Some(at(1_013)), ..answered() };
        assert_eq!(next(&short), Some((at(1_008), Due::Warn)));
        assert_eq!(next(&Model { warned_at: Some(at(1_008)), ..short }), Some((at(1_018), Due::LookForOwner)));
    }

    #[test]
    fn who_came_in_time_goes_on_beside_the_next_and_who_came_late_makes_room() {
        let next = Some(at(1_030));
        for (answered, next, ends) in [
            (1_010, next, 1_040),
            (1_024, None, 1_054),
            (1_024, next, 1_040),
            (1_024, Some(at(1_050)), 1_054),
            // A quarter of an hour at least.
            (1_026, next, 1_041),
        ] {
            assert_eq!(ends_before(&begun(), at(answered), next), at(ends), "{answered} {next:?}");
        }
        assert_eq!(price_between(&begun(), at(1_040), at(1_054)), Rupiah(23_625));
        assert_eq!(price_between(&begun(), at(1_040), at(1_040)), Rupiah::ZERO);
    }

    #[test]
    fn questions_after_the_end_have_an_end_as_well() {
        let ended = Model { status: ConsultationStatus::Ended, ..answered() };
        assert_eq!(next(&Model { follow_up_until: Some(at(4_000)), ..ended }), Some((at(4_000), Due::EndFollowUp)));
    }

    #[test]
    fn an_instant_one_looks_for_nobody() {
        let instant = Model { kind: ConsultationKind::Instant, starts_at: None, ..answered() };
        assert_eq!(next(&instant), Some((at(1_028), Due::Warn)));
    }

    #[test]
    fn nothing_is_due_of_what_is_over_or_not_paid() {
        use ConsultationStatus as Status;
        for status in [Status::AwaitingPayment, Status::Ended, Status::Cancelled, Status::Expired, Status::NoShow] {
            assert_eq!(next(&Model { status, ..answered() }), None, "{status:?}");
        }
    }
}
