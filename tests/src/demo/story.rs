//! One ticket from the first line to the rating: who writes when, what the agent finds, how it ends.

use super::arrivals::Arrival;
use super::calendar::after;
use super::cast::{case_of, colleague, family_of, first_line, title};
use super::contracts::office;
use super::corpus::{Corpus, Family};
use super::dice::Dice;
use super::facts::TicketFacts;
use super::letters::Pen;
use super::papers::{self, Paper};
use super::people::{Person, Population, Role};
use super::scenes::{self, Scene, Staged};
use super::{Changes, Channel, Event, Following, Happening, NewComment, NewTicket, Priority, Scalar, Status, Tenant, TicketKey};
use chrono::{DateTime, TimeDelta, Utc};
use shared::business_time::Calendar;

mod arcs;
mod present;

/// The shape that a conversation takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arc {
    /// Answered at once.
    Quick,
    /// The agent asks back, the client answers, then it is solved.
    Dialogue,
    /// The first line hands over to another department.
    Transfer,
    /// Several rounds and a word about urgency.
    Long,
    /// The client never answers the question.
    Silent,
    /// One of many tickets of an outage.
    Outage,
}

/// A story being told: the cast, the clock and the events so far.
pub struct Story<'a> {
    tenant: &'a Tenant,
    office: &'static Calendar,
    ticket: TicketKey,
    /// The ticket whose cause is this one's, too.
    problem: Option<TicketKey>,
    family: &'static Family,
    pen: Pen<'a>,
    dice: Dice,
    channel: Channel,
    priority: Priority,
    /// Who gets copies from the beginning.
    copies: Vec<String>,
    /// Who leads the desk.
    manager: Option<&'a Person>,
    at: DateTime<Utc>,
    events: Vec<Event>,
    said_by_agent: Option<(String, DateTime<Utc>)>,
    /// Whether the client waits for a word of the desk.
    awaited: bool,
    /// Whether a note has said what the cause is.
    diagnosed: bool,
}

/// Tells the whole story of a ticket, past `now` too: whoever replays it stops at `now`. `problem` is the ticket by which the desk
/// heard of the same cause before.
pub fn tell<'a>(
    arrival: &Arrival,
    ticket: TicketKey,
    problem: Option<TicketKey>,
    tenant: &'a Tenant,
    people: &'a Population,
    facts: &'a TicketFacts<'a>,
) -> Vec<Event> {
    let Some(family) = family_of(arrival) else { return Vec::new() };
    let mut dice = Dice::fork(facts.seed, "story");
    let channel = [Channel::Web, Channel::Email, Channel::Chat, Channel::Api]
        .get(dice.weighted(&[46, 40, 10, 4]))
        .copied()
        .unwrap_or(Channel::Web);
    let weights = if arrival.outage { vec![5, 4, 1, 0] } else { family.priorities.clone() };
    let priority = [Priority::Critical, Priority::High, Priority::Medium, Priority::Low]
        .get(dice.weighted(&weights))
        .copied()
        .unwrap_or(Priority::Medium);
    let arc = if arrival.outage {
        Arc::Outage
    } else {
        [Arc::Quick, Arc::Dialogue, Arc::Transfer, Arc::Long, Arc::Silent]
            .get(dice.weighted(&[48, 30, 11, 6, 5]))
            .copied()
            .unwrap_or(Arc::Quick)
    };
    let copy = colleague(arrival, facts.client, people).filter(|_| Dice::fork(facts.seed, "copies").chance(0.1));
    let mut story = Story {
        tenant,
        office: office(tenant.language),
        ticket,
        problem,
        family,
        pen: Pen { facts, corpus: Corpus::of(arrival.language) },
        dice,
        channel,
        priority,
        copies: copy.into_iter().map(|person| person.email.clone()).collect(),
        manager: people.staff.iter().find(|person| person.role == Role::Manager),
        at: arrival.at,
        events: Vec::new(),
        said_by_agent: None,
        awaited: true,
        diagnosed: false,
    };
    match arrival.staged {
        Some(Staged { scene: Scene::Stranger, .. }) => {
            let mail = scenes::stranger(facts.seed, ticket, tenant, people, arrival.at);
            return mail.map(|kind| Event { at: arrival.at, tenant: tenant.slug, kind }).into_iter().collect();
        }
        Some(staged) => {
            story.stand(staged);
            return story.events;
        }
        None => story.open(),
    }
    story.run(arc, first_line(arrival, family, people));
    story.events
}

