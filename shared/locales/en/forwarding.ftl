# Forwarding to people outside the conversation.
composer-forward = Forward
entry-forwarded = Forwarded to
entry-forward = Forward this message

forward-lead = Goes to people outside the conversation. The client sees neither this message nor the answers to it.
forward-to = To
forward-people = Addresses
forward-people-found = Addresses found: { $n }. Arrows choose, Enter takes, Escape closes.
forward-quote = Quote
forward-quote-earlier = An earlier message
forward-quotes = { $value ->
    [none] Nothing
    [all] The whole conversation with the client
   *[opening] The ticket's description
}
forward-files = Files of the ticket that go along

flash-forwarded = The message is forwarded.

field-bad-recipient = This is not an e-mail address: { $address }
field-own-mailbox = This is the desk's own mailbox.
field-forward-to-requester = The requester is answered, not forwarded to: write a reply.
field-forward-too-large = The files are too large for a mail: 3500 KB together.

mail-forwarded-subject = [{ $number }] Fwd: { $title }
mail-forwarded-heading = { $agent } has forwarded a message to you

audit-line-ticket-forwarded = { $actor } forwarded a message of { $object }
