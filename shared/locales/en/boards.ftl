# Boards, tabs, and what was viewed last

recent-title = Recently viewed
recent-lead = The tickets that you opened last, on any device.
recent-empty = No ticket was opened yet
recent-empty-hint = What you open shows up here.
recent-all = Show all
palette-recent = Recently viewed
tabs-title = Open tickets
tabs-close = Close { $number }
tabs-unread = changed
tabs-draft = Draft
tabs-more = { $n } more
tabs-menu = Order of tabs
tabs-earlier = Move the tab earlier
tabs-later = Move the tab later
tabs-full = Twenty tickets are open: the oldest tab was closed.
split-view-title = Two tickets side by side
split-view-open = Show another ticket beside
split-view-choose = Which ticket beside it?
split-view-number = Number of the ticket
split-view-show = Show
boards-title = Boards
board-workload = Workload
board-sla = SLA board
board-title = { $value ->
    [sla] SLA board
    [status] Work by status
   *[agent] Work by agent
}
board-lead = { $value ->
    [sla] Unfinished tickets by when they are due. Time is counted as each promise says.
    [status] The latest changes first.
   *[agent] Unfinished tickets, the next one due first.
}
board-by = Columns
board-by-agent = Agents
board-by-status = Statuses
board-any-department = Any department
board-any-clock = Any promise
board-filtered = Filtered.
board-whole = The whole board
board-lane = { $value ->
    [breached] Overdue
    [hour] Due within the hour
    [today] Due today
    [later] Due later
   *[paused] Paused
}
board-away = Away until { $until }; { $deputy } stands in
board-late = Overdue: { $n }
board-empty = Nothing here
board-more = Show more
board-columns = More columns
board-previous = Columns before
board-next = Columns after
board-move = Move the ticket
board-move-one = Move { $number }
board-move-do = Move
board-moved = { $number } was moved.
board-refused = It stays where it was: { $why }
flash-board-moved = { $arg } was moved.
bulk-department = Set department
bulk-no-department = No department
bulk-no-drop = Tickets cannot be put into “{ $name }” by hand: its conditions name nothing that a ticket could be given.
