# Notices on devices: what they say, and where a person chooses them.
push-kind = { $value ->
    [agent_reply] Support has answered
    [status_changed] Support has changed the status
    [ticket_resolved] Your request is resolved. How did we do?
    [ticket_shared] A colleague has added you to a ticket
    [assigned] The ticket is assigned to you
    [client_reply] The client has answered
    [sla_warning] The deadline is near
    [sla_breach] The deadline was missed
    [escalated] The ticket was escalated
   *[trial] Notices reach this device
}

devices-title = Notices on this device
devices-hint = What we would write to you by mail about tickets appears on the device at once. It stops when you sign out there.
devices-none = No device is told yet.
devices-here = This device
devices-unknown = A device
devices-added = added
devices-sent = last notice
devices-on = Show notices on this device
devices-try = Send a trial
devices-unable = This browser cannot show notices. On iPhone and iPad, add the portal to the Home Screen first and open it from there.
devices-denied = Notices of this site are blocked in the browser. Allow them in its settings and load this page again.
devices-failed = The device could not be added. Try again later.
quiet-title = Quiet hours
quiet-hint = Notices that come in this time are held until it ends; what you have read meanwhile does not come any more. Leave both empty for none.
quiet-from = From
quiet-until = Until
flash-device-removed = The device is told nothing any more.
flash-device-tried = A trial is on its way.
flash-quiet-saved = Your quiet hours are saved.
error-too-many-devices = Too many devices
    .detail = There are as many devices as there may be. Take one of them away first.
error-push-unavailable = No notices here
    .detail = Notices on devices are not available here.
audit-line-account-device-added = { $actor } added a device for notices
audit-line-account-device-removed = { $actor } took a device for notices away
audit-line-account-quiet-hours-set = { $actor } chose quiet hours