impl Story<'_> {
    fn client(&self) -> &Person {
        self.pen.facts.client
    }

    fn agent(&self) -> &Person {
        self.pen.facts.agent
    }

    fn push(&mut self, kind: Happening) {
        self.events.push(Event { at: self.at, tenant: self.tenant.slug, kind });
    }

    fn open(&mut self) {
        let facts = self.pen.facts;
        let text = self.description();
        let mut tags: Vec<String> = self.family.tags.iter().map(|t| (*t).to_owned()).collect();
        while tags.len() > 1 && self.dice.chance(0.45) {
            tags.pop();
        }
        let new = NewTicket {
            ticket: self.ticket,
            requester: facts.client.username.clone(),
            channel: self.channel,
            title: title(facts, self.family),
            description: self.pen.by_client(self.channel, "open", &text),
            language: facts.language,
            category: self.family.category,
            erp_module: self.family.module,
            priority: self.priority,
            tags,
            cc: self.copies.clone(),
            files: self.paper(0.3, "open").into_iter().collect(),
        };
        self.push(Happening::TicketCreated(new));
    }

    /// With the probability `p`, a file that the client sends along, and has not sent before.
    fn paper(&self, p: f64, label: &str) -> Option<Paper> {
        let facts = self.pen.facts;
        let sends = matches!(self.channel, Channel::Web | Channel::Email);
        let drawn = sends && Dice::fork(facts.seed, &format!("sends {label}")).chance(p);
        let paper = papers::of_client(facts, self.family, label).filter(|_| drawn)?;
        let sent_before = |event: &Event| match &event.kind {
            Happening::TicketCreated(ticket) => ticket.files.contains(&paper),
            Happening::CommentAdded(comment) => comment.files.contains(&paper),
            _ => false,
        };
        (!self.events.iter().any(sent_before)).then_some(paper)
    }

    /// What the desk notes in the fields of its own, for about half of the tickets.
    fn own_fields(&self) -> std::collections::BTreeMap<&'static str, Scalar> {
        let facts = self.pen.facts;
        let mut dice = Dice::fork(facts.seed, "own fields");
        if !dice.chance(0.55) {
            return std::collections::BTreeMap::new();
        }
        let contract = Dice::fork(0, &facts.organization.key).between(104, 989);
        let letter = if facts.language == super::Language::Ru { "Д" } else { "C" };
        let mut fields = std::collections::BTreeMap::from([
            ("contract", Scalar::Text(format!("{letter}-{contract}/{}", 2022 + contract % 4))),
            ("erp_release", Scalar::Text(self.pen.fill("{ver}", self.agent().gender))),
        ]);
        if matches!(self.priority, Priority::Critical | Priority::High) {
            fields.insert("affected_users", Scalar::Number(dice.between(1, 40)));
        }
        if self.family.category == "change_request" {
            fields.insert("billable", Scalar::Flag(dice.chance(0.7)));
        }
        fields
    }

    fn description(&mut self) -> String {
        let gender = self.client().gender;
        let symptom = self.family.symptoms.get(case_of(self.pen.facts.seed)).copied().unwrap_or_default();
        let mut first = self.pen.fill(symptom, gender);
        if self.channel == Channel::Chat {
            return first;
        }
        if self.dice.chance(0.85) {
            let detail = self.pen.fill(self.dice.pick(&self.family.details), gender);
            first.push_str(if detail.contains('\n') { "\n\n" } else { " " });
            first.push_str(&detail);
        }
        let mut second = Vec::new();
        second.extend(self.pen.maybe(0.35, "environment", "open", gender));
        second.extend(self.pen.maybe(0.35, "tried", "open", gender));
        let question = matches!(self.family.category, "question" | "change_request" | "access");
        if !question {
            let (impact, often) = match self.priority {
                Priority::Critical | Priority::High => ("impact_high", 0.8),
                Priority::Medium => ("impact", 0.4),
                Priority::Low => ("impact_low", 0.3),
            };
            second.extend(self.pen.maybe(often, impact, "open", gender));
        }
        second.extend(self.pen.maybe(0.45, if question { "ask_question" } else { "ask" }, "open", gender));
        if second.is_empty() { first } else { format!("{first}\n\n{}", second.join(" ")) }
    }

    /// What the desk promises at this priority: minutes of work to an answer, and to the solution's last step.
    fn promise(&self) -> f64 {
        match self.priority {
            Priority::Critical => 30.0,
            Priority::High => 60.0,
            Priority::Medium => 240.0,
            Priority::Low => 480.0,
        }
    }

    /// The median of the work that a solution takes.
    fn effort(&self) -> f64 {
        match self.priority {
            Priority::Critical => 20.0,
            Priority::High => 45.0,
            Priority::Medium => 140.0,
            Priority::Low => 270.0,
        }
    }

    /// Time passes, in working minutes.
    fn pass(&mut self, minutes: i64) {
        let seconds = self.dice.between(0, 59);
        self.at = after(self.office, self.at, minutes) + TimeDelta::seconds(seconds);
    }

    /// The client takes some time to write.
    fn client_takes(&mut self, median_minutes: f64) {
        let minutes = self.dice.delay_minutes(median_minutes, 0.95);
        self.pass(minutes);
    }

    /// The desk takes some time to answer a client who waits, mostly within its promise.
    fn desk_takes(&mut self, share_of_promise: f64) {
        let minutes = self.dice.delay_minutes(self.promise() * share_of_promise, 0.7);
        self.pass(minutes);
    }

    /// Work on the ticket. When it would keep a waiting client beyond the promise, mostly a word goes out in between.
    fn labour(&mut self, share_of_effort: f64) {
        let minutes = self.dice.delay_minutes(self.effort() * share_of_effort, 0.85);
        #[expect(clippy::cast_precision_loss, reason = "minutes of a year at most")]
        let long = minutes as f64 > self.promise() * 0.9;
        if !(self.awaited && long && self.dice.chance(0.92)) {
            self.pass(minutes);
            return;
        }
        let soon = self.dice.delay_minutes(self.promise() * 0.3, 0.5).min(minutes);
        self.pass(soon);
        let section = if self.said_by_agent.is_none() { "acknowledge" } else { "still_working" };
        let word = self.pen.phrase(section, "between", self.agent().gender);
        self.agent_says("between", &word, None);
        self.pass(minutes - soon);
    }

    fn no_changes(&self) -> Changes {
        Changes { ticket: self.ticket, ..Changes::default() }
    }

    fn change(&mut self, actor: &str, changes: Changes) {
        self.push(Happening::FieldsChanged(Changes { actor: actor.to_owned(), ..changes }));
    }

    fn status(&mut self, actor: &str, status: Status) {
        let changes = Changes { status: Some(status), ..self.no_changes() };
        self.change(actor, changes);
    }

    fn follow(&mut self, who: &str) {
        let (ticket, who) = (self.ticket, who.to_owned());
        self.push(Happening::Followed(Following { ticket, who }));
    }

    fn escalate(&mut self, actor: &str, level: u8) {
        let reason = self.pen.phrase("escalation_reason", "escalation", self.agent().gender);
        let changes = Changes { escalation: Some((level, reason)), ..self.no_changes() };
        self.change(actor, changes);
    }

    fn comment(&mut self, author: &str, internal: bool, body: String, status: Option<Status>) {
        self.comment_with(author, internal, body, status, Vec::new());
    }

    fn comment_with(&mut self, author: &str, internal: bool, body: String, status: Option<Status>, files: Vec<Paper>) {
        let by_client = author == self.client().username;
        let channel = if by_client { self.channel } else { Channel::Web };
        if !internal {
            self.awaited = by_client;
            if !by_client {
                self.said_by_agent = Some((body.clone(), self.at));
            }
        }
        let ticket = self.ticket;
        let author = author.to_owned();
        self.push(Happening::CommentAdded(NewComment { ticket, author, internal, channel, body, status, files }));
    }

    fn agent_says(&mut self, label: &str, text: &str, status: Option<Status>) {
        let body = self.pen.by_agent(self.channel, label, text, self.agent());
        let author = self.agent().username.clone();
        let shows = label == "resolved" && Dice::fork(self.pen.facts.seed, "desk shows").chance(0.08);
        let files = papers::of_desk(self.pen.facts).filter(|_| shows).into_iter().collect();
        self.comment_with(&author, false, body, status, files);
    }

    fn client_says(&mut self, label: &str, text: &str) {
        let answered = self.said_by_agent.clone();
        let body = self.pen.reply(self.channel, label, text, answered.as_ref().map(|(body, at)| (body.as_str(), *at)));
        let author = self.client().username.clone();
        let files = self.paper(if label.starts_with("answer") { 0.15 } else { 0.0 }, label).into_iter().collect();
        self.comment_with(&author, false, body, None, files);
    }

    fn note(&mut self, label: &str) {
        let (note, _) = self.cause();
        let gender = self.agent().gender;
        let text = if std::mem::replace(&mut self.diagnosed, true) || note.is_empty() {
            self.pen.phrase("note", label, gender)
        } else {
            self.pen.fill(note, gender)
        };
        let author = self.agent().username.clone();
        self.comment(&author, true, text, None);
    }

    /// The family's own questions first, then those that fit everywhere.
    fn question(&mut self, nth: usize) -> Option<(String, &'static str)> {
        let case = case_of(self.pen.facts.seed);
        let own: Vec<_> = self.family.questions.iter().filter(|(question, _)| question.fits(case)).collect();
        let begin = Dice::fork(self.pen.facts.seed, "questions").index(own.len());
        if let Some((question, answers)) = own.get((begin + nth) % own.len().max(1)).filter(|_| nth < own.len()) {
            let answer = answers.get(case).or(answers.first()).copied()?;
            return Some((self.pen.fill(question.text, self.agent().gender), answer));
        }
        let pairs = self.pen.corpus.phrases("further_questions");
        let (question, answer) = self.dice.pick(pairs).split_once(" => ")?;
        Some((self.pen.fill(question, self.agent().gender), answer))
    }

    fn cause(&self) -> (&'static str, &'static [&'static str]) {
        self.family.causes.get(case_of(self.pen.facts.seed)).map_or(("", &[]), |(note, fixes)| (*note, fixes.as_slice()))
    }
}
