# Words of the pages, by page. Keys that browser code reads begin with "js-"; % stands for what it fills in.

ui-save = Save
ui-cancel = Cancel
ui-close = Close
ui-confirm = Yes, go on
ui-add = Add
ui-edit = Edit
ui-delete = Delete
ui-remove = Remove
ui-retry = Try again
ui-none = None
ui-optional = (optional)
ui-skip = Skip to the content
ui-language = Language
ui-account = Account: { $name }
ui-support-of = { $name } support

span = { $hours ->
    [0] { $minutes } min
   *[other] { $minutes ->
        [0] { $hours } h
       *[other] { $hours } h { $minutes } min
    }
}

# Enumerations
status = { $value ->
    [new] New
    [in_progress] In progress
    [waiting_customer] Waiting for customer
    [resolved] Resolved
    [closed] Closed
   *[other] { $value }
}
priority = { $value ->
    [critical] Critical
    [high] High
    [medium] Medium
    [low] Low
   *[other] { $value }
}
priority-title = { $value ->
    [critical] Priority: critical
    [high] Priority: high
    [medium] Priority: medium
    [low] Priority: low
   *[other] Priority: { $value }
}
channel = { $value ->
    [web] web form
    [email] e-mail
    [api] API
    [chat] chat
   *[other] { $value }
}
role = { $value ->
    [admin] Administrator
    [manager] Support manager
    [agent] Support engineer
    [client] Client
    [analyst] Analyst
   *[other] { $value }
}
queue = { $value ->
    [mine] My tickets
    [snoozed] Put off
    [unassigned] Unassigned
    [breaching] Breaching soon
    [all] All unfinished
    [mentions] Mentions of me
   *[other] Tickets
}
sort = { $value ->
    [recent] Recently changed
    [newest] Newest first
    [oldest] Oldest first
    [due] Due first
    [priority] By priority
    [untouched] Longest untouched
    [calm] Lowest priority first
    [due_last] Due last
   *[other] { $value }
}
delivery = { $value ->
    [queued] Mail queued
    [sent] Mail sent
    [failed] Mail not delivered
   *[other] { $value }
}
link-kind = { $value ->
    [related] Related to
    [duplicate] Duplicate of
    [problem] Problem of
    [incident] Incident of
    [parent] Parent of
    [child] Child of
    [duplicated] Has the duplicate
    [continues] Continues
    [continued] Is continued by
    [split_from] Split from
    [split_into] Split into
   *[other] { $value }
}
weekday = { $value ->
    [monday] Monday
    [tuesday] Tuesday
    [wednesday] Wednesday
    [thursday] Thursday
    [friday] Friday
    [saturday] Saturday
   *[sunday] Sunday
}

# Fields
field-username = E-mail or user name
field-password = Password
field-password-new = New password
field-password-current = Current password
field-email = E-mail
field-name = Name
field-ticket = Ticket
field-title = Title
field-description = Description
field-status = Status
field-priority = Priority
field-assignee = Assignee
field-department = Department
field-category = Category
field-module = ERP module
field-tag = Tag
field-tags = Tags
field-tags-hint = separated by commas
field-requester = Requester
field-sla = SLA
field-updated = Changed
field-created = Created
field-time-zone = Time zone
field-theme = Appearance

# Navigation
nav-main = Main navigation
nav-open = Open navigation
nav-close = Close navigation
nav-home = Home
nav-my-tickets = My tickets
nav-new-ticket = New ticket
nav-workspace = Workspace
nav-portal = Client portal
nav-profile = Profile
nav-logout = Sign out
nav-held = Unprocessed mail
nav-by-status = By status
nav-manage = Manage
search-tickets = Search all tickets

