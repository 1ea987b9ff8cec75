//! What the desk says to itself and to others at last: a note that names a colleague, and a message that was forwarded to a supplier.

use functions::actions::ticket_list;
use functions::actions::tickets::{NewComment, comment};
use functions::context::Ctx;
use shared::i18n::Locale;
use shared::id::UserId;
use shared::ticket::forward::{Ask, Quote};
use shared::ticket::{Body, Channel, Reference, Visibility};
use shared::ticket_list::ListRequest;

use super::super::stand::Trouble;

/// To whom the demo forwards.
const SUPPLIER: &str = "help@erp-vendor.example";

/// Writes them on the two open tickets that changed last, as the person of `ctx`; no mail goes out.
pub async fn write(ctx: &Ctx<'_>, colleague: (&UserId, &str)) -> Result<(), Trouble> {
    let (ask, named) = match ctx.tenant.locale() {
        Locale::Ru => {
            ("Добрый день! Знакома ли вам такая ошибка? Описание ниже.", "посмотрите, пожалуйста, это похоже на прошлый раз.")
        }
        Locale::Ar => ("مرحبًا، هل تعرفون هذا الخطأ؟ الوصف أدناه.", "من فضلكم ألقوا نظرة، فهذا يشبه ما حدث سابقًا."),
        Locale::En => {
            ("Hello! Do you know this error? The description is below.", "please have a look, it is like the last time.")
        }
    };
    let open = [("status", "open"), ("limit", "2")].into_iter().collect();
    let list = ListRequest::parse(&open, &[]).map_err(|faults| format!("{faults:?}"))?;
    let (page, _) =
        ticket_list::load(ctx, &ctx.actor.ticket_scope(), &list, Vec::new()).await.map_err(|error| format!("{error:?}"))?;
    let (id, name) = colleague;
    let note = format!("[@{name}](mention:{id}), {named}");
    for (row, (text, forwards)) in page.rows.iter().zip([(note.as_str(), false), (ask, true)]) {
        let body = Body::parse("body", text).map_err(|fault| format!("{fault:?}"))?;
        let forward = forwards.then(|| Ask {
            recipients: vec![SUPPLIER.to_owned()],
            quote: Quote::Opening,
            files: Vec::new(),
            fresh: (Vec::new(), 0),
        });
        let new = NewComment {
            visibility: Visibility::Internal,
            quiet: true,
            forward,
            ..NewComment::new(ctx.ids(), body, Channel::Web)
        };
        comment(ctx, &Reference::Id(row.id.clone()), &new).await.map_err(|error| format!("a note was refused: {error:?}"))?;
    }
    Ok(())
}
