//! What the demo's agent has put off, wants to be reminded of, has to do, and has spent time on.

use functions::actions::snoozes::{self, Wish};
use functions::actions::tickets::IfMatch;
use functions::actions::time::{self, Said};
use functions::actions::{checklists, reminders, ticket_list};
use functions::context::Ctx;
use shared::checklist::{Change, Words};
use shared::error::ApiError;
use shared::http::Query;
use shared::i18n::Locale;
use shared::ticket::Reference;
use shared::ticket::snooze::Preset;
use shared::ticket_list::ListRequest;

use super::super::stand::Trouble;

/// Words in Russian, English and Arabic.
type Said3 = [&'static str; 3];

const REMINDERS: [Said3; 2] = [
    ["Спросить бухгалтерию о закрытии месяца", "Ask accounting about the month's end", "سؤال المحاسبة عن إقفال الشهر"],
    ["Обновить ответ о выгрузке", "Renew the answer about the export", "تحديث الرد حول التصدير"],
];
const STEPS: [Said3; 3] = [
    ["Запросить журнал", "Ask for the log", "طلب السجل"],
    ["Повторить на копии базы", "Try it on a copy", "إعادة التجربة على نسخة"],
    ["Написать клиенту", "Write to the client", "الكتابة إلى العميل"],
];
const WORK: Said3 = ["Разбор журнала", "Looked through the log", "مراجعة السجل"];

/// Does it all as the person of `ctx`.
pub async fn save(ctx: &Ctx<'_>) -> Result<(), Trouble> {
    keep(ctx).await.map_err(|error| format!("the agent's own time was refused: {error:?}").into())
}

fn say(ctx: &Ctx<'_>, words: Said3) -> &'static str {
    let locales = [Locale::Ru, Locale::En, Locale::Ar];
    words.into_iter().zip(locales).find(|(_, locale)| *locale == ctx.tenant.locale()).map_or("", |(text, _)| text)
}

async fn keep(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    let me = ctx.person()?.id.to_string();
    for (words, preset) in REMINDERS.into_iter().zip([Preset::Tomorrow, Preset::Monday]) {
        reminders::create(ctx, None, say(ctx, words), Wish::Named(preset)).await?;
    }
    let query: Query = [("assignee", me.as_str()), ("status", "open")].into_iter().collect();
    let list = ListRequest::parse(&query, &[]).map_err(ApiError::invalid)?;
    let (page, _) = ticket_list::load(ctx, &ctx.actor.ticket_scope(), &list, Vec::new()).await?;
    let tickets: Vec<Reference> = page.rows.iter().map(|row| Reference::from(&row.id)).collect();
    if let Some(ticket) = tickets.first() {
        for words in STEPS {
            let words = Words::parse(say(ctx, words)).map_err(|fault| ApiError::invalid(vec![fault]))?;
            checklists::change(ctx, ticket, IfMatch::Any, &Change::Add(words)).await?;
        }
        checklists::change(ctx, ticket, IfMatch::Any, &Change::Tick(1, true)).await?;
    }
    for (ticket, minutes) in tickets.iter().zip([25, 90]) {
        let said = Said { minutes: Some(Ok(minutes)), note: Some(say(ctx, WORK).to_owned()), ..Said::default() };
        time::create(ctx, ticket, &said).await?;
    }
    if let Some(ticket) = tickets.get(2) {
        snoozes::snooze(ctx, ticket, Wish::Named(Preset::Tomorrow)).await?;
    }
    Ok(())
}
