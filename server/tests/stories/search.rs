//! Finding a doctor: by the beginning of a name, in spite of a slip of the finger, by what they know, cost and have time for.

use crate::support::{Person, TestApp};
use hellopet::accounts::{Account, NewAccount, Role};
use hellopet::doctors::Doctor;
use platform::money::Rupiah;
use serde_json::{Value, json};

struct Facts {
    name: &'static str,
    specialization: &'static str,
    base_price: i64,
    years: i32,
    species: i32,
    rating: (i32, i32),
}

const CAT: i32 = 1;
const DOG: i32 = 2;
const BIRD: i32 = 8;

const FACTS: [Facts; 5] = [
    Facts {
        name: "drh. Nadia Prameswari",
        specialization: "Kulit",
        base_price: 45_000,
        years: 9,
        species: CAT | DOG,
        rating: (49, 120),
    },
    Facts {
        name: "drh. Nadhira Putri",
        specialization: "Umum",
        base_price: 30_000,
        years: 3,
        species: CAT,
        rating: (47, 20),
    },
    Facts {
        name: "drh. Putri Wijaya",
        specialization: "Kulit",
        base_price: 60_000,
        years: 14,
        species: BIRD,
        rating: (49, 80),
    },
    Facts {
        name: "drh. Bayu Santoso",
        specialization: "Umum",
        base_price: 25_000,
        years: 1,
        species: DOG,
        rating: (0, 0),
    },
    Facts {
        name: "drh. René Hakim",
        specialization: "Umum",
        base_price: 45_000,
        years: 9,
        species: CAT,
        rating: (49, 120),
    },
];

async fn scene() -> TestApp {
    let app = TestApp::start().await;
    for facts in FACTS {
        Person::doctor_called(&app, facts.name).await;
        let (tenths, count) = facts.rating;
        app.run_sql(&format!(
            "UPDATE doctors SET specialization = '{}', base_price = {}, experience_years = {}, species_mask = {}, \
             rating_tenths = {tenths}, review_count = {count} \
             WHERE account_id = (SELECT id FROM accounts WHERE username = '{}')",
            facts.specialization, facts.base_price, facts.years, facts.species, facts.name
        ))
        .await;
    }
    app
}

async fn search(app: &TestApp, query: &str) -> Value {
    Person::nobody(app).get(&format!("/api/doctors?{query}")).await.expect(200)
}

