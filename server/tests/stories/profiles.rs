//! What vets say of themselves, and the picture that they show.

use serde_json::json;

use crate::doctors::applicant;
use crate::support::{Person, TestApp, photo};

#[tokio::test]
async fn two_devices_that_change_different_things_both_have_their_way() {
    let app = TestApp::start().await;
    let doctor = Person::doctor(&app).await;
    for round in 0..6 {
        let (bio, speciality) = (format!("Buka sampai jam {round}"), format!("Gigi {round}"));
        let (one, other) = tokio::join!(
            doctor.change("/api/doctors/me", json!({"bio": bio})),
            doctor.change("/api/doctors/me", json!({"specialization": speciality})),
        );
        one.expect(200);
        other.expect(200);
        let own = doctor.get("/api/doctors/me").await.expect(200);
        assert_eq!((&own["bio"], &own["specialization"]), (&json!(bio), &json!(speciality)));
    }
}

#[tokio::test]
async fn a_vet_changes_what_owners_read_and_no_price_that_was_quoted() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let before = owner.buy(&doctor).await;
    let change = json!({"username": "drh. Salsabila Utami", "specialization": "Gigi", "basePrice": 60_000, "species": ["bird"], "languages": ["en"]});
    let changed = doctor.change("/api/doctors/me", change).await.expect(200);
    assert_eq!((&changed["username"], &changed["price"]), (&json!("drh. Salsabila Utami"), &json!(67_500)));
    assert_eq!(owner.consultation(&before).await["quote"]["total"], 50_625);
    let found = Person::nobody(&app).get("/api/doctors?q=salsa&species=bird&specialization=Gigi").await.expect(200);
    assert_eq!(found["items"][0]["id"], doctor.id);
    assert_eq!(doctor.get("/api/auth/me").await.expect(200)["username"], "drh. Salsabila Utami");

    doctor.change("/api/doctors/me", json!({"basePrice": 10_000_001})).await.expect_problem(422, "validation_failed");
    doctor.change("/api/doctors/me", json!({"bio": " "})).await.expect_problem(400, "all_fields_required");
    doctor.change("/api/doctors/me", json!({"languages": ["tlh"]})).await.expect_problem(400, "validation_failed");
    owner.change("/api/doctors/me", json!({"bio": "x"})).await.expect_problem(404, "doctor_not_found");
}

#[tokio::test]
async fn a_vets_picture_is_everybodys_to_see_and_a_new_one_has_a_new_address() {
    let app = TestApp::start().await;
    let doctor = Person::doctor(&app).await;
    let objects = app.stored_objects();
    let first = doctor.put_picture("/api/doctors/me/picture", &photo(900, 300)).await.expect(200);
    let second = doctor.put_picture("/api/doctors/me/picture", &photo(30, 60)).await.expect(200);
    assert_ne!(first["picture"], second["picture"]);
    assert_eq!(app.stored_objects(), objects + 1, "the one before is gone");
    let card = Person::nobody(&app).get(&format!("/api/doctors/{}", doctor.id)).await.expect(200);
    assert_eq!(card["picture"], second["picture"]);
    let shown = Person::nobody(&app).bytes(card["picture"].as_str().unwrap()).await;
    assert_eq!(image::load_from_memory(&shown).unwrap().width(), 30);
    let owner = Person::owner(&app).await;
    owner.put_picture("/api/doctors/me/picture", &photo(8, 8)).await.expect_problem(404, "doctor_not_found");
}

#[tokio::test]
async fn an_applicants_picture_is_published_when_the_licence_is_accepted() {
    let app = TestApp::start().await;
    let (vet, licence) = applicant(&app).await;
    let own = vet.put_picture("/api/doctors/me/picture", &photo(30, 60)).await.expect(200);
    let picture = own["picture"].as_str().unwrap();
    let (admin, stranger) = (Person::admin(&app).await, Person::nobody(&app));
    assert!(!vet.bytes(picture).await.is_empty() && !admin.bytes(picture).await.is_empty());
    for other in [&stranger, &Person::owner(&app).await] {
        other.get(picture).await.expect_problem(404, "picture_not_found");
    }
    admin.post(&format!("/api/admin/licences/{licence}/accept"), json!({})).await.expect(200);
    assert!(!stranger.bytes(picture).await.is_empty());
}
