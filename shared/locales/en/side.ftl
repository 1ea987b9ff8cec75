# What stands beside a ticket: its requester, tickets like it, data of the ERP.
side-requester = About the requester
side-similar = Similar tickets
side-similar-none = No ticket is like this one.
side-open = Open
side-erp = ERP data
side-id = Ticket's id
side-copy = Copy: { $value }
requester-open = { $n ->
    [one] { $n } unfinished ticket
   *[other] { $n } unfinished tickets
}
requester-finished = { $n ->
    [one] { $n } finished ticket
   *[other] { $n } finished tickets
}
requester-blocked = Mail comes back
requester-organization = Organization
requester-time = Local time
requester-language = Language
requester-since = Known since
requester-account = Account
requester-signs-in = Signs in
requester-no-account = None: known from mails or forms
requester-all = All tickets of this person
sla-business-left = { $span } of business time left