# Signing in and registering
login-title = Sign in
login-lead = Follow your tickets and talk to support.
login-button = Sign in
login-forgot = Forgot the password?
login-register = Create an account
login-anonymous = Write to support without an account
register-title = Create an account
register-lead = We will send a letter to confirm your address.
register-button = Create account
register-have = Already have an account?
password-hint = At least { $n } characters. A few words you remember are better than signs you do not.
confirm-title = Confirm your address
confirm-lead = One click, and your account is ready.
confirm-button = Confirm and sign in
forgot-title = Reset the password
forgot-lead = Enter your address and we will send a link for a new password.
forgot-button = Send the link
forgot-back = Back to sign in
reset-title = Choose a new password
reset-lead = Other devices will be signed out.
reset-button = Save the password
notice-title = { $what ->
    [register-sent] Check your mail
    [confirmed] Your address is confirmed
    [link-expired] This link no longer works
    [reset-sent] Check your mail
    [reset-done] The password is changed
    [ticket-sent] We have your request
    [rated] Thank you for rating
   *[other] Done
}
notice-text = { $what ->
    [register-sent] If { $arg } can be registered, a letter is on its way to it. Open the link in it to finish.
    [confirmed] You can sign in now.
    [link-expired] It was used already or its time has run out. Ask for a new one.
    [reset-sent] If there is an account for { $arg }, a letter with a link is on its way. The link works for one hour.
    [reset-done] Sign in with the new password.
    [ticket-sent] We have sent a letter to { $arg }. Open the link in it to confirm your address; then your request goes to our engineers.
    [rated] It helps us get better. You may change the rating within 24 hours.
   *[other] You can close this page.
}

# Home and lists of the portal
home-hello = Hello, { $name }
home-lead = Describe what is wrong and we will take it from there.
portal-scope = Whose tickets
portal-mine = Mine
portal-organization = My organization
portal-organization-title = Tickets of my organization
portal-waiting = Waiting for me
portal-all = All

# Lists
list-filters = Filters
list-find = Find in this list
list-any-status = Any status
list-any-priority = Any priority
list-any-assignee = Any assignee
list-any-category = Any category
list-open = Unfinished
list-nobody = Unassigned
list-sort = Order
list-apply = Apply
list-clear = Clear filters
list-filtered = { $n ->
    [one] One filter is set.
   *[other] { $n } filters are set.
}
list-select = Select
list-select-all = Select all on this page
list-select-one = Select { $number }
list-unanswered = (waits for an answer)
list-pages = Pages
list-first = First page
list-next = Next page
bulk-title = Change the selected tickets
bulk-assign = Assign to
bulk-status = Set status
bulk-priority = Set priority
bulk-tag = Add tag
bulk-untag = Remove tag
bulk-clear = Clear selection
empty-filtered = Nothing matches
empty-filtered-hint = Try fewer filters or other words.
empty-queue = { $value ->
    [mine] Nothing waits for you
    [snoozed] Nothing is put off
    [unassigned] Every ticket has an owner
    [breaching] No promise is in danger
   *[other] No tickets yet
}
empty-queue-hint = { $value ->
    [mine] Take one from the unassigned queue.
    [snoozed] A ticket that you put off waits here until its time comes.
    [unassigned] New tickets will appear here.
    [breaching] Tickets show up here before their time runs out.
   *[other] They arrive by web form, e-mail and API.
}
empty-client = { $status ->
    [waiting_customer] Nothing waits for your answer
    [resolved] No resolved tickets
    [closed] No closed tickets
   *[other] No tickets yet
}
empty-client-hint = Your requests and our answers will be here.

# New ticket
new-email-hint = The answer comes to this address.
new-title-hint = One line: what does not work?
new-description-hint = What did you do, what did you expect, what happened? Texts of error messages help most.
new-category-any = Let support decide
new-module-any = Not sure
new-files = Files
new-files-drop = Drop files here, paste a screenshot, or choose:
new-files-hint = Up to { $mb } MB each: pictures, documents, logs, archives.
new-send = Send
new-requester-email = Requester's e-mail
new-requester-name = Requester's name
new-agent-hint = Somebody without an account gets one when they answer.

