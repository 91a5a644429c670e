//! What becomes of a consultation by itself while the clock is turned: nobody waits in vain, and nobody pays for nothing.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{MINUTE, NINE, Person, TOTAL, TestApp, consultation_path};

pub struct Scene {
    pub app: TestApp,
    pub owner: Person,
    pub doctor: Person,
    pub purchase: Value,
}

impl Scene {
    /// A slot at nine, the day before.
    pub async fn booked() -> Self {
        let app = TestApp::start().await;
        let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
        doctor.works_mornings().await;
        let purchase = owner.book_and_pay(&app, &doctor, NINE).await;
        Self { app, owner, doctor, purchase }
    }

    /// It begins.
    pub async fn begin(&mut self) {
        self.app.set_time(NINE);
        self.app.run_jobs().await;
        self.owner.sign_in().await;
        self.doctor.sign_in().await;
    }

    /// A slot at nine that has just begun.
    pub async fn at_nine() -> Self {
        let mut scene = Self::booked().await;
        scene.begin().await;
        scene
    }

    /// An instant consultation that was just paid.
    pub async fn at_once() -> Self {
        let app = TestApp::start().await;
        let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
        let purchase = owner.buy(&doctor).await;
        app.pay(&purchase).await;
        Self { app, owner, doctor, purchase }
    }

    pub async fn now(&self) -> Value {
        self.owner.consultation(&self.purchase).await
    }

    pub async fn conversation(&self) -> String {
        self.owner.conversation(&self.purchase).await
    }

    pub async fn after(&self, minutes: u32) {
        self.app.advance(MINUTE * minutes);
        self.app.run_jobs().await;
    }

    pub fn path(&self, verb: &str) -> String {
        consultation_path(&self.purchase, verb)
    }

    pub async fn says(&self, who: &Person, text: &str) {
        let conversation = self.conversation().await;
        who.say(&conversation, text, &format!("c-{}", self.app.next_number())).await.expect(201);
    }

    /// The doctor writes, and the server has taken note.
    pub async fn doctor_answers(&self) {
        self.says(&self.doctor, "Selamat pagi, Kak").await;
        let noted = async { while self.now().await["endsAt"].is_null() {} };
        tokio::time::timeout(Duration::from_secs(20), noted).await.expect("the answer is noted");
    }

    async fn money_went_back(&self) {
        self.app.run_jobs().await;
        assert_eq!(self.owner.payment(&self.purchase).await["status"], "refunded");
    }
}

#[tokio::test]
async fn both_are_reminded_an_hour_and_ten_minutes_before() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    owner.book_and_pay(&app, &doctor, NINE).await;
    for (time, sent) in [
        ("2026-11-23T00:59:59.000Z", 0),
        ("2026-11-23T01:00:00.000Z", 1),
        ("2026-11-23T01:49:00.000Z", 1),
        ("2026-11-23T01:50:00.000Z", 2),
    ] {
        app.set_time(time);
        app.run_jobs().await;
        assert_eq!(app.count("SELECT CAST(reminders_sent AS BIGINT) FROM consultations").await, sent, "{time}");
    }
}

#[tokio::test]
async fn a_doctor_who_stays_silent_is_late_and_the_owner_takes_the_money_back_by_one_tap() {
    let scene = Scene::at_nine().await;
    assert_eq!(scene.now().await["answerBy"], "2026-11-23T02:10:00.000Z");
    scene.owner.post(&scene.path("refund"), json!({})).await.expect_problem(409, "doctor_not_late");
    scene.after(9).await;
    assert!(scene.now().await["refundAt"].is_null());
    scene.after(1).await;
    assert_eq!(scene.now().await["refundAt"], "2026-11-23T02:25:00.000Z");
    scene.doctor.post(&scene.path("refund"), json!({})).await.expect_problem(403, "forbidden");
    let given_up = scene.owner.post(&scene.path("refund"), json!({})).await.expect(200);
    assert_eq!(given_up["status"], "cancelled");
    scene.money_went_back().await;
    let conversation = given_up["conversationId"].as_str().unwrap();
    scene.doctor.say(conversation, "maaf, baru sempat", "c9").await.expect_problem(403, "no_active_conversation");
    scene.owner.post(&scene.path("refund"), json!({})).await.expect_problem(409, "consultation_state_changed");
}

#[tokio::test]
async fn when_the_owner_does_not_choose_the_money_goes_back_by_itself() {
    let scene = Scene::at_nine().await;
    scene.after(10).await;
    scene.after(14).await;
    assert_eq!(scene.now().await["status"], "active");
    scene.after(1).await;
    assert_eq!(scene.now().await["status"], "cancelled");
    scene.money_went_back().await;
}

#[tokio::test]
async fn a_late_answer_that_still_comes_in_time_starts_the_whole_time_that_was_bought() {
    let scene = Scene::at_nine().await;
    scene.after(12).await;
    scene.doctor_answers().await;
    let now = scene.now().await;
    assert_eq!(
        (&now["endsAt"], &now["refundAt"], &now["answerBy"]),
        (&json!("2026-11-23T02:42:00.000Z"), &Value::Null, &Value::Null)
    );
    scene.owner.post(&scene.path("refund"), json!({})).await.expect_problem(409, "doctor_not_late");
}

