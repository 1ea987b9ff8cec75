//! How people write: greetings, signatures, quoted replies, the haste of a chat.

use super::corpus::Corpus;
use super::dice::Dice;
use super::facts::TicketFacts;
use super::people::{Gender, Person};
use super::phrase::fill;
use super::{Channel, Language};
use chrono::{DateTime, Utc};

/// A writer of texts about one ticket.
pub struct Pen<'a> {
    /// The facts that the texts speak of.
    pub facts: &'a TicketFacts<'a>,
    /// The phrases of the language.
    pub corpus: &'static Corpus,
}

impl Pen<'_> {
    /// A phrase of a section, chosen by the ticket's seed and `label`.
    pub fn phrase(&self, section: &str, label: &str, speaker: Gender) -> String {
        let mut dice = Dice::fork(self.facts.seed, &format!("{section} {label}"));
        self.fill(dice.pick(self.corpus.phrases(section)), speaker)
    }

    /// A phrase, or with the probability `1 - p` nothing.
    pub fn maybe(&self, p: f64, section: &str, label: &str, speaker: Gender) -> Option<String> {
        Dice::fork(self.facts.seed, &format!("maybe {section} {label}"))
            .chance(p)
            .then(|| self.phrase(section, label, speaker))
            .filter(|text| !text.is_empty())
    }

    /// A sentence of the corpus with its slots filled.
    pub fn fill(&self, template: &str, speaker: Gender) -> String {
        fill(template, self.facts, speaker)
    }

    /// What a client writes, dressed for its channel.
    pub fn by_client(&self, channel: Channel, label: &str, text: &str) -> String {
        let she = self.facts.client.gender;
        match channel {
            Channel::Email => {
                let greeting = self.phrase("greeting", label, she);
                format!("{greeting}\n\n{text}\n\n{}", self.signature(label))
            }
            Channel::Web => {
                let greeting = self.maybe(0.7, "greeting", label, she).map_or_else(String::new, |g| format!("{g}\n\n"));
                let end = self.maybe(0.25, "signoff", label, she).map_or_else(String::new, |bye| {
                    let name = if bye.ends_with([',', '،']) { format!("\n{}", self.facts.client.name()) } else { String::new() };
                    format!("\n\n{bye}{name}")
                });
                format!("{greeting}{text}{end}")
            }
            Channel::Chat => {
                self.maybe(0.5, "chat_opening", label, she).map_or_else(|| text.to_owned(), |g| format!("{g} {text}"))
            }
            Channel::Api => text.to_owned(),
        }
    }

    /// A client's answer: short, by mail with signature and perhaps the quoted letter it answers.
    pub fn reply(&self, channel: Channel, label: &str, text: &str, answered: Option<(&str, DateTime<Utc>)>) -> String {
        let she = self.facts.client.gender;
        let answers = if label.starts_with("answer") { 0.45 } else { 0.0 };
        let opening = self.maybe(answers, "reply_opening", label, she).map_or_else(String::new, |opening| {
            let gap = if opening.ends_with([',', '،']) { "\n" } else { " " };
            format!("{opening}{gap}")
        });
        if channel != Channel::Email {
            return format!("{opening}{text}");
        }
        let mut dice = Dice::fork(self.facts.seed, &format!("quote {label}"));
        let brief = label == "thanks";
        let signed = if !brief && dice.chance(0.6) { format!("\n\n{}", self.signature("reply")) } else { String::new() };
        let quoted = answered.filter(|_| !brief && dice.chance(0.4)).map_or_else(String::new, |(body, at)| self.quote(body, at));
        format!("{opening}{text}{signed}{quoted}")
    }

    /// An agent's public answer.
    pub fn by_agent(&self, channel: Channel, label: &str, text: &str, agent: &Person) -> String {
        let he = agent.gender;
        if channel == Channel::Chat {
            return text.to_owned();
        }
        let greeting = self.maybe(0.8, "agent_greeting", label, he).map_or_else(String::new, |g| format!("{g}\n\n"));
        let signs = if agent == self.facts.agent { 0.35 } else { 0.0 };
        let end = self.maybe(signs, "agent_signoff", label, he).map_or_else(String::new, |s| format!("\n\n{s}"));
        format!("{greeting}{text}{end}")
    }

    /// The block under a client's letter. It does not change from letter to letter of one person.
    fn signature(&self, label: &str) -> String {
        let client = self.facts.client;
        let mut dice = Dice::fork(self.facts.seed, &format!("signature {label}"));
        let bye = dice.pick(self.corpus.phrases("signoff"));
        let mut habit = Dice::fork(0, &client.username);
        let ext = habit.between(104, 689);
        let long = habit.chance(0.6);
        let dashes = if habit.chance(0.4) { "-- \n" } else { "" };
        let (name, org, position) = (client.name(), &self.facts.organization.name, &client.position);
        let bye = self.fill(bye, client.gender);
        if !long {
            return format!("{bye}\n{dashes}{name}");
        }
        let phone = match self.facts.language {
            Language::Ru => format!("вн. {ext}"),
            Language::En => format!("ext. {ext}"),
            Language::Ar => format!("تحويلة {ext}"),
        };
        format!("{bye}\n{dashes}{name}\n{position}\n{org}\n{phone}, {}", client.email)
    }

    fn quote(&self, body: &str, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.facts.zone);
        let agent = self.fill("{agent}", self.facts.agent.gender);
        let head = match self.facts.language {
            Language::Ru => format!("{} {agent} пишет:", local.format("%d.%m.%Y, %H:%M,")),
            Language::En => format!("On {} {agent} wrote:", local.format("%a, %b %-d, %Y at %-I:%M %p")),
            Language::Ar => format!("في {} كتب {agent}:", local.format("%d/%m/%Y %H:%M")),
        };
        let lines: Vec<String> = body.lines().take(6).map(|line| format!("> {line}").trim_end().to_owned()).collect();
        format!("\n\n{head}\n{}", lines.join("\n"))
    }
}
