//! More at once than the machine can do: who waits for what, and who is told to come back.

use std::sync::mpsc;
use std::time::Duration;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use platform::workers::{Pool, Turn};
use serde_json::json;
use tokio::time::timeout;

use crate::support::{Person, TestApp, photo};

const LONG: Duration = Duration::from_secs(30);
const MIB: usize = 1024 * 1024;

/// All threads of a pool.
async fn all_turns(pool: &Pool) -> Vec<Turn> {
    let mut turns = Vec::new();
    while let Some(turn) = pool.turn().now_or_never() {
        turns.push(turn.unwrap());
    }
    assert!(!turns.is_empty());
    turns
}

#[tokio::test]
async fn sign_in_is_not_behind_pictures_whose_senders_have_left() {
    let app = TestApp::start().await;
    let mut owner = Person::owner(&app).await;
    let pictures = &app.app.platform.workers.pictures;
    let mut working = Vec::new();
    while pictures.turn().now_or_never().is_some() {
        let (end, ended) = mpsc::channel::<()>();
        assert!(pictures.run(move || ended.recv()).now_or_never().is_none(), "it has begun, and its sender has left");
        working.push(end);
    }
    // Sixteen more wait.
    let mut waiting: Vec<_> = (0..16).map(|_| Box::pin(pictures.turn())).collect();
    assert!(waiting.iter_mut().all(|turn| turn.as_mut().now_or_never().is_none()));
    timeout(LONG, owner.sign_in()).await.expect("sign-in does not wait for pictures");
    assert!(waiting.iter_mut().all(|turn| turn.as_mut().now_or_never().is_none()), "they are still being worked on");
}

#[tokio::test]
async fn a_flood_of_sign_ins_is_told_to_come_back_and_leaves_no_queue_behind() {
    let app = TestApp::start().await;
    let mut owner = Person::owner(&app).await;
    let held = all_turns(&app.app.platform.workers.passwords).await;
    let nobody = Person::nobody(&app);
    let credentials = json!({"email": owner.email, "password": "salah-semua-9"});
    let mut flood: FuturesUnordered<_> =
        (0..260).map(|_| nobody.post("/api/auth/login", credentials.clone())).collect();
    for _ in 0..260 - 128 {
        let refused = timeout(LONG, flood.next()).await.expect("what finds no place is refused at once").unwrap();
        refused.expect_problem(503, "sign_in_busy");
    }
    nobody.post("/api/auth/login", credentials.clone()).await.expect_problem(503, "sign_in_busy");
    // Those who wait leave, and their places with them.
    drop(flood);
    drop(held);
    let begun = std::time::Instant::now();
    while nobody.post("/api/auth/login", credentials.clone()).await.status == 503 {
        assert!(begun.elapsed() < LONG, "nobody waits any more");
    }
    owner.sign_in().await;
}

#[tokio::test]
async fn uploads_share_one_room_in_memory() {
    let app = TestApp::start_with(&[("UPLOAD_MEMORY_MIB", "16")]).await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let path = format!("/api/conversations/{conversation}/attachments");
    let others = app.app.platform.pictures.memory.room(14 * MIB).unwrap();
    let rubbish = vec![0; 5 * MIB];
    owner.post_picture(&path, &rubbish).await.expect_problem(503, "busy");
    owner.post_picture(&path, &photo(64, 48)).await.expect(201);
    let upload = owner.begin_upload(&conversation, 3 * MIB, "c1").await.expect(201);
    let rest = app.app.platform.pictures.memory.room(2 * MIB - 1000).unwrap();
    owner.send_piece(&upload, 0, &[0; 70_000]).await.expect_problem(503, "busy");
    drop((others, rest));
    owner.send_piece(&upload, 0, &[0; 70_000]).await.expect(200);
    owner.post_picture(&path, &rubbish).await.expect_problem(422, "validation_failed");
    owner.post_picture(&path, &vec![0; 11 * MIB]).await.expect_problem(413, "payload_too_large");
    assert!(app.app.platform.pictures.memory.room(16 * MIB).is_ok(), "nothing of it is kept");
}
