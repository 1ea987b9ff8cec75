# The audit log: the page, its lines in words, the verdict.
audit-title = Audit log
audit-lead = Who did what, when and from where. Lines are only ever added.
audit-verify = Check the log
audit-export-csv = Export CSV
audit-export-jsonl = Export JSON
audit-find = Ticket, address, id or words
audit-anybody = Anybody
audit-anything = Any action
audit-outcome-label = Outcome
audit-any-outcome = Any outcome
audit-open-ticket = Open the ticket
audit-changes = What was and what is
audit-field = Field
audit-before = Before
audit-after = After
audit-when = When
audit-unknown = an unknown account
audit-empty = Nothing was written down yet
audit-empty-hint = Whatever people do here will be listed.
audit-looked-further = Nothing among the lines looked at so far. The next page goes on with older ones.
audit-verdict-title = Check of the audit log
audit-verdict-lead = Each line is compared with its seal, and seals with signed checkpoints.
audit-verdict-ok = The log is whole: { $newest } lines
audit-verdict-so-far = Nothing wrong up to line { $to } of { $newest }
audit-verdict-go-on = Go on
audit-verdict-bad = The log was tampered with
audit-verdict-signed = Signed up to line { $seq }:
audit-verdict-unsigned = No checkpoint has been signed yet.
audit-verdict-back = Back to the audit log
audit-outcome = { $value ->
    [done] Done
    [refused] Refused
   *[other] { $value }
}
audit-actor = { $value ->
    [system] The product
    [anonymous] Somebody not signed in
    [service] A mail relay
    [operator] An operator of the platform
   *[other] { $value }
}
audit-fact = { $value ->
    [action] Action
    [actor] Who
    [subject] On what
    [on_behalf_of] On behalf of
    [network] IP address
    [request_id] Request
    [user_agent] Program
   *[other] { $value }
}
audit-module = { $value ->
    [session] Signing in and out
    [account] Accounts
    [access] Refusals
    [audit] The audit log itself
    [user] People
    [organization] Organizations
    [grant] Granted roles
    [delegation] Deputies
    [policy] Access policies
    [department] Departments
    [category] Categories
    [tenant] Settings
    [ticket] Tickets
    [attachment] Files
    [sla] SLA deadlines
    [sla_policy] SLA policies
    [sla_calendar] Calendars
    [mail] Mail
    [service_account] Accounts of programs
    [api_key] API keys
    [directory] Companies’ directories
    [address] Blocked addresses
    [alert] Security alerts
    [identity_provider] Sign-in providers
    [external_identity] Accounts elsewhere
    [view] Views
    [reminder] Reminders
    [time] Time
    [import] Imports
   *[other] { $value }
}
audit-fault = { $kind ->
    [edited] the line was edited
    [deleted] the line was deleted
    [reordered] the line stands in another line's place
    [truncated] lines from here on are missing
    [seal_edited] the seal was edited
    [seal_removed] the seal is missing
    [checkpoint_forged] a checkpoint is not genuine
    [checkpoint_removed] a checkpoint is missing
    [rewritten] the log was sealed anew, other than it was signed
   *[other] { $kind }
}
audit-verdict-unsealed = { $n ->
    [one] { $n } younger line waits for its seal.
   *[other] { $n } younger lines wait for their seals.
}
audit-line-session-opened = { $actor } signed in
audit-line-session-closed = { $actor } signed out
audit-line-session-all-closed = { $actor } signed out everywhere
audit-line-session-refused = A sign-in was refused: { $object }
audit-line-session-refreshed = { $actor } went on with a session
audit-line-session-reuse-detected = A used refresh token came again, the session of { $actor } was ended
audit-line-directory-created = { $actor } set up the directory { $object }
audit-line-directory-deleted = { $actor } removed the directory { $object }
audit-line-directory-linked = { $actor } linked an account to an entry of a directory
audit-line-directory-synced = { $actor } went through the directory { $object }
audit-line-directory-sync-failed = A round through a directory failed
audit-line-directory-sync-requested = { $actor } asked for a round through a directory
audit-line-directory-sync-stopped = A round through a directory stopped: it would have disabled too many
audit-line-directory-tested = { $actor } tried a directory out
audit-line-directory-unlinked = { $actor } unlinked an account from a directory
audit-line-directory-updated = { $actor } changed the directory { $object }
audit-line-external-identity-linked = { $actor } linked an account elsewhere: { $object }
audit-line-external-identity-unlinked = { $actor } unlinked an account elsewhere
audit-line-identity-provider-created = { $actor } set up the sign-in provider { $object }
audit-line-identity-provider-deleted = { $actor } removed the sign-in provider { $object }
audit-line-identity-provider-renewed = { $actor }: new keys or addresses of { $object }
audit-line-identity-provider-signed-out = { $actor } had somebody signed out: { $object }
audit-line-identity-provider-tested = { $actor } tried the sign-in provider { $object } out
audit-line-identity-provider-updated = { $actor } changed the sign-in provider { $object }
audit-line-group-created = { $actor } made the group { $object }
audit-line-group-deleted = { $actor } removed the group { $object }
audit-line-group-joined = { $actor } took somebody into the group { $object }
audit-line-group-left = { $actor } took somebody out of the group { $object }
audit-line-group-updated = { $actor } changed the group { $object }
audit-line-delegation-created = { $actor } named a deputy: { $object }
audit-line-delegation-revoked = { $actor } ended a deputy: { $object }
audit-line-grant-created = { $actor } gave a role: { $object }
audit-line-grant-revoked = { $actor } took a role back: { $object }
audit-line-policy-created = { $actor } made the policy { $object }
audit-line-policy-deleted = { $actor } removed the policy { $object }
audit-line-policy-updated = { $actor } changed the policy { $object }
audit-line-organization-deleted = { $actor } removed the organization { $object }
audit-line-role-created = { $actor } made the role { $object }
audit-line-role-deleted = { $actor } removed the role { $object }
audit-line-role-updated = { $actor } changed the role { $object }
audit-line-user-invited = { $actor } sent { $object } the invitation again
audit-line-user-removed = { $actor } removed { $object } for good
audit-line-account-recovery-code-used = { $actor } used a recovery code
audit-line-account-recovery-codes-renewed = { $actor } renewed the recovery codes
audit-line-account-second-factor-begun = { $actor } began to set up a second factor
audit-line-account-second-factor-off = { $actor } took the second factor away
audit-line-account-second-factor-on = { $actor } set up a second factor
audit-line-session-challenged = { $actor } gave the right password and was asked for a code
audit-line-session-ended = { $actor } ended a session
audit-line-session-ended-by-provider = { $actor } ended sessions of { $object }
audit-line-session-others-ended = { $actor } ended all other sessions
audit-line-session-proof-refused = { $actor } could not prove who they are
audit-line-session-verified = { $actor } proved anew who they are
audit-line-user-second-factor-removed = { $actor } took the second factor of { $object } away
audit-line-account-phone-begun = { $actor } gave a telephone number
audit-line-account-phone-added = { $actor } added a telephone number for codes
audit-line-account-phone-removed = { $actor } took the telephone number away
audit-line-account-code-sent = A code was sent to the telephone of { $actor }
audit-line-account-passkey-added = { $actor } added a passkey
audit-line-account-passkey-doubted = A passkey of { $object } was refused: its counter did not go on
audit-line-account-passkey-refused = { $actor } could not add a passkey
audit-line-account-passkey-removed = { $actor } took a passkey away
audit-line-account-passkey-renamed = { $actor } renamed a passkey
audit-line-account-mails-chosen = { $actor } chose which mails to get
audit-line-account-shortcuts-chosen = { $actor } chose keyboard shortcuts
audit-line-account-confirmed = { $actor } confirmed the address
audit-line-account-password-changed = { $actor } changed the password
audit-line-account-password-reset = { $actor } chose a new password by a link
audit-line-account-profile-changed = { $actor } changed the profile
audit-line-account-registration-requested = Somebody asked to register: { $object }
audit-line-account-reset-requested = Somebody asked for a new password: { $object }
audit-line-user-created = { $actor } added { $object }
audit-line-user-updated = { $actor } changed the record of { $object }
audit-line-user-role = { $actor } changed the role of { $object } to: { $role }
audit-line-user-seen = Somebody new wrote by mail: { $object }
audit-line-user-read = { $actor } looked at the record of { $object }
audit-line-organization-created = { $actor } added the organization { $object }
audit-line-organization-updated = { $actor } changed the organization { $object }
audit-line-department-created = { $actor } added the department { $object }
audit-line-department-updated = { $actor } changed the department { $object }
audit-line-category-created = { $actor } added the category { $object }
audit-line-category-updated = { $actor } changed the category { $object }
audit-line-tenant-settings-changed = { $actor } changed the settings
audit-line-ticket-created = { $actor } opened { $object }
audit-line-ticket-updated = { $actor } changed { $object }
audit-line-ticket-commented = { $actor } wrote in { $object }
audit-line-ticket-message-scheduled = { $actor } wrote a message in { $object } that waits
audit-line-ticket-message-taken-back = { $actor } took an unsent message in { $object } back
audit-line-ticket-message-released = { $actor } sent a waiting message in { $object } at once
audit-line-ticket-message-held = { $actor }: a message in { $object } could not go out
audit-line-account-undo-chosen = { $actor } chose the time for undoing a sending
audit-line-ticket-tagged = { $actor } changed the tags of { $object }
audit-line-ticket-deleted = { $actor } deleted { $object }
audit-line-ticket-restored = { $actor } brought { $object } back
audit-line-ticket-merged = { $actor } merged { $object } into another ticket
audit-line-ticket-unmerged = { $actor } took { $object } apart again
audit-line-ticket-split = { $actor } split { $object }
audit-line-ticket-linked = { $actor } linked { $object } to another ticket
audit-line-ticket-unlinked = { $actor } took a link off { $object }
audit-line-ticket-followed = { $actor } changed who follows { $object }
audit-line-ticket-unfollowed = { $actor } took a follower off { $object }
audit-line-ticket-rated = { $actor } rated { $object }
audit-line-attachment-added = { $actor } attached a file to { $object }
audit-line-attachment-removed = { $actor } removed a file from { $object }
audit-line-sla-fired = A moment of the SLA came for { $object }
audit-line-sla-recomputed = The SLA of { $object } was counted anew
audit-line-sla-policy-created = { $actor } added the SLA policy { $object }
audit-line-sla-policy-updated = { $actor } changed the SLA policy { $object }
audit-line-sla-policy-deleted = { $actor } deleted the SLA policy { $object }
audit-line-sla-calendar-created = { $actor } added the calendar { $object }
audit-line-sla-calendar-updated = { $actor } changed the calendar { $object }
audit-line-sla-calendar-deleted = { $actor } deleted the calendar { $object }
audit-line-mail-discarded = { $actor } discarded a mail: { $object }
audit-line-mail-reprocessed = { $actor } had a mail processed again
audit-line-mail-retried = { $actor } had a mail sent again: { $object }
audit-line-mail-returned = A mail came back
audit-line-access-refused = { $actor } was refused: { $object }
audit-line-audit-read = { $actor } read the audit log
audit-line-audit-exported = { $actor } exported the audit log
audit-line-other = { $actor }: { $action } ({ $object })
audit-line-address-blocked = { $actor } blocked an address
audit-line-address-unblocked = { $actor } let a blocked address in again
audit-line-alert-raised = A security alert was raised
audit-line-alert-acknowledged = { $actor } looked at a security alert
audit-line-alert-silenced = { $actor } silenced a security alert
audit-line-alert-unsilenced = { $actor } took the silence of a security alert back
