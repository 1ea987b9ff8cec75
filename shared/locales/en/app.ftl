# The portal as an app: no network, what waits, new versions.
app-offline-title = No connection
app-offline-text = This page cannot be loaded without a network. What you have written is kept on this device.
app-offline-again = Try again
app-offline-kept = You can read now
app-kept = No connection. This is the page as of { $when }.
app-version = There is a new version.
app-version-load = Load it
app-waiting = Waiting to be sent
app-held = Not sent
app-held-why = { $value ->
    [closed] The ticket takes no answer any more: it has been closed or merged meanwhile. Your text is kept here.
    [gone] The ticket is not open to you any more. Your text is kept here.
    [session] You have been signed out. Once you sign in again, this will be sent.
    [old] It was first tried long ago and may have arrived. Look through the ticket before you try again.
   *[refused] It was not accepted as it stands. Copy the text and send it anew.
}
app-arrived = What was waiting has been sent.
app-copy = Copy text
app-discard = Discard
files-camera = Take a photo
flash-share-lost = What you shared could not be taken along. Attach it here.
swipe-mine = Assign to me
swipe-resolve = Resolve
swipe-reply = Answer
swipe-follow = Follow
swipe-unfollow = Do not follow
swipe-followed = You follow the ticket.
swipe-unfollowed = You do not follow the ticket any more.
