//! SMTP over a socket of the platform, with implicit TLS (RFC 8314). What is said is decided by `shared::mail::smtp`.

use shared::mail::smtp::{Credentials, Delivery, Outcome, Session, Step};
use shared::platform::{DeliveryError, OutgoingMail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use worker::{SecureTransport, Socket};

/// Where to.
pub(super) struct Server<'a> {
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) tls: bool,
    pub(super) credentials: Option<&'a (String, String)>,
}

/// Bytes that are read at once; replies are a few lines.
const READ_BYTES: usize = 4_096;

/// Sends one mail over a connection of its own.
pub(super) async fn send(server: &Server<'_>, client_name: &str, mail: &OutgoingMail) -> Result<(), DeliveryError> {
    let delivery = Delivery::new(&mail.from, &[&mail.to], &mail.raw)
        .ok_or_else(|| DeliveryError::Permanent("an address is none".to_owned()))?;
    let credentials = server.credentials.map(|(user, password)| Credentials { user: user.clone(), password: password.clone() });
    let mut session = Session::new(client_name, credentials, delivery);
    let transport = if server.tls { SecureTransport::On } else { SecureTransport::Off };
    let outcome = match Socket::builder().secure_transport(transport).connect(server.host, server.port) {
        Ok(mut socket) => {
            let outcome = converse(&mut socket, &mut session, server).await;
            let _ = socket.close().await;
            outcome
        }
        Err(error) => session.lost(&error.to_string()),
    };
    match outcome {
        // One recipient a mail: a delivery that was taken has refused nobody.
        Outcome::Delivered { .. } => Ok(()),
        Outcome::Failed(failure) if failure.permanent => Err(DeliveryError::Permanent(failure.to_string())),
        Outcome::Failed(failure) => Err(DeliveryError::Temporary(failure.to_string())),
    }
}

async fn converse(socket: &mut Socket, session: &mut Session, server: &Server<'_>) -> Outcome {
    let mut buffer = vec![0u8; READ_BYTES];
    loop {
        let bytes = match socket.read(&mut buffer).await {
            Ok(0) => return session.lost("the server closed the connection"),
            Ok(count) => buffer.get(..count).unwrap_or_default(),
            Err(error) => return session.lost(&why(socket, server, &error).await),
        };
        match session.receive(bytes) {
            Step::Wait => {}
            Step::Send(bytes) => {
                if let Err(error) = socket.write_all(&bytes).await {
                    return session.lost(&error.to_string());
                }
            }
            Step::Done { farewell, outcome } => {
                let _ = socket.write_all(farewell).await;
                return outcome;
            }
        }
    }
}

/// Why a read failed. A connection that was never made ends its streams as "cancelled" and says more elsewhere; the runtime does not
/// tell a server that is not there from one whose certificate it does not trust.
async fn why(socket: &Socket, server: &Server<'_>, error: &std::io::Error) -> String {
    let Err(refusal) = socket.opened().await else { return error.to_string() };
    let what = if server.tls { "no connection, or a certificate that is not trusted" } else { "no connection" };
    format!("{what}: {}:{}: {refusal}", server.host, server.port)
}
