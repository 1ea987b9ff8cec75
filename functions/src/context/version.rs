//! Versions of the API (specification 2.12): by path, header, media type or query parameter.

use shared::http::Request;

/// A version of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiVersion {
    /// Legacy.
    V1,
    /// Stable; what is answered when nothing is asked for.
    V2,
    /// Latest.
    V3,
}

impl ApiVersion {
    /// Every version.
    pub const ALL: [Self; 3] = [Self::V1, Self::V2, Self::V3];
    /// The default.
    pub const CURRENT: Self = Self::V2;

    /// `v2`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
            Self::V3 => "v3",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.as_str() == text || version.as_str().trim_start_matches('v') == text)
    }

    /// The version that the request asks for and its path without the version. `None` when it asks for one that is not there.
    pub fn select(request: &Request) -> Option<(Self, String)> {
        if let Some(rest) = request.path.strip_prefix("/api/v") {
            let (number, rest) = rest.split_once('/').unwrap_or((rest, ""));
            if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
                return Self::parse(number).map(|version| (version, format!("/api/{rest}")));
            }
        }
        let path = request.path.clone();
        if !path.starts_with("/api/") {
            return Some((Self::CURRENT, path));
        }
        let from_accept = request.headers.get("accept").and_then(|accept| {
            let (_, rest) = accept.split_once("application/vnd.workernet.")?;
            rest.split(['+', ',', ';']).next()
        });
        match request.headers.get("api-version").or(from_accept).or_else(|| request.query.get("version")) {
            Some(text) => Self::parse(text.trim()).map(|version| (version, path)),
            None => Some((Self::CURRENT, path)),
        }
    }
}
