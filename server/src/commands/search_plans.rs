//! `hellopet search-plans`: how the configured database goes about searches of doctors and people's own lists, as Markdown
//! for `docs/benchmarks.md`.

use sea_orm::{ActiveEnum, ConnectionTrait, DbBackend, EntityTrait, QueryOrder, Statement};

use super::application;
use crate::accounts::Role;
use crate::app::App;
use crate::chat::{Conversation, entity as conversation};
use crate::config::Options;
use crate::consultations::Consultation;
use crate::directory::search_statement;
use crate::doctors::search::Given;
use platform::http::error::AppError;

/// What people look for.
const SEARCHES: [(&str, Given<'static>); 6] = [
    ("the best rated", Given { sort: Some("rating"), ..Given::NOTHING }),
    (
        "one speciality, the cheapest first",
        Given { specialization: Some("Bedah"), sort: Some("price"), ..Given::NOTHING },
    ),
    (
        "who treats birds, in a range of prices",
        Given { species: Some("bird"), min_price: Some("40000"), max_price: Some("50000"), ..Given::NOTHING },
    ),
    ("the beginning of a name", Given { q: Some("nad"), ..Given::NOTHING }),
    ("a whole name", Given { q: Some("nadia prameswari"), ..Given::NOTHING }),
    ("a name with a slip of the finger", Given { q: Some("prmeswari"), ..Given::NOTHING }),
];

pub async fn run() -> anyhow::Result<()> {
    let app = application(Options::default()).await?;
    for (what, given) in &SEARCHES {
        let found = search_statement(&app.directory, given).await.map_err(AppError::into_problem);
        let statement = found.map_err(|problem| anyhow::anyhow!("{}", problem.code))?;
        println!("{what}:\n\n```text");
        match statement {
            Some(statement) => explain(&app, statement).await?,
            None => println!("no such name: nothing is read"),
        }
        println!("```\n");
    }
    own_lists(&app).await
}

/// The lists of the two of the newest conversation.
async fn own_lists(app: &App) -> anyhow::Result<()> {
    let newest =
        conversation::Entity::find().order_by_desc(conversation::Column::Id).one(&app.platform.db.read).await?;
    let Some(newest) = newest else { return Ok(()) };
    let backend = app.platform.db.read.get_database_backend();
    for (who, role) in [(newest.owner_id, Role::User), (newest.doctor_id, Role::Dokter)] {
        let mut lists = Conversation::statements(backend, who, role, app.platform.clock.now());
        lists.extend(Consultation::statements(backend, who, role));
        for (what, statement) in lists {
            println!("{what} of a {}:\n\n```text", role.to_value());
            explain(app, statement).await?;
            println!("```\n");
        }
    }
    Ok(())
}

async fn explain(app: &App, statement: Statement) -> anyhow::Result<()> {
    let db = &app.platform.db.read;
    let (prefix, column) = match db.get_database_backend() {
        DbBackend::Postgres => ("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF)", 0),
        _ => ("EXPLAIN QUERY PLAN", 3),
    };
    let explained = Statement { sql: format!("{prefix} {}", statement.sql), ..statement };
    for row in db.query_all_raw(explained).await? {
        println!("{}", shortened(&row.try_get_by_index::<String>(column)?));
    }
    Ok(())
}

/// A list of a thousand ids says no more than its beginning.
fn shortened(line: &str) -> String {
    const LONGEST: usize = 150;
    if line.chars().count() <= LONGEST {
        line.to_owned()
    } else {
        line.chars().take(LONGEST).collect::<String>() + "…"
    }
}
