//! Somebody who is not the one who asks, with the rights of this moment.

use shared::access::{Circumstances, Permissions, Person, Policy, Subject};
use shared::store::held::HeldRow;

use crate::context::Ctx;

/// The person behind a row, with all that they hold.
pub(super) fn person(ctx: &Ctx<'_>, row: &HeldRow, policies: &[Policy], circumstances: &Circumstances<'_>) -> Person {
    let (holder, held) = (row.holder(), row.held());
    let subject = Subject { holder: &holder, role: row.role, email: &row.email, groups: &row.groups };
    let rights = held.rights(&subject, policies, circumstances);
    let lent = held.lent(&subject, policies, circumstances);
    Person {
        id: row.id.clone(),
        session: ctx.ids().next(),
        name: row.name.clone(),
        email: row.email.clone(),
        role: row.role,
        rights: Box::new(rights),
        gives: Permissions::default(),
        organization: row.organization_id.clone(),
        department: row.department_id.clone(),
        locale: None,
        zone: None,
        key: None,
        groups: row.groups.clone(),
        lent: lent.map(Box::new),
        further_roles: held.roles(),
        rights_until: None,
    }
}
