//! What a device has missed: it says in the handshake how far it knows each conversation (`auth.lastSeq`), and gets what
//! follows without asking. The rest, if it was away for long, it asks for over HTTP.

use serde_json::Value;
use socketioxide::socket::Sid;

use crate::accounts::AccountId;
use crate::app::App;
use crate::chat::ConversationId;
use crate::chat::teller::Order;

/// Conversations that one handshake may name.
const MOST_CONVERSATIONS: usize = 50;
/// How far a device knows its conversations.
#[derive(Clone, Debug)]
pub struct Missed(Vec<(ConversationId, i32)>);

impl Missed {
    /// What cannot be understood is left out: the device asks over HTTP in any case.
    pub fn read(auth: &Value) -> Option<Self> {
        let named = auth.get("lastSeq")?.as_object()?;
        let known = |(id, seq): (&String, &Value)| Some((id.parse().ok()?, i32::try_from(seq.as_i64()?).ok()?));
        let known: Vec<_> = named.iter().filter_map(known).take(MOST_CONVERSATIONS).collect();
        (!known.is_empty()).then_some(Self(known))
    }

    pub fn names(&self, conversation: ConversationId) -> bool {
        self.0.iter().any(|(id, _)| *id == conversation)
    }

    /// Has the device sent what follows.
    pub async fn send(self, app: &App, socket: Sid, who: AccountId) {
        for (conversation, known) in self.0 {
            app.chat.order(conversation, Order::Listen { conversation, who, socket, known }).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_makes_sense_is_read() {
        let id = ConversationId::new().to_string();
        let auth = json!({"lastSeq": {id: 7, "not an id": 1, ConversationId::new().to_string(): "seven"}});
        let known = Missed::read(&auth).map(|missed| missed.0).unwrap_or_default();
        assert_eq!(known.iter().map(|(_, seq)| *seq).collect::<Vec<_>>(), [7]);
        for nothing in [json!(null), json!({"lastSeq": 3}), json!({"lastSeq": {}}), json!([])] {
            assert!(Missed::read(&nothing).is_none());
        }
    }
}
