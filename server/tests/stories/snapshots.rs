//! Every kind of document that a client gets, along one consultation from the registration to what the staff sees of it. A
//! change of any word in them is seen in review, and never happens by itself.

use std::time::Duration;

use hellopet::consultations::Live;
use hellopet::subjects::ConsultationId;
use platform::jobs::{Job, enqueue};
use serde_json::{Value, json};

use crate::support::{Album, DAY, MINUTE, PASSWORD, Person, Stable, TestApp, consultation_path, photo};

/// Tuesday, 24 November 2026, 9.00 WIB.
const SLOT: &str = "2026-11-24T02:00:00.000Z";

#[tokio::test]
async fn what_people_get_along_a_consultation_is_what_was_looked_at() {
    let mut walk = Walk::begin().await;
    walk.a_vet_comes_in().await;
    walk.a_vet_is_found().await;
    let pet = walk.an_owner_has_a_pet().await;
    let purchase = walk.an_owner_buys(&pet).await;
    walk.the_two_talk(&purchase).await;
    walk.the_vet_sums_up(&purchase).await;
    walk.a_day_later(&purchase, &pet).await;
    walk.a_slot_is_called_off().await;
    walk.the_staff_looks(&purchase).await;
    walk.the_server_says_no(&purchase).await;
    walk.sessions_go_on_and_end().await;
    walk.album.close();
}

#[test]
fn the_same_id_reads_the_same_and_another_one_does_not() {
    let [one, other] = ["019aa2b1-0000-7000-8000-000000000001", "019aa2b1-0000-7000-8000-000000000002"];
    let (named, hash) = ("019aa2b1-0000-7000-8000-000000000003", "0a".repeat(32));
    let names = [(named.to_owned(), "[owner]".to_owned())];
    let body =
        json!({"a": one, "b": [format!("/pets/{other}/photo"), one, named], "c": {"d": hash, "é": other}, "n": 1});
    let stable = json!({"a": "[id-1]", "b": ["/pets/[id-2]/photo", "[id-1]", "[owner]"], "c": {"d": "[sha256-1]", "é": "[id-2]"}, "n": 1});
    assert_eq!(Stable::new(&names).value(&body), stable);
}

struct Walk {
    app: TestApp,
    album: Album,
    owner: Person,
    vet: Person,
    admin: Person,
    visitor: Person,
}

