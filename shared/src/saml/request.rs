//! What we ask of an identity provider: that it says who somebody is (SAML core, 3.4).

use chrono::{DateTime, Utc};

use super::moment;
use super::names::{ASSERTION, POST, PROTOCOL};
use super::xml::escaped;

/// A request for somebody's identity.
#[derive(Debug, Clone, Copy)]
pub struct AuthnRequest<'a> {
    /// Its id, which the answer has to name: an underscore and random signs.
    pub id: &'a str,
    /// The address that it is sent to.
    pub destination: &'a str,
    /// Our name.
    pub entity_id: &'a str,
    /// The address at which the answer is to be handed in.
    pub answer_at: &'a str,
    /// The kind of name that is wanted.
    pub name_format: Option<&'a str>,
    /// Whether the person has to prove who they are again.
    pub asks_anew: bool,
    /// The ways of signing in one of which is asked for; none is asked for when it is empty.
    pub classes: &'a [String],
}

impl AuthnRequest<'_> {
    /// The message.
    pub fn write(&self, now: DateTime<Utc>) -> String {
        let policy = self.name_format.map_or_else(
            || r#"<samlp:NameIDPolicy AllowCreate="true"/>"#.to_owned(),
            |format| format!(r#"<samlp:NameIDPolicy Format="{}" AllowCreate="true"/>"#, escaped(format)),
        );
        let classes: String = self
            .classes
            .iter()
            .flat_map(|class| ["<saml:AuthnContextClassRef>".into(), escaped(class), "</saml:AuthnContextClassRef>".into()])
            .collect();
        let context = if classes.is_empty() {
            String::new()
        } else {
            format!(r#"<samlp:RequestedAuthnContext Comparison="exact">{classes}</samlp:RequestedAuthnContext>"#)
        };
        format!(
            concat!(
                r#"<samlp:AuthnRequest xmlns:samlp="{protocol}" xmlns:saml="{assertion}" ID="{id}" Version="2.0" IssueInstant="{now}""#,
                r#" Destination="{destination}"{force} AssertionConsumerServiceURL="{answer_at}" ProtocolBinding="{post}">"#,
                "<saml:Issuer>{entity_id}</saml:Issuer>{policy}{context}</samlp:AuthnRequest>",
            ),
            protocol = PROTOCOL,
            assertion = ASSERTION,
            id = escaped(self.id),
            now = moment::write(now),
            destination = escaped(self.destination),
            force = if self.asks_anew { r#" ForceAuthn="true""# } else { "" },
            answer_at = escaped(self.answer_at),
            post = POST,
            entity_id = escaped(self.entity_id),
            policy = policy,
            context = context,
        )
    }
}
