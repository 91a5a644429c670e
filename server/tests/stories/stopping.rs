//! A node that stops, because it is told to or because it is not whole any more.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use hellopet::config::{Config, Options};
use hellopet::operations::health;
use hellopet::server::Server;
use platform::clock::SystemClock;
use platform::tasks::Until;
use platform::tls;
use sea_orm::sqlx::postgres::PgListener;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{Person, TestApp};

const LONG: Duration = Duration::from_secs(30);

async fn prepare(folder: &tempfile::TempDir) -> Server {
    tls::install_provider();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let variables = [
        ("PORT", "0".to_owned()),
        ("DATABASE_URL", format!("sqlite://{}", path("test.db"))),
        ("ATTACHMENTS_DIR", path("attachments")),
        ("JWT_SECRET", "a-secret-for-tests-0123456789-abcdefghij".to_owned()),
    ];
    let find = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
    Server::prepare(Config::read(find, Options::default()).unwrap(), Arc::new(SystemClock), None).await.unwrap()
}

#[tokio::test]
async fn a_core_task_that_ends_makes_the_node_unready_and_ends_it_with_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let server = prepare(&folder).await;
    let app = server.app.clone();
    assert!(health::ready(State(app.operations.clone())).await.is_ok());
    app.platform.tasks.spawn("a task", Until::Stop, async { panic!("a fault") });
    timeout(LONG, app.platform.tasks.wait_for_an_end()).await.unwrap();
    let unready = health::ready(State(app.operations.clone())).await.err().unwrap().into_problem();
    assert_eq!((unready.status.as_u16(), unready.code), (503, "core_task_ended"));
    let ended = timeout(LONG, server.run(std::future::pending())).await.expect("nobody had to stop it");
    assert!(ended.unwrap_err().to_string().contains("a task"));
}

#[tokio::test]
async fn the_writers_and_tellers_of_the_chat_are_core_tasks() {
    let folder = tempfile::tempdir().unwrap();
    let server = prepare(&folder).await;
    let app = server.app.clone();
    app.chat.close();
    timeout(LONG, app.platform.tasks.wait_for_an_end()).await.unwrap();
    assert!(app.platform.tasks.ended().unwrap().starts_with("chat "));
    assert!(timeout(LONG, server.run(std::future::pending())).await.unwrap().is_err());
}

#[tokio::test]
async fn a_farewell_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let server = prepare(&folder).await;
    timeout(LONG, server.run(std::future::ready(()))).await.expect("all of it ends in time").unwrap();
}

/// What the listener hears of one topic.
async fn next_of(listener: &mut PgListener, topic: &str) -> Value {
    loop {
        let heard = timeout(LONG, listener.recv()).await.expect("it is told").unwrap();
        let notice: Value = serde_json::from_str(heard.payload()).unwrap();
        if notice["topic"] == topic {
            return notice;
        }
    }
}

#[tokio::test]
async fn what_a_stopping_node_still_stores_is_told_to_the_others() {
    let app = TestApp::start().await;
    if app.app.platform.db.is_sqlite() {
        return;
    }
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let mut listener = PgListener::connect(&app.app.config.database.url).await.unwrap();
    listener.listen("hellopet").await.unwrap();
    // Another node is there; this one answers that it may have missed something.
    let beat = json!({"from": hellopet::chat::ConversationId::new(), "topic": "beat", "payload": null});
    app.run_sql(&format!("NOTIFY hellopet, '{beat}'")).await;
    next_of(&mut listener, "missed").await;

    // A message is on its way, and its second half comes when the node is stopping.
    let mut connection = TcpStream::connect(app.url("").trim_start_matches("http://")).await.unwrap();
    let body = json!({"message": "masih sempat", "clientId": "c1"}).to_string();
    let head = format!(
        "POST /api/conversations/{conversation}/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        owner.token,
        body.len()
    );
    let (first, second) = body.split_at(10);
    connection.write_all(format!("{head}{first}").as_bytes()).await.unwrap();
    next_of(&mut listener, "beat").await;
    app.app.platform.tasks.spawn("whatever stops it", Until::Stop, std::future::ready(()));
    let mut stopping = app.app.platform.stopping.clone();
    timeout(LONG, stopping.wait_for(|stopping| *stopping)).await.unwrap().unwrap();
    // The farewell of presence: what ends with the server has ended.
    next_of(&mut listener, "presence").await;
    connection.write_all(second.as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(LONG, connection.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert_eq!(next_of(&mut listener, "stored").await["payload"]["conversation"], conversation.as_str());
}