fn id_of(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

impl Walk {
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let (mut album, visitor, admin) = (Album::default(), Person::nobody(&app), Person::admin(&app).await);
        let url = app.url("");
        let (_, port) = url.rsplit_once(':').unwrap();
        album.call(&format!("localhost:{port}"), "server");
        let mut owner = Person::nobody(&app);
        owner.email = "rina@contoh.id".to_owned();
        album.keep("registration", 201, owner.register("Rina Wulandari", "0812-3456-7890").await);
        owner.sign_in().await;
        let mut vet = Person::nobody(&app);
        vet.email = "bayu@contoh.id".to_owned();
        vet.register("drh. Bayu Pratama", "+62 811 222 333").await.expect(201);
        vet.sign_in().await;
        for (person, name) in [(&owner, "owner"), (&vet, "vet"), (&admin, "admin")] {
            album.call(&person.id, name);
        }
        Self { app, album, owner, vet, admin, visitor }
    }

    async fn a_vet_comes_in(&mut self) {
        let application = json!({
            "specialization": "Kulit dan alergi", "workExperience": 4, "bio": "Sabar dengan kucing galak.", "basePrice": 40_000,
            "species": ["cat", "rabbit"], "languages": ["id", "jv"],
            "licence": {"kind": "sip", "number": "SIP 503/77/2026", "issuer": "Dinas Kesehatan Jakarta Selatan", "expiresOn": "2027-03-31"},
        });
        let applied = self.vet.post("/api/doctors/applications", application).await;
        let licence = id_of(&applied.body["pendingLicence"]);
        self.album.call(&licence, "licence");
        self.album.keep("doctor_applied", 201, applied);
        let documents = format!("/api/doctors/me/licences/{licence}/documents");
        self.album.keep("doctor_licence_document", 201, self.vet.post_picture(&documents, &photo(60, 40)).await);
        self.album.see("admin_doctors_pending", &self.admin, "/api/admin/doctors?pending=true").await;
        let accept = format!("/api/admin/licences/{licence}/accept");
        self.album.keep("admin_licence_accepted", 200, self.admin.post(&accept, json!({})).await);
        self.vet.works_mornings().await;
        self.album.see("doctor_availability", &self.vet, "/api/doctors/me/availability").await;
        let reply = json!({"title": "Salam", "body": "Halo Kak, saya bantu ya."});
        self.album.keep("doctor_reply", 201, self.vet.post("/api/doctors/me/replies", reply).await);
        self.album.see("doctor_own_profile", &self.vet, "/api/doctors/me").await;
    }

    async fn a_vet_is_found(&mut self) {
        let profile = format!("/api/doctors/{}", self.vet.id);
        self.album.see("directory", &self.visitor, "/api/doctors").await;
        self.album.see("directory_search", &self.visitor, "/api/doctors?q=bayu&species=cat&sort=price").await;
        self.album.see("directory_nobody", &self.visitor, "/api/doctors?q=zulkarnaen").await;
        self.album.see("directory_written_out", &self.visitor, "/api/roles/dokter").await;
        self.album.see("doctor_profile", &self.visitor, &profile).await;
        self.album.see("doctor_slots", &self.visitor, &format!("{profile}/slots?from=2026-11-24&days=1")).await;
        self.album.see("app_config", &self.visitor, "/api/app-config").await;
        self.album.see("me", &self.owner, "/api/auth/me").await;
    }

    async fn an_owner_has_a_pet(&mut self) -> String {
        let miko = json!({
            "name": "Miko", "species": "cat", "breed": "Domestik oranye", "sex": "male", "neutered": true,
            "birthDate": "2023-09-01", "allergies": "Ayam", "notes": "Dalam rumah",
        });
        let answer = self.owner.post("/api/pets", miko).await;
        let pet = id_of(&answer.body);
        self.album.call(&pet, "pet");
        self.album.keep("pet_new", 201, answer);
        let path = format!("/api/pets/{pet}");
        let weight = json!({"measuredOn": "2026-11-20", "grams": 4_600});
        self.album.keep("pet_weight", 201, self.owner.post(&format!("{path}/weights"), weight).await);
        let rabies = json!({"name": "Rabies", "givenOn": "2026-03-01", "nextDueOn": "2027-03-01"});
        self.album.keep("pet_vaccination", 201, self.owner.post(&format!("{path}/vaccinations"), rabies).await);
        self.owner.put_picture(&format!("{path}/photo"), &photo(80, 60)).await.expect(200);
        self.album.see("pet", &self.owner, &path).await;
        self.album.see("pets", &self.owner, "/api/pets").await;
        pet
    }

    async fn an_owner_buys(&mut self, pet: &str) -> Value {
        self.album.see("triage", &self.visitor, "/api/triage").await;
        let said =
            json!({"petId": pet, "complaint": "Sudah dua hari gak bisa pipis", "since": "days", "signs": ["weak"]});
        let answer = self.owner.post("/api/intakes", said).await;
        let intake = id_of(&answer.body);
        self.album.call(&intake, "intake");
        self.album.keep("intake_emergency", 201, answer);
        self.owner.post_picture(&format!("/api/intakes/{intake}/pictures"), &photo(80, 60)).await.expect(201);
        self.album.see("intake", &self.owner, &format!("/api/intakes/{intake}")).await;

        let wanted = json!({"id": self.vet.id, "petId": pet, "intakeId": intake});
        let answer = self.owner.post("/api/payment/consulting", wanted).await;
        self.album.call_members(
            &answer.body,
            &[
                ("token", "snap token"),
                ("orderId", "order"),
                ("transactionId", "payment"),
                ("consultationId", "consultation"),
            ],
        );
        let purchase = self.album.keep("purchase", 201, answer);
        let (payment, consultation) = (text(&purchase, "transactionId"), text(&purchase, "consultationId"));
        let (payment, consultation) = (format!("/api/payment/{payment}"), format!("/api/consultations/{consultation}"));
        self.album.see("payment_pending", &self.owner, &payment).await;
        self.album.see("consultation_awaiting_payment", &self.owner, &consultation).await;

        self.app.advance(MINUTE);
        self.app.pay(&purchase).await;
        let paid = self.owner.get(&payment).await;
        self.album.call_members(&paid.body, &[("conversationId", "conversation")]);
        self.album.keep("payment_settled", 200, paid);
        self.album.see("consultation_active_unanswered", &self.owner, &consultation).await;
        purchase
    }

    async fn the_two_talk(&mut self, purchase: &Value) {
        let consultation = format!("/api/consultations/{}", text(purchase, "consultationId"));
        self.album.see("consultation_intake", &self.vet, &format!("{consultation}/intake")).await;
        self.album.see("consultation_pet", &self.vet, &format!("{consultation}/pet")).await;
        let conversation = self.owner.conversation(purchase).await;
        let path = format!("/api/conversations/{conversation}");
        self.app.advance(2 * MINUTE);
        let said = self.vet.say(&conversation, "Halo Kak Rina, sejak kapan Miko begini?", "c-1").await;
        self.album.keep("message", 201, said);
        let noted = async { while self.owner.consultation(purchase).await["endsAt"].is_null() {} };
        tokio::time::timeout(Duration::from_secs(20), noted).await.expect("the answer is noted");
        self.app.advance(MINUTE);
        let uploaded = self.owner.post_picture(&format!("{path}/attachments"), &photo(64, 48)).await;
        let uploaded = self.album.keep("attachments", 201, uploaded);
        let with_picture =
            json!({"message": "Sejak kemarin, Dok 🐱", "clientId": "c-2", "attachments": [uploaded["items"][0]["id"]]});
        self.owner.post(&format!("{path}/messages"), with_picture).await.expect(201);
        self.album.keep("upload", 201, self.owner.begin_upload(&conversation, 70_000, "c-3").await);
        self.album.see("messages", &self.owner, &format!("{path}/messages?afterSeq=0")).await;
        self.album.see("messages_search", &self.owner, "/api/messages/search?q=kemarin").await;
        self.album.see("conversations", &self.owner, "/api/conversations").await;
        self.album.see("conversation_of_vet", &self.vet, &path).await;
        let extension = json!({"minutes": 15});
        self.vet.post(&format!("{consultation}/extension"), extension).await.expect(200);
        self.album.see("consultation_active", &self.owner, &consultation).await;
    }

    async fn the_vet_sums_up(&mut self, purchase: &Value) {
        let consultation = format!("/api/consultations/{}", text(purchase, "consultationId"));
        let (record, notes) = (format!("{consultation}/record"), format!("{consultation}/notes"));
        let draft = json!({"complaint": "Tidak bisa pipis", "findings": "Kandung kemih penuh"});
        self.album.keep("record_draft", 200, self.vet.put(&record, draft).await);
        self.album.keep("notes", 200, self.vet.put(&notes, json!({"body": "Pemilik cemas"})).await);
        self.app.advance(10 * MINUTE);
        let words = json!({
            "complaint": "Tidak bisa pipis", "findings": "Kandung kemih penuh", "advice": "Segera ke klinik",
            "prescription": "", "nextStep": "Kabari setelah dari klinik",
        });
        self.vet.put(&record, words).await.expect(200);
        let finished = self.vet.post(&format!("{record}/finish"), json!({})).await;
        let code = text(&finished.body, "code").to_owned();
        self.album.call(&code, "code");
        self.album.call(&printed(&code), "printed code");
        self.album.keep("record_finished", 200, finished);
        self.album.see("record", &self.owner, &record).await;
        self.album.see("record_proof", &self.visitor, &format!("/api/records/verify/{code}")).await;
        self.album.see_pdf("record_pdf", &self.owner, &format!("{record}.pdf")).await;
        let ended = self.album.see("consultation_ended", &self.owner, &consultation).await;
        let conversation = format!("/api/conversations/{}", text(&ended, "conversationId"));
        self.album.see("transcript", &self.owner, &format!("{conversation}/transcript.json")).await;
        self.album.see_pdf("transcript_pdf", &self.owner, &format!("{conversation}/transcript.pdf")).await;
    }

    async fn a_day_later(&mut self, purchase: &Value, pet: &str) {
        self.app.advance(DAY);
        self.app.run_jobs().await;
        for person in [&mut self.owner, &mut self.vet, &mut self.admin] {
            person.sign_in().await;
        }
        let consultation = text(purchase, "consultationId");
        let review = format!("/api/consultations/{consultation}/review");
        let written = json!({"rating": 5, "text": "Cepat dan jelas."});
        self.album.keep("review_written", 201, self.owner.post(&review, written).await);
        let reply = json!({"text": "Semoga Miko lekas pulih."});
        let replied = self.vet.post(&format!("/api/reviews/{consultation}/reply"), reply).await;
        self.album.keep("review_replied", 200, replied);
        self.album.see("review", &self.owner, &review).await;
        self.album.see("doctor_reviews", &self.visitor, &format!("/api/doctors/{}/reviews", self.vet.id)).await;
        self.album.see("doctor_profile_rated", &self.visitor, &format!("/api/doctors/{}", self.vet.id)).await;
        self.album.see("pet_timeline", &self.owner, &format!("/api/pets/{pet}/timeline")).await;
        self.album.see("consultations", &self.vet, "/api/consultations").await;
        for (document, what) in [("statistics_conversations", "conversations"), ("statistics_profit", "profit")] {
            let path = format!("/api/statistic/{what}/monthly/{}?year=2026", self.vet.id);
            self.album.see(document, &self.vet, &path).await;
        }
    }

    /// What was transferred cannot go back by itself.
    async fn a_slot_is_called_off(&mut self) {
        let purchase = self.owner.book(&self.vet, SLOT).await.expect(201);
        self.album.call_members(&purchase, &[("orderId", "second order")]);
        self.app.pay_by(&purchase, "bank_transfer").await;
        let path = format!("/api/consultations/{}", text(&purchase, "consultationId"));
        self.album.see("consultation_scheduled", &self.owner, &path).await;
        let cancelled = self.owner.post(&format!("{path}/cancel"), json!({})).await;
        self.album.keep("consultation_cancelled", 200, cancelled);
        self.app.run_jobs().await;
        let payment = format!("/api/payment/{}", text(&purchase, "transactionId"));
        self.album.see("payment_owed_back", &self.owner, &payment).await;
        let refunds = self.album.see("admin_refunds", &self.admin, "/api/admin/refunds").await;
        let pay_out = format!("/api/admin/refunds/{}/paid-out", id_of(&refunds["items"][0]));
        let paid_out = self.admin.post(&pay_out, json!({"reference": "BCA 4711"})).await;
        self.album.keep("admin_refund_paid_out", 200, paid_out);
    }

    async fn the_staff_looks(&mut self, purchase: &Value) {
        self.work_is_given_up().await;
        let dead = self.album.see("admin_jobs", &self.admin, "/api/admin/jobs").await;
        let retry = format!("/api/admin/jobs/{}/retry", id_of(&dead["items"][0]));
        self.album.keep("admin_job_retried", 200, self.admin.post(&retry, json!({})).await);
        self.app.run_jobs().await;
        let hide = format!("/api/reviews/{}/hide", text(purchase, "consultationId"));
        self.album.keep(
            "admin_review_hidden",
            200,
            self.admin.post(&hide, json!({"reason": "Salah sebut nama"})).await,
        );
        self.album.see("admin_reviews", &self.admin, "/api/admin/reviews").await;
        self.album.see("admin_doctors", &self.admin, "/api/admin/doctors").await;
        self.album.see("admin_doctor", &self.admin, &format!("/api/admin/doctors/{}", self.vet.id)).await;
        self.album.see("admin_gateway_reports", &self.admin, "/api/admin/gateway-reports").await;
        self.album.see("admin_audit", &self.admin, "/api/admin/audit").await;
    }

    /// As if each node that had begun it was killed before the try came to an end.
    async fn work_is_given_up(&self) {
        let now = self.app.app.platform.clock.now();
        let job = Live { consultation: ConsultationId::new() };
        enqueue(&self.app.app.platform.db.write, &job, now, now).await.unwrap();
        let (kind, key) = (Live::KIND, job.key());
        self.app
            .run_sql(&format!(
                "UPDATE jobs SET tries = {}, locked_until = 0 WHERE kind = '{kind}' AND payload LIKE '%{key}%'",
                Live::TRIES
            ))
            .await;
        self.app.run_jobs().await;
    }

    async fn the_server_says_no(&mut self, purchase: &Value) {
        let missing = self.visitor.post("/api/auth/register", json!({})).await;
        self.album.keep("problem_400_fields_missing", 400, missing);
        let wrong = json!({"username": "R", "email": "bukan", "password": "kucing-oranye-9", "phone_number": "12"});
        let wrong = self.visitor.post("/api/auth/register", wrong).await;
        self.album.keep("problem_422_fields_invalid", 422, wrong);
        let half = self.visitor.post_text("/api/auth/login", "{\"email\":").await;
        self.album.keep("problem_400_malformed_json", 400, half);
        self.album.keep("problem_401_nobody", 401, self.visitor.get("/api/auth/me").await);
        let credentials = json!({"email": self.owner.email, "password": "salah-semua-9"});
        let refused = self.visitor.post("/api/auth/login", credentials).await;
        self.album.keep("problem_401_wrong_password", 401, refused);
        self.album.keep("problem_403", 403, self.owner.get("/api/admin/audit").await);
        let unknown = format!("/api/pets/{}", self.vet.id);
        self.album.keep("problem_404_thing", 404, self.owner.get(&unknown).await);
        self.album.keep("problem_404_route", 404, self.visitor.get("/api/tidak-ada").await);
        self.album.keep("problem_405", 405, self.visitor.delete("/api/auth/login").await);
        let again = self.owner.post(&consultation_path(purchase, "review"), json!({"rating": 1})).await;
        self.album.keep("problem_409", 409, again);
    }

    async fn sessions_go_on_and_end(&mut self) {
        let credentials = json!({"email": self.owner.email, "password": PASSWORD});
        for (document, path, body) in
            [("sign_in", "/api/auth/login", Some(credentials)), ("refresh", "/api/auth/refresh", None)]
        {
            let body = body.unwrap_or_else(|| json!({"refreshToken": self.owner.refresh_token}));
            let answer = self.visitor.post(path, body).await;
            let data = &answer.body["data"];
            self.owner.token = text(data, "token").to_owned();
            self.owner.refresh_token = text(data, "refreshToken").to_owned();
            self.album.call_members(data, &[("token", "access token"), ("refreshToken", "refresh token")]);
            self.album.keep(document, 200, answer);
        }
        self.album.keep("sign_out", 200, self.owner.post("/api/auth/logout", json!({})).await);
    }
}

fn text<'a>(body: &'a Value, member: &str) -> &'a str {
    body[member].as_str().unwrap()
}

/// As it stands on paper.
fn printed(code: &str) -> String {
    code.as_bytes().chunks(4).map(|four| std::str::from_utf8(four).unwrap()).collect::<Vec<_>>().join("-")
}
