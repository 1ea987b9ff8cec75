-- Providers of identities that speak SAML 2.0: the connection with each.

-- `shared::saml::connection::Connection` as JSON: the provider's addresses and keys, and the certificate of our key, which stands sealed in
-- `secret`. Empty for OpenID Connect.
ALTER TABLE identity_providers ADD COLUMN saml TEXT CHECK (saml IS NULL OR json_valid(saml));
