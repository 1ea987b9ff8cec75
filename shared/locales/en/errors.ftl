# What went wrong, for a person.
error-internal = Something went wrong on our side. Please try again.
error-not-found = There is nothing here.
error-forbidden = You may not do this.
error-unauthorized = Please sign in.
error-rate-limited = Too many attempts. Please wait a little.
