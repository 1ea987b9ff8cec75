//! GET /login/sso/{provider}/callback: a browser comes back from a provider. Query: `state`, `code` or `error`, `iss`.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::IdentityProviderId;
use shared::limits::CHALLENGE_SECONDS;

use super::{COOKIE, id};
use crate::actions::accounts::cookie;
use crate::actions::accounts::sign_in::Entry;
use crate::actions::sso::finish::{self, Answer, Finished, Tested};
use crate::context::Ctx;
use crate::pages::flash;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::sso::{ProviderTest, Step};
use crate::routes::auth::page::{login, next, verify};

/// Takes what it brings. What is wrong with it the page for signing in says, or the one for one's own security.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let query = &request.query;
    let answer = Answer {
        state: once(query, "state").unwrap_or_default(),
        code: once(query, "code"),
        error: query.get("error"),
        response: None,
        issuer: query.get("iss").map(|_| once(query, "iss").unwrap_or_default()),
    };
    finish(ctx, &id, &answer, &request).await
}

/// Brings the sign-in to its end, whichever way the answer came.
pub(super) async fn finish(
    ctx: &Ctx<'_>,
    id: &IdentityProviderId,
    answer: &Answer<'_>,
    request: &Request,
) -> Result<Response, ApiError> {
    let frame = Frame::of(request);
    let finished = finish::finish(ctx, id, answer, cookie::read(request, COOKIE)).await;
    let mut response = match finished {
        Ok(finished) => went_on(ctx, &frame, finished)?,
        Err(error) if ctx.actor.person().is_none() && matches!(error.status, 401 | 403 | 503) => {
            login::refused(ctx, &frame, &error, "", "").await?
        }
        Err(error) if error.code == "external_identity_linked" => {
            flash::see_other(ctx, "/profile/security", &flash::failure("flash-identity-taken"))
        }
        Err(error) if error.code == "sso_level" => {
            flash::see_other(ctx, "/profile/security", &flash::failure("flash-identity-level"))
        }
        Err(error) if error.status == 401 => {
            flash::see_other(ctx, "/profile/security", &flash::failure("flash-identity-refused"))
        }
        Err(error) => return Err(error),
    };
    cookie::private(&mut response, ctx.https, COOKIE, "", 0);
    // Code and state stand in the address of this page.
    Ok(response.with("referrer-policy", "no-referrer"))
}

/// What is said once: what is said twice is said by nobody.
pub(super) fn once<'a>(query: &'a Query, name: &'static str) -> Option<&'a str> {
    let mut values = query.all(name);
    values.next().filter(|_| values.next().is_none())
}

fn went_on(ctx: &Ctx<'_>, frame: &Frame, finished: Finished) -> Result<Response, ApiError> {
    Ok(match finished {
        Finished::Entered(Entry::SignedIn(signed_in), path) => {
            let home = login::home(signed_in.role);
            let mut response = Response::see_other(next::path(&path).unwrap_or(home));
            cookie::set(&mut response, ctx, &signed_in.secret);
            response
        }
        Finished::Entered(Entry::SecondFactor(owed), path) => {
            let mut response = Response::see_other(&next::with("/login/verify", next::path(&path)));
            cookie::private(&mut response, ctx.https, verify::COOKIE, &owed.token, CHALLENGE_SECONDS);
            response
        }
        Finished::Already(path) => Response::see_other(next::path(&path).unwrap_or("/")),
        Finished::Linked => flash::see_other(ctx, "/profile/security", &flash::success("flash-identity-linked")),
        Finished::Proven(secret, path) => {
            let mut response = Response::see_other(next::path(&path).unwrap_or("/profile/security"));
            if let Some(secret) = secret {
                cookie::set(&mut response, ctx, &secret);
            }
            response
        }
        Finished::Tested(tested) => return show(ctx, frame, *tested),
    })
}

fn show(ctx: &Ctx<'_>, frame: &Frame, tested: Tested) -> Result<Response, ApiError> {
    let view = ProviderTest {
        id: tested.provider.id.to_string(),
        name: tested.provider.settings.name,
        steps: tested.steps.into_iter().map(Step::of).collect(),
        claims: tested
            .claims
            .into_iter()
            .map(|(name, value)| {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                crate::pages::view::sso::Claim { name, value: text }
            })
            .collect(),
    };
    let counts = shared::store::queues::read(&tested.counts)?;
    render::agent_page(ctx, frame, 200, "agent/access-identity-provider-test", "access", &counts, view)
}
