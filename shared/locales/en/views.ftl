# Saved views of the desk's tickets, the pane beside the list, undo.
views-title = Views
views-lead = Lists with filters, order and columns of your own.
views-manage = Manage views
views-new = New view
views-edit = Edit view
views-save = Save as view
views-own = Your views
views-from-others = Shared with you
views-empty = No views yet
views-empty-hint = Filter a list and press “Save as view”.
views-name = Name
views-conditions = Which tickets
views-display = How they are shown
views-sharing = Who sees it
views-seen-by = Seen by
views-shared = { $value ->
    [nobody] Only me
    [group] A group
    [desk] The whole desk
   *[other] { $value }
}
views-me = Whoever opens the view
views-any-department = Any department
views-any-sla = Any SLA state
views-sla = { $value ->
    [warning] Near or past due
    [breached] Breached
    [ok] In time
    [paused] Paused
   *[other] { $value }
}
views-words = Words
views-words-hint = A search runs newest first.
views-others = Further conditions, set through the API:
views-group-by = Group by
views-no-groups = No groups
views-columns = Columns
views-column = { $value ->
    [priority] Priority
    [requester] Requester
    [category] Category
    [tags] Tags
    [status] Status
    [sla] SLA
    [assignee] Assignee
    [updated] Updated
   *[other] { $value }
}
views-up = Move “{ $name }” up
views-down = Move “{ $name }” down
views-delete-confirm = Delete this view? The tickets stay.
views-compact = Compact rows
views-comfortable = Comfortable rows
views-split = Width of the list
views-pane = Ticket
views-close-pane = Close the ticket
list-unread = changed since you last looked
flash-view-saved = The view is saved.
js-changed-zero = % tickets changed.
js-changed-one = % ticket changed.
js-changed-two = % tickets changed.
js-changed-few = % tickets changed.
js-changed-many = % tickets changed.
js-changed-other = % tickets changed.
js-not-changed = Some tickets were not changed: %.
js-undo = Undo
js-undone = Taken back: %.
js-not-undone = Not taken back, changed meanwhile: %.
error-view-limit = Too many views
    .detail = You can keep { $maximum } views. Delete one first.
audit-line-view-created = { $actor } saved the view { $object }
audit-line-view-updated = { $actor } changed the view { $object }
audit-line-view-deleted = { $actor } deleted the view { $object }
audit-line-view-ordered = { $actor } put their views in order
views-any-organization = Any organization
field-organization = Organization
