//! The shapes that conversations take.

use super::super::calendar::after;
use super::super::dice::Dice;
use super::super::people::Person;
use super::super::{Changes, DEPARTMENTS, Happening, Priority, Rating, Relation, RelationKind, Status};
use super::{Arc, Story};
use chrono::TimeDelta;

/// Minutes of a working day.
const WORKING_DAY: i64 = 540;

impl Story<'_> {
    /// Everything after the first letter.
    pub(super) fn run(&mut self, arc: Arc, first_line: Option<&Person>) {
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

    fn pick_up(&mut self, by: Option<&Person>) {
        self.desk_takes(0.16);
        let actor = by.unwrap_or(self.agent()).username.clone();
        let department = if by.is_some() { DEPARTMENTS[0] } else { self.family.department };
        let taken = Changes {
            status: Some(Status::InProgress),
            assignee: Some(actor.clone()),
            department: Some(department),
            custom_fields: self.own_fields(),
            ..self.no_changes()
        };
        self.change(&actor, taken);
        if let Some(manager) = self.manager.filter(|_| self.priority == Priority::Critical && self.drawn("manager follows", 0.5))
        {
            self.follow(&manager.username.clone());
        }
        if by.is_some() || self.dice.chance(0.15) {
            self.at += TimeDelta::seconds(self.dice.between(20, 240));
            let who = by.unwrap_or(self.agent());
            let section = if by.is_some() { "acknowledge_transfer" } else { "acknowledge" };
            let said = self.pen.phrase(section, "first", who.gender);
            let body = self.pen.by_agent(self.channel, "first", &said, who);
            self.comment(&actor, false, body, None);
        }
    }

    /// The agent asks, the client answers, and perhaps a note says what was found.
    fn exchange(&mut self, nth: usize) {
        self.desk_takes(0.25);
        let Some((question, answer)) = self.question(nth) else { return };
        let closing = self.pen.maybe(0.4, "ask_closing", &format!("{nth}"), self.agent().gender);
        let question = closing.map_or_else(|| question.clone(), |closing| format!("{question} {closing}"));
        self.agent_says(&format!("question {nth}"), &question, Some(Status::WaitingCustomer));
        self.client_takes(110.0);
        let answer = self.pen.fill(answer, self.client().gender);
        self.client_says(&format!("answer {nth}"), &answer);
        if nth > 0 || self.dice.chance(0.6) {
            self.desk_takes(0.12);
            self.note("work");
        }
    }

    fn hand_over(&mut self, from: Option<&Person>) {
        self.desk_takes(0.3);
        if let Some(from) = from {
            let text = self.pen.phrase("transfer_note", "hand over", from.gender);
            self.comment(&from.username, true, text, None);
            let assignee = Some(self.agent().username.clone());
            let moved = Changes { department: Some(self.family.department), assignee, ..self.no_changes() };
            self.change(&from.username, moved);
            if self.drawn("first line follows", 0.35) {
                self.follow(&from.username.clone());
            }
            self.desk_takes(0.3);
        }
    }

    fn long_way(&mut self) {
        let rounds = 2 + usize::from(self.dice.chance(0.45));
        for nth in 0..rounds {
            self.exchange(nth);
            if nth == 0 && self.dice.chance(0.6) {
                self.labour(1.5);
                let nudge = self.pen.phrase("nudge", "client", self.client().gender);
                self.client_says("nudge", &nudge);
                self.desk_takes(0.2);
                self.raise_priority();
                if self.drawn("escalation", 0.35) {
                    let actor = self.agent().username.clone();
                    self.escalate(&actor, 1);
                }
                let calm = self.pen.phrase("nudge_answer", "agent", self.agent().gender);
                self.agent_says("nudge", &calm, None);
            }
        }
    }

    /// A draw that depends on nothing drawn before it.
    fn drawn(&self, label: &str, p: f64) -> bool {
        Dice::fork(self.pen.facts.seed, label).chance(p)
    }

    /// The agent puts the ticket into relation with another.
    pub(super) fn relate(&mut self, other: super::TicketKey, kind: RelationKind) {
        let (ticket, actor) = (self.ticket, self.agent().username.clone());
        self.push(Happening::Related(Relation { ticket, other, kind, actor }));
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
            let raised = Changes { priority: Some(higher), ..self.no_changes() };
            self.change(&actor, raised);
        }
    }

    fn fall_silent(&mut self) {
        self.desk_takes(0.2);
        let Some((question, _)) = self.question(0) else { return };
        self.agent_says("question 0", &question, Some(Status::WaitingCustomer));
        self.pass(3 * WORKING_DAY);
        let reminder = self.pen.phrase("reminder", "silent", self.agent().gender);
        self.agent_says("reminder", &reminder, None);
        self.pass(4 * WORKING_DAY);
        let last = self.pen.phrase("closed_unanswered", "silent", self.agent().gender);
        self.agent_says("closing", &last, Some(Status::Resolved));
        self.pass(3 * WORKING_DAY);
        let actor = self.agent().username.clone();
        self.status(&actor, Status::Closed);
    }

    fn outage(&mut self) {
        let gender = self.agent().gender;
        self.at += TimeDelta::minutes(self.dice.between(2, 20));
        let known = self.pen.phrase("outage_known", "outage", gender);
        self.agent_says("outage", &known, None);
        if let Some(problem) = self.problem {
            self.relate(problem, RelationKind::Incident);
        }
        if self.dice.chance(0.4) {
            self.note("outage");
        }
        let (_, fixes) = self.cause();
        self.at += TimeDelta::minutes(self.dice.delay_minutes(55.0, 0.45));
        let over = self.pen.phrase("outage_over", "outage", gender);
        let fix = self.pen.fill(self.dice.pick(fixes), gender);
        self.agent_says("outage over", &format!("{over} {fix}"), Some(Status::Resolved));
        self.finish();
    }

    fn resolve(&mut self, label: &str) {
        self.labour(1.0);
        let gender = self.agent().gender;
        let (_, fixes) = self.cause();
        let fix = if label == "resolved" {
            self.pen.fill(self.dice.pick(fixes), gender)
        } else {
            self.pen.phrase("resolved_again", label, gender)
        };
        let closing = self.pen.maybe(0.7, "resolved_closing", label, gender);
        let text = closing.map_or_else(|| fix.clone(), |closing| format!("{fix}\n\n{closing}"));
        self.agent_says(label, &text, Some(Status::Resolved));
    }

    /// After the resolution: thanks, or a second life, then the rating and the end.
    fn finish(&mut self) {
        let mut came_back = false;
        if self.dice.chance(0.06) {
            came_back = true;
            self.client_takes(420.0);
            let again = self.pen.phrase("reopen", "again", self.client().gender);
            self.client_says("again", &again);
            if self.dice.chance(0.5) {
                self.desk_takes(0.2);
                self.note("again");
            }
            self.resolve("again");
        }
        let thanks = self.dice.chance(0.36);
        if thanks {
            self.client_takes(130.0);
            let thanks = self.pen.phrase("thanks", "end", self.client().gender);
            self.client_says("thanks", &thanks);
        }
        let rated = self.rate(came_back);
        let closes_it = thanks && self.dice.chance(0.35) && (rated || self.priority != Priority::Critical);
        let closer = if closes_it {
            self.at += TimeDelta::seconds(self.dice.between(20, 400));
            self.client().username.clone()
        } else {
            self.at = after(self.office, self.at, WORKING_DAY * self.dice.between(2, 5));
            self.agent().username.clone()
        };
        self.status(&closer, Status::Closed);
    }

    fn rate(&mut self, came_back: bool) -> bool {
        if !self.dice.chance(0.46) {
            return false;
        }
        self.client_takes(90.0);
        let begun = self.events.first().map_or(self.at, |event| event.at);
        let slow = self.at - begun > TimeDelta::days(6);
        let weights: [u32; 5] = match (came_back, slow) {
            (true, _) => [12, 12, 22, 30, 24],
            (false, true) => [4, 6, 14, 34, 42],
            (false, false) => [2, 2, 5, 20, 71],
        };
        let score = u8::try_from(self.dice.weighted(&weights) + 1).unwrap_or(5);
        let section = match score {
            5 => "praise",
            3 | 4 => "mixed",
            _ => "complaint",
        };
        let comment = self.pen.maybe(if score <= 3 { 0.7 } else { 0.3 }, section, "rating", self.client().gender);
        let (ticket, requester) = (self.ticket, self.client().username.clone());
        self.push(Happening::Rated(Rating { ticket, requester, score, comment }));
        true
    }
}
