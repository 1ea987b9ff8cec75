# Tables of tickets and people that are brought in.
import-title = Import
import-lead = Tickets or people from a table. A dry run looks at every row before anything is brought in.
import-kind = What the rows are
import-kind-of = { $value ->
    [tickets] Tickets
    [users] People
   *[other] { $value }
}
import-file = Table
import-file-hint = CSV, up to 10 MB and 20,000 rows. The first row names the columns.
import-encoding = Character set
import-delimiter = Between cells
import-found-out = Find out
import-delimiter-of = { $value ->
    [comma] comma
    [semicolon] semicolon
    [tab] tab
    [bar] vertical bar
   *[other] { $value }
}
import-take = Upload
import-before = Imports so far
import-none = Nothing has been imported yet
import-rows = Rows
import-by = By
import-created-of = { $created } of { $rows } created
import-status = { $value ->
    [uploaded] Uploaded
    [checked] Checked
    [running] Running
    [done] Done
    [cancelled] Cancelled
   *[other] { $value }
}
import-read-as = { $kind ->
    [users] People
   *[other] Tickets
} · { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} ·
import-next-check = Say what the columns mean, then check the rows. Nothing is brought in by that.
import-found = { $good } ready to import · { $known } already there or repeated · { $faulty } with faults
import-so-far = { $done } of { $rows } rows
import-created = Created
import-existing = Already there
import-refused = Refused
import-start = { $count ->
    [one] Import { $count } row
   *[other] Import { $count } rows
}
import-cancel = Stop the import
import-cancel-confirm = Stop this import? What was brought in stays.
import-faults = What is wrong
import-report = Report as CSV
import-line = Line
import-column = Column
import-fault = Fault
import-value = Cell
import-more = { $count ->
    [one] { $count } more row has faults: see the report.
   *[other] { $count } more rows have faults: see the report.
}
import-columns = Columns
import-columns-lead = What each column means. Columns without a meaning are left out.
import-sample = First cell
import-means = Means
import-means-nothing = Leave out
import-field = { $value ->
    [title] Title
    [description] Description
    [requester] Requester’s address
    [requester_name] Requester’s name
    [priority] Priority
    [status] Status
    [category] Category
    [department] Department
    [assignee] Assignee
    [tags] Tags
    [created_at] Opened
    [resolved_at] Resolved
    [external_id] Number in the other system
    [email] Address
    [name] Name
    [organization] Organization
    [role] Role
    [language] Language
    [time_zone] Time zone
   *[other] { $value }
}
import-zone = Time zone of dates
import-invites = Mail everybody a link to choose a password
import-check = Check the rows
flash-import-started = The import has begun.
flash-import-cancelled = The import is stopped.
error-import-not-checked = Not checked yet
    .detail = The rows have to be checked first, and some must be good.
error-import-begun = The import has begun
    .detail = What its columns mean cannot be changed any more.
error-import-over = The import is over
    .detail = There is nothing to stop.
field-import-empty = There are no rows in this file.
field-import-too-many-rows = The table has more than { $maximum } rows. Split it.
field-import-too-many-columns = The table has too many columns, or was cut at the wrong character.
field-import-encoding = This character set is not known.
field-import-columns = The table has { $count } columns; each needs its meaning, or none.
field-import-meant-twice = Another column means this already.
field-import-not-meant = No column means “{ $name ->
    [title] title
    [requester] requester’s address
    [email] address
   *[other] name
}”, which every row needs.
field-import-unclosed = A quotation mark is opened here and never closed.
field-import-cells = The row has { $count } cells instead of { $expected }.
field-import-future = This moment has not come yet.
field-import-before = This is before the ticket was opened.
field-import-more-than-own = You cannot give this role.
field-import-changed = Something that the row names is gone meanwhile.
audit-line-import-uploaded = { $actor } uploaded a table to import
audit-line-import-started = { $actor } began an import
audit-line-import-finished = An import by { $actor } is done
audit-line-import-cancelled = { $actor } stopped an import
