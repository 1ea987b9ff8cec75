//! One ticket from the first line to the rating: who writes when, what the agent finds, how it ends.

use super::arrivals::Arrival;
use super::calendar::after;
use super::cast::{case_of, family_of, first_line, title};
use super::corpus::{Corpus, Family};
use super::dice::Dice;
use super::facts::TicketFacts;
use super::letters::Pen;
use super::people::{Person, Population};
use super::{
    Changes, Channel, DEPARTMENTS, Event, Happening, NewComment, NewTicket, Priority, Rating, Status, Tenant, TicketKey,
};
use chrono::{DateTime, TimeDelta, Utc};

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
    ticket: TicketKey,
    family: &'static Family,
    pen: Pen<'a>,
    dice: Dice,
    channel: Channel,
    priority: Priority,
    at: DateTime<Utc>,
    events: Vec<Event>,
    said_by_agent: Option<(String, DateTime<Utc>)>,
    paused: i64,
}

/// Tells the whole story of a ticket, past `now` too: whoever replays it stops at `now`.
pub fn tell<'a>(
    arrival: &Arrival,
    ticket: TicketKey,
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
            .get(dice.weighted(&[43, 32, 13, 7, 5]))
            .copied()
            .unwrap_or(Arc::Quick)
    };
    let mut story = Story {
        tenant,
        ticket,
        family,
        pen: Pen { facts, corpus: Corpus::of(arrival.language) },
        dice,
        channel,
        priority,
        at: arrival.at,
        events: Vec::new(),
        said_by_agent: None,
        paused: 0,
    };
    story.open();
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
        };
        self.push(Happening::TicketCreated(new));
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

    fn run(&mut self, arc: Arc, first_line: Option<&Person>) {
        let picked_by = first_line.filter(|_| arc == Arc::Transfer);
        self.pick_up(picked_by);
        match arc {
            Arc::Quick => {
                if self.dice.chance(0.25) {
                    self.note("work");
                }
            }
            Arc::Dialogue => self.exchange(0),
            Arc::Transfer => {
                self.hand_over(picked_by);
                if self.dice.chance(0.6) {
                    self.exchange(0);
                } else {
                    self.note("work");
                }
            }
            Arc::Long => self.long_way(),
            Arc::Silent => {
                self.fall_silent();
                return;
            }
            Arc::Outage => {
                self.outage();
                return;
            }
        }
        self.resolve("resolved");
        self.finish();
    }

    /// The median of a step of work, in working minutes.
    fn pace(&self) -> (f64, f64) {
        match self.priority {
            Priority::Critical => (9.0, 45.0),
            Priority::High => (26.0, 130.0),
            Priority::Medium => (75.0, 380.0),
            Priority::Low => (170.0, 900.0),
        }
    }

    fn work(&mut self, median_minutes: f64) {
        let minutes = self.dice.delay_minutes(median_minutes, 0.95);
        let seconds = self.dice.between(0, 59);
        self.at = after(self.tenant.zone, self.at, minutes) + TimeDelta::seconds(seconds);
    }

    fn pick_up(&mut self, by: Option<&Person>) {
        let (first, _) = self.pace();
        self.work(first);
        let actor = by.unwrap_or(self.agent()).username.clone();
        let department = if by.is_some() { DEPARTMENTS[0] } else { self.family.department };
        self.change(
            &actor,
            Changes {
                status: Some(Status::InProgress),
                assignee: Some(actor.clone()),
                department: Some(department),
                ..self.no_changes()
            },
        );
        if by.is_some() || self.dice.chance(0.22) {
            self.at += TimeDelta::seconds(self.dice.between(20, 240));
            let who = by.unwrap_or(self.agent());
            let section = if by.is_some() { "acknowledge_transfer" } else { "acknowledge" };
            let said = self.pen.phrase(section, "first", who.gender);
            let body = self.pen.by_agent(self.channel, "first", &said, who);
            self.comment(&actor, false, body);
        }
    }

    fn no_changes(&self) -> Changes {
        Changes { ticket: self.ticket, actor: String::new(), status: None, priority: None, assignee: None, department: None }
    }

    fn change(&mut self, actor: &str, changes: Changes) {
        self.push(Happening::FieldsChanged(Changes { actor: actor.to_owned(), ..changes }));
    }

    fn status(&mut self, status: Status) {
        let actor = self.agent().username.clone();
        let changes = Changes { status: Some(status), ..self.no_changes() };
        self.change(&actor, changes);
    }

    fn comment(&mut self, author: &str, internal: bool, body: String) {
        let channel = if author == self.client().username { self.channel } else { Channel::Web };
        if !internal && author != self.client().username {
            self.said_by_agent = Some((body.clone(), self.at));
        }
        self.push(Happening::CommentAdded(NewComment {
            ticket: self.ticket,
            author: author.to_owned(),
            internal,
            channel,
            body,
        }));
    }

    fn agent_says(&mut self, label: &str, text: &str) {
        let body = self.pen.by_agent(self.channel, label, text, self.agent());
        let author = self.agent().username.clone();
        self.comment(&author, false, body);
    }

    fn client_says(&mut self, label: &str, text: &str) {
        let answered = self.said_by_agent.clone();
        let body = self.pen.reply(self.channel, label, text, answered.as_ref().map(|(body, at)| (body.as_str(), *at)));
        let author = self.client().username.clone();
        self.comment(&author, false, body);
    }

    /// The agent asks, the client answers, and perhaps a note says what was found.
    fn exchange(&mut self, nth: usize) {
        let (_, step) = self.pace();
        self.work(step * 0.25);
        let Some((question, answer)) = self.question(nth) else { return };
        let closing = self.pen.maybe(0.4, "ask_closing", &format!("{nth}"), self.agent().gender);
        let question = closing.map_or_else(|| question.clone(), |closing| format!("{question} {closing}"));
        self.agent_says(&format!("question {nth}"), &question);
        self.status(Status::WaitingCustomer);
        let before = self.at;
        self.work(110.0);
        self.paused += (self.at - before).num_minutes();
        let answer = self.pen.fill(answer, self.client().gender);
        self.client_says(&format!("answer {nth}"), &answer);
        self.work(step * 0.15);
        self.status(Status::InProgress);
        if nth > 0 || self.dice.chance(0.65) {
            self.note("work");
        }
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

    fn note(&mut self, label: &str) {
        let (note, _) = self.cause();
        let gender = self.agent().gender;
        let already = self.events.iter().any(|e| matches!(&e.kind, Happening::CommentAdded(c) if c.internal));
        let text = if already || note.is_empty() { self.pen.phrase("note", label, gender) } else { self.pen.fill(note, gender) };
        let author = self.agent().username.clone();
        self.comment(&author, true, text);
    }

    fn hand_over(&mut self, from: Option<&Person>) {
        let (first, _) = self.pace();
        self.work(first);
        if let Some(from) = from {
            let text = self.pen.phrase("transfer_note", "hand over", from.gender);
            self.comment(&from.username, true, text);
            let changes = Changes {
                department: Some(self.family.department),
                assignee: Some(self.agent().username.clone()),
                ..self.no_changes()
            };
            self.change(&from.username, changes);
            self.work(first);
        }
    }

    fn long_way(&mut self) {
        let rounds = 2 + usize::from(self.dice.chance(0.45));
        for nth in 0..rounds {
            self.exchange(nth);
            if nth == 0 && self.dice.chance(0.6) {
                let (_, step) = self.pace();
                self.work(step);
                let nudge = self.pen.phrase("nudge", "client", self.client().gender);
                self.client_says("nudge", &nudge);
                self.work(25.0);
                self.raise_priority();
                let calm = self.pen.phrase("nudge_answer", "agent", self.agent().gender);
                self.agent_says("nudge", &calm);
            }
        }
    }

    fn raise_priority(&mut self) {
        let higher = match self.priority {
            Priority::Low => Priority::Medium,
            Priority::Medium => Priority::High,
            Priority::High | Priority::Critical => return,
        };
        if self.dice.chance(0.5) {
            self.priority = higher;
            let actor = self.agent().username.clone();
            let changes = Changes { priority: Some(higher), ..self.no_changes() };
            self.change(&actor, changes);
        }
    }

    fn fall_silent(&mut self) {
        self.work(60.0);
        let Some((question, _)) = self.question(0) else { return };
        self.agent_says("question 0", &question);
        self.status(Status::WaitingCustomer);
        self.at = after(self.tenant.zone, self.at, 3 * 540);
        let reminder = self.pen.phrase("reminder", "silent", self.agent().gender);
        self.agent_says("reminder", &reminder);
        self.at = after(self.tenant.zone, self.at, 4 * 540);
        let last = self.pen.phrase("closed_unanswered", "silent", self.agent().gender);
        self.agent_says("closing", &last);
        self.status(Status::Resolved);
        self.at = after(self.tenant.zone, self.at, 3 * 540);
        self.status(Status::Closed);
    }

    fn outage(&mut self) {
        let gender = self.agent().gender;
        self.at += TimeDelta::minutes(self.dice.between(2, 20));
        let known = self.pen.phrase("outage_known", "outage", gender);
        self.agent_says("outage", &known);
        if self.dice.chance(0.4) {
            self.note("outage");
        }
        let (_, fixes) = self.cause();
        self.at += TimeDelta::minutes(self.dice.delay_minutes(70.0, 0.5));
        let over = self.pen.phrase("outage_over", "outage", gender);
        let fix = self.pen.fill(self.dice.pick(fixes), gender);
        self.agent_says("outage over", &format!("{over} {fix}"));
        self.status(Status::Resolved);
        self.finish();
    }

    fn resolve(&mut self, label: &str) {
        let (_, step) = self.pace();
        self.work(step * 0.5);
        let gender = self.agent().gender;
        let (_, fixes) = self.cause();
        let fix = if label == "resolved" {
            self.pen.fill(self.dice.pick(fixes), gender)
        } else {
            self.pen.phrase("resolved_again", label, gender)
        };
        let closing = self.pen.maybe(0.7, "resolved_closing", label, gender);
        let text = closing.map_or_else(|| fix.clone(), |closing| format!("{fix}\n\n{closing}"));
        self.agent_says(label, &text);
        self.at += TimeDelta::seconds(self.dice.between(1, 20));
        self.status(Status::Resolved);
    }

    /// After the resolution: thanks, or a second life, then the rating and the end.
    fn finish(&mut self) {
        let mut came_back = false;
        if self.dice.chance(0.06) {
            came_back = true;
            self.work(420.0);
            let again = self.pen.phrase("reopen", "again", self.client().gender);
            self.client_says("again", &again);
            self.work(40.0);
            self.status(Status::InProgress);
            if self.dice.chance(0.5) {
                self.note("again");
            }
            self.resolve("again");
        }
        if self.dice.chance(0.38) {
            self.work(130.0);
            let thanks = self.pen.phrase("thanks", "end", self.client().gender);
            self.client_says("thanks", &thanks);
        }
        self.rate(came_back);
        self.at = after(self.tenant.zone, self.at, 540 * self.dice.between(2, 5));
        self.status(Status::Closed);
    }

    fn rate(&mut self, came_back: bool) {
        if !self.dice.chance(0.46) {
            return;
        }
        self.work(90.0);
        let begun = self.events.first().map_or(self.at, |e| e.at);
        let worked = (self.at - begun).num_minutes() - self.paused;
        let slow = worked > 60 * 24 * 6;
        let weights: [u32; 5] = match (came_back, slow) {
            (true, _) => [12, 12, 22, 30, 24],
            (false, true) => [4, 6, 14, 34, 42],
            (false, false) => [1, 1, 4, 20, 74],
        };
        let score = u8::try_from(self.dice.weighted(&weights) + 1).unwrap_or(5);
        let section = match score {
            5 => "praise",
            3 | 4 => "mixed",
            _ => "complaint",
        };
        let comment = self.pen.maybe(if score <= 3 { 0.7 } else { 0.3 }, section, "rating", self.client().gender);
        let requester = self.client().username.clone();
        self.push(Happening::Rated(Rating { ticket: self.ticket, requester, score, comment }));
    }
}