fn names(found: &Value) -> Vec<&str> {
    found["items"].as_array().unwrap().iter().map(|doctor| doctor["username"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_beginning_of_any_word_of_a_name_finds_it() {
    let app = scene().await;
    assert_eq!(names(&search(&app, "q=nad").await), ["drh. Nadia Prameswari", "drh. Nadhira Putri"]);
    assert_eq!(names(&search(&app, "q=PUTRI").await), ["drh. Putri Wijaya", "drh. Nadhira Putri"]);
    assert_eq!(names(&search(&app, "q=putri%20nad").await), ["drh. Nadhira Putri"]);
    assert_eq!(names(&search(&app, "q=drh.%20bayu").await), ["drh. Bayu Santoso"]);
    assert_eq!(names(&search(&app, "q=rene").await), ["drh. René Hakim"]);
    assert!(names(&search(&app, "q=xylophon").await).is_empty());
    assert_eq!(search(&app, "q=drh").await["count"], 5, "everybody has the title");
}

#[tokio::test]
async fn a_slip_of_the_finger_is_forgiven() {
    let app = scene().await;
    for query in ["q=prmeswari", "q=prameswary", "q=praemswari", "q=nadai%20prameswari"] {
        assert_eq!(names(&search(&app, query).await), ["drh. Nadia Prameswari"], "{query}");
    }
    assert_eq!(names(&search(&app, "q=santozo").await), ["drh. Bayu Santoso"]);
}

#[tokio::test]
async fn filters_and_orders() {
    let app = scene().await;
    assert_eq!(
        names(&search(&app, "sort=price&specialization=Umum").await),
        ["drh. Bayu Santoso", "drh. Nadhira Putri", "drh. René Hakim"]
    );
    assert_eq!(names(&search(&app, "species=bird").await), ["drh. Putri Wijaya"]);
    // 45,000 and its fee are 50,625 rupiah, which is what people see and ask for.
    assert_eq!(names(&search(&app, "sort=price&minPrice=33750&maxPrice=50625").await).len(), 3);
    assert_eq!(names(&search(&app, "sort=price&minPrice=33751&maxPrice=50624").await).len(), 0);
    assert_eq!(names(&search(&app, "minRating=4.8&sort=experience").await)[0], "drh. Putri Wijaya");
    assert!(names(&search(&app, "online=true").await).is_empty());
    let found = search(&app, "sort=rating").await;
    assert_eq!(names(&found)[4], "drh. Bayu Santoso", "whoever has no rating comes last");
    assert_eq!((&found["count"], &found["isMore"], &found["nextCursor"]), (&json!(5), &json!(false), &Value::Null));
}

#[tokio::test]
async fn who_has_time_today_is_found_and_shown() {
    let app = scene().await;
    let doctor = Person::doctor_called(&app, "drh. Sore Hari").await;
    let hours = json!({
        "timeZone": "Asia/Jakarta", "slotMinutes": 30, "bufferMinutes": 0, "minNoticeMinutes": 60, "horizonDays": 14,
        "week": [{"weekday": 7, "from": "16:00", "to": "17:00"}], "exceptions": [],
    });
    doctor.put("/api/doctors/me/availability", hours).await.expect(200);
    let found = search(&app, "freeToday=true").await;
    assert_eq!(names(&found), ["drh. Sore Hari"]);
    assert_eq!(found["items"][0]["nextAvailableAt"], "2026-11-22T09:00:00.000Z");
    app.set_time("2026-11-22T08:30:01.000Z");
    app.run_jobs().await;
    assert!(names(&search(&app, "freeToday=true").await).is_empty());
}

#[tokio::test]
async fn pages_hold_everybody_once_also_where_the_order_is_a_draw() {
    let app = scene().await;
    for sort in ["rating", "price", "experience"] {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let found = search(&app, &format!("sort={sort}&limit=2{cursor}")).await;
            all.extend(names(&found).into_iter().map(str::to_owned));
            match found["nextCursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(all.len(), 5, "{sort}");
        let whole = search(&app, &format!("sort={sort}")).await;
        assert_eq!(all, names(&whole), "{sort}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_name() {
    let app = scene().await;
    let answer = Person::nobody(&app).get("/api/doctors?sort=luck&minPrice=murah&limit=1000").await.expect(422);
    assert_eq!(answer["code"], "validation_failed");
    Person::nobody(&app).get("/api/doctors?cursor=49.12.x").await.expect_problem(422, "validation_failed");
    Person::nobody(&app).get("/api/doctors?limit=0").await.expect_problem(422, "validation_failed");
}

/// More doctors of one name than a list of ids is made of: 1,100 of which every third is a Putri, too.
async fn crowd(app: &TestApp) {
    let now = app.app.platform.clock.now();
    let txn = app.app.platform.db.begin_write().await.unwrap();
    for index in 0..1_100 {
        let new = NewAccount {
            username: format!("drh. Nadia {} {index}", if index % 3 == 0 { "Putri" } else { "Nadira" }),
            email: format!("nadia{index}@contoh.id"),
            phone_number: "081234567890".to_owned(),
            role: Role::Dokter,
            picture: None,
        };
        let id = Account::create(&txn, new, "x".to_owned(), now).await.unwrap();
        let doctor = Doctor {
            experience_years: 1 + index % 30,
            base_price: Rupiah(30_000 + i64::from(index % 7) * 1_000),
            rating_tenths: 30 + index * 7 % 21,
            review_count: 1 + index * 13 % 200,
            ..Person::profile(id, now)
        };
        Doctor::create(&txn, doctor).await.unwrap();
    }
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn a_name_that_many_have_is_paged_in_every_order_and_filtered() {
    let app = TestApp::start().await;
    crowd(&app).await;
    for (query, count) in
        [("q=nad", 1_100), ("q=nadia%20putri", 367), ("q=nadira", 733), ("q=nadia&minPrice=40500", 157)]
    {
        for (sort, key, sign) in
            [("rating", "rate", -1.0), ("price", "price", 1.0), ("experience", "workExperience", -1.0)]
        {
            let (mut all, mut last) = (std::collections::HashSet::new(), f64::NEG_INFINITY);
            let mut cursor = String::new();
            loop {
                let found = search(&app, &format!("{query}&sort={sort}&limit=100{cursor}")).await;
                assert_eq!(
                    (&found["count"], &found["isMore"]),
                    (&json!(count.min(1_000)), &json!(count > 1_000)),
                    "{query}"
                );
                for doctor in found["items"].as_array().unwrap() {
                    assert!(all.insert(doctor["id"].to_string()), "{query} {sort}: twice");
                    let place = doctor[key].as_f64().unwrap() * sign;
                    assert!(place >= last, "{query} {sort}");
                    last = place;
                }
                match found["nextCursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(all.len(), count, "{query} {sort}");
        }
    }
    let best = search(&app, "q=nadia&limit=1").await["items"][0]["id"].as_str().unwrap().to_owned();
    let tenths = "SELECT CAST(MAX(rating_tenths * 1000 + review_count) AS BIGINT) FROM doctors";
    let top = app.count(tenths).await;
    let of_best = format!("{tenths} WHERE account_id = {}", app.literal(&best));
    assert_eq!(app.count(&of_best).await, top);
}

#[tokio::test]
async fn a_price_that_changes_moves_its_vet_among_those_of_the_same_name() {
    let app = TestApp::start().await;
    crowd(&app).await;
    let doctor = Person::doctor_called(&app, "drh. Nadia Termurah").await;
    doctor.change("/api/doctors/me", json!({"basePrice": 10_000})).await.expect(200);
    assert_eq!(names(&search(&app, "q=nadia&sort=price&limit=1").await), ["drh. Nadia Termurah"]);
}
