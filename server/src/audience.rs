//! What becomes of events: people's devices are told.

use std::collections::HashSet;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use crate::app::AppState;
use crate::events::Event;
use crate::{accounts, chat, consultations, doctors, records};

/// Tells everybody whom events concern, in a task of its own: hyper drops the caller's future when the client hangs up.
/// Nobody is told when the server is gone.
pub fn hear(app: Option<AppState>, events: Vec<Event>) -> BoxFuture<'static, ()> {
    async move {
        let Some(app) = app else { return };
        let telling = tokio::spawn(async move { tell_all(&app, events).await });
        if let Err(error) = telling.await {
            tracing::error!(%error, "what was committed could not be told");
        }
    }
    .boxed()
}

/// In the order in which they happened; the same thing is told once.
async fn tell_all(app: &AppState, events: Vec<Event>) {
    let (mut changed, mut moved) = (HashSet::new(), HashSet::new());
    for event in events {
        match event {
            Event::ConversationStarted(started) => chat::tell_started(&app.chat, started).await,
            Event::ConversationEnded(ended) => chat::tell_ended(&app.chat, ended).await,
            Event::ConsultationChanged(id) if changed.insert(id) => {
                consultations::tell_changed(&app.consultations, id).await;
            }
            Event::QueueMoved(doctor) if moved.insert(doctor) => {
                consultations::tell_waiting(&app.consultations, doctor).await;
            }
            Event::ConsultationChanged(_) | Event::QueueMoved(_) => {}
            Event::ConsultationEnding(id) => consultations::tell_ending(&app.consultations, id).await,
            Event::RecordFinished { owner, consultation } => {
                records::tell_finished(&app.records, owner, consultation).await;
            }
            Event::SessionEnded(session) => accounts::end_everywhere(&app.accounts, session).await,
            Event::DoctorStatusChanged { doctor, status } => {
                doctors::tell_status(&app.doctors, doctor, status).await;
            }
        }
    }
}
