//! Opening a conversation with a directory as the account that searches.

use shared::auth::envelope::About;
use shared::error::ApiError;
use shared::id::DirectoryId;
use shared::ldap::client::{Client, Failure};
use shared::ldap::host;
use shared::ldap::settings::{DirectoryIn, Reach};
use shared::platform::{Connection, Destination};
use shared::store::directories::Directory;

use crate::context::Ctx;

/// Seconds that a sign-in waits for a directory.
pub const SIGN_IN_SECONDS: u32 = 10;

/// Where the deployment lets tenants connect to.
pub fn bounds<'a>(ctx: &'a Ctx<'_>) -> Reach<'a> {
    Reach { own_host: &ctx.config().console_host, lets_private: ctx.config().private_hosts }
}

fn about<'a>(ctx: &'a Ctx<'_>, id: &'a DirectoryId) -> About<'a> {
    About { purpose: "directory", tenant: ctx.tenant.id(), owner: id.as_str() }
}

/// Seals the password of the account that searches.
pub fn seal(ctx: &Ctx<'_>, id: &DirectoryId, password: &str) -> Result<String, ApiError> {
    let sealed = ctx.config().data_keys.seal(about(ctx, id), password.as_bytes(), ctx.platform);
    sealed.ok_or_else(|| ApiError::internal("a password could not be sealed"))
}

/// Reads it again.
pub fn unseal(ctx: &Ctx<'_>, id: &DirectoryId, sealed: &str) -> Result<String, ApiError> {
    let plain = ctx.config().data_keys.open(about(ctx, id), sealed).and_then(|bytes| String::from_utf8(bytes).ok());
    plain.ok_or_else(|| ApiError::internal(format!("the password of {id} does not open")))
}

/// A connection, and nothing said yet. What was a good host when it was set up may not be one any more.
pub async fn line(ctx: &Ctx<'_>, settings: &DirectoryIn, tls: bool, seconds: u32) -> Result<Box<dyn Connection>, Failure> {
    let bounds = bounds(ctx);
    let host = host::checked(&settings.host, bounds.own_host, bounds.lets_private)
        .ok_or_else(|| Failure::Unreachable("this host is not connected to".to_owned()))?;
    Ok(ctx.platform.connect(&Destination { host: &host, port: settings.port, tls, seconds }).await?)
}

/// A conversation over a fresh connection.
pub async fn client(ctx: &Ctx<'_>, settings: &DirectoryIn, seconds: u32) -> Result<Client, Failure> {
    Ok(Client::new(line(ctx, settings, true, seconds).await?, i32::try_from(seconds).unwrap_or(i32::MAX)))
}

/// Becomes the account that searches.
pub async fn bind(ctx: &Ctx<'_>, client: &mut Client, directory: &Directory) -> Result<(), Failure> {
    let password = unseal(ctx, &directory.id, &directory.secret).map_err(|_| Failure::NotBound(0))?;
    let is_bound = client.bind(&directory.settings.bind_dn, &password).await?;
    if is_bound { Ok(()) } else { Err(Failure::NotBound(shared::ldap::message::INVALID_CREDENTIALS)) }
}