# Ticket
ticket-back = Back to the list
ticket-copy = Copy link
ticket-actions = Actions
ticket-level = Level { $level }
ticket-delete = Delete ticket
ticket-delete-confirm = Delete this ticket? It can be restored later.
ticket-restore = Restore ticket
ticket-is-deleted = This ticket was deleted on { $when }.
ticket-is-merged = This ticket was merged into
ticket-unmerge = Undo
ticket-older = Show earlier messages
ticket-newest = To the latest messages
ticket-part = Messages
ticket-changes = { $n ->
    [one] One change
   *[other] { $n } changes
}
ticket-note-by = Internal note by { $name }
ticket-reply-by = Reply by { $name }
ticket-internal = Internal note
ticket-quoted = Show quoted text
ticket-cut = Only the beginning of this mail is shown.
ticket-raw = Original mail
composer-kind = What to write
composer-reply = Reply
composer-note = Note
composer-text = Text
composer-placeholder = Write to { $name }
composer-attach = Attach files
composer-status = Status after sending
composer-keep = { $status } (keep)
composer-send-as = then: { $status }
composer-send = Send
client-waiting = We need your answer to go on.
client-reply-label = Your message
client-reply-placeholder = Write a message
client-reply-send = Send
client-reply-reopen = Send and reopen
client-merged = This ticket was merged with another one; the conversation goes on there:
client-closed = This ticket is closed.
client-follow-up = Open a follow-up ticket
client-unassigned = Nobody yet
client-close = Close ticket
client-close-confirm = Is everything solved? The ticket will be closed.
client-close-rate-first = Please rate the solution first; then the ticket can be closed.
client-reopen = Reopen ticket

# Side panel
side-title = Details
side-created = Received by { $channel },
side-kept = The fields that you changed are as you left them; the others show what they are now.
file-remove = Remove the file { $name }
file-remove-confirm = Remove the file “{ $name }” for good?
side-fields = Fields
side-followers = Followers ({ $n })
side-no-followers = Nobody else is in copy.
side-links = Linked tickets
side-files = Files ({ $n })
side-recent = More from this requester
side-history = History
side-no-history = No changes yet.
follower-email = E-mail address
follower-remove = Remove { $name }
link-remove = Remove the link to { $number }

# Dialogs of a ticket
merge-title = Merge into another ticket
merge-lead = The conversation of { $number } moves to the other ticket, and this one is closed. It can be undone.
merge-into = Number of the other ticket
merge-button = Merge
split-title = Split off a new ticket
split-lead = The chosen messages move to a new ticket of the same requester.
split-which = Messages
split-button = Split
link-title = Link to another ticket
link-this-is = This ticket is
link-to = Number of the other ticket
link-button = Link
escalate-title = Escalate
escalate-lead = The manager is told at once, with your reason.
escalate-none = 0 — no escalation
escalation-reason = Reason of the escalation
escalate-level = Level
escalate-reason = Reason
escalate-button = Escalate

# History
event = { $kind ->
    [created] Ticket created
    [assignee_set] { $actor } assigned it to { $to }
    [assignee_removed] { $actor } removed the assignee { $to }
    [department_set] { $actor } set the department: { $to }
    [department_removed] { $actor } removed the department: { $to }
    [category_set] { $actor } set the category: { $to }
    [category_removed] { $actor } removed the category: { $to }
    [module_set] { $actor } set the ERP module: { $to }
    [module_removed] { $actor } removed the ERP module: { $to }
    [organization_set] { $actor } set the organization: { $to }
    [organization_removed] { $actor } removed the organization: { $to }
    [tags_set] { $actor } set the tags: { $to }
    [tags_removed] { $actor } removed the tags: { $to }
    [followers_set] { $actor } put { $to } in copy
    [followers_removed] { $actor } took { $to } out of copy
    [custom_fields] { $actor } changed the additional fields
    [merged] { $actor } merged with { $to }
    [unmerged] { $actor } undid the merge with { $to }
    [split] { $actor } split off { $to }
    [split_from] { $actor } split this off { $to }
    [linked] { $actor } linked: { $to }
    [unlinked] { $actor } removed the link: { $to }
    [escalated] Escalated to level { $to }
    [escalation_over] { $actor } ended the escalation
    [deleted] { $actor } deleted the ticket
    [restored] { $actor } restored the ticket
    [rated] Rated { $to } of 5
    [sla_changed] SLA recalculated: { $to }
    [snoozed] { $actor } put it off: { $to }
    [woken] The ticket is back in the queue
    [checklist_added] { $actor } added to the checklist: { $to }
    [checklist_edited] { $actor } changed an item of the checklist: { $to }
    [checklist_done] { $actor } did: { $to }
    [checklist_reopened] { $actor } opened again: { $to }
    [checklist_moved] { $actor } moved an item of the checklist: { $to }
    [checklist_removed] { $actor } took off the checklist: { $to }
    [attachment_set] { $actor } attached { $to }
    [attachment_removed] { $actor } removed the file { $to }
    [forwarded] { $actor } forwarded a message to { $to }
    [mentioned] { $actor } mentioned { $to }
    [mail_returned] Mail came back from { $to }
   *[other] { $actor } changed the ticket { $to }
}
event-changed = { $kind ->
    [status] { $actor } Status: { $from } → { $to }
    [priority] { $actor } Priority: { $from } → { $to }
    [assignee] { $actor } Assignee: { $from } → { $to }
    [department] { $actor } Department: { $from } → { $to }
    [category] { $actor } Category: { $from } → { $to }
    [module] { $actor } ERP module: { $from } → { $to }
    [organization] { $actor } Organization: { $from } → { $to }
    [title] { $actor } Title: { $from } → { $to }
    [tags] { $actor } Tags: { $from } → { $to }
   *[other] { $actor } { $from } → { $to }
}
event-sla = { $kind ->
    [sla_warning] Soon due: { $target }
   *[sla_breached] Promise missed: { $target }
}

