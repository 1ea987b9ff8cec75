# What is to be done on a ticket.
checklist-title = Checklist
checklist-show = Show the checklist
checklist-progress = { $done } of { $total }
checklist-empty = Nothing is written down yet.
checklist-new = New item
checklist-words = Text
checklist-more = Change: { $text }
checklist-up = Up
checklist-down = Down
checklist-warns = { $n ->
    [one] One item of the checklist is still open.
   *[other] { $n } items of the checklist are still open.
}
error-checklist-full = The checklist is full
    .detail = It has { $maximum } items at most.
audit-line-ticket-checklist-added = { $actor } added to the checklist of { $object }
audit-line-ticket-checklist-edited = { $actor } changed an item of the checklist of { $object }
audit-line-ticket-checklist-done = { $actor } did an item of the checklist of { $object }
audit-line-ticket-checklist-reopened = { $actor } opened an item of the checklist of { $object } again
audit-line-ticket-checklist-moved = { $actor } moved an item of the checklist of { $object }
audit-line-ticket-checklist-removed = { $actor } took an item off the checklist of { $object }
