//! Whom a database that does not answer may hold up, and whom not: tests of the tellers and of the ear on other nodes
//! while everybody who reads waits for a connection.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{DatabaseTransaction, TransactionTrait};
use serde_json::{json, value::to_raw_value};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use uuid::Uuid;

use super::entity::ConversationId;
use super::hearsay::{STORED, Stored};
use super::presence::{REPORT, Shown, Visit};
use super::{ROOM_CLOSED, ROOM_OPENED};
use crate::accounts::{AccountId, Role};
use crate::app::AppState;
use crate::cluster;
use crate::config::{Config, Options};
use platform::bus::{Bus, Heard, Notice};
use platform::clock::SystemClock;
use platform::tls;

const PATIENCE: Duration = Duration::from_secs(30);

struct Stalled {
    app: AppState,
    here: AccountId,
    _visit: Visit,
    _readers: Vec<DatabaseTransaction>,
    _folder: tempfile::TempDir,
    _stop: watch::Sender<bool>,
}

/// A chat with somebody's device, and without a free connection to read by.
async fn stalled() -> Stalled {
    tls::install_provider();
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("hellopet.db").display());
    let pictures = folder.path().join("attachments").display().to_string();
    let find = |name: &str| match name {
        "DATABASE_URL" => Some(database.clone()),
        "ATTACHMENTS_DIR" => Some(pictures.clone()),
        "JWT_SECRET" => Some("a-secret-for-tests-0123456789-abcdefghij".to_owned()),
        _ => None,
    };
    let config = Config::read(find, Options::default()).unwrap();
    let (stop, stopping) = watch::channel(false);
    let (app, _layer) = AppState::build(config, Arc::new(SystemClock), None, Bus::none(), stopping).await.unwrap();
    let mut readers = Vec::new();
    for _ in 0..8 {
        readers.push(timeout(PATIENCE, app.platform.db.read.begin()).await.unwrap().unwrap());
    }
    let here = AccountId::new();
    let visit = Visit::begin(app.chat.clone(), here, Role::User, Shown::ToMet, HashSet::new());
    Stalled { app, here, _visit: visit, _readers: readers, _folder: folder, _stop: stop }
}

#[tokio::test]
async fn a_look_into_the_log_holds_up_nobody() {
    let stalled = stalled().await;
    let both = [stalled.here, AccountId::new()];
    let behind = Stored { conversation: ConversationId::new(), both, first: 1, last: 1 };
    stalled.app.chat.engine.hear(behind);
    let other = ConversationId::new();
    timeout(PATIENCE, stalled.app.chat.engine.expect(other, both, 0)).await.unwrap();
    timeout(PATIENCE, stalled.app.chat.engine.expect(behind.conversation, both, 0)).await.unwrap();
}

#[tokio::test]
async fn what_is_told_slowly_does_not_hold_up_who_is_online() {
    let stalled = stalled().await;
    let (say, heard) = mpsc::channel(8);
    let _ear = cluster::start(stalled.app.clone(), heard);
    let (peer, doctor) = (Uuid::now_v7(), AccountId::new());
    let notice = |topic: &str, payload| {
        Heard::Notice(Notice { from: peer, topic: topic.to_owned(), payload: to_raw_value(&payload).unwrap() })
    };
    let room = json!({"id": ConversationId::new(), "owner": stalled.here, "doctor": doctor});
    let stored = json!({"conversation": room["id"], "both": [stalled.here, doctor], "first": 1, "last": 1});
    let report = json!({"is_whole": true, "here": [[doctor, "ToMet"]], "gone": []});
    for (topic, payload) in [(ROOM_OPENED, &room), (STORED, &stored), (ROOM_CLOSED, &room), (REPORT, &report)] {
        say.send(notice(topic, payload)).await.unwrap();
    }
    let online = async {
        while !stalled.app.chat.presence.is_online(doctor) {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, online).await.unwrap();
}
