//! A ticket's own fields as its page shows them.

use shared::i18n;
use shared::ticket::{TicketRow, TicketView};

use crate::context::Ctx;
use crate::pages::view::Person;
use crate::pages::view::ticket::Facts;

/// The facts, from what the actor may see.
pub fn facts(ctx: &Ctx<'_>, row: &TicketRow, view: &TicketView) -> Facts {
    let escalation = view.escalation.as_ref();
    let requester = Person::new(view.requester.id.clone().unwrap_or_default(), &view.requester.name);
    Facts {
        id: view.id.clone(),
        number: view.number.clone(),
        title: view.title.clone(),
        status: view.status.as_str().to_owned(),
        priority: view.priority.as_str().to_owned(),
        channel: view.channel.as_str().to_owned(),
        category: row.category_name.clone().or_else(|| row.category.clone()),
        module: view.erp_module.as_deref().map(|module| module_name(ctx, module)),
        department: view.department.as_ref().map(|department| department.name.clone()),
        tags: view.tags.clone(),
        custom_fields: view.custom_fields.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        requester: match &view.requester.email {
            Some(email) => requester.email(email),
            None => requester,
        },
        organization: view.organization.as_ref().map(|organization| organization.name.clone()),
        assignee: view.assignee.as_ref().map(|agent| Person::new(agent.id.clone().unwrap_or_default(), &agent.name).staff(true)),
        escalation: escalation.map_or(0, |escalation| i64::from(escalation.level)),
        escalation_reason: escalation.and_then(|escalation| escalation.reason.clone()).unwrap_or_default(),
        created: view.created_at.into(),
        updated: view.updated_at.into(),
        version: view.version,
        deleted: view.deleted_at.map(Into::into),
        merged_into: view.merged_into.clone(),
    }
}

/// A custom field's value as a person reads it.
fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// An ERP module's name in the reader's language; a tenant's own module is shown as the tenant wrote it.
pub fn module_name(ctx: &Ctx<'_>, module: &str) -> String {
    let key = format!("module-{}", module.replace('_', "-"));
    if i18n::has(ctx.locale, &key) { i18n::plain(ctx.locale, &key) } else { module.to_owned() }
}
