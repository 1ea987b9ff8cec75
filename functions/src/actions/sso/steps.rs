//! The steps of an exchange, and what came of each: for whoever sets a provider up, and for the audit log.

use serde::Serialize;
use shared::oidc::id_token;
use shared::saml;

/// A step, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SsoStep)]
pub enum Step {
    /// The provider says what it is.
    Discovery,
    /// It publishes keys that signatures can be checked by.
    Keys,
    /// The browser came back with a code, from this provider.
    Answer,
    /// The browser has handed an answer in (SAML).
    Response,
    /// The answer is for this portal, now, and of this sign-in (SAML).
    Assertion,
    /// The code is good for tokens.
    Token,
    /// The signature of the ID token is by one of the keys.
    Signature,
    /// Its claims are those of this sign-in.
    Claims,
    /// They have signed in there as is asked for here.
    Level,
    /// What else the provider says is about the same person.
    Userinfo,
    /// The person has an account, or may have one.
    Person,
}

impl Step {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Keys => "keys",
            Self::Answer => "answer",
            Self::Response => "response",
            Self::Assertion => "assertion",
            Self::Token => "token",
            Self::Signature => "signature",
            Self::Claims => "claims",
            Self::Level => "level",
            Self::Userinfo => "userinfo",
            Self::Person => "person",
        }
    }
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = SsoStepResult)]
pub struct Tried {
    /// Which.
    pub step: Step,
    /// Whether it went well.
    pub ok: bool,
    /// What was found, or what was wrong.
    pub detail: String,
    /// Why a message of SAML is not believed, by a stable name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<&'static str>,
}

/// Why an exchange came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// At which step.
    pub step: Step,
    /// A stable name.
    pub reason: &'static str,
    /// In words, for whoever sets the provider up.
    pub detail: String,
    /// Whether it is that the provider could not be asked.
    pub is_unreachable: bool,
    /// Whether it is that a message of SAML is not believed.
    pub is_saml: bool,
}

impl Failure {
    /// Something was not as it has to be.
    pub fn new(step: Step, reason: &'static str, detail: impl ToString) -> Self {
        Self { step, reason, detail: detail.to_string(), is_unreachable: false, is_saml: false }
    }

    /// The provider could not be asked.
    pub fn unreachable(step: Step, detail: impl ToString) -> Self {
        Self { is_unreachable: true, ..Self::new(step, "unreachable", detail) }
    }

    /// A message of SAML is not believed.
    pub fn saml(step: Step, fault: saml::Fault) -> Self {
        Self { is_saml: true, ..Self::new(step, fault.as_str(), fault.as_str()) }
    }

    /// A token was not good.
    pub fn token(step: Step, fault: id_token::Fault) -> Self {
        Self::new(step, fault.as_str(), fault)
    }
}

/// The steps that were taken, up to the first that did not go well.
#[derive(Debug, Default)]
pub struct Steps(pub Vec<Tried>);

impl Steps {
    /// A step went well.
    pub fn took(&mut self, step: Step, detail: impl Into<String>) {
        self.0.push(Tried { step, ok: true, detail: detail.into(), fault: None });
    }

    /// It ended here.
    pub fn ended(&mut self, failure: &Failure) {
        self.0.push(Tried {
            step: failure.step,
            ok: false,
            detail: failure.detail.clone(),
            fault: failure.is_saml.then_some(failure.reason),
        });
    }
}
