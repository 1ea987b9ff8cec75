# The safety of an account: second factor, proofs, sessions, and the mails about them.
field-code = Code
field-wrong-code = This code is not right, or it was used already.
field-one-of-two = Send one of the two.
error-bad-second-factor = The code does not let you in
    .detail = It is not right, it was used already, or too much time has passed. Wait for the next code, or sign in again from the beginning.
error-step-up-required = Please show once more that it is you
    .detail = This needs your password or your second factor, given within the last 15 minutes.
error-mfa-enrolment-required = A second factor is needed first
    .detail = Your role needs a second factor here. Set it up; everything else opens then.
error-second-factor-on = There is a second factor already
    .detail = Take it away first if you want another one.
error-second-factor-not-begun = No set-up was begun
    .detail = Begin it anew: the secret is another one by now, or there was none.

verify-title = Your second factor
verify-lead = Open your authenticator app and type the code that it shows.
verify-hint = Six digits. Without your device, type one of your recovery codes instead.
verify-again = Begin again
proof-title = Is it you?
proof-lead = What you are about to do is important, so we ask once more. You stay signed in.
proof-button = Go on

security-title = Security
security-about = Second factor, recovery codes, the devices on which you are signed in.
security-open = Look after it
security-owed = Your role needs a second factor here. Set it up now: everything else opens then.
security-required = Your role needs one. Without it you could only set up another.
security-factor = Second factor
security-on = On. After the password we ask for a code. Since
security-off = Off. With it a stolen password is not enough: we also ask for a code that only your device shows.
security-set-up = Set it up
security-turn-off = Turn it off
security-codes-left = { $n ->
    [0] No recovery code is left. Make new ones.
    [one] { $n } recovery code is left.
   *[other] { $n } recovery codes are left.
}
security-codes-renew = New recovery codes
security-end-others = End all others
security-program = A program
security-unknown-device = An unknown device
security-this-one = this device
security-seen = Used
security-opened = since
security-end = End
security-activity = Signing in and out
security-no-activity = Nothing yet.
sign-in-event = { $value ->
    [opened] Signed in
    [challenged] Password given, second factor asked for
    [refused] Refused: wrong password, code or passkey
    [closed] Signed out
    [all_closed] Signed out everywhere
    [ended] A session was ended from afar
    [others_ended] All other sessions were ended
    [verified] Identity proven once more
    [proof_refused] Proof refused: wrong password, code or passkey
    [reuse_detected] A refresh token came twice, so its session was ended
   *[other] { $value }
}

setup-title = Set up a second factor
setup-scan = 1. Show the picture to your authenticator app
setup-scan-hint = Any app for time-based codes will do. Whoever sees this picture can make your codes, so keep it to yourself.
setup-picture = QR code for the authenticator app
setup-secret = Or type this secret
setup-open = Open in an app on this device
setup-code = 2. Type the code that the app shows
setup-code-hint = Six digits; there is a new one every 30 seconds.
setup-button = Turn it on
codes-title = Your recovery codes
codes-lead = Each of them lets you in once without your device. They are shown this once: print them or keep them where you keep your passwords.
codes-kept = I have kept them

rules-title = Sign-in rules
rules-factor = Who needs a second factor
rules-factor-hint = Whoever has such a role and no second factor can sign in to set one up, and nothing else.
rules-idle = Minutes without use
rules-idle-hint = A browser that was not used for so long is signed out: 15 to 43200.
rules-absolute = Hours in any case
rules-absolute-hint = After so long everybody signs in anew: 1 to 720.

flash-second-factor-off = The second factor is off.
flash-session-ended = The session is ended.
flash-sessions-ended = All other sessions are ended.

mail-security-subject = { $brand } support: { $what }
mail-security-second-factor-on = A second factor was set up for your account
mail-security-second-factor-off = The second factor of your account was turned off
mail-security-recovery-codes-renewed = Your recovery codes were made anew
mail-security-recovery-code-used = A recovery code of yours was used
mail-security-codes-refused = Somebody knows your password and failed at the second factor
mail-security-password-changed = Your password was changed
mail-security-when = It happened on { $at }.
mail-security-device = Device: { $device }.
mail-security-network = Network address: { $network }.
mail-security-not-you = If it was you, there is nothing to do. If it was not, choose a new password at once and end the sessions that you do not know.
mail-security-button = Look after my account
