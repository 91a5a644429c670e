//! What this node does with what it hears from the others.

use serde::de::DeserializeOwned;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::app::AppState;
use crate::{accounts, chat};
use platform::bus::{Heard, Notice};
use platform::http::rate_limit::{TAKEN, Taken};
use platform::realtime::{SESSION_ENDED, TELL, Told};
use platform::tasks::Until;

/// Notices that may wait until their turn comes to be told.
const TELLINGS: usize = 4_096;

/// Listens until the line is closed, which the end of the server does.
///
/// The ear itself waits for nobody: a session that has ended is over here at once, and who is online is known, however
/// much is being told to devices at that moment. What takes a while is done beside it, in the order in which it came.
pub fn start(app: AppState, mut heard: mpsc::Receiver<Heard>) -> JoinHandle<()> {
    trust(&app, false);
    let (tellings, told) = mpsc::channel(TELLINGS);
    app.platform.tasks.spawn("tellings", Until::Last, tell_in_order(app.clone(), told));
    tokio::spawn(async move {
        while let Some(heard) = heard.recv().await {
            match heard {
                Heard::Notice(notice) => take(&app, notice, &tellings).await,
                Heard::Resync => {
                    trust(&app, true);
                    chat::resync(&app.chat);
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
    app.accounts.sessions.trust(is_trusted);
    app.chat.rooms.trust(is_trusted);
}

async fn take(app: &AppState, notice: Notice, tellings: &mpsc::Sender<Notice>) {
    let taken = match notice.topic.as_str() {
        SESSION_ENDED => match read(&notice) {
            Ok(session) => {
                accounts::end_here(&app.accounts, session).await;
                Ok(())
            }
            Err(error) => Err(error),
        },
        chat::STORED => read(&notice).map(|stored| chat::hear_stored(&app.chat, stored)),
        chat::REPORT => read(&notice).map(|report| app.chat.presence.hear(notice.from, report)),
        TAKEN => read::<Vec<Taken>>(&notice).map(|taken| app.platform.limits.hear(&taken)),
        _ => return tell_later(app, notice, tellings),
    };
    note_unread(&notice, taken);
}

/// Nobody may write any more where that was said, whenever it is told. When too much waits, the log says what was missed.
fn tell_later(app: &AppState, notice: Notice, tellings: &mpsc::Sender<Notice>) {
    if notice.topic == chat::ROOM_CLOSED {
        note_unread(&notice, read(&notice).map(|room| chat::forget_room(&app.chat, room)));
    }
    if tellings.try_send(notice).is_err() {
        metrics::counter!("bus_notices_dropped_total").increment(1);
        chat::look_for_missed(&app.chat);
    }
}

async fn tell_in_order(app: AppState, mut tellings: mpsc::Receiver<Notice>) {
    while let Some(notice) = tellings.recv().await {
        let told = tell(&app, &notice).await;
        note_unread(&notice, told);
    }
}

async fn tell(app: &AppState, notice: &Notice) -> Result<(), serde_json::Error> {
    match notice.topic.as_str() {
        TELL => {
            let told: Told = read(notice)?;
            app.platform.realtime.pass_on(&told).await;
        }
        chat::ROOM_OPENED => chat::open_room(&app.chat, read(notice)?).await,
        chat::ROOM_CLOSED => chat::close_room(&app.chat, read(notice)?).await,
        // A newer release may say more.
        topic => tracing::debug!(topic, "an unknown notice"),
    }
    Ok(())
}

fn note_unread(notice: &Notice, taken: Result<(), serde_json::Error>) {
    if let Err(error) = taken {
        tracing::warn!(topic = notice.topic, %error, "a notice of another node cannot be understood");
    }
}

fn read<T: DeserializeOwned>(notice: &Notice) -> Result<T, serde_json::Error> {
    serde_json::from_str(notice.payload.get())
}
