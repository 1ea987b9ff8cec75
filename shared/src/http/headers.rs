//! Header fields: an ordered list with lower-case names.

/// Header fields in order; names are lower-cased on the way in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// No fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// The first value of `name` (which must be given in lower case).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Adds a field and keeps those of the same name (`Set-Cookie`, `Vary`).
    pub fn append(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_ascii_lowercase(), value.into()));
    }

    /// Sets a field, replacing all of the same name.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let name = name.to_ascii_lowercase();
        self.0.retain(|(key, _)| *key != name);
        self.0.push((name, value.into()));
    }

    /// All fields in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of the cookie `name`, if the request carries exactly one of it.
    ///
    /// Two cookies of one name mean that somebody planted one; neither is believed.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let mut found = None;
        for (key, value) in &self.0 {
            if key != "cookie" {
                continue;
            }
            for pair in value.split(';') {
                let Some((key, value)) = pair.trim().split_once('=') else { continue };
                if key == name && found.replace(value).is_some() {
                    return None;
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Headers;

    #[test]
    fn a_cookie_that_comes_twice_is_not_believed() {
        let mut headers = Headers::new();
        headers.append("Cookie", "a=1; session=x");
        assert_eq!(headers.cookie("session"), Some("x"));
        headers.append("cookie", "session=y");
        assert_eq!(headers.cookie("session"), None);
    }
}
