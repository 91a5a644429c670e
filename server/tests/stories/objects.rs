//! What the storage keeps of pictures: in which sizes, how much of an account, and nothing that no row names.

use std::fs;
use std::time::Duration;

use image::ImageFormat;
use platform::hold;
use platform::images::Shape;
use platform::pictures;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp, photo};

const DAY: Duration = Duration::from_secs(24 * 3600);
const HOUR: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_millis(1);
const WEBP: &str = "image/avif,image/webp,*/*;q=0.8";

/// The address of the photo that a pet will have.
async fn pet_photo(owner: &Person) -> String {
    let pet = owner.post("/api/pets", json!({"name": "Miko", "species": "cat"})).await.expect(201);
    format!("/api/pets/{}/photo", pet["id"].as_str().unwrap())
}

async fn intake_pictures(owner: &Person) -> String {
    let said = json!({"species": "cat", "complaint": "Garuk-garuk telinga", "since": "days"});
    let intake = owner.post("/api/intakes", said).await.expect(201);
    format!("/api/intakes/{}/pictures", intake["id"].as_str().unwrap())
}

fn url(of: &Value) -> String {
    of["url"].as_str().unwrap().to_owned()
}

/// A picture as it was answered: its format, its sides, and its tag.
async fn seen(person: &Person, path: &str, accept: &str) -> (ImageFormat, (u32, u32), String) {
    let answer = person.picture(path, accept).await;
    assert_eq!(answer.status().as_u16(), 200, "{path}");
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    let (content_type, tag) = (header("content-type"), header("etag"));
    assert!(answer.headers().get_all("vary").iter().any(|names| names == "accept"), "{path}");
    let bytes = answer.bytes().await.unwrap();
    let format = image::guess_format(&bytes).unwrap();
    assert_eq!(content_type, format.to_mime_type(), "{path}");
    let picture = image::load_from_memory(&bytes).unwrap();
    (format, (picture.width(), picture.height()), tag)
}

/// Keeps a picture and dies before the row that names it is committed.
async fn keep_in_vain(app: &TestApp, key: &str) {
    let bytes = photo(400, 400);
    let pictures = &app.app.platform.pictures;
    let upload = pictures.memory.room(bytes.len()).unwrap().hold(bytes);
    pictures.keep(key, Uuid::now_v7(), upload, Shape::Photo).await.unwrap();
}

/// Every object is entered, and everything that is entered is there.
async fn assert_all_are_known(app: &TestApp) {
    assert_all_are_known_but(app, 0).await;
}

/// The same beside so many pieces of uploads.
async fn assert_all_are_known_but(app: &TestApp, pieces: i64) {
    let entered = app.count("SELECT COUNT(*) FROM objects").await;
    assert_eq!(entered + pieces, i64::try_from(app.stored_objects()).unwrap());
}

#[tokio::test]
async fn a_picture_is_answered_in_the_size_and_the_format_that_are_asked_for() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let path = pet_photo(&owner).await;
    owner.put_picture(&path, &photo(1_600, 800)).await.expect(200);
    let mut tags = Vec::new();
    for (size, sides) in [("", (768, 384)), ("?size=192", (384, 192)), ("?size=96", (192, 96))] {
        for (accept, format) in [("*/*", ImageFormat::Jpeg), (WEBP, ImageFormat::WebP)] {
            let (is, are, tag) = seen(&owner, &format!("{path}{size}"), accept).await;
            assert_eq!((is, are), (format, sides), "{size} {accept}");
            tags.push(tag);
        }
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 6, "a cache never takes one for another");
    let (_, sides, _) = seen(&owner, &format!("{path}?size=384"), "*/*").await;
    assert_eq!(sides, (768, 384), "it covers no more than that already");

    let known = seen(&owner, &format!("{path}?size=96"), WEBP).await.2;
    let again = owner.picture_unless(&format!("{path}?size=96"), WEBP, &known).await;
    assert_eq!(again.status().as_u16(), 304);
    for size in ["97", "0", "-96", "1e2", "", "large"] {
        let refused = owner.get(&format!("{path}?size={size}")).await.expect(422);
        assert_eq!(
            (&refused["errors"][0]["field"], &refused["errors"][0]["code"]),
            (&json!("size"), &json!("invalid_format"))
        );
    }
}

