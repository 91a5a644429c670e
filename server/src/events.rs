//! What has happened, for those whom it concerns. An event is a hint: whoever hears it asks for what is true now. What must
//! not be lost is a job instead.

use crate::subjects::{AccountId, ConsultationId, ConversationId, DoctorStatus, SessionId};
use platform::work;

/// Told once it is committed, by whoever the assembly says (`audience.rs`).
pub enum Event {
    /// Two people may talk from now on.
    ConversationStarted(Conversation),
    /// They may not any more.
    ConversationEnded(Conversation),
    /// To both of its people.
    ConsultationChanged(ConsultationId),
    /// The time that was bought is nearly over: to both.
    ConsultationEnding(ConsultationId),
    /// Who waits for a doctor's answer may stand elsewhere: to all who wait.
    QueueMoved(AccountId),
    /// To the owner.
    RecordFinished { owner: AccountId, consultation: ConsultationId },
    /// To the doctor, whose sessions look at the account anew.
    DoctorStatusChanged { doctor: AccountId, status: DoctorStatus },
    /// Its token is dead: its sockets close.
    SessionEnded(SessionId),
}

/// Two people and what they talk about.
#[derive(Clone, Copy)]
pub struct Conversation {
    pub id: ConversationId,
    pub consultation: ConsultationId,
    pub owner: AccountId,
    pub doctor: AccountId,
}

/// A unit of work of this program.
pub type Work = work::Work<Event>;
/// Who hears what it tells.
pub type Audience = work::Audience<Event>;
