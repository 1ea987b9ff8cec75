//! The pages of people, organizations, groups, roles, what is given for a time, policies, of programs and of companies' directories.

mod directory_form;
mod explain_page;
mod grants_page;
mod identity_provider_form;
mod person_form;
mod places;
mod policy_form;
mod role_form;
mod service_account_page;

pub mod directories;
pub mod directory_create;
pub mod directory_delete;
pub mod directory_edit;
pub mod directory_link;
pub mod directory_new;
pub mod directory_sync;
pub mod directory_test;
pub mod directory_unlink;
pub mod directory_update;
pub mod explain;
pub mod grant_revoke;
pub mod group_create;
pub mod group_delete;
pub mod group_edit;
pub mod group_grant_create;
pub mod group_grants;
pub mod group_join;
pub mod group_leave;
pub mod group_update;
pub mod groups;
pub mod identity_provider_create;
pub mod identity_provider_delete;
pub mod identity_provider_edit;
pub mod identity_provider_new;
pub mod identity_provider_test;
pub mod identity_provider_update;
pub mod identity_providers;
pub mod key_create;
pub mod key_revoke;
pub mod key_rotate;
pub mod organization_create;
pub mod organization_delete;
pub mod organization_edit;
pub mod organization_update;
pub mod organizations;
pub mod people;
pub mod person_create;
pub mod person_edit;
pub mod person_grant_create;
pub mod person_grants;
pub mod person_invite;
pub mod person_new;
pub mod person_remove;
pub mod person_update;
pub mod policies;
pub mod policy_create;
pub mod policy_delete;
pub mod policy_edit;
pub mod policy_new;
pub mod policy_update;
pub mod role_create;
pub mod role_delete;
pub mod role_edit;
pub mod role_new;
pub mod role_update;
pub mod roles;
pub mod scim;
pub mod service_account_create;
pub mod service_account_edit;
pub mod service_account_remove;
pub mod service_account_update;
pub mod service_accounts;

use shared::error::ApiError;
use shared::http::Query;
use shared::store::users::Status;

use crate::actions::tickets::IfMatch;

/// The version that a form was filled in on; a form without one is based on nothing.
fn version(sent: &Query) -> Result<IfMatch, ApiError> {
    sent.filled("version").and_then(|text| text.parse().ok()).map(IfMatch::Version).ok_or_else(ApiError::stale)
}

/// Refusals after which a form comes back filled in as it was sent.
fn comes_back(error: &ApiError) -> bool {
    matches!(error.status, 409 | 412 | 422) || error.code == "more_than_own"
}

/// How a person stands.
fn standing(status: Status, is_gone: bool) -> String {
    if is_gone { "removed" } else { status.as_str() }.to_owned()
}
