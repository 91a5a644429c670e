//! A consultation that goes on longer than was bought, the questions after its end, and the waiting room before its
//! beginning.

use serde_json::{Value, json};

use crate::life::Scene;
use crate::support::{Person, TestApp};

/// Half past nine.
const HALF_PAST: &str = "2026-11-23T02:30:00.000Z";

impl Scene {
    /// A slot from nine to half past, in which both have written.
    async fn under_way() -> Self {
        let scene = Self::at_nine().await;
        scene.both_talk().await;
        scene
    }

    /// Both have written, and a quarter of an hour is over.
    async fn both_talk(&self) {
        self.doctor_answers().await;
        self.says(&self.owner, "Pagi, Dok").await;
        self.after(15).await;
    }

    /// The same, ended by the doctor at a quarter past nine.
    async fn ended() -> Self {
        let scene = Self::under_way().await;
        let conversation = scene.conversation().await;
        scene.doctor.end(&conversation).await;
        scene
    }

    async fn ask(&self, who: &Person, minutes: i32) -> crate::support::Answer {
        who.post(&self.path("extension"), json!({"minutes": minutes})).await
    }

    async fn follow_up(&self, who: &Person) -> crate::support::Answer {
        who.post(&self.path("follow-up"), json!({})).await
    }

    /// Goes on after so many hours; sessions are renewed, since a day is longer than their tokens.
    async fn after_hours(&mut self, hours: u32) {
        self.after(60 * hours).await;
        self.owner.sign_in().await;
        self.doctor.sign_in().await;
    }
}

#[tokio::test]
async fn both_agree_on_more_time_and_are_warned_anew_before_it_ends() {
    let scene = Scene::under_way().await;
    scene.after(10).await;
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM consultations WHERE warned_at IS NOT NULL").await, 1);
    assert_eq!(scene.now().await["extensionChoices"], json!([10, 15]));
    let asked = scene.ask(&scene.owner, 15).await.expect(200);
    assert_eq!(asked["extension"], json!({"askedBy": "owner", "minutes": 15}));
    scene.owner.post(&scene.path("extension/accept"), json!({})).await.expect_problem(409, "extension_not_possible");
    let extended = scene.doctor.post(&scene.path("extension/accept"), json!({})).await.expect(200);
    assert_eq!(extended["endsAt"], "2026-11-23T02:45:00.000Z");
    assert_eq!(extended["extension"], Value::Null);
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM consultations WHERE warned_at IS NOT NULL").await, 0);

    scene.after(15).await;
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM consultations WHERE warned_at IS NOT NULL").await, 1);
    scene.after(14).await;
    assert_eq!(scene.now().await["status"], "active", "the grace runs from the new end");
    scene.after(1).await;
    assert_eq!(scene.now().await["status"], "ended");
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM slot_cells").await, 0);
}

#[tokio::test]
async fn more_time_is_taken_of_the_doctors_calendar() {
    let scene = Scene::under_way().await;
    let taken = "SELECT COUNT(*) FROM slot_cells";
    assert_eq!(scene.app.count(taken).await, 6, "half an hour in pieces of five minutes");
    scene.ask(&scene.doctor, 10).await.expect(200);
    scene.owner.post(&scene.path("extension/accept"), json!({})).await.expect(200);
    assert_eq!(scene.app.count(taken).await, 8);
}

#[tokio::test]
async fn time_that_somebody_else_has_booked_is_not_to_be_had() {
    let mut scene = Scene::booked().await;
    let neighbour = Person::owner(&scene.app).await;
    neighbour.book_and_pay(&scene.app, &scene.doctor, "2026-11-23T02:30:00.000Z").await;
    scene.begin().await;
    scene.both_talk().await;
    scene.ask(&scene.owner, 10).await.expect(200);
    scene.doctor.post(&scene.path("extension/accept"), json!({})).await.expect_problem(409, "doctor_busy_next");
    assert_eq!(scene.now().await["endsAt"], "2026-11-23T02:30:00.000Z");
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM slot_cells").await, 12, "each has what was booked");
}

/// The vet can be booked up to the last moment.
async fn takes_everybody(doctor: &Person) {
    let hours = json!({
        "timeZone": "Asia/Jakarta", "slotMinutes": 30, "bufferMinutes": 0, "minNoticeMinutes": 0, "horizonDays": 14,
        "week": [{"weekday": 1, "from": "09:00", "to": "12:00"}], "exceptions": [],
    });
    doctor.put("/api/doctors/me/availability", hours).await.expect(200);
}

