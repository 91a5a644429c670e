//! What this node does with what it hears from the others.

use serde::de::DeserializeOwned;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::accounts;
use crate::app::AppState;
use crate::chat;
use crate::platform::bus::{Heard, Notice};
use crate::platform::realtime::{SESSION_ENDED, TELL, Told};

/// Listens until the line is closed, which the end of the server does.
pub fn start(app: AppState, mut heard: mpsc::Receiver<Heard>) -> JoinHandle<()> {
    trust(&app, false);
    tokio::spawn(async move {
        while let Some(heard) = heard.recv().await {
            match heard {
                Heard::Notice(notice) => {
                    if let Err(error) = take(&app, &notice).await {
                        tracing::warn!(topic = notice.topic, %error, "a notice of another node cannot be understood");
                    }
                }
                Heard::Resync => {
                    trust(&app, true);
                    chat::resync(&app).await;
                }
                Heard::Silence => {
                    tracing::warn!("nothing is heard from the other nodes; devices of this one are served on");
                    trust(&app, false);
                }
            }
        }
    })
}

/// What this node keeps in memory holds only as long as it hears what the others change.
fn trust(app: &AppState, is_trusted: bool) {
    app.sessions.trust(is_trusted);
    app.rooms.trust(is_trusted);
}

async fn take(app: &AppState, notice: &Notice) -> Result<(), serde_json::Error> {
    match notice.topic.as_str() {
        TELL => {
            let told: Told = read(notice)?;
            app.realtime.tell_here(&told.users, &told.event, &told.payload).await;
        }
        SESSION_ENDED => accounts::end_here(app, read(notice)?).await,
        chat::STORED => chat::hear_stored(app, read(notice)?).await,
        chat::ROOM_OPENED => chat::open_room(app, read(notice)?).await,
        chat::ROOM_CLOSED => chat::close_room(app, read(notice)?).await,
        chat::REPORT => app.presence.hear(notice.from, read(notice)?),
        // A newer release may say more.
        topic => tracing::debug!(topic, "an unknown notice"),
    }
    Ok(())
}

fn read<T: DeserializeOwned>(notice: &Notice) -> Result<T, serde_json::Error> {
    serde_json::from_str(notice.payload.get())
}
