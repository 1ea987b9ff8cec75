//! The whole document (`OpenAPI` 3.1), put together from the table of routes.

use shared::access::{Access, Permission};
use shared::http::Method;
use utoipa::PartialSchema;
use utoipa::openapi::path::{HttpMethod, Operation, PathItem, PathItemBuilder, PathsBuilder};
use utoipa::openapi::security::{
    ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ComponentsBuilder, HeaderBuilder, InfoBuilder, OpenApi, OpenApiBuilder, RefOr};

use crate::actions::oauth::TOKEN_PATH;
use crate::context::ApiVersion;
use crate::dispatch::{admits_keys, takes_key};
use crate::routes::{ROUTES, Route};

/// The groups of the document, in the order of reading.
const TAGS: &[(&str, &str)] = &[
    ("auth", "Signing in and out"),
    ("tickets", "Tickets, their comments, history and relations"),
    ("time", "Time that agents spend on tickets"),
    ("reminders", "What somebody of the desk wants to be reminded of; theirs alone"),
    ("imports", "Tickets and people from tables"),
    ("views", "Views of the desk's tickets that people save"),
    ("attachments", "Files"),
    ("sla", "Policies, calendars and violations"),
    ("ratings", "What clients say of solutions"),
    ("mail", "Mail that came and went"),
    ("push", "Notices on devices (Web Push)"),
    ("users", "People"),
    ("organizations", "Customers' companies"),
    ("roles", "Roles and the permissions that they are made of"),
    ("groups", "Groups of people, to which roles can be granted"),
    ("service-accounts", "Accounts of programs"),
    ("api-keys", "Keys by which programs ask"),
    ("identity-providers", "Providers of identities (OpenID Connect, SAML) by which people sign in here"),
    ("directories", "Companies' directories (LDAP, Active Directory) whose people sign in here"),
    ("scim", "Provisioning of people and groups by a system of identities (SCIM 2.0): with the key of a service account"),
    ("grants", "Roles given to people and groups, for some tickets or all, for good or for a time"),
    ("delegations", "One's own rights, lent to a deputy for a time"),
    ("policies", "Conditions under which permissions are given or denied, and why somebody may do something"),
    ("desk", "Departments and categories"),
    ("tenant", "The tenant's settings"),
    ("audit", "The audit log"),
    ("security", "What protects the tenant: blocked addresses and alerts"),
    ("system", "The platform itself"),
];

/// What the header is for, on every route that takes it.
const KEY: &str = "Up to 255 characters that name this one request. Sent again with the same body within 24 hours it is done once and \
                   answered alike; with another body it is 422, while the first is at work 409.";
/// What every answer says of how much may still be asked for (draft-ietf-httpapi-ratelimit-headers).
const LEFT: &str = "By what the request was counted (address or account), r requests left, t seconds until all are back";
const QUOTA: &str = "q requests at most within w seconds";
const REPLAYED: &str =
    "true when this is the answer that was given before, or, should that have been lost, what was made as it stands now";

/// Names the header fields of the answers that are no refusals.
fn describe_headers(operation: &mut Operation, headers: &[(&'static str, &'static str)]) {
    for (_, response) in operation.responses.responses.iter_mut().filter(|(status, _)| status.starts_with('2')) {
        let RefOr::T(response) = response else { continue };
        for (name, text) in headers {
            let header = HeaderBuilder::new().schema(<String as PartialSchema>::schema()).description(Some(*text)).build();
            response.headers.insert((*name).to_owned(), header);
        }
    }
}

/// Builds the document.
pub fn document() -> OpenApi {
    let mut paths = PathsBuilder::new();
    let bearer =
        |format: &str| SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format(format).build());
    let scopes = Permission::ALL.into_iter().map(|one| (one.as_str(), one.as_str())).collect::<Scopes>();
    let clients = Flow::ClientCredentials(ClientCredentials::new(TOKEN_PATH, scopes));
    let mut components = ComponentsBuilder::new()
        .security_scheme("bearer", bearer("JWT"))
        .security_scheme("api_key", bearer("wnk_"))
        .security_scheme("oauth2", SecurityScheme::OAuth2(OAuth2::new([clients])));
    for path in distinct_paths() {
        let mut item = PathItem::default();
        for route in ROUTES.iter().filter(|route| route.path == path) {
            let Some(described) = route.face.described() else { continue };
            let mut doc = described.describe();
            if takes_key(route) {
                doc = doc.header("Idempotency-Key", KEY).sends("Idempotency-Replayed", REPLAYED).refuses(&[409, 422]);
            }
            // Whoever asks too much, and whoever is turned away by the tenant, is answered so everywhere.
            doc = doc.sends("RateLimit", LEFT).sends("RateLimit-Policy", QUOTA).refuses(&[403, 429]);
            let headers = doc.sent().to_vec();
            let (operation, schemas) = doc.into_parts();
            components = components.schemas_from_iter(schemas);
            let mut operation = operation.operation_id(Some(operation_id(route))).securities(security(route)).build();
            describe_headers(&mut operation, &headers);
            item.merge_operations(PathItemBuilder::new().operation(method(route.method), operation).build());
        }
        paths = paths.path(path, item);
    }
    let about = "Support desk of ERP clients. Lists answer `data` and `meta`; refusals are problem details (RFC 9457) with a stable `code`. \
                 The version is part of the path (`/api/v2/...`), of the header `API-Version`, of `Accept` or of the query; v2 is the default.";
    OpenApiBuilder::new()
        .info(InfoBuilder::new().title("WorkerNet").version(ApiVersion::CURRENT.as_str()).description(Some(about)).build())
        .paths(paths.build())
        .components(Some(components.build()))
        .tags(Some(TAGS.iter().map(|(name, text)| TagBuilder::new().name(*name).description(Some(*text)).build())))
        .build()
}

fn distinct_paths() -> Vec<&'static str> {
    let mut paths = Vec::new();
    for route in ROUTES.iter().filter(|route| route.face.described().is_some()) {
        if !paths.contains(&route.path) {
            paths.push(route.path);
        }
    }
    paths
}

/// `tickets_create` of the module `tickets::create`; a module that serves two methods gets the method's name too.
fn operation_id(route: &Route) -> String {
    let name = route.name.split("::").map(str::trim).collect::<Vec<_>>().join("_");
    let shared = ROUTES.iter().filter(|other| other.name == route.name).count() > 1;
    if shared { format!("{name}_{}", route.method.as_str().to_lowercase()) } else { name }
}

/// A person's token; where programs are let in, a key or the token that it was exchanged for.
fn security(route: &Route) -> Option<Vec<SecurityRequirement>> {
    let one = |name: &str, scope: Option<Permission>| SecurityRequirement::new(name, scope.map(Permission::as_str));
    match route.access {
        Access::Public | Access::VisitorOr(_) | Access::Platform | Access::AnyHost => None,
        _ if admits_keys(route) => {
            Some(vec![one("bearer", None), one("api_key", None), one("oauth2", route.access.permission())])
        }
        _ => Some(vec![one("bearer", None)]),
    }
}

fn method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::Get,
        Method::Head => HttpMethod::Head,
        Method::Post => HttpMethod::Post,
        Method::Put => HttpMethod::Put,
        Method::Patch => HttpMethod::Patch,
        Method::Delete => HttpMethod::Delete,
        Method::Options => HttpMethod::Options,
    }
}
