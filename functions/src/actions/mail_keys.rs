//! The keys of reply tokens.

use shared::mail::token::TokenKeys;

use crate::context::Ctx;

/// Keys that sign and verify reply tokens. The tokens' own label keeps them apart from everything else that the secret signs.
pub fn mail_keys(ctx: &Ctx<'_>) -> TokenKeys {
    TokenKeys::new(ctx.config().token_secret.as_bytes(), &[])
}
