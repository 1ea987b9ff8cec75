# Programs: their accounts, their keys, their tokens.
service-accounts = Programs
service-accounts-lead = Accounts by which other systems, such as an ERP or a CRM, use the API
service-accounts-empty = No program is connected yet
service-account = Account of a program
service-account-new = Connect a program
service-account-live-keys = Good keys
service-account-client-id = Its name as an OAuth client:
service-account-status-hint = While it is disabled its keys are good for nothing, from the next request on.
service-account-remove-confirm = Remove this account for good? All its keys and tokens end at once. What it wrote keeps its name.
api-keys = API keys
api-keys-empty = There is no key yet. Without one the program cannot ask for anything.
api-key-new = A new key
api-key-name-hint = Where it is used, so that you know it again.
api-key-days = Days that it lives
api-key-days-hint = 1 to 365. Before the end, make the next key by “Rotate”.
api-key-networks = Only from these addresses
api-key-networks-hint = Addresses or networks, such as 192.0.2.0/24 or 2001:db8::/32, with spaces between. Empty: from anywhere.
api-key-scopes-lead = What the key allows, of what the account may do:
api-key-make = Make the key
api-key-made = Here is the key
api-key-made-lead = It is shown this once. Put it where the program keeps its secrets; whoever has it can do what it allows.
api-key-copy = Copy
api-key-kept = I have kept it
api-key-state = { $value ->
    [active] Good
    [expired] Expired
    [revoked] Revoked
   *[other] { $value }
}
api-key-expires = Ends
api-key-used = used
api-key-never-used = never used
api-key-only-from = only from
api-key-rotate = Rotate
api-key-rotate-confirm = Make the key that takes the place of this one? This one goes on for a day, so that you can give the program the next.
api-key-revoke = Revoke
api-key-revoke-confirm = Revoke this key? Whatever uses it is refused at once. There is no way back.
js-copied-text = Copied.
flash-service-account-made = Connected. Now make a key for it.
flash-service-account-removed = The account and its keys are gone.
flash-key-revoked = The key is revoked.
rules-key-days = Days that an API key lives
rules-key-days-hint = What is proposed when a key is made: 1 to 365.
error-not-by-key = Not with an API key
    .detail = Keys are for the API. Pages, sessions and what people set for themselves need somebody who signs in.
error-service-account-limit = No room for another program
    .detail = A portal has at most { $maximum } accounts of programs. Remove those that nobody uses.
error-api-key-limit = No room for another key
    .detail = An account has at most { $maximum } good keys. Revoke those that nobody uses.
error-api-key-over = This key is over
    .detail = It was revoked or has expired. Make another one.
field-beyond-account = The account itself does not hold all of this.
field-bad-network = This is neither an address nor a network.
field-only-sooner = The end of a key can only come nearer. For a later one, rotate it.
audit-line-service-account-created = { $actor } connected a program: { $object }
audit-line-service-account-updated = { $actor } changed the account of a program: { $object }
audit-line-service-account-removed = { $actor } removed the account of a program: { $object }
audit-line-api-key-created = { $actor } made the API key { $object }
audit-line-api-key-updated = { $actor } changed the API key { $object }
audit-line-api-key-rotated = { $actor } rotated the API key { $object }
audit-line-api-key-revoked = { $actor } revoked the API key { $object }
audit-line-api-key-exchanged = { $actor } got a token for the API key { $object }
audit-line-api-key-exchange-refused = { $actor } was refused a token
audit-line-api-key-refused = { $actor } was refused: { $object } came from an address where the key may not be used
