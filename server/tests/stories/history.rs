//! Long conversations: searching one and taking a copy of it, as far as one request goes.

use crate::support::{Person, TestApp};
use hellopet::chat::entity::{self, message};
use hellopet::chat::{ConversationId, MessageId};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;

const LENGTH: i32 = 25_000;
/// What one statement may carry on SQLite.
const ROWS_AT_ONCE: usize = 4_000;

/// A conversation of 25,000 messages: `obat` is in the first one and in the 20,000th.
async fn long_conversation(app: &TestApp, owner: &Person, doctor: &Person) -> String {
    let conversation = owner.consult(app, doctor).await;
    let id: ConversationId = conversation.parse().unwrap();
    let row = |seq: i32| {
        let body = if [1, 20_000].contains(&seq) { format!("obat {seq}") } else { format!("pesan {seq}") };
        message::ActiveModel {
            id: Set(MessageId::new()),
            conversation_id: Set(id),
            seq: Set(seq),
            sender_id: Set(owner.id.parse().unwrap()),
            client_id: Set(None),
            body: Set(body),
            created_at: Set(app.app.platform.clock.now()),
        }
    };
    for chunk in (1..=LENGTH).collect::<Vec<_>>().chunks(ROWS_AT_ONCE) {
        let rows = chunk.iter().map(|seq| row(*seq));
        message::Entity::insert_many(rows).exec_without_returning(&app.app.platform.db.write).await.unwrap();
    }
    let change = entity::ActiveModel { id: Set(id), last_seq: Set(LENGTH), ..Default::default() };
    entity::Entity::update(change).exec(&app.app.platform.db.write).await.unwrap();
    conversation
}

#[tokio::test]
async fn a_search_looks_through_so_much_and_says_where_to_go_on() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    long_conversation(&app, &owner, &doctor).await;
    let first = owner.get("/api/messages/search?q=OBAT").await.expect(200);
    assert_eq!(first["items"].as_array().unwrap().len(), 1);
    assert_eq!(first["items"][0]["message"]["seq"], 20_000);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = owner.get(&format!("/api/messages/search?q=OBAT&cursor={cursor}")).await.expect(200);
    assert_eq!(second["items"][0]["message"]["seq"], 1);
    assert!(second["nextCursor"].is_null());
    // Nothing narrows this one down: every text is compared, within the same bound.
    let rare = owner.get("/api/messages/search?q=%F0%9F%90%B1%F0%9F%90%BE").await.expect(200);
    assert!(rare["items"].as_array().unwrap().is_empty() && rare["nextCursor"].is_string());
}

#[tokio::test]
async fn a_json_transcript_is_whole_and_a_pdf_says_where_it_ends() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = long_conversation(&app, &owner, &doctor).await;
    let json = owner.get(&format!("/api/conversations/{conversation}/transcript.json")).await.expect(200);
    let messages = json["messages"].as_array().unwrap();
    assert_eq!(messages.len(), usize::try_from(LENGTH).unwrap());
    assert_eq!(messages.last().unwrap()["hash"], json["lastHash"]);
    let pdf = owner.bytes(&format!("/api/conversations/{conversation}/transcript.pdf")).await;
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() < 8 * 1024 * 1024, "{} bytes", pdf.len());
}
