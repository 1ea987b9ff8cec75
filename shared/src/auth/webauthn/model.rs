//! Which program or device keeps a passkey, as far as it says so.

/// Models that a person knows by name. What is not here has none, and nothing is decided by it: it is not attested.
const MODELS: &[(&str, &str)] = &[
    ("08987058cadc4b81b6e130de50dcbe96", "Windows Hello"),
    ("6028b017b1d44c02b4b3afcdafc96bb2", "Windows Hello"),
    ("9ddd1817af5a4672a2b93e3dd95000a9", "Windows Hello"),
    ("adce000235bcc60a648b0b25f1f05503", "Chrome, macOS"),
    ("bada5566a7aa401fbd9645619a55120d", "1Password"),
    ("d548826e79b4db40a3d811116f7e8349", "Bitwarden"),
    ("dd4ec289e01d41c9bb8970fa845d4bf2", "iCloud Keychain"),
    ("ea9b8d664d011d213ce4b6b48cb575d4", "Google Password Manager"),
    ("fbfc3007154e4ecc8c0b6e020557d7bd", "iCloud Keychain"),
];

/// The name of a model, by its AAGUID in hexadecimal. Names are proper names, the same in every language.
pub fn name(model: &str) -> Option<&'static str> {
    MODELS.iter().find(|(known, _)| *known == model).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_people_know_has_its_name_and_no_other_has_one() {
        assert_eq!(name("bada5566a7aa401fbd9645619a55120d"), Some("1Password"));
        assert_eq!((name("00000000000000000000000000000000"), name("")), (None, None));
    }
}