#[tokio::test]
async fn every_picture_is_answered_small_and_as_webp() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let picture = photo(640, 640);
    let own = doctor.put_picture("/api/doctors/me/picture", &picture).await.expect(200);
    let intake = owner.post_picture(&intake_pictures(&owner).await, &picture).await.expect(201);
    let licence = json!({"kind": "sip", "number": "SIP 1", "issuer": "Dinas", "expiresOn": "2027-03-31"});
    let licences = doctor.post("/api/doctors/me/licences", licence).await.expect(201);
    let licence = format!("/api/doctors/me/licences/{}/documents", licences["pendingLicence"]["id"].as_str().unwrap());
    let licences = doctor.post_picture(&licence, &picture).await.expect(201);
    let conversation = owner.consult(&app, &doctor).await;
    let upload = owner.begin_upload(&conversation, picture.len(), "c1").await.expect(201);
    let sent = owner.send_piece(&upload, 0, &picture).await.expect(200);
    let attachment = &sent["attachment"];

    let doctors = own["picture"].as_str().unwrap().to_owned();
    let small = [
        (&owner, format!("{doctors}&size=96"), 96),
        (&owner, format!("{}?size=192", url(&intake["pictures"][0])), 192),
        (&doctor, format!("{}?size=384", url(&licences["pendingLicence"]["documents"][0])), 384),
        // Two sizes are enough in a chat: the thumbnail and the whole.
        (&owner, format!("{}?size=96", url(attachment)), 480),
        (&doctor, attachment["thumbnailUrl"].as_str().unwrap().to_owned(), 480),
        (&doctor, url(attachment), 640),
    ];
    for (person, path, side) in small {
        for (accept, format) in [("*/*", ImageFormat::Jpeg), (WEBP, ImageFormat::WebP)] {
            let (is, sides, _) = seen(person, &path, accept).await;
            assert_eq!((is, sides), (format, (side, side)), "{path}");
        }
    }
    for path in [doctors.replace("?v=", "?size=1&v="), format!("{}?size=1", url(attachment))] {
        owner.get(&path).await.expect_problem(422, "validation_failed");
    }
    assert_all_are_known(&app).await;
}

#[tokio::test]
async fn a_picture_of_before_is_answered_whole_and_deleted() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let path = pet_photo(&owner).await;
    owner.put_picture(&path, &photo(64, 64)).await.expect(200);
    app.run_sql("DELETE FROM objects").await;
    for size in ["", "?size=96"] {
        let (format, sides, _) = seen(&owner, &format!("{path}{size}"), WEBP).await;
        assert_eq!((format, sides), (ImageFormat::Jpeg, (64, 64)));
    }
    owner.put_picture(&path, &photo(32, 32)).await.expect(200);
    assert_eq!(app.stored_objects(), 1);
}

