//! Who somebody is, by the claims of a token and of the provider's answer about the person.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::id_token::subject;
use super::logout_token::sid;
use super::settings::IdentityProviderIn;
use crate::limits::NAME_CHARS_MAX;
use crate::mail::address::{normalize, tidy};

/// Groups that are looked at.
const GROUPS_MAX: usize = 500;
/// Claims that are of a sign-in, not of a person.
const OF_SIGN_IN: [&str; 4] = ["acr", "amr", "auth_time", "sid"];
/// Characters of a hint for signing out.
const HINT_CHARS_MAX: usize = 255;

/// A person of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who they are at the issuer, for ever.
    pub subject: String,
    /// Name.
    pub name: String,
    /// Address, if there is a good one.
    pub email: Option<String>,
    /// Whether the address may be believed.
    pub is_email_good: bool,
    /// Groups.
    pub groups: Vec<String>,
    /// Whether the provider says that they have given a second factor: by `amr` (RFC 8176), or by a class that stands for one.
    pub has_given_factor: bool,
    /// What the provider calls the session in which it has named them.
    pub sid: Option<String>,
    /// What the provider wants to hear when they sign out.
    pub logout_hint: Option<String>,
    /// When the session there ends, if the provider says so (SAML).
    pub session_until: Option<DateTime<Utc>>,
}

impl Person {
    /// Reads the claims of a token that was found good.
    pub fn read(claims: &Map<String, Value>, settings: &IdentityProviderIn) -> Option<Self> {
        let subject = subject(claims)?.to_owned();
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let email = text(&settings.claims.email).and_then(normalize);
        let typed = tidy(text(&settings.claims.name).unwrap_or_default(), NAME_CHARS_MAX);
        let local = || email.as_deref().and_then(|email| email.split_once('@')).map(|(local, _)| local.to_owned());
        let name = if typed.is_empty() { local().unwrap_or_else(|| subject.clone()) } else { typed };
        Some(Self {
            subject,
            name,
            is_email_good: settings.trusts_addresses || is_checked(claims, &settings.claims.email),
            email,
            groups: words(claims.get(&settings.claims.groups)),
            has_given_factor: words(claims.get("amr")).iter().any(|word| word == "mfa")
                || text("acr").is_some_and(|acr| settings.second_factor_acr.iter().any(|class| class == acr)),
            sid: sid(claims).map(str::to_owned),
            logout_hint: text("login_hint").filter(|hint| hint.chars().count() <= HINT_CHARS_MAX).map(str::to_owned),
            session_until: None,
        })
    }

    /// The address for a new account: one that may be believed, of a domain for which the provider speaks.
    pub fn good_email(&self, settings: &IdentityProviderIn) -> Option<&str> {
        self.email.as_deref().filter(|email| self.is_email_good && settings.speaks_for(email))
    }
}

/// What the provider's answer about a person adds to a token's claims. It must be about the same person (`OpenID` Connect Core 1.0, 5.3.2);
/// what the token says stands, and what is of one sign-in only a token says.
pub fn join(claims: &mut Map<String, Value>, more: Map<String, Value>) -> bool {
    if subject(claims).is_none() || subject(&more) != subject(claims) {
        return false;
    }
    for (name, value) in more.into_iter().filter(|(name, _)| !OF_SIGN_IN.contains(&name.as_str())) {
        claims.entry(name).or_insert(value);
    }
    true
}

/// Whether the provider says that it has checked the address in this claim: what it says is about `email` and no other (`OpenID` Connect
/// Core 1.0, 5.1).
fn is_checked(claims: &Map<String, Value>, claim: &str) -> bool {
    claim == "email" && claims.get("email_verified").is_some_and(is_true)
}

fn is_true(value: &Value) -> bool {
    value == &Value::Bool(true) || value.as_str() == Some("true")
}

fn words(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(word)) => vec![word.clone()],
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).take(GROUPS_MAX).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