#[tokio::test]
async fn what_a_slot_that_was_answered_late_takes_of_the_next_one_is_not_booked_any_more() {
    let scene = Scene::at_nine().await;
    takes_everybody(&scene.doctor).await;
    scene.after(9).await;
    scene.doctor_answers().await;
    assert_eq!(scene.now().await["endsAt"], "2026-11-23T02:39:00.000Z");
    let neighbour = Person::owner(&scene.app).await;
    neighbour.book(&scene.doctor, HALF_PAST).await.expect_problem(409, "slot_taken");
    neighbour.book(&scene.doctor, "2026-11-23T03:00:00.000Z").await.expect(201);

    scene.says(&scene.owner, "Pagi, Dok").await;
    scene.ask(&scene.owner, 10).await.expect(200);
    let longer = scene.doctor.post(&scene.path("extension/accept"), json!({})).await.expect(200);
    assert_eq!(longer["endsAt"], "2026-11-23T02:49:00.000Z", "its own minutes stand in nobody's way");
}

#[tokio::test]
async fn who_answers_in_time_gives_the_whole_time_also_beside_the_next_one() {
    let mut scene = Scene::booked().await;
    let neighbour = Person::owner(&scene.app).await;
    neighbour.book_and_pay(&scene.app, &scene.doctor, HALF_PAST).await;
    scene.begin().await;
    scene.after(10).await;
    scene.doctor_answers().await;
    assert_eq!(scene.now().await["endsAt"], "2026-11-23T02:40:00.000Z");
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM slot_cells").await, 12, "each has what was booked");
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM refunds").await, 0);
}

#[tokio::test]
async fn who_answers_too_late_makes_room_for_the_next_one_and_is_not_paid_for_what_is_missing() {
    let mut scene = Scene::booked().await;
    let mut neighbour = Person::owner(&scene.app).await;
    let next = neighbour.book_and_pay(&scene.app, &scene.doctor, HALF_PAST).await;
    scene.begin().await;
    neighbour.sign_in().await;
    scene.after(10).await;
    scene.after(14).await;
    scene.doctor_answers().await;
    assert_eq!(scene.now().await["endsAt"], "2026-11-23T02:40:00.000Z", "ten minutes beside the next one");
    scene.says(&scene.owner, "Akhirnya, Dok").await;
    scene.after(6).await;
    assert_eq!(neighbour.consultation(&next).await["status"], "active");
    scene.after(20).await;
    assert_eq!(scene.now().await["status"], "ended");
    let payment = scene.owner.payment(&scene.purchase).await;
    assert_eq!(payment["refundedAmount"], 23_625, "fourteen of thirty minutes: {payment}");
    // The other one's 45,000 besides.
    assert_eq!(scene.doctor.profit(2026, 10).await, 45_000 - 21_000 + 45_000);
    scene.app.verify_books("now").await;
}

#[tokio::test]
async fn nobody_is_made_to_go_on_and_there_is_an_end_to_asking() {
    let scene = Scene::under_way().await;
    scene.ask(&scene.owner, 45).await.expect_problem(409, "extension_not_possible");
    scene.ask(&scene.owner, 15).await.expect(200);
    scene.ask(&scene.doctor, 10).await.expect_problem(409, "extension_not_possible");
    let declined = scene.doctor.post(&scene.path("extension/decline"), json!({})).await.expect(200);
    assert_eq!((&declined["extension"], &declined["endsAt"]), (&Value::Null, &json!("2026-11-23T02:30:00.000Z")));
    for _ in 0..2 {
        scene.ask(&scene.owner, 15).await.expect(200);
        scene.doctor.post(&scene.path("extension/accept"), json!({})).await.expect(200);
    }
    assert_eq!(scene.now().await["extensionChoices"], json!([]), "half an hour in all");
    scene.ask(&scene.owner, 10).await.expect_problem(409, "extension_not_possible");
    scene.ask(&Person::owner(&scene.app).await, 10).await.expect_problem(404, "consultation_not_found");
    scene.owner.post(&scene.path("extension"), json!({})).await.expect_problem(400, "all_fields_required");
}

