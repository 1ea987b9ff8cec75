//! Who may do what: lists, single tickets and conditions of policies come to the same.

mod conditions;
mod scopes;
