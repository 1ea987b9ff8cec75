//! Stories that end in what a ticket is to show now. Minutes are counted from the ticket's beginning, so that nothing shifts.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::calendar::after;
use super::super::scenes::{self, Scene, Staged};
use super::super::{Changes, Channel, Happening, MachineAnswer, Refusal, RelationKind, Status};
use super::Story;

impl Story<'_> {
    /// Tells the ticket up to what it shows.
    pub(super) fn stand(&mut self, staged: Staged) {
        let begun = self.at;
        // What a mail does not say, somebody would have to fill in before the promise is the one that was meant.
        self.channel = Channel::Web;
        self.priority = scenes::priority(staged.scene);
        match staged.scene {
            Scene::SolutionNearlyDue => self.refuse_a_copy(),
            Scene::Escalated => self.refuse_for_a_while(),
            _ => {}
        }
        self.open();
        match staged.scene {
            Scene::AnswerNearlyDue | Scene::AnswerOverdue | Scene::Stranger => {}
            Scene::SolutionNearlyDue => {
                self.begin_work(begun, 9);
                self.answer(begun, 21);
                self.note_at(begun, 110);
            }
            Scene::SolutionNearlyDueSlowly => {
                self.begin_work(begun, 95);
                self.answer(begun, 130);
                self.note_at(begun, 700);
                self.later(begun, 1_900);
                let working = self.pen.phrase("still_working", "between", self.agent().gender);
                self.agent_says("between", &working, None);
            }
            Scene::SolutionOverdue => {
                self.begin_work(begun, 40);
                self.answer(begun, 75);
                self.machine_answers(None);
                self.note_at(begun, 600);
            }
            Scene::Waiting => {
                self.begin_work(begun, 35);
                self.later(begun, 60);
                if let Some((question, _)) = self.question(0) {
                    self.agent_says("question 0", &question, Some(Status::WaitingCustomer));
                }
            }
            Scene::CriticalSolved => {
                self.begin_work(begun, 4);
                self.answer(begun, 9);
                self.note_at(begun, 38);
                self.later(begun, 71);
                let (_, fixes) = self.cause();
                let fix = self.pen.fill(fixes.first().copied().unwrap_or_default(), self.agent().gender);
                self.agent_says("resolved", &fix, Some(Status::Resolved));
            }
            Scene::Problem | Scene::Incident | Scene::Duplicate => self.join_the_outage(begun, staged.scene),
            Scene::Escalated => {
                self.begin_work(begun, 30);
                self.answer(begun, 44);
                self.machine_answers(Some(("away_subject", "away")));
                self.later(begun, 420);
                if let Some(manager) = self.manager {
                    self.escalate(&manager.username.clone(), 2);
                    self.follow(&manager.username.clone());
                }
            }
        }
    }

    fn later(&mut self, begun: DateTime<Utc>, minutes: i64) {
        self.at = after(self.office, begun, minutes);
    }

    fn begin_work(&mut self, begun: DateTime<Utc>, minutes: i64) {
        self.later(begun, minutes);
        let actor = self.agent().username.clone();
        let taken = Changes {
            status: Some(Status::InProgress),
            assignee: Some(actor.clone()),
            department: Some(self.family.department),
            custom_fields: self.own_fields(),
            ..self.no_changes()
        };
        self.change(&actor, taken);
    }

    fn answer(&mut self, begun: DateTime<Utc>, minutes: i64) {
        self.later(begun, minutes);
        let said = self.pen.phrase("acknowledge", "first", self.agent().gender);
        self.agent_says("first", &said, None);
    }

    fn note_at(&mut self, begun: DateTime<Utc>, minutes: i64) {
        self.later(begun, minutes);
        self.note("work");
    }

    fn join_the_outage(&mut self, begun: DateTime<Utc>, scene: Scene) {
        self.begin_work(begun, 6);
        if scene == Scene::Duplicate {
            self.later(begun, 12);
            if let Some(problem) = self.problem {
                self.relate(problem, RelationKind::Merged);
            }
            return;
        }
        self.later(begun, 11);
        let known = self.pen.phrase("outage_known", "outage", self.agent().gender);
        self.agent_says("outage", &known, None);
        if let Some(problem) = self.problem {
            self.relate(problem, RelationKind::Incident);
        } else {
            self.note_at(begun, 25);
        }
    }

    /// What the client's machines make of the desk's last mail, a minute or two later.
    fn machine_answers(&mut self, away: Option<(&str, &str)>) {
        self.at += TimeDelta::seconds(self.dice.between(50, 130));
        let gender = self.client().gender;
        let away =
            away.map(|(subject, text)| (self.pen.phrase(subject, "machine", gender), self.pen.phrase(text, "machine", gender)));
        let (ticket, client) = (self.ticket, self.client().username.clone());
        self.push(Happening::MachineAnswered(MachineAnswer { ticket, client, away }));
    }

    /// A copy goes to an address that was mistyped.
    fn refuse_a_copy(&mut self) {
        let host = &self.pen.facts.organization.domain;
        let address = format!("office@{}", host.replace(".example", "-office.example"));
        let words = format!("550 5.1.2 <{address}>: Recipient address rejected: Domain not found");
        self.copies = vec![address.clone()];
        self.push(Happening::MailRefused(Refusal { address, words, tries: None }));
    }

    /// The client's server wants to see a mail twice before it takes it.
    fn refuse_for_a_while(&mut self) {
        let words = "451 4.7.1 Greylisting in action, please come back later".to_owned();
        let address = self.client().email.clone();
        self.push(Happening::MailRefused(Refusal { address, words, tries: Some(1) }));
    }
}
