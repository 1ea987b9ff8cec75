# What went wrong, for a person.
error-internal = Something went wrong on our side. Please try again.
error-not-found = There is nothing here.
error-forbidden = You may not do this.
error-unauthorized = Please sign in.
error-rate-limited = Too many attempts. Please wait a little.
error-unauthenticated = Please sign in
    .detail = You need to sign in to go on.
error-bad-credentials = Wrong user name or password
    .detail = The user name and the password do not belong together.
error-too-many-requests = Too many attempts
    .detail = Please wait a little before you try again.
error-bad-csrf = The form is out of date
    .detail = Reload the page and send the form again.
error-upgrade-required = A WebSocket connection is needed
    .detail = This address speaks the WebSocket protocol only.
