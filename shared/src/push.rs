//! Notices on devices by Web Push: what is sealed for a device, how a push service knows the sender, and when somebody wants quiet.
//!
//! A push service carries the notice and cannot read it: the text is sealed for the device (RFC 8291). Public-key cryptography is the
//! platform's, behind [`crate::auth::cryptography`]; the rest is a few keyed digests and one short text of AES-GCM.

mod quiet;
mod seal;
mod vapid;

pub use quiet::QuietHours;
pub use seal::{Receiver, TEXT_BYTES_MAX, seal};
pub use vapid::authorization;

use sha2::{Digest, Sha256};

use crate::auth::base64url::encode;
use crate::ldap::settings::Reach;
use crate::net::outbound::lies_in;
use crate::oidc::address;

/// Bytes of the digest in a topic: 32 characters of base64url, the most that there may be (RFC 8030, 5.4).
const TOPIC_BYTES: usize = 24;

/// What push services are told of a notice's subject: the same for the same one, and nothing of what it is.
pub fn topic(tenant: &str, subject: &str) -> String {
    let digest = Sha256::digest(format!("push-topic\n{tenant}\n{subject}").as_bytes());
    encode(digest.get(..TOPIC_BYTES).unwrap_or_default())
}

/// Whether a device's address at its push service may be called: https on the public internet, and none of our own hosts.
pub fn is_endpoint(text: &str, reach: Reach<'_>, own_host: &str) -> bool {
    address::checked(text, reach)
        .is_some_and(|url| reach.lets_private || url.host_str().is_some_and(|host| !lies_in(host, own_host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_of_one_subject_and_fits() {
        let one = topic("tnt_a", "tkt_1");
        assert_eq!(one.len(), 32);
        assert_eq!(one, topic("tnt_a", "tkt_1"));
        assert_ne!(one, topic("tnt_b", "tkt_1"));
        assert_ne!(one, topic("tnt_a", "tkt_2"));
    }

    #[test]
    fn only_public_services_are_called() {
        let reach = Reach { own_host: "workernet.example", lets_private: false };
        let may = |text: &str| is_endpoint(text, reach, "acme.example");
        assert!(may("https://fcm.googleapis.com/fcm/send/abc:def"));
        for inside in [
            "http://fcm.googleapis.com/fcm/send/abc",
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://localhost/x",
            "https://push.workernet.example/x",
            "https://acme.example/api/tickets",
            "https://www.acme.example/x",
            "https://user@push.example/x",
            "https://push.example:8443/x",
            "",
        ] {
            assert!(!may(inside), "{inside}");
        }
        assert!(is_endpoint("http://127.0.0.1:9/x", Reach { lets_private: true, ..reach }, "acme.example"));
    }
}
