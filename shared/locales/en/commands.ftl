# The command palette and the shortcuts of the keyboard

palette-title = Search and commands
palette-hint = Find a ticket, a person or something to do
palette-actions = On this page
palette-pages = Go to
palette-tickets = Tickets
palette-people = People
palette-organizations = Organizations
palette-searching = Searching…
palette-failed = The search was not fully answered. What is shown may not be all.
palette-empty = Nothing found
shortcut-lead = Press keys anywhere outside of a field. Choose a shortcut to change it: one key, or two after each other; Backspace takes it away.
shortcut-script = Shortcuts need JavaScript. Everything can be reached by Tab without it.
shortcut-group = { $value ->
    [ticket] Ticket
    [tickets] List of tickets
   *[pages] Everywhere
}
shortcut-change = Change the shortcut for: { $name }
shortcut-press = Press the new keys. Esc leaves everything as it is.
shortcut-taken = These keys get in the way of: { $name }
shortcut-saved = Saved for all of your devices.
shortcut-reset = Restore all
command = { $value ->
    [next] Next ticket
    [previous] Previous ticket
    [open] Open the ticket
    [select] Select the ticket
    [select-all] Select the whole page
    [bulk] Change the selected tickets
    [reply] Write a reply
    [note] Write an internal note
    [forward] Forward to somebody outside
    [take] Assign to me
    [assignee] Change the assignee
    [status] Change the status
    [priority] Change the priority
    [tags] Change the tags
    [category] Change the category
    [escalate] Escalate
    [merge] Merge into another ticket
    [split] Split off a ticket
    [link] Link to another ticket
    [later] Put off, remind me
    [time] Time spent
    [checklist] The checklist
    [copy] Copy the link to the ticket
    [back] Back to the list
    [new] New ticket
    [go-mine] My tickets
    [go-snoozed] My put-off tickets
    [go-reminders] My reminders
    [go-time] Time
    [go-unassigned] Unassigned tickets
    [go-breaching] Tickets breaching soon
    [go-mentions] My mentions
    [go-all] All unfinished tickets
    [move] Move the card
    [go-recent] Recently viewed
    [go-workload] Workload board
    [go-sla] SLA board
    [tab-next] Next tab
    [tab-previous] Previous tab
    [tab-close] Close the tab
    [beside] Show another ticket beside
    [search] Search in all tickets
    [palette] Search and commands
    [theme] Light or dark
   *[help] Keyboard shortcuts
}
