# Writing: drafts on all devices, messages that go out later, two answers at once.

draft-other = Something else was written on another device:
draft-use = Use this
draft-files = Attached already

composer-more = More ways to send
composer-more-later = Send later
composer-anyway = Send anyway
composer-later = { $value ->
    [two_hours] In two hours
    [tomorrow] Tomorrow at 9:00
   *[monday] Monday at 9:00
}
composer-later-own = At another time
composer-later-send = Schedule

collision-lead = Read the answer before a second one goes out. Your text is kept below.
collision-look = Look first

pending-title = Not sent yet
pending-soon = { $n ->
    [one] Goes out in { $n } second
   *[other] Goes out in { $n } seconds
}
pending-in = Goes out { $when }
pending-now = Going out…
pending-at = Goes out
pending-note = Note
pending-then = then: { $status }
pending-by = By { $name }
pending-undo = Undo
pending-send = Send now
pending-news = The client has written since: see whether the answer still fits.
pending-held = { $reason ->
    [answered_meanwhile] Not sent: a colleague has answered meanwhile.
    [not_found] Not sent: the ticket is deleted, or its writer sees it no longer.
    [forbidden] Not sent: its writer may not answer here any more.
    [author_gone] Not sent: its writer's account is disabled.
   *[other] Not sent: the ticket does not take it as it is now.
}
flash-taken-back = The message is in the editor again. Nothing was sent.

undo-title = Undo send
undo-hint = For so many seconds an answer or a note can be taken back before it goes out.
undo-seconds = { $n ->
    [0] Send at once
    [one] { $n } second
   *[other] { $n } seconds
}
undo-label = Time for undoing

error-answered-meanwhile = Somebody has answered meanwhile
    .detail = { $name } has answered since you opened this ticket.
error-too-many-pending = Too many messages wait
    .detail = 20 messages wait on this ticket already.
error-author-gone = The writer is gone
    .detail = The writer's account is disabled.
field-bad-later = Choose a moment in the future, within a year.

tools-label = Formatting
tools-preview = Preview
tools-sign = { $value ->
    [bold] Bold (Ctrl+B)
    [italic] Italic (Ctrl+I)
    [list] List
    [quote] Quote
    [code] Code
   *[link] Link (Ctrl+Shift+K)
}