# SLA
sla-target = { $value ->
    [first_response] First response
    [next_response] Next response
   *[resolution] Resolution
}
sla-state = { $value ->
    [ok] On time
    [warning] Soon due
    [breached] Overdue
    [paused] Paused
    [met] Met
   *[none] No deadline
}
sla-left = { $span } left
sla-over = { $span } over
sla-due-title = { $target } due { $due }
sla-due-at = due
sla-met-at = met
sla-open-now = Business hours are on: the clock runs.
sla-closed-now = Outside business hours: the clock stands still.
sla-paused-for = Paused for { $span } so far.

# Rating
rating-ask = How did we do?
rating-change = Your rating
rating-stars = Stars
rating-word = { $score ->
    [5] 5: excellent
    [4] 4: good
    [3] 3: acceptable
    [2] 2: poor
   *[1] 1: very poor
}
rating-comment = Comment
rating-send = Send rating
rating-until = It can be changed until { $when }.
rating-given = { $score ->
    [one] Rated { $score } star of 5
   *[other] Rated { $score } stars of 5
}
rate-title = How did we do?
rate-lead = Ticket { $number } is solved. Please rate our work.

# Profile
profile-title = Profile
profile-about = About you
profile-password = Change the password
profile-sessions = Where you are signed in
profile-sessions-hint = Lost a device, or left yourself signed in somewhere? This ends every session, the one here too.
profile-sign-out-everywhere = Sign out everywhere
profile-theme-auto = As on the device
profile-theme-light = Light
profile-theme-dark = Dark

# When there is no page
fail-title = { $status ->
    [400] The request was not understood
    [403] This is not open to you
    [404] There is nothing here
    [409] Somebody was quicker
    [412] Somebody changed this meanwhile
    [413] That was too large
    [422] Something is not filled in right
    [429] Too many attempts
   *[500] Something went wrong on our side
}
fail-text = { $status ->
    [400] Go back and try again.
    [403] Ask an administrator if you think it should be.
    [404] The address may be mistyped, or the page was moved.
    [409] Go back, look at the present state and try again.
    [412] Go back, look at the changes and try again. What you typed is still there.
    [413] Choose smaller files.
    [422] Go back and check the fields.
    [429] Wait a minute and try again.
   *[500] We have been told. Please try again in a few minutes.
}
fail-id = Request { $id }
fail-home = To the start page
fail-host-title = No portal lives here
fail-host-text = Check the address: there is no support portal under this name.

# Mail log
log-title = Sent mail
log-lead = Every letter that left or waits to leave.
log-all = All
log-state = { $value ->
    [queued] Queued
    [sent] Sent
   *[failed] Failed
}
log-find = Address or ticket number
log-to = To
log-subject = Subject
log-attempts = { $n ->
    [one] { $n } attempt
   *[other] { $n } attempts
}
log-when = When
log-empty = No mail here
log-empty-hint = Letters appear as soon as there is something to send.

