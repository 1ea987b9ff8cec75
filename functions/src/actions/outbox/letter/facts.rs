//! What mails are about, loaded for all that are carried at once.

use std::collections::HashMap;
use std::rc::Rc;

use shared::error::ApiError;
use shared::i18n::own::OwnTexts;
use shared::id::{CommentId, TicketId};
use shared::store::mail_threads;
use shared::store::outbox::{self as store, Claimed, CommentFacts, FileFacts, ForwardedFile, Reader, TicketFacts};
use shared::store::own_texts::{self, OwnTextRow};

use crate::context::{Ctx, words};

/// What the claimed mails are about, loaded in one batch for all of them.
pub struct Facts {
    pub(super) tickets: HashMap<TicketId, TicketFacts>,
    pub(super) comments: HashMap<CommentId, CommentFacts>,
    /// The names of the files of a comment.
    pub(super) files: HashMap<CommentId, Vec<String>>,
    pub(super) forwarded_files: HashMap<CommentId, Vec<ForwardedFile>>,
    /// People by their addresses.
    pub(super) readers: HashMap<String, Reader>,
    /// The Message-IDs of a ticket's mails, the oldest first.
    pub(super) conversations: HashMap<TicketId, Vec<String>>,
    /// What the tenant says in its own words.
    pub words: Option<Rc<OwnTexts>>,
}

impl Facts {
    /// One round trip, however many mails.
    pub async fn load(ctx: &Ctx<'_>, mails: &[Claimed]) -> Result<Self, ApiError> {
        let tickets: Vec<&TicketId> = mails.iter().filter_map(|mail| mail.ticket_id.as_ref()).collect();
        let comments: Vec<&CommentId> = mails.iter().filter_map(|mail| mail.comment_id.as_ref()).collect();
        let addresses: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
        let batch = vec![
            store::tickets(&tickets),
            store::comments(&comments),
            store::files(&comments),
            store::forwarded_files(&comments),
            store::readers(&addresses),
            mail_threads::of_tickets(&tickets),
            own_texts::all(),
        ];
        let answers = ctx.db.batch(batch).await?;
        let [tickets, comments, file_rows, forwarded, readers, threads, words] = answers.as_slice() else {
            return Err(ApiError::internal("the batch was not answered"));
        };
        let mut files: HashMap<CommentId, Vec<String>> = HashMap::new();
        for file in file_rows.all::<FileFacts>()? {
            files.entry(file.comment_id).or_default().push(file.file_name);
        }
        let mut forwarded_files: HashMap<CommentId, Vec<ForwardedFile>> = HashMap::new();
        for file in forwarded.all::<ForwardedFile>()? {
            forwarded_files.entry(file.comment_id.clone()).or_default().push(file);
        }
        Ok(Self {
            forwarded_files,
            tickets: tickets.all::<TicketFacts>()?.into_iter().map(|ticket| (ticket.id.clone(), ticket)).collect(),
            comments: comments.all::<CommentFacts>()?.into_iter().map(|comment| (comment.id.clone(), comment)).collect(),
            files,
            readers: readers.all::<Reader>()?.into_iter().map(|reader| (reader.email.clone(), reader)).collect(),
            conversations: mail_threads::conversations(threads)?,
            words: words::texts(&words.all::<OwnTextRow>()?),
        })
    }
}
