-- Providers of identities that speak SAML 2.0: the connection with each.

-- `shared::saml::connection::Connection` as JSON: the provider's addresses and keys, and the certificate of our key, which stands sealed in
-- `secret`. Empty for OpenID Connect.
ALTER TABLE identity_providers ADD COLUMN saml TEXT CHECK (saml IS NULL OR json_valid(saml));

-- Of a sign-in that a provider has begun and that still owes the second factor: what the provider wants to hear when the session is over, and
-- when its own ends, which ours does not outlive.
ALTER TABLE sign_in_challenges ADD COLUMN provider_hint TEXT;
ALTER TABLE sign_in_challenges ADD COLUMN provider_until INTEGER;
