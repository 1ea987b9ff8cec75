//! Views that the desk's people have saved: two for everybody by the manager, two of the agent's own.

use std::collections::BTreeMap;

use functions::actions::ticket_views;
use functions::context::Ctx;
use shared::i18n::Locale;
use shared::ticket_view::{Grouping, Shared, ViewIn};

use super::super::stand::Trouble;

/// A view of the demo: its names in Russian, English and Arabic, what narrows it, its order and its headings.
struct Planned {
    names: [&'static str; 3],
    conditions: &'static [(&'static str, &'static str)],
    sort: &'static str,
    group_by: Grouping,
}

/// For the whole desk.
const OF_DESK: [Planned; 2] = [
    Planned {
        names: ["Срочные без ответственного", "Urgent, nobody on it", "عاجلة بلا مسؤول"],
        conditions: &[("assignee", "none"), ("priority", "critical"), ("status", "open")],
        sort: "due_at",
        group_by: Grouping::None,
    },
    Planned {
        names: ["Ждут клиента", "Waiting for customers", "بانتظار العملاء"],
        conditions: &[("status", "waiting_customer")],
        sort: "created_at",
        group_by: Grouping::Assignee,
    },
];

/// The agent's own.
const OWN: [Planned; 2] = [
    Planned {
        names: ["Мои по срочности", "Mine by urgency", "تذاكري حسب الأولوية"],
        conditions: &[("assignee", "me"), ("status", "open")],
        sort: "-priority",
        group_by: Grouping::Priority,
    },
    Planned {
        names: ["Мои решённые", "Solved by me", "ما حللته"],
        conditions: &[("assignee", "me"), ("status", "resolved")],
        sort: "-updated_at",
        group_by: Grouping::None,
    },
];

/// Saves them as the person of `ctx`.
pub async fn save(ctx: &Ctx<'_>, is_for_desk: bool) -> Result<(), Trouble> {
    let (planned, shared) = if is_for_desk { (OF_DESK, Shared::Desk) } else { (OWN, Shared::Nobody) };
    let [russian, english, arabic] = [Locale::Ru, Locale::En, Locale::Ar].map(|locale| locale == ctx.tenant.locale());
    for view in planned {
        let name = view.names.into_iter().zip([russian, english, arabic]).find(|(_, is_it)| *is_it).map_or("", |(name, _)| name);
        let conditions: BTreeMap<String, String> =
            view.conditions.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let form = ViewIn {
            name: name.to_owned(),
            shared,
            conditions,
            sort: view.sort.to_owned(),
            group_by: view.group_by,
            ..ViewIn::default()
        };
        ticket_views::create(ctx, form).await.map_err(|error| format!("the view {name} was refused: {error:?}"))?;
    }
    Ok(())
}
