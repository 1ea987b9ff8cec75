//! What can be chosen for a ticket's fields: what is in use, and what the ticket has although it no longer is.
//!
//! A field whose present value is missing among its choices would be emptied by the next person who saves the form for another
//! field's sake.

use shared::ticket::TicketRow;

use crate::context::{Ctx, Directory};
use crate::pages::view::{Choice, Form};
use crate::routes::portal::new::modules;

/// The choices for the fields of a ticket, or of a new one.
pub struct Choices {
    /// Members of the desk, by name.
    pub agents: Vec<Choice>,
    /// Departments.
    pub departments: Vec<Choice>,
    /// Categories.
    pub categories: Vec<Choice>,
    /// ERP modules.
    pub modules: Vec<Choice>,
}

/// For a new ticket: what was typed stays chosen.
pub fn for_new(ctx: &Ctx<'_>, directory: &Directory, form: &Form) -> Choices {
    choices(ctx, directory, |field| form.values.get(field).cloned())
}

/// For a ticket: what a refused form chose stays chosen, otherwise what the ticket has is.
pub fn for_ticket(ctx: &Ctx<'_>, directory: &Directory, row: &TicketRow, form: &Form) -> Choices {
    let present = |field: &str| match field {
        "assignee" => row.assignee_id.as_ref().map(ToString::to_string),
        "department" => row.department_id.as_ref().map(ToString::to_string),
        "category" => row.category.clone(),
        _ => row.erp_module.clone(),
    };
    let mut choices = choices(ctx, directory, |field| form.values.get(field).cloned().or_else(|| present(field)));
    keep(&mut choices.agents, present("assignee"), row.assignee_name.as_deref());
    keep(&mut choices.departments, present("department"), row.department_name.as_deref());
    keep(&mut choices.categories, present("category"), row.category_name.as_deref());
    keep(&mut choices.modules, present("erp_module"), None);
    choices
}

fn choices(ctx: &Ctx<'_>, directory: &Directory, chosen: impl Fn(&str) -> Option<String>) -> Choices {
    let (assignee, department, category) = (chosen("assignee"), chosen("department"), chosen("category"));
    Choices {
        agents: directory.assignable().map(|each| Choice::new(each.id.as_str(), &each.name, assignee.as_deref())).collect(),
        departments: directory
            .open_departments()
            .map(|each| Choice::new(each.id.as_str(), &each.name, department.as_deref()))
            .collect(),
        categories: directory.open_categories().map(|each| Choice::new(&each.slug, &each.name, category.as_deref())).collect(),
        modules: modules(ctx, chosen("erp_module").as_deref()),
    }
}

/// Adds what the ticket has, if it is not among the choices: chosen, unless another one is.
fn keep(choices: &mut Vec<Choice>, present: Option<String>, name: Option<&str>) {
    let Some(present) = present else { return };
    if choices.iter().any(|choice| choice.value == present) {
        return;
    }
    let label = name.unwrap_or(&present).to_owned();
    let selected = !choices.iter().any(|choice| choice.selected);
    choices.push(Choice { selected, ..Choice::new(present, label, None) });
}
