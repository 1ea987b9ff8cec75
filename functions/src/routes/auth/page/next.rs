//! Where to go after a form: a path of this host and nothing else.

/// The path, if it is one that cannot lead to another host (`//evil.example`, `/\evil.example`, `/%09/evil.example`).
pub fn path(next: &str) -> Option<&str> {
    let plain = next.len() <= 2000 && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let rest = next.strip_prefix('/')?;
    (plain && !rest.starts_with('/') && !rest.starts_with('%')).then_some(next)
}

/// The address of a page that goes on to `next` in the end.
pub fn with(page: &str, next: Option<&str>) -> String {
    match next {
        Some(next) => {
            format!("{page}?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
        }
        None => page.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn only_a_path_of_this_host_is_followed() {
        for good in ["/", "/tickets/7", "/agent/tickets?queue=mine&q=a%20b"] {
            assert_eq!(path(good), Some(good));
        }
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a b",
            "/a\r\nset-cookie: x",
            "/%2f/evil.example",
            "tickets",
        ] {
            assert_eq!(path(bad), None, "{bad}");
        }
    }
}
