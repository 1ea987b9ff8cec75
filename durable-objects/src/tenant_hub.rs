//! `TenantHub`: one object a tenant, the sockets of its open pages.
//!
//! The sockets hibernate: between messages the object is not in memory, and what it must know of a socket travels with the
//! socket (its [`Seat`]). So nothing here is a field, and a deploy or an eviction loses nothing but the connections themselves.

use chrono::{DateTime, Utc};
use shared::id::{SessionId, TicketId};
use shared::live::{
    CLOSE_POLICY, CLOSE_RIGHTS_CHANGED, CLOSE_SESSION_ENDED, Event, Heard, HubMessage, MESSAGE_BYTES_MAX, PING, PONG,
    SOCKETS_PER_PERSON_MAX, STAFF_TAG, Seat, person_tag, session_tag, viewers,
};
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage, WebSocketPair,
    WebSocketRequestResponsePair, console_error, durable_object,
};

/// The object. `GET /connect?seat=` upgrades, `POST /publish` takes a [`HubMessage`], `GET /health` answers.
#[durable_object]
pub struct TenantHub {
    state: State,
}

impl DurableObject for TenantHub {
    fn new(state: State, _env: Env) -> Self {
        match WebSocketRequestResponsePair::new(PING, PONG) {
            Ok(pair) => state.set_websocket_auto_response(&pair),
            Err(error) => console_error!("TenantHub: no automatic answer to pings: {error:?}"),
        }
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let path = request.path();
        match path.as_str() {
            "/connect" => {
                let url = request.url()?;
                let seat = url.query_pairs().find(|(name, _)| name == "seat").and_then(|(_, text)| Seat::parse(&text));
                match seat {
                    Some(seat) => self.take_seat(&seat).await,
                    None => Response::error("no seat", 400),
                }
            }
            "/publish" => match serde_json::from_str::<HubMessage>(&request.text().await?) {
                Ok(message) => {
                    self.publish(message);
                    Response::empty()
                }
                Err(error) => Response::error(error.to_string(), 400),
            },
            "/health" => Response::ok("ok"),
            _ => Response::error("no such path", 404),
        }
    }

    /// Seats whose session or rights have ended are given up. An alarm that fails is no loss: before each event the seats are looked at again.
    async fn alarm(&self) -> Result<Response> {
        self.still_seated(self.state.get_websockets());
        if let Err(error) = self.wake_at_next_end().await {
            console_error!("TenantHub: {error}");
        }
        Response::empty()
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        let text = match message {
            WebSocketIncomingMessage::String(text) if text.len() <= MESSAGE_BYTES_MAX => text,
            _ => {
                close(&socket, CLOSE_POLICY, "message not allowed");
                return Ok(());
            }
        };
        let Some(mut seat) = seat_of(&socket) else {
            close(&socket, CLOSE_POLICY, "unknown");
            return Ok(());
        };
        if seat.is_over(now()) {
            self.give_up(&socket);
            return Ok(());
        }
        let heard = seat.hear(&text, now());
        socket.serialize_attachment(seat.to_json())?;
        match heard {
            Heard::Nothing => {}
            Heard::PresenceChanged(tickets) => self.tell_presence(&tickets, None),
            Heard::TooMany => close(&socket, CLOSE_POLICY, "too many messages"),
        }
        Ok(())
    }

    async fn websocket_close(&self, socket: WebSocket, _code: usize, _reason: String, _was_clean: bool) -> Result<()> {
        self.gone(&socket);
        Ok(())
    }

    async fn websocket_error(&self, socket: WebSocket, _error: Error) -> Result<()> {
        self.gone(&socket);
        Ok(())
    }
}

impl TenantHub {
    async fn take_seat(&self, seat: &Seat) -> Result<Response> {
        if self.state.get_websockets_with_tag(&person_tag(&seat.person)).len() >= SOCKETS_PER_PERSON_MAX {
            return Response::error("too many connections", 429);
        }
        let pair = WebSocketPair::new()?;
        let tags = seat.tags();
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        self.state.accept_websocket_with_tags(&pair.server, &tags);
        pair.server.serialize_attachment(seat.to_json())?;
        if let Some(end) = seat.until {
            self.wake_by(end).await?;
        }
        Response::from_websocket(pair.client)
    }

