//! Work that always fails holds up nobody else's.

use hellopet::app::AppState;
use hellopet::consultations::Live;
use hellopet::jobs::{kinds, runner};
use hellopet::subjects::ConsultationId;
use platform::jobs::{Attempt, Job, Lane, Outcome, Runner, drain, enqueue};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

use crate::support::{MINUTE, NINE, Person, TestApp};

const FAILING: usize = 500;
const PANICKING: u32 = 10;

#[derive(Serialize, Deserialize)]
struct Explode {
    number: u32,
}

impl Job for Explode {
    const KIND: &'static str = "tests.explode";
    const LANE: Lane = Lane::Life;

    fn key(&self) -> String {
        self.number.to_string()
    }
}

/// The runner of the server, which knows a job that panics besides.
fn poisoned(app: &TestApp) -> Runner<AppState> {
    let explode = |_: AppState, job: Explode, _: Attempt| async move {
        if job.number < PANICKING {
            panic!("as it was meant to");
        }
        Ok(Outcome::Done)
    };
    Runner { kinds: Arc::new(kinds().with(explode)), ..runner(&app.app) }
}

async fn poison(app: &TestApp) {
    let (db, now) = (&app.app.platform.db.write, app.app.platform.clock.now());
    for _ in 0..FAILING {
        // Nobody knows these.
        enqueue(db, &Live { consultation: ConsultationId::new() }, now, now).await.unwrap();
    }
    for number in 0..PANICKING {
        enqueue(db, &Explode { number }, now, now).await.unwrap();
    }
    app.run_sql(
        "INSERT INTO jobs (id, kind, lane, payload, run_at, tries, created_at) \
         SELECT id, 'orders.earn', 'life', 'not json', 0, 0, 0 FROM accounts",
    )
    .await;
}

#[tokio::test]
async fn a_purchase_beside_work_that_always_fails_is_reminded_begun_and_refunded_in_time() {
    let app = TestApp::start().await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    let runner = poisoned(&app);
    poison(&app).await;
    let purchase = owner.book_and_pay(&app, &doctor, NINE).await;
    drain(&runner).await.unwrap();

    app.set_time("2026-11-23T01:00:00.000Z");
    drain(&runner).await.unwrap();
    assert_eq!(app.count("SELECT CAST(reminders_sent AS BIGINT) FROM consultations").await, 1);
    app.set_time(NINE);
    drain(&runner).await.unwrap();
    owner.sign_in().await;
    assert_eq!(owner.consultation(&purchase).await["status"], "active");
    app.advance(10 * MINUTE);
    drain(&runner).await.unwrap();
    app.advance(15 * MINUTE);
    drain(&runner).await.unwrap();
    assert_eq!(owner.consultation(&purchase).await["status"], "cancelled");
    assert_eq!(owner.payment(&purchase).await["status"], "refunded");
}

#[tokio::test]
async fn what_fails_for_too_long_is_a_dead_letter_and_can_be_tried_again() {
    let app = TestApp::start().await;
    let runner = poisoned(&app);
    let (db, now) = (&app.app.platform.db.write, app.app.platform.clock.now());
    enqueue(db, &Explode { number: 0 }, now, now).await.unwrap();
    for _ in 0..40 {
        drain(&runner).await.unwrap();
        app.advance(61 * MINUTE);
    }
    let dead = platform::jobs::list_dead(db, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert!(dead[0].last_error.as_deref().unwrap().contains("as it was meant to"), "{dead:?}");
    let admin = Person::admin(&app).await;
    let listed = admin.get("/api/admin/jobs").await.expect(200);
    assert_eq!(listed["items"][0]["kind"], "tests.explode");
    let path = format!("/api/admin/jobs/{}/retry", listed["items"][0]["id"].as_str().unwrap());
    Person::owner(&app).await.post(&path, json!({})).await.expect_problem(403, "forbidden");
    admin.post(&path, json!({})).await.expect(200);
    assert!(admin.get("/api/admin/jobs").await.expect(200)["items"].as_array().unwrap().is_empty());
    admin.post(&path, json!({})).await.expect_problem(404, "job_not_found");
    app.leaves_jobs();
}

#[tokio::test]
async fn what_kills_the_process_at_every_try_is_a_dead_letter_as_well() {
    let app = TestApp::start().await;
    let runner = poisoned(&app);
    let (db, now) = (&app.app.platform.db.write, app.app.platform.clock.now());
    // It would be done at once, were it begun once more.
    enqueue(db, &Explode { number: PANICKING }, now, now).await.unwrap();
    // As if each node that had begun it was killed before the try came to an end.
    let begun = format!("UPDATE jobs SET tries = {}, locked_until = 0 WHERE kind = 'tests.explode'", Explode::TRIES);
    app.run_sql(&begun).await;
    drain(&runner).await.unwrap();
    let dead = platform::jobs::list_dead(db, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert!(dead[0].last_error.as_deref().unwrap().contains("no try came to an end"), "{dead:?}");
    drain(&runner).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'tests.explode'").await, 1, "nobody begins it again");
}
