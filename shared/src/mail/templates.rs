//! What our mails say: one [`Notice`] a kind, one layout for all, in the reader's language and the tenant's
//! brand.
//!
//! The texts are Fluent messages (`mail.ftl`), the layout is handlebars. A kind chooses its texts and nothing
//! else, so a new kind is one arm here and its messages. [`Notice::ConfirmAddress`] is what an unverified
//! address gets: it carries nothing that the sender typed, because whoever typed it may have given somebody
//! else's address.

mod notice;

pub use notice::{Moved, Notice, SecurityEvent, Target, TicketRef};

use super::token::body_marker;
use crate::i18n::{Arg, DateStyle, Locale, date, plain, text};
use crate::template;
use crate::ticket::mention::as_names;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use handlebars::Handlebars;
use serde::Serialize;

/// How the tenant looks in a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    name: String,
    accent: String,
    on_accent: &'static str,
    logo_url: Option<String>,
}

impl Brand {
    /// A name, an accent colour `#rrggbb` (anything else becomes our blue) and an https logo.
    pub fn new(name: &str, accent: &str, logo_url: Option<&str>) -> Self {
        let rgb = channels(accent).unwrap_or((0x0b, 0x57, 0xd0));
        Self {
            name: super::address::tidy(name, 100),
            accent: format!("#{:02x}{:02x}{:02x}", rgb.0, rgb.1, rgb.2),
            on_accent: readable_on(rgb),
            logo_url: logo_url.filter(|url| url.starts_with("https://")).map(str::to_owned),
        }
    }
}

fn channels(hex: &str) -> Option<(u8, u8, u8)> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some((channel(0)?, channel(2)?, channel(4)?))
}

/// Black or white, whichever has the higher contrast (WCAG 2.2, relative luminance).
fn readable_on((red, green, blue): (u8, u8, u8)) -> &'static str {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    if (luminance + 0.05).powi(2) > 1.05 * 0.05 { "#000000" } else { "#ffffff" }
}

/// For whom a mail is written.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Their language.
    pub locale: Locale,
    /// Their time zone.
    pub zone: Tz,
    /// The reply token, for mails that can be answered into the ticket.
    pub token: Option<&'a str>,
    /// Where they choose which mails they get, for mails of a kind that they choose.
    pub settings_url: Option<&'a str>,
}

/// A written mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML document.
    pub html: String,
}

/// The layout and its data do not fit each other: a bug, found by the tests.
#[derive(Debug, thiserror::Error)]
#[error("the mail template cannot be rendered: {0}")]
pub struct TemplateError(#[from] Box<handlebars::RenderError>);

thread_local! {
    static LAYOUTS: (Handlebars<'static>, Handlebars<'static>) = (
        layout(template::registry(), include_str!("templates/layout.html.hbs")),
        layout(template::text_registry(), include_str!("templates/layout.txt.hbs")),
    );
}

fn layout(mut registry: Handlebars<'static>, source: &str) -> Handlebars<'static> {
    // A layout that does not parse is absent and fails every rendering; the tests render all kinds.
    let _ = registry.register_template_string("layout", source);
    registry
}

#[derive(Debug, Default, Serialize)]
struct Data<'a> {
    locale: &'static str,
    dir: &'static str,
    align: &'static str,
    brand: &'a str,
    accent: &'a str,
    on_accent: &'a str,
    logo_url: Option<&'a str>,
    marker: Option<String>,
    answerable: bool,
    settings_url: Option<&'a str>,
    number: &'a str,
    subject: String,
    heading: String,
    paragraphs: Vec<String>,
    message_html: Option<String>,
    message_text: Option<String>,
    quoted_html: Option<String>,
    quoted_text: Option<String>,
    button_url: Option<&'a str>,
    button_text: String,
    note: Option<String>,
}

/// Writes a notice for a reader.
pub fn render(notice: &Notice, brand: &Brand, reader: Reader<'_>) -> Result<Rendered, TemplateError> {
    let words = Words { brand, reader };
    let content = words.content(notice);
    let data = Data {
        locale: reader.locale.as_str(),
        dir: reader.locale.dir(),
        align: if reader.locale.dir() == "rtl" { "right" } else { "left" },
        brand: &brand.name,
        accent: &brand.accent,
        on_accent: brand.on_accent,
        logo_url: brand.logo_url.as_deref(),
        marker: reader.token.map(body_marker),
        answerable: reader.token.is_some() && !content.number.is_empty(),
        settings_url: reader.settings_url,
        ..content
    };
    LAYOUTS.with(|(html, text)| {
        let html = html.render("layout", &data).map_err(Box::new)?;
        let text = text.render("layout", &data).map_err(Box::new)?;
        Ok(Rendered { subject: data.subject, text, html })
    })
}

struct Words<'a> {
    brand: &'a Brand,
    reader: Reader<'a>,
}

