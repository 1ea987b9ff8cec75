//! The frame of a page: language, brand, person, navigation, and what just happened.

use shared::access::{Permission, Role};
use shared::brand::{self, Shades};
use shared::http::Request;
use shared::i18n::Locale;
use shared::store::queues::Counts;
use shared::tenant::Tenant;

use super::appearance::Appearance;
use super::form;
use super::view::Person;
use super::view::shell::{AgentNav, Brand, Flash, Language, Me, Shell, TenantChip, ViewLink};
use crate::context::Ctx;

/// What the frame needs of the request; take it before the body is read.
#[derive(Debug, Clone)]
pub struct Frame {
    path: String,
    appearance: Appearance,
    flash: Option<Flash>,
}

impl Frame {
    /// Reads the page's address, its appearance and what just happened.
    pub fn of(request: &Request) -> Self {
        let query = request.query.with("", None);
        let path = if query.is_empty() { request.path.clone() } else { format!("{}?{query}", request.path) };
        Self { path, appearance: Appearance::of(request), flash: super::flash::of(request) }
    }

    /// The page's address: path and query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether this page shows what just happened, so that its cookie can go.
    pub fn has_flash(&self) -> bool {
        self.flash.is_some()
    }

    /// A page for clients and visitors.
    pub fn shell(&self, ctx: &Ctx<'_>) -> Shell {
        Shell {
            csrf: form::token(ctx),
            path: self.path.clone(),
            theme: self.appearance.theme.clone(),
            contrast: self.appearance.contrast.clone(),
            tz: ctx.zone().name().to_owned(),
            now_ms: ctx.now.timestamp_millis(),
            user: me(ctx),
            flash: self.flash.clone(),
            once: ctx.ids().secret(16),
            ..bare(Some(ctx.tenant), ctx.locale, &ctx.nonce)
        }
    }

    /// A page for staff, with the navigation and its numbers. `section` names the current entry, see [`AgentNav`].
    pub fn agent_shell(&self, ctx: &Ctx<'_>, section: &str, counts: &Counts) -> Shell {
        let may = |permission| ctx.actor.may(permission);
        let nav = AgentNav {
            section: section.to_owned(),
            views: counts
                .views
                .iter()
                .map(|view| ViewLink {
                    id: view.id.clone(),
                    name: view.name.clone(),
                    shared: !view.is_own,
                    current: view.id == section,
                })
                .collect(),
            mine: counts.mine,
            snoozed: counts.snoozed,
            reminders: counts.reminders,
            unassigned: counts.unassigned,
            breaching: counts.breaching,
            all: counts.open,
            unprocessed: counts.unprocessed,
            sees_mail: may(Permission::MailRead),
            sees_sla: may(Permission::SlaRead),
            sees_ratings: may(Permission::ReportRead),
            sees_settings: may(Permission::DeskManage),
            sees_audit: may(Permission::AuditRead),
            sees_access: may(Permission::AccessRead),
            sees_protection: may(Permission::TenantManage),
        };
        Shell { nav: Some(nav), ..self.shell(ctx) }
    }
}

/// The least that a page needs, when there is neither a session nor a request at hand.
pub fn bare(tenant: Option<&Tenant>, locale: Locale, nonce: &str) -> Shell {
    let shades = brand::shades(tenant.map_or("", |tenant| tenant.settings().brand_color.as_str()));
    Shell {
        locale: locale.as_str().to_owned(),
        dir: locale.dir().to_owned(),
        theme: "auto".to_owned(),
        contrast: "auto".to_owned(),
        nonce: nonce.to_owned(),
        csrf: String::new(),
        path: "/".to_owned(),
        tz: tenant.map_or("UTC", |tenant| tenant.zone().name()).to_owned(),
        now_ms: 0,
        tenant: tenant.map(chip),
        brand: brand_of(&shades),
        languages: Locale::ALL
            .into_iter()
            .map(|each| Language { code: each.as_str().to_owned(), name: each.own_name().to_owned(), current: each == locale })
            .collect(),
        user: None,
        nav: None,
        flash: None,
        once: String::new(),
    }
}

/// The colours of a page out of the shades of an accent.
pub fn brand_of(shades: &Shades) -> Brand {
    Brand {
        brand: shades.fill.clone(),
        on_brand: shades.on_fill.clone(),
        brand_text: shades.text.clone(),
        dark: shades.dark_fill.clone(),
        on_dark: shades.on_dark_fill.clone(),
        dark_text: shades.dark_text.clone(),
    }
}

fn chip(tenant: &Tenant) -> TenantChip {
    let settings = tenant.settings();
    TenantChip {
        name: tenant.name().to_owned(),
        logo: settings.logo_url.clone(),
        letter: tenant.name().chars().next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default(),
        registration: settings.registration_open,
        anonymous_tickets: settings.anonymous_tickets,
        challenge: settings.turnstile_site_key.clone(),
    }
}

fn me(ctx: &Ctx<'_>) -> Option<Me> {
    let person = ctx.actor.person()?;
    Some(Me {
        person: Person::new(person.id.as_str(), &person.name).email(&person.email).staff(person.role.is_staff()),
        role: person.role.as_str().to_owned(),
        staff: person.role != Role::Client,
        may_open: ctx.actor.may(Permission::TicketCreate),
        organization: None,
    })
}
