//! Who may do what: lists and single tickets come to the same.

mod scopes;
