//! Every event that devices may hear over a socket, as the published document and the web app know them
//! (`docs/chat-protocol.md`).

use utoipa::ToSchema;

use crate::chat::{ConversationEnded, ConversationStarted, MessageView, Receipt, UserTyping};
use crate::consultations::{ConsultationChanged, ConsultationEnding, ConsultationReminder, RecordDue};
use crate::doctors::DoctorStatusChanged;
use crate::records::RecordFinished;
use crate::subjects::AccountId;
use platform::http::problem::ProblemBody;

/// The events of the socket by their names, each with what it says
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the events to the API's readers; each is told by its feature")]
pub struct ServerEvents {
    /// To every device of both; its own sender's as well.
    new_message: MessageView,
    user_typing: UserTyping,
    messages_delivered: Receipt,
    messages_read: Receipt,
    /// Those whom the receiver may see; on connect, and when it changes.
    get_online_users: Vec<AccountId>,
    /// Then the connection ends.
    session_expired: ProblemBody,
    conversation_started: ConversationStarted,
    conversation_ended: ConversationEnded,
    consultation_changed: ConsultationChanged,
    consultation_reminder: ConsultationReminder,
    consultation_ending: ConsultationEnding,
    /// To the owner.
    record_finished: RecordFinished,
    /// To the vet.
    record_due: RecordDue,
    /// To the vet.
    doctor_status_changed: DoctorStatusChanged,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use platform::realtime::Event;
    use utoipa::PartialSchema;

    use super::*;
    use crate::chat::{DELIVERED, OnlineUsers, READ, SESSION_EXPIRED};

    #[test]
    fn every_event_is_described_by_the_name_that_it_has_on_the_wire() {
        let told: BTreeSet<&str> = [
            MessageView::NAME,
            UserTyping::NAME,
            DELIVERED,
            READ,
            OnlineUsers::NAME,
            SESSION_EXPIRED,
            ConversationStarted::NAME,
            ConversationEnded::NAME,
            ConsultationChanged::NAME,
            ConsultationReminder::NAME,
            ConsultationEnding::NAME,
            RecordFinished::NAME,
            RecordDue::NAME,
            DoctorStatusChanged::NAME,
        ]
        .into();
        let schema = serde_json::to_value(ServerEvents::schema()).unwrap();
        let described = schema["properties"].as_object().unwrap();
        assert_eq!(described.keys().map(String::as_str).collect::<BTreeSet<_>>(), told);
    }
}
