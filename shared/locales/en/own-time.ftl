# Tickets that are put off, and reminders.
later-title = Later
later-open = Put off, remind me
later-own = Another moment
later-take = Set
later-preset = { $value ->
    [later] Later today
    [tomorrow] Next working morning
   *[monday] Next Monday
}
snooze-title = Put off
snooze-lead = The ticket leaves your own queue until then, or until the client answers. Its deadlines run on.
snooze-not-yours = Only whoever the ticket is assigned to can put it off, while it is unfinished.
snooze-until-answer = Until the client answers
snooze-chip = Put off:
snooze-wake = Bring it back now
snooze-back = Back
reminders-title = My reminders
reminders-here = Remind me
reminders-new = New reminder
reminders-text = Of what
reminders-private = Only you see your reminders.
reminders-due = Due
reminders-done = Done
reminders-done-one = Done: { $text }
reminders-again = Again later
reminders-again-one = Again later: { $text }
reminders-empty = Nothing to be reminded of
reminders-empty-hint = Write down what you must not forget, here or on a ticket.
own-time-unseen = a ticket that you do not see any more
flash-snoozed = The ticket is put off.
flash-woken = The ticket is back in your queue.
flash-reminder-saved = You will be reminded.
flash-reminder-done = Done.
js-reminded = A reminder is due, or a ticket that you put off is back
error-snooze-not-yours = The ticket is not yours
    .detail = Only whoever a ticket is assigned to can put it off. Take it first.
error-snooze-finished = The ticket is over
    .detail = Only an unfinished ticket can be put off.
error-snooze-limit = Too much is put off
    .detail = You can put off { $maximum } tickets at once. Bring one back first.
error-reminder-limit = Too many reminders
    .detail = You can have { $maximum } reminders. Be done with one first.
audit-line-ticket-snoozed = { $actor } put off the ticket { $object }
audit-line-ticket-woken = { $actor } brought back the ticket { $object }
audit-line-reminder-created = { $actor } wrote a reminder
audit-line-reminder-updated = { $actor } changed a reminder
audit-line-reminder-deleted = { $actor } was done with a reminder
audit-line-reminder-rung = { $actor } told somebody a reminder
mail-snooze-over-subject = [{ $number }] Back: { $title }
mail-snooze-over-heading = A ticket is back
mail-snooze-over-text = You put this ticket off until now.
mail-ticket-reminder-subject = [{ $number }] Reminder: { $title }
mail-ticket-reminder-heading = You wanted to be reminded
mail-reminder-subject = Reminder: { $text }
mail-reminder-heading = You wanted to be reminded
mail-reminder-button = My reminders
