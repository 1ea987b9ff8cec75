//! Finds the route of a method and path.

use std::collections::HashMap;

use shared::error::ApiError;
use shared::http::Method;

use shared::access::Access;

use super::{Handler, Route};

/// A route and the decoded parameters of its path.
pub type Found = (&'static Route, Vec<(String, String)>);

/// The table, ready for look-ups. Built once an isolate. The platform's own host has paths of its own (`/`, `/login`).
pub struct Router {
    tenants: Paths,
    console: Paths,
}

struct Paths {
    paths: matchit::Router<usize>,
    /// One map a path: method to route.
    methods: Vec<HashMap<Method, &'static Route>>,
}

impl Router {
    /// A router over the table.
    pub fn new(routes: &'static [Route]) -> Self {
        let everywhere = |route: &Route| route.access == Access::AnyHost;
        Self {
            tenants: Paths::new(routes.iter().filter(|route| matches!(route.handler, Handler::Tenant(_)) || everywhere(route))),
            console: Paths::new(routes.iter().filter(|route| matches!(route.handler, Handler::Platform(_)))),
        }
    }

    /// The route and its decoded path parameters: 404 for an unknown path, 405 for a path without this method.
    pub fn find(&self, is_console: bool, method: Method, path: &str) -> Result<Found, ApiError> {
        if is_console { self.console.find(method, path) } else { self.tenants.find(method, path) }
    }

    /// How many paths were taken, on tenants' hosts and on the console: the tests compare it with the table.
    pub fn path_counts(&self) -> (usize, usize) {
        (self.tenants.methods.len(), self.console.methods.len())
    }
}

impl Paths {
    /// Two routes of one path share its node; a path that collides with another is a defect that the tests show, and is
    /// left out here rather than taking the isolate down.
    fn new(routes: impl Iterator<Item = &'static Route>) -> Self {
        let mut by_path: Vec<(&'static str, HashMap<Method, &'static Route>)> = Vec::new();
        for route in routes {
            match by_path.iter_mut().find(|(path, _)| *path == route.path) {
                Some((_, methods)) => {
                    methods.insert(route.method, route);
                }
                None => by_path.push((route.path, HashMap::from([(route.method, route)]))),
            }
        }
        let mut paths = matchit::Router::new();
        let mut methods = Vec::with_capacity(by_path.len());
        for (path, routes) in by_path {
            if paths.insert(path, methods.len()).is_ok() {
                methods.push(routes);
            }
        }
        Self { paths, methods }
    }

    fn find(&self, method: Method, path: &str) -> Result<Found, ApiError> {
        let found = self.paths.at(path).map_err(|_| ApiError::not_found())?;
        let methods = self.methods.get(*found.value).ok_or_else(ApiError::not_found)?;
        let lookup = if method == Method::Head && !methods.contains_key(&Method::Head) { Method::Get } else { method };
        let route = methods.get(&lookup).ok_or_else(|| ApiError::method_not_allowed(&allowed(methods)))?;
        let params = found
            .params
            .iter()
            .map(|(key, value)| {
                let decoded = percent_encoding::percent_decode_str(value).decode_utf8().map_err(ApiError::malformed)?;
                Ok((key.to_owned(), decoded.into_owned()))
            })
            .collect::<Result<_, ApiError>>()?;
        Ok((route, params))
    }
}

/// The methods that a path has, sorted; HEAD is answered wherever GET is.
fn allowed(methods: &HashMap<Method, &'static Route>) -> String {
    let mut names: Vec<&str> = methods.keys().map(|method| method.as_str()).collect();
    if methods.contains_key(&Method::Get) && !methods.contains_key(&Method::Head) {
        names.push(Method::Head.as_str());
    }
    names.sort_unstable();
    names.join(", ")
}
