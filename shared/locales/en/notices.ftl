# Mails about a ticket's status, and which mails a person gets.
mail-footer-settings = Choose which mails you get

mail-status-in-progress-subject = [{ $number }] In progress: { $title }
mail-status-in-progress-heading = Ticket { $number } is in progress
mail-status-in-progress-text = A support engineer is working on the ticket.
mail-status-waiting-customer-subject = [{ $number }] Your answer is needed: { $title }
mail-status-waiting-customer-heading = Ticket { $number } waits for your answer
mail-status-waiting-customer-text = Support cannot go on without an answer from your side. Just answer this message.
mail-status-reopened-subject = [{ $number }] Open again: { $title }
mail-status-reopened-heading = Ticket { $number } is open again
mail-status-reopened-text = Support has opened the ticket again and goes on working on it.
mail-status-resolved-subject = [{ $number }] Resolved: { $title }
mail-status-resolved-heading = Ticket { $number } is resolved
mail-status-resolved-text = We consider the ticket solved. If the problem is still there, just answer this message.
mail-status-closed-subject = [{ $number }] Closed: { $title }
mail-status-closed-heading = Ticket { $number } is closed
mail-status-closed-text = Support has closed the ticket. If there is something left to say, just answer this message.

mail-failure-overtaken = What it warns of was settled before it left

notices-title = Mails that you get
notices-hint = Mails about your account, such as a new password, always come.
notices-save = Save which mails I get
notices-group = { $value ->
    [desk] Work at the desk
   *[conversation] Tickets that I opened or follow
}
notices-kind = { $value ->
    [ticket_received] We have received my request
    [agent_reply] Support has answered
    [status_changed] Support has changed the status
    [ticket_shared] A colleague has added me to a ticket
    [ticket_resolved] My request is resolved, please rate, and one reminder
    [assigned] A ticket is assigned to me
    [mentioned] A colleague has mentioned me in a note
    [client_reply] A client has answered
    [sla_warning] A deadline is near
    [sla_breach] A deadline was missed
    [escalated] A ticket is escalated by hand
    [reminder] A ticket that I put off is back, or a reminder is due
   *[other] { $value }
}
flash-notices-saved = Your choice of mails is saved.