impl Words<'_> {
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, value)| (*name, Arg::from(*value))).collect();
        text(self.reader.locale, key, &args)
    }

    fn plain(&self, key: &str) -> String {
        plain(self.reader.locale, key)
    }

    fn when(&self, moment: DateTime<Utc>) -> String {
        date(self.reader.locale, moment, self.reader.zone, DateStyle::Long)
    }

    fn content<'n>(&self, notice: &'n Notice) -> Data<'n> {
        match notice {
            Notice::TicketReceived { ticket, due_at } => {
                let mut data = self.about(ticket, "mail-ticket-received");
                data.paragraphs =
                    vec![self.plain("mail-greeting"), self.say("mail-ticket-received-text", &[("number", &ticket.number)])];
                data.paragraphs.extend(due_at.map(|due| self.say("mail-ticket-received-due", &[("due", &self.when(due))])));
                data.paragraphs.push(self.ticket_line(ticket));
                data
            }
            Notice::ConfirmAddress { url, expires_at } => {
                self.link("mail-confirm-address", url, "mail-confirm-address-expires", *expires_at)
            }
            Notice::AgentReply { ticket, agent, markdown } => {
                self.said(ticket, "mail-agent-reply", &[("agent", agent)], markdown)
            }
            Notice::Forwarded { ticket, agent, markdown, quoted } => self.forwarded(ticket, agent, markdown, quoted),
            Notice::ClientReply { ticket, client, markdown } => {
                self.said(ticket, "mail-client-reply", &[("client", client)], markdown)
            }
            Notice::Mentioned { ticket, by, markdown } => self.said(ticket, "mail-mentioned", &[("by", by)], markdown),
            Notice::Escalated { ticket, by, level, reason } => {
                let mut data = self.about(ticket, "mail-escalated");
                let level = level.to_string();
                let args = [("by", by.as_str()), ("number", &ticket.number), ("level", &level)];
                data.paragraphs = vec![
                    self.say("mail-escalated-text", &args),
                    self.say("mail-escalated-reason", &[("reason", reason)]),
                    self.ticket_line(ticket),
                ];
                data
            }
            Notice::TicketShared { ticket, by } => {
                let mut data = self.about(ticket, "mail-ticket-shared");
                data.paragraphs = vec![
                    self.plain("mail-greeting"),
                    self.say("mail-ticket-shared-text", &[("by", by), ("number", &ticket.number)]),
                    self.ticket_line(ticket),
                ];
                data
            }
            Notice::StatusChanged { ticket, moved } => {
                let texts = moved.texts();
                let mut data = self.about(ticket, texts);
                data.paragraphs =
                    vec![self.plain("mail-greeting"), self.plain(&format!("{texts}-text")), self.ticket_line(ticket)];
                data
            }
            Notice::TicketResolved { ticket, rating_url } => {
                let mut data = self.about(ticket, "mail-ticket-resolved");
                data.paragraphs = vec![
                    self.plain("mail-greeting"),
                    self.say("mail-ticket-resolved-text", &[("number", &ticket.number)]),
                    self.ticket_line(ticket),
                ];
                let Some(rating_url) = rating_url else { return data };
                data.paragraphs.push(self.plain("mail-ticket-resolved-ask"));
                self.with_button(data, rating_url, "mail-rate-button")
            }
            Notice::RatingReminder { ticket, rating_url } => {
                let mut data = self.about(ticket, "mail-rating-reminder");
                data.paragraphs =
                    vec![self.say("mail-rating-reminder-text", &[("number", &ticket.number)]), self.ticket_line(ticket)];
                self.with_button(data, rating_url, "mail-rate-button")
            }
            Notice::SlaWarning { ticket, target, percent, due_at } => {
                let mut data = self.about(ticket, "mail-sla-warning");
                let due = self.when(*due_at);
                let args = [("percent", percent.to_string()), ("target", self.target(*target)), ("due", due)];
                data.paragraphs = vec![self.say("mail-sla-warning-text", &borrowed(&args)), self.ticket_line(ticket)];
                data
            }
            Notice::SlaBreach { ticket, target, due_at } => {
                let mut data = self.about(ticket, "mail-sla-breach");
                let args = [("target", self.target(*target)), ("due", self.when(*due_at))];
                data.paragraphs = vec![self.say("mail-sla-breach-text", &borrowed(&args)), self.ticket_line(ticket)];
                data
            }
            Notice::ConfirmRegistration { url, expires_at } => {
                self.link("mail-confirm-registration", url, "mail-link-expires", *expires_at)
            }
            Notice::PasswordReset { url, expires_at } => self.link("mail-password-reset", url, "mail-link-expires", *expires_at),
            Notice::Security { event, at, network, device, url } => self.security(*event, *at, network, device, url),
            Notice::Alert { kinds, at, url } => self.alert(kinds, *at, url),
            Notice::Reminder { ticket, text, url } => self.reminder(ticket.as_ref(), text, url),
            Notice::Assigned { ticket, by, due_at } => {
                let mut data = self.about(ticket, "mail-assigned");
                data.paragraphs = vec![self.say("mail-assigned-text", &[("by", by), ("number", &ticket.number)])];
                data.paragraphs.extend(due_at.map(|due| self.say("mail-assigned-due", &[("due", &self.when(due))])));
                data.paragraphs.push(self.ticket_line(ticket));
                data
            }
        }
    }

    /// A mail about a ticket: subject, heading and the button to its page.
    fn about<'n>(&self, ticket: &'n TicketRef, kind: &str) -> Data<'n> {
        let args = [("number", ticket.number.as_str()), ("title", ticket.title.as_str())];
        let data = Data {
            number: &ticket.number,
            subject: self.say(&format!("{kind}-subject"), &args),
            heading: self.say(&format!("{kind}-heading"), &args),
            ..Data::default()
        };
        self.with_button(data, &ticket.url, "mail-open-ticket")
    }

    /// A mail that carries somebody's words about a ticket.
    fn said<'n>(&self, ticket: &'n TicketRef, kind: &str, who: &[(&str, &str)], markdown: &str) -> Data<'n> {
        Data {
            heading: self.say(&format!("{kind}-heading"), who),
            message_html: Some(super::sanitize::markdown_to_html(markdown)),
            message_text: Some(as_names(markdown).trim().to_owned()),
            ..self.about(ticket, kind)
        }
    }

    /// A mail to somebody outside the conversation: no button, for the ticket's page is not theirs to open.
    fn forwarded<'n>(&self, ticket: &'n TicketRef, agent: &str, markdown: &str, quoted: &str) -> Data<'n> {
        let about = [("number", ticket.number.as_str()), ("title", ticket.title.as_str())];
        Data {
            number: &ticket.number,
            subject: self.say("mail-forwarded-subject", &about),
            heading: self.say("mail-forwarded-heading", &[("agent", agent)]),
            message_html: Some(super::sanitize::markdown_to_html(markdown)),
            message_text: Some(markdown.trim().to_owned()),
            quoted_html: (!quoted.is_empty()).then(|| super::sanitize::text_to_html(quoted)),
            quoted_text: (!quoted.is_empty()).then(|| as_quote(quoted)),
            ..Data::default()
        }
    }

    /// A mail to oneself: a ticket that is back, or what one wrote.
    fn reminder<'n>(&self, ticket: Option<&'n TicketRef>, text: &str, url: &'n str) -> Data<'n> {
        let Some(ticket) = ticket else {
            let data = Data {
                subject: self.say("mail-reminder-subject", &[("text", text)]),
                heading: self.plain("mail-reminder-heading"),
                paragraphs: vec![text.to_owned()],
                ..Data::default()
            };
            return self.with_button(data, url, "mail-reminder-button");
        };
        if text.is_empty() {
            let mut data = self.about(ticket, "mail-snooze-over");
            data.paragraphs = vec![self.plain("mail-snooze-over-text"), self.ticket_line(ticket)];
            return data;
        }
        // Whether its owner still sees the ticket is not known here: it is named by its number, and told in their own words.
        let mut data = self.about(ticket, "mail-ticket-reminder");
        data.subject = self.say("mail-ticket-reminder-subject", &[("number", &ticket.number), ("title", text)]);
        data.paragraphs = vec![text.to_owned()];
        data
    }

    /// A mail around one link, about no ticket.
    fn link<'n>(&self, kind: &str, url: &'n str, expiry: &str, expires_at: DateTime<Utc>) -> Data<'n> {
        let brand = [("brand", self.brand.name.as_str())];
        Data {
            subject: self.say(&format!("{kind}-subject"), &brand),
            heading: self.plain(&format!("{kind}-heading")),
            paragraphs: vec![self.plain("mail-greeting"), self.say(&format!("{kind}-text"), &brand)],
            button_url: Some(url),
            button_text: self.plain(&format!("{kind}-button")),
            note: Some(self.say(expiry, &[("expires", &self.when(expires_at))])),
            ..Data::default()
        }
    }

    /// A mail about the safety of an account: what, when and from where, and what to do if it was somebody else.
    fn security<'n>(&self, event: SecurityEvent, at: DateTime<Utc>, network: &str, device: &str, url: &'n str) -> Data<'n> {
        let what = self.plain(&format!("mail-security-{}", event.as_str()));
        let mut where_from = vec![self.say("mail-security-when", &[("at", &self.when(at))])];
        if !device.is_empty() {
            where_from.push(self.say("mail-security-device", &[("device", device)]));
        }
        if !network.is_empty() {
            where_from.push(self.say("mail-security-network", &[("network", network)]));
        }
        let data = Data {
            subject: self.say("mail-security-subject", &[("brand", &self.brand.name), ("what", &what)]),
            heading: what,
            paragraphs: vec![self.plain("mail-greeting"), where_from.join(" "), self.plain("mail-security-not-you")],
            ..Data::default()
        };
        self.with_button(data, url, "mail-security-button")
    }

    /// A mail about what looks like an attack: kinds only, for mail is read by many and alerts name people.
    fn alert<'n>(&self, kinds: &[crate::alert::Kind], at: DateTime<Utc>, url: &'n str) -> Data<'n> {
        let kinds = kinds.iter().map(|kind| self.plain(&format!("mail-alert-kind-{}", kind.as_str().replace('_', "-"))));
        let mut paragraphs = vec![self.plain("mail-alert-text")];
        paragraphs.extend(kinds);
        paragraphs.push(self.say("mail-alert-when", &[("at", &self.when(at))]));
        let data = Data {
            subject: self.say("mail-alert-subject", &[("brand", &self.brand.name)]),
            heading: self.plain("mail-alert-heading"),
            paragraphs,
            ..Data::default()
        };
        self.with_button(data, url, "mail-alert-button")
    }

    fn with_button<'n>(&self, data: Data<'n>, url: &'n str, key: &str) -> Data<'n> {
        Data { button_url: Some(url), button_text: self.plain(key), ..data }
    }

    fn ticket_line(&self, ticket: &TicketRef) -> String {
        self.say("mail-ticket-line", &[("number", &ticket.number), ("title", &ticket.title)])
    }

    fn target(&self, target: Target) -> String {
        self.plain(match target {
            Target::FirstResponse => "mail-sla-target-first-response",
            Target::NextResponse => "mail-sla-target-next-response",
            Target::Resolution => "mail-sla-target-resolution",
        })
    }
}

/// Text as mails quote it.
fn as_quote(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn borrowed<'a, const N: usize>(args: &'a [(&'a str, String); N]) -> [(&'a str, &'a str); N] {
    args.each_ref().map(|(name, value)| (*name, value.as_str()))
}

#[cfg(test)]
mod tests;
