//! The words of statuses, priorities, roles and languages in all languages of the product, by which cells are read.

use crate::access::Role;
use crate::i18n::{self, Locale};
use crate::ticket::{Priority, Status};

/// What other programs call a status.
const STATUSES: [(&str, Status); 12] = [
    ("open", Status::InProgress),
    ("открыта", Status::InProgress),
    ("открыт", Status::InProgress),
    ("pending", Status::WaitingCustomer),
    ("on hold", Status::WaitingCustomer),
    ("hold", Status::WaitingCustomer),
    ("waiting", Status::WaitingCustomer),
    ("ожидание", Status::WaitingCustomer),
    ("solved", Status::Resolved),
    ("решён", Status::Resolved),
    ("done", Status::Closed),
    ("закрыт", Status::Closed),
];
/// What other programs call a priority.
const PRIORITIES: [(&str, Priority); 4] = [
    ("urgent", Priority::Critical),
    ("normal", Priority::Medium),
    ("срочный", Priority::Critical),
    ("обычный", Priority::Medium),
];

/// Words, read once for all rows of a table.
pub struct Words {
    statuses: Vec<(String, Status)>,
    priorities: Vec<(String, Priority)>,
    roles: Vec<(String, Role)>,
    languages: Vec<(String, Locale)>,
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace('ё', "е")
}

fn said<T: Copy>(key: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Vec<(String, T)> {
    let mut words: Vec<(String, T)> = all.iter().map(|each| (name(*each).to_owned(), *each)).collect();
    for locale in Locale::ALL {
        words.extend(all.iter().map(|each| (folded(&i18n::text(locale, key, &[("value", name(*each).into())])), *each)));
    }
    words
}

fn find<T: Copy>(words: &[(String, T)], text: &str) -> Option<T> {
    let text = folded(text);
    words.iter().find(|(word, _)| *word == text || *word == text.replace(' ', "_")).map(|(_, each)| *each)
}

impl Words {
    /// Reads them.
    pub fn new() -> Self {
        let mut statuses = said("status", &Status::ALL, Status::as_str);
        statuses.extend(STATUSES.map(|(word, status)| (folded(word), status)));
        let mut priorities = said("priority", &Priority::ALL, Priority::as_str);
        priorities.extend(PRIORITIES.map(|(word, priority)| (folded(word), priority)));
        let languages = Locale::ALL.into_iter().map(|locale| (folded(locale.own_name()), locale)).collect();
        Self { statuses, priorities, roles: said("role", &Role::ALL, Role::as_str), languages }
    }

    /// A status.
    pub fn status(&self, text: &str) -> Option<Status> {
        find(&self.statuses, text)
    }

    /// A priority.
    pub fn priority(&self, text: &str) -> Option<Priority> {
        find(&self.priorities, text)
    }

    /// One of the five roles.
    pub fn role(&self, text: &str) -> Option<Role> {
        find(&self.roles, text)
    }

    /// A language, by its code or its own name.
    pub fn language(&self, text: &str) -> Option<Locale> {
        Locale::parse(text).or_else(|| find(&self.languages, text))
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::new()
    }
}
