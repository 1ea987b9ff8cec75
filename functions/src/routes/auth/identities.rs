//! `/api/auth/identities`: who the person who is signed in is at providers of identities. Linking is done in the browser:
//! `/login/sso/{provider}?as=link`.

pub mod list;
pub mod unlink;
