# Who may do what: permissions, roles, groups, people.

access-permission = { $value ->
    [ticket-read] See tickets
    [ticket-read_internal] See internal notes, the whole history and what else only the desk sees
    [ticket-create] Open tickets
    [ticket-reply] Answer tickets
    [ticket-update] Change status, priority, category, tags and fields; write notes, link tickets, remove files
    [ticket-assign] Choose who works on a ticket, and which department; escalate
    [ticket-merge] Merge, split and link tickets
    [ticket-delete] Delete tickets and bring them back
    [ticket-rate] Rate how one’s own ticket was solved
    [sla-read] See SLA policies, calendars and missed promises
    [sla-manage] Change SLA policies and calendars
    [mail-read] See the mail log and mail that waits
    [mail-manage] Send failed mail again, decide about mail that waits
    [report-read] See ratings and figures of the desk
    [time-manage] Change everybody’s time entries
    [user-read] See people and organizations
    [user-manage] Add, change and remove people and organizations
    [desk-read] See departments and categories
    [desk-manage] Change departments and categories
    [tenant-manage] Change the settings of the portal
    [access-read] See roles, groups, grants, deputies and access policies
    [access-manage] Change roles, groups, grants, deputies and access policies: who may do what
    [audit-read] Read the audit log and check it
    [audit-export] Take the audit log out
   *[other] { $value }
}
access-role-about = { $value ->
    [admin] May do everything in this portal
    [manager] Leads the desk: tickets, service levels, mail and reports
    [agent] Works on tickets
    [client] Asks for help in the portal
    [analyst] Reads tickets and reports, changes nothing
   *[other] { $value }
}
access-module = { $value ->
    [ticket] Tickets
    [sla] Service levels
    [mail] Mail
    [report] Reports
    [time] Time
    [user] People
    [desk] The desk
    [tenant] The portal
    [access] Access
    [audit] Audit log
   *[other] { $value }
}
access-title = People and access
access-nav = Sections of access
access-people = People
access-people-lead = Everybody who can sign in, and everybody who ever wrote
access-people-empty = Nobody is here yet
access-person = Person
access-person-new = Add a person
access-person-gone = This person was removed for good. Old tickets keep the name.
access-find = Name or address begins with
access-role = Role
access-all-roles = All roles
access-all-present = All who are here
access-place = Organization or department
access-status = { $value ->
    [active] Active
    [unverified] Not confirmed
    [disabled] Disabled
    [removed] Removed
   *[other] { $value }
}
access-status-hint = Whoever is disabled is signed out everywhere at once and cannot sign in until made active again.
access-organization = Organization
access-organization-hint = The name of one that there is; empty for none.
access-locale-portal = The portal’s
access-invite = Send the invitation again
access-invite-hint = A link for choosing a password goes to this address.
access-remove = Remove for good
access-remove-confirm = Remove this person for good? They are signed out, leave all groups and lose what they were granted. Old tickets keep the name. There is no way back.
access-organizations = Organizations
access-organizations-lead = The companies of your clients
access-organizations-empty = No organization yet
access-organization-find = Name begins with
access-organization-new = Add an organization
access-customer-type = Customer type
access-customer-type-hint = Lower-case letters, digits and _: policies tell customers apart by it. Empty is standard.
access-delete-confirm = Delete this organization?
access-groups = Groups
access-groups-lead = People to whom roles are granted together
access-groups-empty = No group yet
access-group = Group
access-group-new = Add a group
access-group-delete-confirm = Delete this group? Its members lose what was granted to it.
access-description = What it is for
access-members = Members
access-members-empty = Nobody belongs to it yet.
access-member-add = E-mail of somebody to take in
access-roles = Roles
access-roles-lead = What people may do
access-roles-own = Your own
access-roles-built-in = Built in
access-roles-empty = None yet. A role of your own holds exactly the permissions that you choose.
access-role-new = Make a role
access-role-delete-confirm = Delete this role?
access-builtin = Built in, the same everywhere
access-base = Built on
access-base-hint = Decides whether its people belong to the desk or to the portal. It cannot be changed later.
flash-person-added = Added. A link for choosing a password is on its way.
flash-person-invited = The invitation is on its way again.
flash-person-removed = Removed for good.
flash-removed = Deleted.
