//! Trying a directory out, step by step, so that whoever sets it up sees where it ends.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::id::DirectoryId;
use shared::ldap::client::Failure;
use shared::ldap::identity::Identity;
use shared::ldap::lookup::{self, Whom};
use shared::store::directories::Directory;
use shared::store::roles::RoleChoice;

use super::configure;
use super::reach::{self, SIGN_IN_SECONDS};
use crate::actions::audit;
use crate::context::Ctx;

/// Groups that a result names.
const GROUPS_SHOWN: usize = 50;

/// A step, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DirectoryProbeStep)]
pub enum Step {
    /// The machine answers.
    Connect,
    /// It speaks TLS with a certificate that is good for its name.
    Tls,
    /// It takes the account that searches.
    Bind,
    /// It finds the person.
    Search,
    /// The person has what an account needs.
    Attributes,
    /// The person's groups give a role.
    Groups,
}

impl Step {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Bind => "bind",
            Self::Search => "search",
            Self::Attributes => "attributes",
            Self::Groups => "groups",
        }
    }
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DirectoryProbeResult)]
pub struct Tried {
    /// Which.
    pub step: Step,
    /// Whether it went well.
    pub ok: bool,
    /// What was found, or what was wrong.
    pub detail: String,
}

/// Takes the steps until one does not go well. Without a user name it ends with the account that searches.
pub async fn probe(ctx: &Ctx<'_>, id: &DirectoryId, username: &str) -> Result<Vec<Tried>, ApiError> {
    let directory = configure::find(ctx, id).await?;
    probe_known(ctx, &directory, username).await
}

/// The same for one that was loaded already.
pub async fn probe_known(ctx: &Ctx<'_>, directory: &Directory, username: &str) -> Result<Vec<Tried>, ApiError> {
    let mut tried = Vec::new();
    let _ = steps(ctx, directory, username.trim(), &mut tried).await;
    let ended = tried.last().filter(|last| !last.ok).map(|last| last.step);
    let detail = json!({ "username": username.trim(), "failed": ended });
    ctx.db.run(audit::line(ctx, "directory.tested", directory.id.as_str(), detail)).await?;
    Ok(tried)
}

/// The step failed, and says so among those that were tried.
struct Ended;

struct Steps<'a>(&'a mut Vec<Tried>);

impl Steps<'_> {
    fn note<T>(&mut self, step: Step, result: Result<(T, String), String>) -> Result<T, Ended> {
        let (ok, detail, value) = match result {
            Ok((value, detail)) => (true, detail, Some(value)),
            Err(detail) => (false, detail, None),
        };
        self.0.push(Tried { step, ok, detail });
        value.ok_or(Ended)
    }
}

fn words(failure: Failure) -> String {
    failure.to_string()
}

async fn steps(ctx: &Ctx<'_>, directory: &Directory, username: &str, tried: &mut Vec<Tried>) -> Result<(), Ended> {
    let settings = &directory.settings;
    let mut steps = Steps(tried);
    let place = format!("{}:{}", settings.host, settings.port);
    let mut line = reach::line(ctx, settings, false, SIGN_IN_SECONDS).await;
    if let Ok(line) = &mut line {
        line.close().await;
    }
    steps.note(Step::Connect, line.map(|_| ((), place)).map_err(words))?;
    let client = reach::client(ctx, settings, SIGN_IN_SECONDS).await;
    let mut client = steps.note(Step::Tls, client.map(|client| (client, String::new())).map_err(words))?;
    let bound = reach::bind(ctx, &mut client, directory).await;
    steps.note(Step::Bind, bound.map(|()| ((), settings.bind_dn.clone())).map_err(words))?;
    if username.is_empty() {
        client.close().await;
        return Ok(());
    }
    let found = match lookup::person(&mut client, settings, Whom::Username(&username.to_lowercase())).await {
        Ok(Some(identity)) => Ok((identity.clone(), identity.dn)),
        Ok(None) => Err(String::new()),
        Err(failure) => Err(words(failure)),
    };
    let identity = steps.note(Step::Search, found)?;
    let summary = format!("{}, {}, {}", identity.name, identity.username, identity.email.as_deref().unwrap_or("?"));
    let is_whole = |identity: &Identity| {
        identity.email.as_deref().is_some_and(|email| settings.domains.is_empty() || settings.speaks_for(email))
    };
    let attributes = if is_whole(&identity) && !identity.is_disabled { Ok(((), summary)) } else { Err(summary) };
    steps.note(Step::Attributes, attributes)?;
    let groups = lookup::groups(&mut client, settings, &identity).await;
    client.close().await;
    let given = groups.map_err(words).and_then(|groups| {
        let named = groups.iter().take(GROUPS_SHOWN).map(String::as_str).collect::<Vec<_>>().join("; ");
        match settings.place(&groups) {
            Some(place) => {
                let role = role_name(&place.role);
                Ok(((), format!("{named} \u{2192} {role}")))
            }
            None => Err(named),
        }
    });
    steps.note(Step::Groups, given)
}

fn role_name(choice: &RoleChoice) -> String {
    match choice {
        RoleChoice::BuiltIn(role) => role.as_str().to_owned(),
        RoleChoice::Own(id) => id.to_string(),
    }
}