#[tokio::test]
async fn an_answer_that_was_never_noted_is_found_in_the_log() {
    let scene = Scene::at_nine().await;
    scene.after(2).await;
    scene.doctor_answers().await;
    // As if the server had been killed between storing the message and taking note of it.
    scene.app.run_sql("UPDATE consultations SET answered_at = NULL, ends_at = NULL").await;
    scene.app.run_sql("UPDATE jobs SET run_at = 0 WHERE kind = 'consultations.live'").await;
    scene.after(8).await;
    let now = scene.now().await;
    assert_eq!((&now["endsAt"], &now["refundAt"]), (&json!("2026-11-23T02:32:00.000Z"), &Value::Null));
}

#[tokio::test]
async fn an_owner_who_does_not_come_is_not_waited_for_and_the_doctor_is_paid() {
    let scene = Scene::at_nine().await;
    scene.doctor_answers().await;
    scene.after(14).await;
    assert_eq!(scene.now().await["status"], "active");
    scene.after(1).await;
    assert_eq!(scene.now().await["status"], "no_show");
    scene.app.run_jobs().await;
    assert_eq!(scene.owner.payment(&scene.purchase).await["status"], "settled");
    let owed =
        scene.app.count("SELECT CAST(SUM(amount) AS BIGINT) FROM journal_lines WHERE account LIKE 'partner_p%'").await;
    assert_eq!(owed, -45_000);
}

#[tokio::test]
async fn a_talk_that_nobody_closes_ends_ten_minutes_after_its_time() {
    let scene = Scene::at_nine().await;
    scene.doctor_answers().await;
    scene.says(&scene.owner, "Pagi, Dok").await;
    scene.after(15).await;
    scene.after(10).await;
    assert_eq!(
        scene.app.count("SELECT COUNT(*) FROM consultations WHERE warned_at IS NOT NULL").await,
        1,
        "warned five minutes before"
    );
    scene.after(14).await;
    assert_eq!(scene.now().await["status"], "active");
    scene.after(1).await;
    let ended = scene.now().await;
    assert_eq!(ended["status"], "ended");
    let conversation = ended["conversationId"].as_str().unwrap();
    scene.owner.say(conversation, "satu lagi, Dok", "c9").await.expect_problem(403, "no_active_conversation");
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM slot_cells").await, 0);
}

#[tokio::test]
async fn an_absent_doctor_has_an_hour_for_an_instant_consultation_and_then_it_is_paid_back() {
    let scene = Scene::at_once().await;
    assert_eq!(scene.now().await["answerBy"], "2026-11-22T09:00:00.000Z", "nobody had promised more");
    scene.after(59).await;
    assert!(scene.now().await["refundAt"].is_null());
    scene.after(1).await;
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM consultations WHERE late_at IS NOT NULL").await, 1);
    scene.app.advance(MINUTE * 15);
    scene.app.run_jobs().await;
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM consultations WHERE status = 'cancelled'").await, 1);
    scene.app.run_jobs().await;
    let gone = scene.app.count("SELECT CAST(SUM(refunded_amount) AS BIGINT) FROM payments").await;
    assert_eq!(gone, TOTAL);
}

/// What an owner is told on the doctor's page.
async fn promised(scene: &Scene) -> Value {
    let path = format!("/api/doctors/{}", scene.doctor.id);
    Person::nobody(&scene.app).get(&path).await.expect(200)["instant"]["answerWithinMinutes"].clone()
}

#[tokio::test]
async fn a_doctor_who_has_come_when_the_money_does_answers_as_soon_as_one_who_was_there() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let purchase = owner.buy(&doctor).await;
    let scene = Scene { app, owner, doctor, purchase };
    assert_eq!(promised(&scene).await, 60);
    scene.doctor.comes_online().await;
    assert_eq!(promised(&scene).await, 10);
    scene.app.pay(&scene.purchase).await;
    assert_eq!(scene.now().await["answerBy"], "2026-11-22T08:10:00.000Z");
}

#[tokio::test]
async fn a_doctor_who_sits_in_a_slot_is_not_there_for_anybody_else() {
    let scene = Scene::at_nine().await;
    scene.doctor.comes_online().await;
    assert_eq!(promised(&scene).await, 60);
    let other = Person::owner(&scene.app).await;
    let purchase = other.buy(&scene.doctor).await;
    scene.app.pay(&purchase).await;
    assert_eq!(other.consultation(&purchase).await["answerBy"], "2026-11-23T03:00:00.000Z");

    scene.doctor_answers().await;
    let conversation = scene.conversation().await;
    scene.doctor.end(&conversation).await;
    assert_eq!(promised(&scene).await, 10);
}

#[tokio::test]
async fn what_one_of_the_two_has_ended_is_not_touched_again() {
    let scene = Scene::at_nine().await;
    scene.doctor_answers().await;
    let conversation = scene.conversation().await;
    scene.doctor.end(&conversation).await;
    for _ in 0..8 {
        scene.after(10).await;
    }
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM consultations WHERE status = 'ended'").await, 1);
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM refunds").await, 0);
}
