# Providers of identities (OpenID Connect): the pages, the buttons, what is said about them.

sso-title = Sign-in providers
sso-one = Sign-in provider
sso-lead = People sign in with the account that they have elsewhere: OpenID Connect, SAML 2.0.
sso-new = Set a provider up
sso-empty = No provider is set up
sso-off = Off
sso-preset-generic = Another provider
sso-name-hint = People read it on the button.
sso-enabled = People can sign in by it
sso-provider = The provider
sso-preset-hint = { $value ->
    [google] Make a client of the kind “web application” in the Google Cloud console.
    [microsoft] Register an application in Microsoft Entra ID, for accounts of your own directory only, and put the id of the directory into the issuer.
    [saml] Import this portal’s metadata at the provider, and paste the provider’s metadata here.
   *[other] Register this portal as a confidential client with the code flow.
}
sso-issuer = Issuer
sso-issuer-hint = Exactly as the provider writes it, beginning with https.
sso-client = Client id
sso-secret = Client secret
sso-secret-hint = Never shown again. Left empty it stays as it is, unless issuer or client change.
sso-scopes = Scopes beside openid
sso-scopes-hint = With spaces between them.
sso-redirect = Address to come back to
sso-redirect-hint = The provider must know this address, exactly so.
sso-claims = Which claims say what
sso-claim-name = Name
sso-claim-email = Address
sso-claim-groups = Groups or roles
sso-roles = Roles
sso-mappings-hint = The first group that a person is in decides, for accounts that this provider has made. Empty lines are left out.
sso-newcomers = New people
sso-domains-hint = With commas between them. The provider speaks for these and for no others.
sso-trusts-addresses = Believe addresses that the provider does not say it has checked: for your own company’s provider only
sso-trust = Trust
sso-trusts-second-factor = A second factor that was given there counts here
sso-sign-out-too = Whoever signs out here is sent on to sign out there
sso-test-hint = Ask the provider what it says of itself, or go through a sign-in that signs nobody in.
sso-test-discovery = Ask the provider
sso-test-sign-in = Test sign-in
sso-test-nobody = Nobody was signed in, and nothing was changed.
sso-steps = Steps
sso-step-ok = Fine
sso-step-failed = Not so
sso-step = { $value ->
    [discovery] The provider says what it is
    [keys] It publishes keys
    [answer] The browser came back with a code
    [response] The browser has handed an answer in
    [assertion] The answer is for this portal, now, and of this sign-in
    [token] The code is good for tokens
    [signature] The signature is the provider’s
    [claims] The token is of this sign-in
    [level] The person signed in there as is asked for here
    [userinfo] More is said about the same person
    [person] The person has a place here
   *[other] { $value }
}
sso-claims-received = Claims received
sso-claim = Claim
sso-claim-value = Value
sso-back = Back to the provider
sso-delete-confirm = Whoever has signed in by it is signed out. Without a password they choose one by mail. Delete?
sso-button = Sign in with { $name }
sso-prove = Confirm with { $name }
sso-identities = Accounts elsewhere
sso-linked-at = Linked
sso-used-at = Last used
sso-link = Link { $name }
sso-link-hint = Once linked, you can sign in with that account too.
sso-unlink = Unlink
sso-unlink-confirm = You will not be able to sign in with that account any more. Unlink?
sso-signed-out = You are signed out here
sso-signed-out-text = You may still be signed in at { $name }. On to signing out there…
sso-sign-out-there = Sign out at { $name }
flash-identity-linked = The account is linked.
flash-identity-unlinked = The account is unlinked.
flash-identity-taken = That account, or one of the same provider, is linked already.
flash-identity-refused = That did not work. Begin again.
flash-identity-last = It is your only way in. Choose a password or add a passkey first.
mail-security-identity-linked = An account elsewhere was linked to yours
mail-security-identity-unlinked = An account elsewhere was unlinked from yours
error-sso-over = This sign-in is over
    .detail = It took too long, was used already or began in another browser. Begin again.
error-sso-failed = The provider has not let you in
    .detail = You were not signed in by the provider, or its answer was not good. Try again, or sign in otherwise.
error-sso-unreachable = The provider does not answer
    .detail = The provider that you sign in by cannot be asked right now. Try again in a few minutes.
error-sso-no-access = No place in this portal
    .detail = The provider knows you, but the portal has no place for you yet. Ask its administrator.
error-sso-not-linked = An account with your address exists
    .detail = Sign in as you did before, and link the account on the page about the security of your account.
error-identity-provider-limit = No room for another provider
    .detail = A portal has at most { $maximum } sign-in providers.
error-external-identity-linked = Linked already
    .detail = That account, or one of the same provider, is linked already.
error-last-way-in = The only way in
    .detail = Choose a password or add a passkey first.
field-issuer-refused = Not an issuer that can be used. Give the public https address, as the provider writes it.
field-not-a-scope = A scope has no spaces, and there are at most ten.
sso-backchannel = Address for the end of sessions
sso-backchannel-hint = A provider that tells of the end of sessions (back-channel logout) does it here: what it has opened ends at once.
sso-second-factor-acr = Classes that stand for a second factor
sso-second-factor-acr-hint = Values of acr, with spaces between them. amr with mfa always counts.
sso-acr = Classes that are asked for
sso-acr-hint = acr_values, the best one first, with spaces between them.
sso-requires-acr = Let nobody in without one of them
error-sso-level = The sign-in there was not strong enough
    .detail = This portal asks for a stronger way of signing in at the provider than the one that was used. Sign in there that way and try once more.
flash-identity-level = The sign-in at the provider was not strong enough for this portal.
