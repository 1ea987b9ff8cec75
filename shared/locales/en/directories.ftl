# Companies’ directories whose people sign in here.

directories-title = Directories
directories-one = Directory
directories-lead = Companies whose people sign in with the password that they have at work: LDAP and Active Directory.
directories-new = Set a directory up
directories-empty = No directory is set up
directories-off = Off
directories-enabled = Its people can sign in
directories-server = The server
directories-host = Host
directories-host-hint = A public name whose certificate public authorities vouch for. TLS is spoken from the first byte.
directories-port = Port
directories-bind = Account that searches
directories-bind-hint = Its name in the directory; it needs to read, nothing else.
directories-password = Its password
directories-password-hint = Never shown again. Left empty it stays as it is, unless host, port or account change.
directories-people = People
directories-base = Where people are looked for
directories-filter = Who is meant by a user name
directories-filter-hint = A search filter with { "{username}" } in it.
directories-unique = Attribute that never changes
directories-unique-hint = entryUUID, or objectGUID in Active Directory.
directories-username-attribute = Attribute of the user name
directories-mail-attribute = Attribute of the address
directories-name-attribute = Attribute of the name
directories-groups = Groups
directories-lookup = How the groups of a person are found
directories-lookup-attribute = memberOf of the person
directories-lookup-chain = Active Directory follows groups in groups
directories-lookup-walk = Groups that name the person, and groups of those
directories-groups-base = Where groups are looked for
directories-mappings-hint = The first group that a person is in decides. Empty lines are left out.
directories-mapping = Group and what it gives
directories-group = Group
directories-default-role = Everybody else
directories-no-access = No access
directories-newcomers = New people and rounds
directories-create = New people get an account
directories-domains = Domains of mail
directories-domains-hint = With commas between them. The directory speaks for these and for no others.
directories-sync-hours = Hours between two rounds
directories-sync-hours-hint = A round brings accounts into step and disables those whose people are gone. 0 for none.
directories-test = Try it out
directories-test-name = User name in the directory
directories-test-button = Try
directories-step-ok = Fine
directories-step-failed = Not so
directories-round = Last round
directories-figures = Seen: { $seen }. New: { $created }, changed: { $changed }, disabled: { $disabled }.
directories-unlinked = Their address belongs to an account that is not linked: { $count }
directories-skipped = Could not be taken: { $count }
directories-confirm = Yes, these people are gone
directories-sync-now = Go through it now
directories-linked = Linked people
directories-linked-empty = Nobody yet
directories-gone = Gone
directories-link = Link
directories-link-hint = An account and an entry with the same address are not linked by themselves. Once linked, only the directory’s password counts.
directories-unlink = Unlink
directories-unlink-confirm = The person will be signed out and has to choose a password by mail. Unlink?
directories-delete-confirm = Its people will have no password until they choose one by mail. Delete?
directories-state = { $value ->
    [idle] None yet
    [running] Under way
    [done] Done
    [stopped] Stopped
    [failed] Failed
   *[other] { $value }
}
directories-problem = { $value ->
    [too_many_gone] More than a third of the accounts would be disabled. Look whether these people are really gone.
    [unreachable] The server cannot be reached, or its certificate is not trusted.
    [nonsense] The server does not answer as LDAP does.
    [not_bound] The account that searches is not taken.
    [refused] The server refuses the search.
   *[other] { $value }
}
directories-step = { $value ->
    [connect] The server answers
    [tls] TLS with a good certificate
    [bind] The account that searches is taken
    [search] The person is found
    [attributes] Name and address are there
    [groups] Groups give a role
   *[other] { $value }
}
flash-directory-sync = The round begins within minutes.
