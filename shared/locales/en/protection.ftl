# What protects a tenant: limits, blocked addresses, alerts.

protection-title = Protection
protection-nav = Parts of protection
protection-limits = Limits
protection-limits-lead = How much one address or person may ask for, and what happens to networks that try passwords.
protection-rate = Requests a minute
protection-rate-hint = Of one address, or of one person who is signed in. Whoever sends more is asked to wait.
protection-burst = As many more at once
protection-burst-hint = For pages that ask for many things together.
protection-rule = Block networks that try passwords
protection-rule-hint = A network from which many sign-ins are refused is turned away for an hour. Networks that your people sign in from are never blocked this way.
protection-blocks = Blocked addresses
protection-blocks-lead = Requests from here are turned away before anything of them is looked at.
protection-blocks-empty = Nobody is blocked
protection-block-new = Block an address
protection-range = Address or range
protection-range-hint = For example 192.0.2.7 or 192.0.2.0/24. You are coming from { $own }, which you cannot block.
protection-reason = Reason
protection-until = Until
protection-forever = Until it is removed
protection-hours = { $value ->
    [hour] One hour
    [day] One day
    [week] One week
    [month] Thirty days
   *[other] { $value }
}
protection-since = Since
protection-by = Blocked by
protection-by-rule = The product
protection-over = over
protection-let-in = Let in

error-rate-limited = Too many requests
    .detail = More was asked for in a minute than is allowed. Please wait a little.
error-address-blocked = This address is blocked
    .detail = Requests from your network are not taken here. Ask an administrator of the portal if you think they should be.
error-already-blocked = The range is blocked already
    .detail = Remove the block that is there, or block another range.
error-block-limit = Too many blocked ranges
    .detail = At most { $maximum } ranges can be blocked. Remove some, or block wider ones.
field-bad-range = Write an address or a range, like 192.0.2.7 or 2001:db8::/48.
field-range-too-wide = The range is too wide: /16 at the widest, /32 for IPv6.
field-own-network = You are coming from there yourself.

protection-alerts = Alerts
protection-alerts-lead = What looked like an attack. Administrators, or the addresses under Limits, are told by mail.
protection-alerts-empty = Nothing looks like an attack
protection-alerts-empty-hint = The audit log is looked through every few minutes.
protection-alerts-open = Not looked at
protection-alerts-all = All
protection-alert = { $value ->
    [password_spraying] Many accounts tried from one network
    [sign_in_refusals] One account tried again and again
    [disabled_account] A disabled account was tried
    [new_country] Sign-in from a new country
    [impossible_travel] Sign-ins from two countries within an hour
    [many_refusals] One refusal after another
    [mass_export] Many exports
    [key_elsewhere] An API key came from elsewhere
   *[other] { $value }
}
protection-fact = { $name ->
    [accounts] Accounts
    [tries] Tries
    [networks] Networks
    [network] Network
    [from] From
    [country] Country
    [routes] Routes
    [exports] Exports
    [keys] Keys
   *[other] { $name }
}
protection-what = What
protection-about = About
protection-when = When
protection-log = Lines of the log
protection-acknowledge = Looked at
protection-seen = Looked at by { $name }
protection-silenced = Silenced until
protection-silence = Do not tell again
protection-silence-days = { $value ->
    [again] Tell again
    [day] For a day
    [week] For a week
    [month] For thirty days
   *[other] { $value }
}
protection-contacts = Who is told of alerts
protection-contacts-hint = Addresses with commas between them. Left empty, the administrators are told.
protection-origins = Pages elsewhere that may use the API
protection-origins-hint = Origins like https://app.vendor.example, with spaces between them. They bring a token of their own; cookies are never sent.
protection-honeypot = Leave this empty
protection-robots = Robots in forms for everybody
protection-robots-hint = With keys of Cloudflare Turnstile, visitors show that they are people before they register, ask for a password or write a ticket. The forms then need a script.
protection-site-key = Site key
protection-secret = Secret key
protection-secret-hint = Kept sealed and never shown. Left empty, it stays as it is; it goes when the site key goes.
protection-challenge-script = This form needs JavaScript, to see that you are a person.
field-challenge-failed = We could not see that you are a person. Please try once more.

mail-alert-subject = { $brand } support: security alert
mail-alert-heading = Something looks like an attack
mail-alert-text = The watch over the audit log has found:
mail-alert-when = It was found on { $at }. Look at the alerts: what is nothing to worry about can be silenced there.
mail-alert-button = Open the alerts
mail-alert-kind-password-spraying = Many accounts are tried from one network.
mail-alert-kind-sign-in-refusals = One account is tried again and again.
mail-alert-kind-disabled-account = Somebody tries a disabled account.
mail-alert-kind-new-country = Somebody signed in from a country that they never came from.
mail-alert-kind-impossible-travel = Somebody signed in from two countries within an hour.
mail-alert-kind-many-refusals = Somebody is refused one thing after another.
mail-alert-kind-mass-export = Somebody takes out a lot.
mail-alert-kind-key-elsewhere = Somebody uses an API key from a network that it is not for.
