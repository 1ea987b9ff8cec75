//! A row that is a ticket.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Cells, Fault, Words};
use crate::error::FieldError;
use crate::limits::EXTERNAL_ID_CHARS_MAX;
use crate::mail::address;
use crate::ticket::{Body, Priority, Status, Tag, Title};

/// What stands in the cells of a ticket; names are still to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketCells {
    /// Title.
    pub title: Title,
    /// Description; the title again where there is none.
    pub description: Body,
    /// The requester's address.
    pub requester: String,
    /// What they are called.
    pub requester_name: Option<String>,
    /// Priority.
    pub priority: Option<Priority>,
    /// Status; new where none is said.
    pub status: Status,
    /// Slug or name.
    pub category: Option<String>,
    /// Id or name.
    pub department: Option<String>,
    /// Address or name.
    pub assignee: Option<String>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// When it was opened.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was resolved.
    pub resolved_at: Option<DateTime<Utc>>,
    /// What another system calls it.
    pub external_id: Option<String>,
}

impl TicketCells {
    /// Reads a row; all of its faults otherwise.
    pub fn read(mut cells: Cells<'_>, words: &Words, zone: Tz, now: DateTime<Utc>) -> Result<Self, Vec<Fault>> {
        let title = Title::parse("title", cells.text("title").unwrap_or_default()).map_err(|fault| cells.fault(fault)).ok();
        let typed = cells.text("description").or_else(|| cells.text("title")).unwrap_or_default();
        // Without either, that of the title is told already.
        let description =
            if typed.is_empty() { None } else { Body::parse("description", typed).map_err(|fault| cells.fault(fault)).ok() };
        let requester = address(&mut cells, "requester");
        let priority = cells.known("priority", |text| words.priority(text));
        let status = cells.known("status", |text| words.status(text)).unwrap_or(Status::New);
        let tags = tags(&mut cells);
        let (created_at, resolved_at) = (cells.moment("created_at", zone, now), cells.moment("resolved_at", zone, now));
        if created_at.zip(resolved_at).is_some_and(|(created, resolved)| resolved < created) {
            cells.fault(FieldError::new("resolved_at", "import_before"));
        }
        let external_id = cells.text("external_id").map(str::to_owned);
        if external_id.as_ref().is_some_and(|id| id.chars().count() > EXTERNAL_ID_CHARS_MAX || id.chars().any(char::is_control)) {
            cells.fault(FieldError::new("external_id", "too_long").arg("maximum", EXTERNAL_ID_CHARS_MAX));
        }
        let own = |field: &str| cells.text(field).map(str::to_owned);
        let (requester_name, category) = (own("requester_name"), own("category"));
        let (department, assignee) = (own("department"), own("assignee"));
        let faults = cells.into_faults();
        match (title, description, requester) {
            (Some(title), Some(description), Some(requester)) if faults.is_empty() => Ok(Self {
                title,
                description,
                requester,
                requester_name: requester_name.map(|name| address::tidy(&name, crate::limits::NAME_CHARS_MAX)),
                priority,
                status,
                category,
                department,
                assignee,
                tags,
                created_at,
                resolved_at,
                external_id,
            }),
            _ => Err(faults),
        }
    }
}

/// An address; `missing_field` or `bad_email` otherwise.
pub(super) fn address(cells: &mut Cells<'_>, field: &'static str) -> Option<String> {
    let Some(text) = cells.text(field) else {
        cells.fault(FieldError::new(field, "missing_field"));
        return None;
    };
    let address = address::normalize(text);
    if address.is_none() {
        cells.fault(FieldError::new(field, "bad_email"));
    }
    address
}

/// Tags, with commas or semicolons between them.
fn tags(cells: &mut Cells<'_>) -> Vec<Tag> {
    let text = cells.text("tags").unwrap_or_default();
    let texts: Vec<String> = text.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
    Tag::parse_all("tags", &texts).unwrap_or_else(|faults| {
        if let Some(fault) = faults.into_iter().next() {
            cells.fault(FieldError { field: "tags".to_owned(), ..fault });
        }
        Vec::new()
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use chrono_tz::Tz;

    use super::TicketCells;
    use crate::import::{Cells, Fault, Kind, Mapping, Record, Words};
    use crate::ticket::{Priority, Status};

    const COLUMNS: [&str; 8] = ["title", "requester", "priority", "status", "tags", "created_at", "resolved_at", "external_id"];

    fn read(cells: &[&str]) -> Result<TicketCells, Vec<Fault>> {
        let said = COLUMNS.map(|name| Some(name.to_owned()));
        let mapping = Mapping::parse(Kind::Tickets, COLUMNS.len(), &said).unwrap();
        let record = Record { line: 2, cells: cells.iter().map(|cell| (*cell).to_owned()).collect(), is_unclosed: false };
        let now: DateTime<Utc> = "2026-03-02T07:00:00Z".parse().unwrap();
        TicketCells::read(Cells::of(&record, &mapping), &Words::new(), Tz::UTC, now)
    }

    #[test]
    fn cells_are_read_in_whichever_language_they_are_written() {
        let good = ["Printer", " Anna@Client.example ", "Критический", "Solved", "a, b;c", "2026-01-02", "03.01.2026", "HD-1"];
        let ticket = read(&good).unwrap();
        assert_eq!(
            (ticket.requester.as_str(), ticket.priority, ticket.status),
            ("anna@client.example", Some(Priority::Critical), Status::Resolved)
        );
        assert_eq!(ticket.description.as_str(), "Printer", "where there is no description");
        assert_eq!((ticket.tags.len(), ticket.external_id.as_deref()), (3, Some("HD-1")));
        let plain = read(&["Printer", "anna@client.example", "", "", "", "", "", ""]).unwrap();
        assert_eq!((plain.status, plain.priority, plain.created_at), (Status::New, None, None));
    }

    #[test]
    fn every_fault_of_a_row_is_told_with_its_cell() {
        let told = |cells: &[&str]| -> Vec<(String, String)> {
            read(cells).unwrap_err().into_iter().map(|fault| (fault.field, fault.code)).collect()
        };
        let pair = |field: &str, code: &str| (field.to_owned(), code.to_owned());
        assert_eq!(
            told(&["", "nobody", "huge", "lost", "!", "2027-01-01", "soon", "x"]),
            [
                pair("title", "required"),
                pair("requester", "bad_email"),
                pair("priority", "unknown_value"),
                pair("status", "unknown_value"),
                pair("tags", "bad_tag"),
                pair("created_at", "import_future"),
                pair("resolved_at", "bad_date"),
            ]
        );
        assert_eq!(
            told(&["t", "a@b.example", "", "", "", "2026-02-02", "2026-02-01", ""]),
            [pair("resolved_at", "import_before")]
        );
        assert_eq!(told(&["t", "a@b.example"]), [pair("", "import_cells")]);
        assert_eq!(told(&["t", "a@b.example", "", "", "", "", "", "", "more"]), [pair("", "import_cells")]);
        assert!(read(&["=1+1", "a@b.example", "", "", "", "", "", "", "", ""]).unwrap().title.as_str() == "=1+1", "text is text");
    }
}
