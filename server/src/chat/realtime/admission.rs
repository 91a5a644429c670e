//! Who may connect.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use futures_util::future::join_all;
use serde_json::Value;
use socketioxide::extract::SocketRef;

use super::events;
use super::missed::{Claimed, Missed};
use super::seats::Seat;
use super::speaker::Speaker;
use crate::accounts::{AccountId, CurrentUser, Role};
use crate::chat::entity::Model;
use crate::chat::presence::{Shown, Visit};
use crate::chat::{Chat, store};
use crate::doctors::Verified;
use platform::http::client_address::{ClientAddress, TrustedProxies};
use platform::http::cookies;
use platform::http::error::AppError;
use platform::realtime::{session_room, user_room};
use platform::text::Language;

/// Two who began to talk no longer ago than that see each other online, and two who still talk. With all of the past a
/// busy doctor would bring tens of thousands along, at each connection.
const MET: Duration = Duration::from_secs(90 * 24 * 3600);

/// Decides who somebody is. Runs before the connection is acknowledged, so that nothing which is sent right after it can
/// miss a room or a handler. The text of a refusal reaches the client as the message of `connect_error`.
///
/// Few are admitted at a time, so that a thousand who come back at once leave connections of the database to those who
/// are here.
pub async fn admit(chat: Arc<Chat>, socket: SocketRef, auth: Value) -> Result<(), &'static str> {
    let request = socket.req_parts();
    let address = address(&chat.trusted_proxies, request).await;
    chat.limits.handshake_by_address.take(&address).map_err(refusal)?;
    let token = token(&chat, &request.headers, &auth)?;
    let _turn = chat.engine.turns.of_coming().await;
    let me = chat.accounts.authenticate(&token).await.map_err(refusal)?;
    let claimed = request.uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("userId="));
    if claimed.is_some_and(|claimed| claimed != me.id.to_string()) {
        return Err("user_mismatch");
    }
    chat.limits.handshake_by_account.take(&me.id.0).map_err(refusal)?;
    let seat = chat.seats.take(me.id).ok_or("too_many_sockets")?;
    let met: HashSet<AccountId> = store::counterparts(&chat.db.read, &me, chat.clock.now() - MET)
        .await
        .map_err(|_| "unavailable")?
        .into_iter()
        .collect();
    let shown = shown(&chat, &me).await.map_err(|_| "unavailable")?;

    let language = Language::from_headers(&request.headers);
    events::listen(&socket, Speaker { chat: chat.clone(), me: me.clone(), language, socket_id: socket.id });
    let has_met = !met.is_empty();
    socket.extensions.insert(Arc::new(seat));
    socket.extensions.insert(Arc::new(Visit::begin(chat.clone(), me.id, me.role, shown, met)));
    let mut rooms = vec![user_room(me.id.0), session_room(me.session.0)];
    if has_met {
        let missed = missed(&chat, me.id, &auth).await.map_err(|_| "unavailable")?;
        rooms.extend(conversations(&chat, &me, &missed).await.map_err(|_| "unavailable")?);
        socket.extensions.insert(missed);
    }
    socket.join(rooms);
    chat.expiries.add(me.expires_at, socket.id);
    let (leaving, expires_at) = (chat.clone(), me.expires_at);
    socket.extensions.insert(me);
    socket.on_disconnect(move |socket: SocketRef| async move {
        leaving.expiries.remove(expires_at, socket.id);
        drop(socket.extensions.remove::<Arc<Visit>>());
        drop(socket.extensions.remove::<Arc<Seat>>());
    });
    Ok(())
}

/// Where a handshake comes from, for its limit.
async fn address(proxies: &TrustedProxies, request: &Parts) -> IpAddr {
    match ClientAddress::from_request_parts(&mut request.clone(), proxies).await {
        Ok(ClientAddress(address)) => address,
        // Then they share one bucket.
        Err(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}

async fn missed(chat: &Chat, who: AccountId, auth: &Value) -> Result<Missed, AppError> {
    match Claimed::read(auth) {
        Some(claimed) => claimed.of(chat, who).await,
        None => Ok(Missed::default()),
    }
}

fn refusal(error: AppError) -> &'static str {
    match error.into_problem().status {
        StatusCode::UNAUTHORIZED => "unauthenticated",
        StatusCode::TOO_MANY_REQUESTS => "too_many_requests",
        _ => "unavailable",
    }
}

/// The rooms of somebody's active conversations. Those that the device knows in part are left out: it gets what it has
/// missed first (`teller.rs`). From here on their tellers expect somebody on this node.
async fn conversations(chat: &Chat, me: &CurrentUser, missed: &Missed) -> Result<Vec<String>, AppError> {
    let active = store::active_for(&chat.db.read, me).await?;
    let expect = |active: &Model| chat.engine.expect(active.id, [active.owner_id, active.doctor_id], active.last_seq);
    join_all(active.iter().map(expect)).await;
    let is_unnamed = |active: &&Model| !missed.names(active.id);
    Ok(active.iter().filter(is_unnamed).map(|active| active.id.room()).collect())
}

/// The token of the handshake: `auth.token`, the bearer header, or the cookie, which only our own pages may use.
fn token(chat: &Chat, headers: &HeaderMap, auth: &Value) -> Result<String, &'static str> {
    if let Some(token) = auth.get("token").and_then(Value::as_str) {
        return Ok(token.to_owned());
    }
    let relies_on_cookie = !headers.contains_key(header::AUTHORIZATION) && cookies::any(headers);
    // A browser names the origin of every socket and of every request to another site.
    if relies_on_cookie && headers.contains_key(header::ORIGIN) && !chat.origins.include(headers) {
        return Err("origin_forbidden");
    }
    CurrentUser::token_of(headers).map(str::to_owned).ok_or("unauthenticated")
}

async fn shown(chat: &Chat, me: &CurrentUser) -> Result<Shown, AppError> {
    let is_verified_doctor =
        me.role == Role::Dokter && Verified::find(&chat.db.read, me.id, chat.clock.now()).await?.is_some();
    Ok(if is_verified_doctor { Shown::ToOwners } else { Shown::ToMet })
}
