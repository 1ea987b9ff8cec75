//! Tickets: what they are made of, how their status may change, and what is shown of them to whom.
//!
//! Everything here is pure. Types that exist are valid: titles, texts, tags and custom fields are parsed once, at the
//! door; whether a status may follow another is one table ([`status::change`]); what a client may not see is taken away
//! in one place ([`TicketView::for_actor`]).

mod categorize;
pub(crate) mod custom_fields;
mod form;
pub mod forward;
mod later;
pub mod mention;
pub mod picture;
mod record;
mod reference;
pub mod snooze;
pub mod status;
mod tag_edit;
mod text;
mod view;
mod words;

pub use crate::sla::Priority;
pub use categorize::{Topic, categorize};
pub use custom_fields::CustomFields;
pub use form::{ChangesIn, CommentIn, EscalationIn, NewTicketIn, RequesterIn, TagEditIn, TagsIn, TagsMode};
pub use later::{Later, UNDO_SECONDS};
pub(crate) use record::clocks;
pub use record::{AttachmentRow, CommentRow, FollowerRow, HistoryRow, TicketRow};
pub use reference::Reference;
pub use status::{Party, Status};
pub use tag_edit::TagEdit;
pub use text::{Body, Tag, Title};
pub use view::{
    AttachmentView, CommentView, EscalationView, FollowerView, HistoryView, Named, PersonView, RatingView, SlaClockView, SlaView,
    TicketView,
};
pub use words::{Channel, Visibility};
