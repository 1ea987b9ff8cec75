//! Connections to other people's machines over sockets of the platform. Each has an end in time, because a machine that says nothing
//! would hold a request up for ever.

use std::time::Duration;

use async_trait::async_trait;
use futures::future::{Either, select};
use shared::platform::{Connection, ConnectionError, Destination};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use worker::{Delay, SecureTransport, Socket};

use super::platform::now;

/// Bytes that are read at once.
const READ_BYTES: usize = 16_384;

struct Line {
    socket: Socket,
    seconds: u32,
    /// When it is over, in milliseconds since 1970.
    ends_at: i64,
}

/// Connects, and answers once the other side has.
pub(super) async fn connect(to: &Destination<'_>) -> Result<Box<dyn Connection>, ConnectionError> {
    let transport = if to.tls { SecureTransport::On } else { SecureTransport::Off };
    let socket = Socket::builder()
        .secure_transport(transport)
        .connect(to.host, to.port)
        .map_err(|error| ConnectionError(error.to_string()))?;
    let line = Line { socket, seconds: to.seconds, ends_at: now().timestamp_millis() + i64::from(to.seconds) * 1000 };
    let opened = line.in_time(line.socket.opened()).await?;
    // The runtime does not tell a machine that is not there from one whose certificate it does not trust.
    let what = if to.tls { "no connection, or a certificate that is not trusted" } else { "no connection" };
    match opened {
        Ok(_) => Ok(Box::new(line)),
        Err(error) => Err(ConnectionError(format!("{what}: {}:{}: {error}", to.host, to.port))),
    }
}

impl Line {
    fn left(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.ends_at - now().timestamp_millis()).unwrap_or(0))
    }

    async fn in_time<T>(&self, work: impl Future<Output = T>) -> Result<T, ConnectionError> {
        within(self.left(), self.seconds, work).await
    }
}

async fn within<T>(left: Duration, seconds: u32, work: impl Future<Output = T>) -> Result<T, ConnectionError> {
    match select(Box::pin(work), Delay::from(left)).await {
        Either::Left((done, _)) => Ok(done),
        Either::Right(_) => Err(ConnectionError(format!("no answer within {seconds} s"))),
    }
}

fn broken(error: std::io::Error) -> ConnectionError {
    ConnectionError(error.to_string())
}

#[async_trait(?Send)]
impl Connection for Line {
    async fn send(&mut self, bytes: &[u8]) -> Result<(), ConnectionError> {
        let (left, seconds) = (self.left(), self.seconds);
        within(left, seconds, self.socket.write_all(bytes)).await?.map_err(broken)
    }

    async fn receive(&mut self) -> Result<Vec<u8>, ConnectionError> {
        let (left, seconds) = (self.left(), self.seconds);
        let mut buffer = vec![0u8; READ_BYTES];
        let count = within(left, seconds, self.socket.read(&mut buffer)).await?.map_err(broken)?;
        buffer.truncate(count);
        Ok(buffer)
    }

    async fn close(&mut self) {
        let _ = self.socket.close().await;
    }
}
