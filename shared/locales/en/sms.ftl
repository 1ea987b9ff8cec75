# Codes by SMS: the number, sending, signing in with one.
phone-title = Codes by SMS
phone-lead = A code can be sent to your telephone instead. It is the weakest of the second factors: numbers are taken over and messages are read by others. An authenticator app or a passkey is better.
phone-on = Codes go to { $number }.
phone-not-offered = Codes by SMS are not offered here any more. Set up an authenticator app or a passkey; until then sign in with your recovery codes.
phone-number = Telephone number
phone-number-hint = International, with the country's code: +44 20 7946 0958
phone-add = Send a code
phone-remove = Take the number away
phone-confirm-title = Confirm your number
phone-confirm-lead = We have sent a code to { $number }.
phone-code-hint = Six digits, good for ten minutes.
phone-confirm = Confirm
phone-again = Send another code
phone-wait = A new code can be sent after a minute. Only the latest one is good.
phone-send = Send a code to { $number }
phone-verify-lead = Have a code sent to your telephone and type it here.
flash-code-sent = A code is on its way.
flash-code-wait = A code was sent a moment ago, or too many were. Wait a little.
flash-phone-number = This is no telephone number. Write it with + and the country's code.
flash-phone-added = The number is added.
flash-phone-removed = The number is taken away.
field-bad-phone-number = Write the number with + and the country's code, 8 to 15 digits.
field-sms-unavailable = This deployment has no way to send short messages.
error-sms-unavailable = Codes by SMS are not offered here
    .detail = The administrator has not allowed them, or there is no way to send short messages.
error-phone-on = There is a telephone number already
    .detail = Take it away first if you want another one.
rules-sms = Codes by SMS
rules-sms-allow = Let people use codes by SMS as their second factor
rules-sms-hint = NIST 800-63B calls this way restricted: numbers are taken over and messages read. Leave it off where people can use an app or a passkey. Whoever has only a number signs in with recovery codes once it is off.
sms-text = { $purpose ->
    [confirm] { $portal }: { $code } confirms your telephone number. Tell it to nobody.
    [step_up] { $portal }: { $code } confirms that it is you. Tell it to nobody.
   *[sign_in] { $portal }: { $code } is your code to sign in. Tell it to nobody.
}
mail-failure-no-gateway = There is no way to send short messages
mail-failure-code-over = The code was good no longer
mail-security-phone-added = A telephone number for codes was added to your account
mail-security-phone-removed = The telephone number of your account was taken away
