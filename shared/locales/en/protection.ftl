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
    [1] One hour
    [24] One day
    [168] One week
    [720] Thirty days
   *[other] { $value } h
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