#[tokio::test]
async fn for_two_days_the_owner_may_ask_something_more_for_free() {
    let mut scene = Scene::ended().await;
    let before = scene.now().await;
    assert_eq!(
        before["followUp"],
        json!({"until": "2026-11-25T02:15:00.000Z", "isOpen": false, "conversationId": null})
    );
    scene.follow_up(&Person::owner(&scene.app).await).await.expect_problem(404, "consultation_not_found");
    let opened = scene.follow_up(&scene.owner).await.expect(200);
    let conversation = opened["followUp"]["conversationId"].as_str().unwrap().to_owned();
    assert_ne!(opened["conversationId"], conversation.as_str());
    assert_eq!(scene.follow_up(&scene.doctor).await.expect(200)["followUp"]["conversationId"], conversation.as_str());
    scene.owner.say(&conversation, "Obatnya boleh dicampur makanan, Dok?", "f1").await.expect(201);
    scene.doctor.say(&conversation, "Boleh, Kak", "f2").await.expect(201);

    scene.after_hours(47).await;
    scene.owner.say(&conversation, "Terima kasih, Dok", "f3").await.expect(201);
    scene.after_hours(1).await;
    let over = scene.now().await;
    assert_eq!((&over["status"], &over["followUp"]["isOpen"]), (&json!("ended"), &json!(false)));
    scene.owner.say(&conversation, "satu lagi", "f4").await.expect_problem(403, "no_active_conversation");
    scene.follow_up(&scene.owner).await.expect_problem(409, "follow_up_over");
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM payments").await, 1);
    assert_eq!(scene.doctor.profit(2026, 10).await, 45_000);
}

#[tokio::test]
async fn who_asks_nothing_for_two_days_cannot_any_more() {
    let mut scene = Scene::ended().await;
    scene.after_hours(48).await;
    scene.follow_up(&scene.owner).await.expect_problem(409, "follow_up_over");
}

#[tokio::test]
async fn questions_after_the_end_stand_in_nobodys_way() {
    let scene = Scene::ended().await;
    let opened = scene.follow_up(&scene.owner).await.expect(200);
    let conversation = opened["followUp"]["conversationId"].as_str().unwrap().to_owned();
    // A new consultation of the two can be bought, and takes the place of the questions.
    let fresh = scene.owner.consult(&scene.app, &scene.doctor).await;
    assert_ne!(fresh, conversation);
    scene.owner.say(&conversation, "masih di sini?", "f1").await.expect_problem(403, "no_active_conversation");
    scene.owner.say(&fresh, "Dok, ada yang baru", "f2").await.expect(201);
    assert!(!scene.now().await["followUp"]["isOpen"].as_bool().unwrap());
    assert_eq!(scene.app.count("SELECT COUNT(*) FROM refunds").await, 0);
}

#[tokio::test]
async fn either_of_the_two_ends_the_questions_and_the_consultation_stays_as_it_was() {
    let scene = Scene::ended().await;
    let opened = scene.follow_up(&scene.doctor).await.expect(200);
    let conversation = opened["followUp"]["conversationId"].as_str().unwrap();
    scene.owner.end(conversation).await;
    let now = scene.now().await;
    assert_eq!((&now["status"], &now["endedAt"]), (&opened["status"], &opened["endedAt"]));
    scene.follow_up(&scene.owner).await.expect_problem(409, "follow_up_over");
}

#[tokio::test]
async fn who_waits_sees_an_honest_place_that_moves_on() {
    let app = TestApp::start().await;
    let (first, second, doctor) = (Person::owner(&app).await, Person::owner(&app).await, Person::doctor(&app).await);
    let mut purchases = Vec::new();
    for owner in [&first, &second] {
        let purchase = owner.buy(&doctor).await;
        app.pay(&purchase).await;
        purchases.push(purchase);
    }
    let place = json!({"position": 2, "talking": 0});
    assert_eq!(second.consultation(&purchases[1]).await["waiting"], place);
    let conversation = first.consultation(&purchases[0]).await["conversationId"].as_str().unwrap().to_owned();
    doctor.say(&conversation, "Halo, Kak", "h1").await.expect(201);
    let noted = async { while !first.consultation(&purchases[0]).await["waiting"].is_null() {} };
    tokio::time::timeout(std::time::Duration::from_secs(20), noted).await.expect("the answer is noted");
    assert_eq!(second.consultation(&purchases[1]).await["waiting"], json!({"position": 1, "talking": 1}));
}
