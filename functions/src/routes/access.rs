//! What the routes about rights have in common.

use serde::Serialize;

/// Something with its name.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Named<T> {
    /// Id.
    pub id: T,
    /// Name.
    pub name: String,
}
