# Mail: subjects and bodies. A ticket's title may appear only in mail to a confirmed address.
mail-greeting = Hello,
mail-reply-above = Please write your reply above this line
mail-footer = This message was sent by { $brand } support.
mail-footer-reply = You can answer this message: your reply goes into ticket { $number }.
mail-open-ticket = Open the ticket
mail-ticket-line = Ticket { $number }: { $title }

mail-ticket-received-subject = [{ $number }] We have received your request
mail-ticket-received-heading = We have received your request
mail-ticket-received-text = Your request has the number { $number }. A support engineer will look at it and answer you by mail.
mail-ticket-received-due = We will answer by { $due }.

mail-confirm-address-subject = Please confirm your address
mail-confirm-address-heading = Please confirm your address
mail-confirm-address-text = Somebody wrote to { $brand } support from this address. If it was you, confirm the address and your request goes to our engineers. If it was not you, ignore this message.
mail-confirm-address-button = Confirm my address
mail-confirm-address-expires = The link works until { $expires }.

mail-agent-reply-subject = [{ $number }] { $title }
mail-agent-reply-heading = { $agent } has answered

mail-client-reply-subject = [{ $number }] The client has answered: { $title }
mail-client-reply-heading = { $client } has answered

mail-ticket-resolved-subject = [{ $number }] Your request is resolved
mail-ticket-resolved-heading = Your request is resolved
mail-ticket-resolved-text = We consider ticket { $number } solved. If the problem is still there, just answer this message.
mail-ticket-resolved-ask = How did we do? The rating takes one click.
mail-rate-button = Rate our work

mail-rating-reminder-subject = [{ $number }] How did we do?
mail-rating-reminder-heading = How did we do?
mail-rating-reminder-text = Ticket { $number } was resolved recently. Your rating helps us to work better. We will not ask again.

mail-sla-warning-subject = [{ $number }] The deadline is near
mail-sla-warning-heading = The deadline of ticket { $number } is near
mail-sla-warning-text = { $percent } % of the time for “{ $target }” has passed. Due { $due }.

mail-sla-breach-subject = [{ $number }] The deadline has passed
mail-sla-breach-heading = Ticket { $number } has missed its deadline
mail-sla-breach-text = The time for “{ $target }” ended on { $due }. The ticket has been escalated.
mail-sla-target-first-response = first response
mail-sla-target-next-response = next response
mail-sla-target-resolution = resolution

mail-escalated-subject = [{ $number }] Escalated: { $title }
mail-escalated-heading = Ticket { $number } is escalated
mail-escalated-text = { $by } has raised ticket { $number } to level { $level }.
mail-escalated-reason = Reason: { $reason }

mail-confirm-registration-subject = Confirm your registration with { $brand }
mail-confirm-registration-heading = One step is left
mail-confirm-registration-text = Confirm this address to finish your registration at the { $brand } support portal. If you did not register, ignore this message.
mail-confirm-registration-button = Finish registration

mail-password-reset-subject = A new password for { $brand } support
mail-password-reset-heading = Set a new password
mail-password-reset-text = Somebody asked for a new password for this address. If it was not you, ignore this message: your password stays as it is.
mail-password-reset-button = Set a new password
mail-link-expires = The link works until { $expires } and only once.

mail-assigned-subject = [{ $number }] Assigned to you: { $title }
mail-assigned-heading = A ticket is assigned to you
mail-assigned-text = { $by } has assigned ticket { $number } to you.
mail-assigned-due = Answer by { $due }.

# Why a mail waits unprocessed.
mail-reason-unparseable = The message could not be read
mail-reason-too-large = The message is too large
mail-reason-too-complex = The message has too many parts
mail-reason-no-sender = The message names no sender
mail-reason-empty = The message is empty
mail-reason-loop = Our own message came back
mail-reason-own-address = The sender is one of our own mailboxes
mail-reason-sender-blocked = The sender is blocked
mail-reason-rate-cap = Too many messages from this sender
mail-reason-unknown-sender = The sender does not take part in the ticket
mail-reason-automatic = An automatic answer without a ticket
mail-reason-bulk = A mailing without a ticket
mail-reason-report = A delivery report without a ticket
mail-reason-duplicate = Already received
mail-reason-no-mailbox = There is no such mailbox
mail-reason-reopen-cap = The ticket was reopened by mail too often
mail-reason-internal = We failed to process it

# Why a mail did not leave.
mail-failure-recipient-blocked = Mail to this address came back before
mail-failure-own-address = The recipient is one of our own mailboxes
mail-failure-address-unconfirmed = The writer of the ticket has not confirmed the address yet
mail-failure-subject-gone = The ticket or comment is not there any more
mail-failure-unknown-kind = A kind of mail that we do not know
mail-failure-internal-note = Internal notes do not leave the desk
mail-failure-no-try-ended = Every try to send it broke off