#[tokio::test]
async fn an_account_stores_so_much_and_another_one_as_much_again() {
    let app = TestApp::start_with(&[("PICTURES_PER_ACCOUNT_MIB", "1")]).await;
    let (owner, other, doctor) = (Person::owner(&app).await, Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let (path, intake) = (pet_photo(&owner).await, intake_pictures(&owner).await);
    let picture = photo(64, 48);
    owner.put_picture(&path, &picture).await.expect(200);
    let attachments = format!("/api/conversations/{conversation}/attachments");
    let begun = owner.begin_upload(&conversation, picture.len(), "before").await.expect(201);

    app.run_sql(&format!("UPDATE objects SET byte_size = 1048576 WHERE owner_id = {}", app.literal(&owner.id))).await;
    owner.put_picture(&path, &picture).await.expect_problem(409, "storage_full");
    owner.post_picture(&intake, &picture).await.expect_problem(409, "storage_full");
    owner.post_picture(&attachments, &picture).await.expect_problem(409, "storage_full");
    owner.begin_upload(&conversation, picture.len(), "after").await.expect_problem(409, "storage_full");
    owner.send_piece(&begun, 0, &picture).await.expect_problem(409, "storage_full");
    assert_all_are_known_but(&app, 1).await;
    doctor.post_picture(&attachments, &picture).await.expect(201);
    other.put_picture(&pet_photo(&other).await, &picture).await.expect(200);

    // One byte less, and there is room; what is replaced does not count any more.
    app.run_sql(&format!("UPDATE objects SET byte_size = 1048575 WHERE owner_id = {}", app.literal(&owner.id))).await;
    owner.put_picture(&path, &picture).await.expect(200);
    owner.post_picture(&intake, &picture).await.expect(201);
    let uploaded = owner.get(&format!("/api/uploads/{}", begun["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(uploaded["attachment"]["width"], 64, "what waited for room is finished");
}

#[tokio::test]
async fn what_a_crash_leaves_behind_goes_after_a_day_and_what_is_needed_stays() {
    let app = TestApp::start().await;
    let mut owner = Person::owner(&app).await;
    let path = pet_photo(&owner).await;
    owner.put_picture(&path, &photo(400, 400)).await.expect(200);
    let needed = app.stored_objects();
    keep_in_vain(&app, "pets/nobody/nothing").await;
    assert!(app.stored_objects() > needed);
    assert_all_are_known(&app).await;

    app.advance(DAY + HOUR);
    app.run_jobs().await;
    assert!(app.stored_objects() > needed, "not yet: a request may still be at it");
    app.advance(HOUR + MOMENT);
    app.run_jobs().await;
    assert_eq!(app.stored_objects(), needed);
    assert_all_are_known(&app).await;
    owner.sign_in().await;
    seen(&owner, &format!("{path}?size=192"), WEBP).await;
}

#[tokio::test]
async fn pictures_that_were_one_too_many_leave_nothing() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let (path, picture) = (intake_pictures(&owner).await, photo(8, 8));
    let answers = futures_util::future::join_all((0..7).map(|_| owner.post_picture(&path, &picture))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 4);
    app.advance(DAY + HOUR * 2);
    app.run_jobs().await;
    assert_eq!(app.stored_objects(), 4);
    assert_all_are_known(&app).await;
}

#[tokio::test]
async fn an_object_that_cannot_be_deleted_keeps_no_other_and_is_tried_again() {
    let app = TestApp::start().await;
    for key in ["pets/one/a", "pets/one/b"] {
        keep_in_vain(&app, key).await;
    }
    // A folder in its place is nothing that can be deleted.
    let stuck = app.attachments().join("pets/one/a");
    fs::remove_file(&stuck).unwrap();
    fs::create_dir_all(stuck.join("in-use")).unwrap();
    app.advance(DAY + HOUR * 2);
    app.run_jobs().await;
    assert_eq!((app.stored_objects(), app.count("SELECT COUNT(*) FROM objects").await), (0, 1));
    fs::remove_dir_all(&stuck).unwrap();
    app.advance(HOUR);
    app.run_jobs().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM objects").await, 0);
}

#[tokio::test]
async fn more_than_a_batch_is_swept_at_once() {
    let app = TestApp::start().await;
    let rows = (0..450)
        .map(|number| format!("('pets/gone/{number}', {}, 1, FALSE, 0)", app.literal(&Uuid::nil().to_string())));
    let rows: Vec<String> = rows.collect();
    app.run_sql(&format!(
        "INSERT INTO objects (key, owner_id, byte_size, is_kept, created_at) VALUES {}",
        rows.join(", ")
    ))
    .await;
    app.run_jobs().await;
    app.advance(Duration::from_secs(10));
    app.run_jobs().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM objects").await, 0);
}

#[tokio::test]
async fn what_was_released_and_could_not_be_deleted_at_once_is_swept() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let path = pet_photo(&owner).await;
    owner.put_picture(&path, &photo(400, 400)).await.expect(200);
    let objects = app.attachments();
    let folder = fs::read_dir(objects.join("pets")).unwrap().next().unwrap().unwrap().path();
    let names = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let whole = names.min_by_key(|path| path.as_os_str().len()).unwrap();
    let key = whole.strip_prefix(&objects).unwrap().to_str().unwrap();
    // The commit was the last thing that this node did.
    pictures::release(&app.app.platform.db.write, key).await.unwrap();
    app.advance(DAY + HOUR * 2);
    app.run_jobs().await;
    assert_eq!(app.stored_objects(), 0);
    assert_all_are_known(&app).await;
}

#[tokio::test]
async fn while_a_backup_is_taken_nothing_is_deleted_and_what_was_to_be_is_swept_later() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let (path, picture) = (pet_photo(&owner).await, photo(400, 400));
    owner.put_picture(&path, &picture).await.expect(200);
    let photo_alone = app.stored_objects();

    let held = hold::hold(&app.attachments()).unwrap();
    owner.put_picture(&path, &picture).await.expect(200);
    assert_eq!(app.stored_objects(), photo_alone * 2, "the photo of before is still there");
    let conversation = owner.consult(&app, &doctor).await;
    let upload = owner.begin_upload(&conversation, picture.len(), "c1").await.expect(201);
    owner.send_piece(&upload, 0, &picture).await.expect(200);
    assert_all_are_known_but(&app, 1).await;
    app.advance(DAY + HOUR * 2);
    app.run_jobs().await;
    assert!(app.stored_objects() > photo_alone * 2, "the sweep holds off as well");

    drop(held);
    app.advance(HOUR);
    app.run_jobs().await;
    assert_eq!(app.stored_objects(), photo_alone);
    assert_all_are_known(&app).await;
}
