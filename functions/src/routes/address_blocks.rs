//! `/api/address-blocks`: addresses that the tenant's hosts turn away.

pub mod create;
pub mod delete;
pub mod list;
pub mod show;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::Request;
use shared::id::BlockId;
use shared::store::address_blocks::{Block, Origin};

/// A block as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct BlockView {
    /// Id.
    id: BlockId,
    /// An address, or a range in CIDR notation.
    #[schema(example = "192.0.2.0/24")]
    range: String,
    /// Why.
    reason: String,
    /// By hand, or by the product's rule.
    origin: Origin,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// By whom: a person's id, or `system`.
    created_by: String,
    /// Until when; null where it has no end.
    expires_at: Option<DateTime<Utc>>,
}

impl From<Block> for BlockView {
    fn from(block: Block) -> Self {
        let expires_at = block.ends_at();
        Self {
            id: block.id,
            range: block.range,
            reason: block.reason,
            origin: block.origin,
            created_at: block.created_at,
            created_by: block.created_by,
            expires_at,
        }
    }
}

/// The block that the path names.
fn id(request: &Request) -> Result<BlockId, ApiError> {
    BlockId::parse(request.param("block")).map_err(|_| ApiError::not_found())
}

fn example() -> Value {
    json!({
        "id": "blk_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "range": "192.0.2.0/24", "reason": "Tried passwords all night", "origin": "manual",
        "created_at": "2026-03-02T07:00:00Z", "created_by": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "expires_at": "2026-03-09T07:00:00Z"
    })
}