# Mail that could not be processed
held-title = Unprocessed mail
held-lead = These letters became no ticket. Read why, then try again or discard.
held-reason = { $reason ->
    [unparseable] { mail-reason-unparseable }
    [too_large] { mail-reason-too-large }
    [too_complex] { mail-reason-too-complex }
    [no_sender] { mail-reason-no-sender }
    [empty] { mail-reason-empty }
    [loop] { mail-reason-loop }
    [own_address] { mail-reason-own-address }
    [sender_blocked] { mail-reason-sender-blocked }
    [rate_cap] { mail-reason-rate-cap }
    [unknown_sender] { mail-reason-unknown-sender }
    [automatic] { mail-reason-automatic }
    [bulk] { mail-reason-bulk }
    [report] { mail-reason-report }
    [duplicate] { mail-reason-duplicate }
    [no_mailbox] { mail-reason-no-mailbox }
    [reopen_cap] { mail-reason-reopen-cap }
    [internal] { mail-reason-internal }
   *[other] { $reason }
}
held-no-subject = (no subject)
held-from = from { $from } to { $to }
held-preview = Preview
held-raw = Original
held-discard = Discard
held-discard-confirm = Discard this letter? The original stays stored.
held-empty = Nothing is waiting
held-empty-hint = Every letter found its ticket.

# Missed promises
violations-title = SLA violations
violations-lead = Deadlines that passed without an answer or a solution, the latest first.
violations-promise = Promise
violations-any-promise = Any promise
violations-any-policy = Any policy
violations-from = From
violations-to = To
violations-due = Was due
violations-over = Missed by
violations-over-unknown = not known
violations-policy-gone = deleted policy
violations-deleted = deleted
violations-state = { $state ->
    [open] Still open
    [late] { $clock ->
        [resolution] Solved late
       *[other] Answered late
    }
    [moved] Deadline moved
   *[ended] Ended unanswered
}
violations-empty = No promise was missed
violations-empty-hint = When a deadline passes, it is written down here.

# SLA policies
policies-title = SLA policies
policies-lead = The first policy whose conditions fit is the contract of a ticket.
policies-new = New policy
policies-everything = Every ticket
policies-off = Off
policies-business = business hours
policies-always = around the clock
policies-empty = No policies
policies-empty-hint = Without a policy the standard holds: 2, 8, 24 and 72 business hours to resolve.
policies-imported = Client settings
policy-edit = Edit policy
policy-name = Name
policy-position = Place in the order
policy-enabled = In force
policy-calendar = Calendar
policy-conditions = Conditions
policy-customer-type = Customer types
policy-organizations = Organizations
policy-categories = Categories
policy-any = Nothing chosen means any. Ctrl-click chooses several.
policy-targets = Promises
policy-targets-hint = For example 30 (minutes), 1:30, 8h or 1h 30m. Empty: no such promise.
policy-business = Business hours
policy-customer-type-hint = Several with commas.
policy-priorities = Priorities
policy-reopen-restart = A ticket that is opened again starts its resolution time anew
policy-notices-in-hours = Mails about warnings and missed deadlines wait for working hours
policy-hours = Hours
policy-warn = Warn at, % of the time
policy-warn-hint = Several with commas: 75, 90.
policy-delete-confirm = Delete this policy? Tickets keep what it promised them.
preview-title = When would this be due?
preview-created = Created at
preview-now-hint = Empty means now.
preview-button = Work it out
preview-policy = Policy
preview-none = no promise
preview-no-policy = No policy fits.

# Calendars
calendars-title = Calendars
calendars-lead = Business hours in which the clocks run.
calendars-new = New calendar
calendars-empty = No calendars
calendars-empty-hint = Without one, time counts from Monday to Friday, 9 to 18.
calendars-open = Open now
calendars-closed = Closed now
calendars-holidays = { $n ->
    [0] No holidays
    [one] { $n } holiday
   *[other] { $n } holidays
}
calendars-overrides = { $n ->
    [one] { $n } date with other hours
   *[other] { $n } dates with other hours
}
calendars-used = { $n ->
    [0] Not used
    [one] Used by { $n } policy
   *[other] Used by { $n } policies
}
calendar-edit = Edit calendar
calendar-week = Working week
calendar-week-hint = Intervals separated by commas: 09:00-13:00, 14:00-18:00. Over midnight: 22:00-06:00. Whole day: 00:00-24:00. Empty: closed.
calendar-closed = Closed
calendar-holidays = Holidays
calendar-date = Date
calendar-holiday-name = Name
calendar-yearly = Every year
calendar-once = Once
calendar-repeats = How often
calendar-holiday-hours = Open nevertheless
calendar-add-row = Add a row
calendar-remove-row = Remove this row
calendar-rows-hint = An emptied row is removed; after saving there are new empty ones.
calendar-holidays-hint = Closed all day, unless hours are given: a half day.
calendar-overrides = Dates with other hours
calendar-overrides-hint = On these dates the hours given here count, whatever weekday or holiday it is: a Saturday that is worked, a short day. Without hours the day is closed.
calendar-override-hours = Hours that day
calendar-ical = Import holidays from an iCal file
calendar-ical-hint = All-day events of the file (.ics) are added as holidays.
calendar-save-note = Saving moves the deadlines of running tickets; the change is recorded in each.
calendar-delete-confirm = Delete this calendar?

