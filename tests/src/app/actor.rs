//! Somebody who sends requests.

use serde_json::Value;
use shared::http::{Body, Country, Method, Request};

use super::people::Login;
use super::{Answer, TestApp};

/// A caller on one host, with or without credentials. Headers that are added stay for the next request only.
pub struct Caller<'a> {
    app: &'a TestApp,
    host: String,
    login: Option<Login>,
    headers: Vec<(String, String)>,
    by_cookie: bool,
    network: Option<std::net::IpAddr>,
    country: Option<String>,
    https: bool,
}

impl<'a> Caller<'a> {
    pub(super) fn anonymous(app: &'a TestApp, host: String) -> Self {
        Self { app, host, login: None, headers: Vec::new(), by_cookie: false, network: None, country: None, https: true }
    }

    pub(super) fn with_session(app: &'a TestApp, host: String, login: Login) -> Self {
        Self { login: Some(login), ..Self::anonymous(app, host) }
    }

    /// The same credentials on another host.
    pub fn at(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    /// Uses the session cookie, as a browser does, from our own pages.
    pub fn in_browser(mut self) -> Self {
        self.by_cookie = true;
        self
    }

    /// The session's cookie as a browser sends it; empty for nobody.
    pub fn session_cookie(&self) -> String {
        self.login.as_ref().map(|login| format!("__Host-session={}", login.cookie)).unwrap_or_default()
    }

    /// From another address than the usual one.
    ///
    /// # Panics
    /// When it is no address.
    pub fn from_network(mut self, address: &str) -> Self {
        self.network = Some(address.parse().expect("an address"));
        self
    }

    /// Without TLS.
    pub fn in_the_clear(mut self) -> Self {
        self.https = false;
        self
    }

    /// From a country, as the platform sees it.
    pub fn from_country(mut self, country: &str) -> Self {
        self.country = Some(country.to_owned());
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// GET.
    pub async fn get(self, target: &str) -> Answer {
        self.send(Method::Get, target, Body::Empty, None).await
    }

    /// DELETE.
    pub async fn delete(self, target: &str) -> Answer {
        self.send(Method::Delete, target, Body::Empty, None).await
    }

    /// POST of JSON.
    pub async fn post(self, target: &str, body: Value) -> Answer {
        self.json(Method::Post, target, body).await
    }

    /// PUT of JSON.
    pub async fn put(self, target: &str, body: Value) -> Answer {
        self.json(Method::Put, target, body).await
    }

    /// PATCH of JSON.
    pub async fn patch(self, target: &str, body: Value) -> Answer {
        self.json(Method::Patch, target, body).await
    }

    /// POST of a form, with the token that the session's pages carry.
    pub async fn submit(self, target: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = url_encode(fields);
        if let Some(token) = self.csrf_token() {
            form.push_str(&format!("&csrf={token}"));
        }
        self.send(Method::Post, target, Body::Bytes(form.into_bytes()), Some("application/x-www-form-urlencoded")).await
    }

    /// The same as `multipart/form-data`, as forms with files are sent.
    pub async fn submit_multipart(self, target: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.csrf_token();
        let mut body = String::new();
        for (name, value) in token.iter().map(|token| ("csrf", token.as_str())).chain(fields.iter().copied()) {
            body.push_str(&format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        }
        body.push_str("--edge--\r\n");
        self.send(Method::Post, target, Body::Bytes(body.into_bytes()), Some("multipart/form-data; boundary=edge")).await
    }

    /// Any request with a body of the given media type.
    pub async fn send(self, method: Method, target: &str, body: Body, media_type: Option<&str>) -> Answer {
        let request = self.prepare(method, target, body, media_type);
        Answer::read(self.app.send(request).await).await
    }

    async fn json(self, method: Method, target: &str, body: Value) -> Answer {
        self.send(method, target, Body::Bytes(body.to_string().into_bytes()), Some("application/json")).await
    }

    /// The token that the pages of this session carry.
    pub fn csrf_token(&self) -> Option<String> {
        let signer = shared::auth::signer::Signer::new(&self.app.platform.config.token_secret);
        let slug = self.host.strip_suffix(".example")?;
        let tenant = super::people::tenant_id(slug);
        let holder = self
            .login
            .as_ref()
            .filter(|_| self.by_cookie)
            .map_or_else(|| "anonymous".to_owned(), |login| login.browser_session.to_string());
        Some(signer.sign("csrf", &[tenant.as_str(), &holder]))
    }

    fn prepare(&self, method: Method, target: &str, body: Body, media_type: Option<&str>) -> Request {
        let mut request = TestApp::request(method, &self.host, target);
        request.https = self.https;
        if let Some(login) = &self.login {
            if self.by_cookie {
                request.headers.append("cookie", format!("__Host-session={}", login.cookie));
            } else {
                request.headers.append("authorization", format!("Bearer {}", login.access_token(&self.app.platform)));
            }
        }
        if self.by_cookie || self.login.is_none() {
            request.headers.append("sec-fetch-site", "same-origin");
        }
        if let Some(media_type) = media_type {
            request.headers.append("content-type", media_type);
        }
        for (name, value) in &self.headers {
            request.headers.set(name, value);
        }
        if self.network.is_some() {
            request.peer = self.network;
        }
        let country = self.country.clone();
        request.country = Country::asked(move || country.clone());
        request.body = body;
        request
    }
}

fn url_encode(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