    fn publish(&self, message: HubMessage) {
        match message {
            HubMessage::Publish { staff, people, event } => {
                let text = event.to_json();
                if staff {
                    send_all(&self.still_seated(self.state.get_websockets_with_tag(STAFF_TAG)), &text);
                }
                for person in people {
                    let sockets = self.still_seated(self.state.get_websockets_with_tag(&person_tag(&person))).into_iter();
                    // One of the desk who follows a ticket has heard it already.
                    let clients: Vec<WebSocket> =
                        sockets.filter(|socket| !staff || !seat_of(socket).is_some_and(|seat| seat.staff)).collect();
                    send_all(&clients, &text);
                }
            }
            HubMessage::EndSessions { sessions } => {
                for session in sessions {
                    self.end(&session_tag(&session), None, CLOSE_SESSION_ENDED, "session ended");
                }
            }
            HubMessage::EndPeople { people, except } => {
                for person in people {
                    self.end(&person_tag(&person), except.as_ref(), CLOSE_SESSION_ENDED, "session ended");
                }
            }
            HubMessage::RenewPeople { people } => {
                for person in people {
                    self.end(&person_tag(&person), None, CLOSE_RIGHTS_CHANGED, "rights changed");
                }
            }
            HubMessage::RenewEverybody => {
                for socket in self.state.get_websockets() {
                    self.give_up(&socket);
                }
            }
        }
    }

    fn end(&self, tag: &str, except: Option<&SessionId>, code: u16, reason: &str) {
        for socket in self.state.get_websockets_with_tag(tag) {
            if except.is_some_and(|session| seat_of(&socket).is_some_and(|seat| seat.session == *session)) {
                continue;
            }
            close(&socket, code, reason);
            self.gone(&socket);
        }
    }

    /// Those of the sockets whose session and rights have not ended; the others are closed.
    fn still_seated(&self, sockets: Vec<WebSocket>) -> Vec<WebSocket> {
        let now = now();
        let (over, seated): (Vec<_>, Vec<_>) =
            sockets.into_iter().partition(|socket| seat_of(socket).is_some_and(|seat| seat.is_over(now)));
        for socket in &over {
            self.give_up(socket);
        }
        seated
    }

    fn give_up(&self, socket: &WebSocket) {
        close(socket, CLOSE_RIGHTS_CHANGED, "rights changed");
        self.gone(socket);
    }

    /// Wakes the hub when the next seat is over. A seat that was given up may still be listed while its close is handled.
    async fn wake_at_next_end(&self) -> Result<()> {
        let now = now();
        let seats: Vec<Seat> = self.state.get_websockets().iter().filter_map(seat_of).filter(|seat| !seat.is_over(now)).collect();
        match Seat::next_end(seats.iter()) {
            Some(end) => self.wake_by(end).await,
            None => Ok(()),
        }
    }

    /// Wakes the hub at a moment in milliseconds, unless it wakes before: then it sees itself when the next seat is over.
    async fn wake_by(&self, end: i64) -> Result<()> {
        let storage = self.state.storage();
        if storage.get_alarm().await?.is_some_and(|set| set <= end) {
            return Ok(());
        }
        match DateTime::from_timestamp_millis(end) {
            Some(end) => storage.set_alarm(end).await,
            None => Ok(()),
        }
    }

    /// Whoever has gone looks at nothing any more. The socket may still be listed while its close is handled.
    fn gone(&self, socket: &WebSocket) {
        if let Some(ticket) = seat_of(socket).and_then(|seat| seat.ticket) {
            self.tell_presence(&[ticket], Some(socket));
        }
    }

    fn tell_presence(&self, tickets: &[TicketId], without: Option<&WebSocket>) {
        let desk: Vec<WebSocket> =
            self.state.get_websockets_with_tag(STAFF_TAG).into_iter().filter(|socket| without != Some(socket)).collect();
        let seats: Vec<Seat> = desk.iter().filter_map(seat_of).collect();
        for ticket in tickets {
            let event = Event::Presence { ticket: ticket.clone(), people: viewers(ticket, seats.iter()) };
            send_all(&desk, &event.to_json());
        }
    }
}

fn seat_of(socket: &WebSocket) -> Option<Seat> {
    socket.deserialize_attachment::<String>().ok().flatten().and_then(|text| Seat::parse(&text))
}

/// A socket that cannot be written to is closing; its close event follows.
fn send_all(sockets: &[WebSocket], text: &str) {
    for socket in sockets {
        let _ = socket.send_with_str(text);
    }
}

fn close(socket: &WebSocket, code: u16, reason: &str) {
    let _ = socket.close(Some(code), Some(reason));
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(i64::try_from(worker::Date::now().as_millis()).unwrap_or(0)).unwrap_or_default()
}