# Ratings
ratings-title = Ratings
ratings-days = { $n ->
    [7] Week
    [30] Month
    [90] Quarter
   *[365] Year
}
ratings-average = Average
ratings-of-five = of 5
ratings-count = Ratings
ratings-handled = Resolved
ratings-resolution = Time to resolution
ratings-agent = Engineer
ratings-by-agent = By engineer
ratings-period = Period
ratings-spread = How the stars fall
ratings-empty = No ratings in this time
ratings-empty-hint = Clients are asked after each resolution.

# Settings
settings-title = Settings
settings-departments = Departments
settings-categories = Categories
settings-add-department = New department
settings-add-category = New category
settings-archive = Archive
settings-unarchive = Bring back
settings-archived = Archived
settings-rename = Rename { $name }
settings-none = None yet.

# Platform console
console-title = Tenants
console-lead = Every portal of this installation.
console-name = Name
console-address = Address
console-database = Database
console-locale = Language
console-active = Active
console-inactive = Switched off

# What just happened
flash-sent-already = This was sent already: it is done once.
flash-ticket-created = Ticket { $arg } is created.
flash-rated = Thank you for rating.
flash-reply-sent = Your answer is sent.
flash-note-added = The note is added.
flash-ticket-closed = The ticket is closed.
flash-ticket-reopened = The ticket is open again.
flash-saved = Saved.
flash-bulk = { $n ->
    [one] { $n } ticket changed.
   *[other] { $n } tickets changed.
}
flash-bulk-partly = Some tickets were not changed: { $arg }.
flash-bulk-none = No ticket was selected.
flash-bulk-nothing = Nothing was chosen to change.
flash-merged = Merged into { $arg }.
flash-unmerged = The merge is undone.
flash-split = Ticket { $arg } is split off.
flash-linked = Linked to { $arg }.
flash-escalated = Escalated.
flash-deleted = Ticket { $arg } is deleted.
flash-file-removed = The file is removed.
flash-restored = The ticket is restored.
flash-profile-saved = The profile is saved.
flash-password-changed = The password is changed.
flash-mail-queued = The letter is queued again.
flash-mail-processed = The letter became { $arg }.
flash-mail-discarded = The letter is discarded.
flash-mail-still-held = The letter still cannot be processed.
flash-deleted-policy = The policy is deleted.
flash-deleted-calendar = The calendar is deleted.

# Keyboard
keys-title = Keyboard shortcuts
keys-send = Send

# Browser code
js-offline = No connection. What you write is kept here.
js-online = Connected again.
js-copied = Link copied.
js-selected = Selected: %
js-unsaved = What you wrote is not sent yet. Leave the page?
js-draft = Draft kept
js-typing = { $names } is writing an answer.
js-viewing = { $names } is looking at this ticket too.
js-changed = This ticket has changed.
js-show = Show
js-upload-failed = The file was not sent.
js-upload-large = The file is larger than 50 MB.
js-failed = That did not work. Please try again.
js-sending = Sending

# Sizes of files.
unit-bytes = B
unit-kilobytes = KB
unit-megabytes = MB

# ERP modules and the rest
sla-standard = Standard
new-files-choose = Choose files
portal-resolved = Resolved
portal-closed = Closed
module-sales = Sales
module-purchasing = Purchasing
module-warehouse = Warehouse
module-production = Production
module-accounting = Accounting
module-payroll = Payroll
module-crm = CRM
module-edi = EDI
module-reporting = Reporting
module-integration = Integrations
module-access = Access and rights
module-performance = Performance
