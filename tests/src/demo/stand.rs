//! The demo stand: its tenants with departments, categories, people and passwords, written through the product's own stores.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use functions::actions::own_texts;
use functions::actions::sla::{calendars, policies};
use functions::context::Ctx;
use shared::access::{self, Holder, Permissions, Person as Insider, Role as Right};
use shared::auth::password;
use shared::database::{Database, PlatformDb, TenantDb};
use shared::error::ApiError;
use shared::i18n::Locale;
use shared::id::{DepartmentId, IdSource, OperatorId, OrganizationId, SessionId, UserId};
use shared::platform::Platform;
use shared::sla::PolicyIn;
use shared::store::{platform as platform_store, provisioning};
use shared::tenant::{Settings, Tenant, TenantRecord};

use super::contracts::Contracts;
use super::people::{Organization, Person, Role};
use super::{CATEGORIES, DEPARTMENTS, Language, Tenant as Planned};
use crate::native::NativePlatform;

/// What went wrong while seeding, for a person to read.
pub type Trouble = Box<dyn std::error::Error>;

/// A tenant of the stand, with the ids that its plan's names stand for.
pub struct Desk {
    /// The tenant.
    pub tenant: Tenant,
    /// Its database.
    pub database: Rc<dyn Database>,
    /// People by the plan's username.
    pub people: BTreeMap<String, Insider>,
    departments: BTreeMap<&'static str, DepartmentId>,
    organizations: BTreeMap<String, OrganizationId>,
    shared_hash: String,
    known_hashes: BTreeMap<&'static str, String>,
    /// Sessions are made up: nobody signs in to write the past.
    session: SessionId,
}

/// Passwords of a tenant, in the clear, for `demo.json`.
#[derive(Debug, Clone)]
pub struct Passwords {
    /// Of the well-known person of each role.
    pub known: BTreeMap<&'static str, String>,
    /// Of everybody else in the tenant.
    pub others: String,
}

/// Draws a password: 80 bits of the system's randomness, in letters that are not mistaken for each other.
///
/// # Errors
/// When the system has no randomness.
pub fn draw_password() -> Result<String, Trouble> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567892";
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    let letters: Vec<char> =
        bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied()).map(char::from).collect();
    Ok(letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// Draws the passwords of one tenant.
///
/// # Errors
/// When the system has no randomness.
pub fn draw_passwords() -> Result<Passwords, Trouble> {
    let mut known = BTreeMap::new();
    for role in [Role::Admin, Role::Manager, Role::Agent, Role::Client, Role::Analyst] {
        known.insert(role.key(), draw_password()?);
    }
    Ok(Passwords { known, others: draw_password()? })
}

/// The language of a product's locale.
pub fn language(locale: Locale) -> Language {
    if locale == Locale::Ru {
        Language::Ru
    } else if locale == Locale::Ar {
        Language::Ar
    } else {
        Language::En
    }
}

/// The product's locale of a language.
pub const fn locale(language: Language) -> Locale {
    match language {
        Language::Ru => Locale::Ru,
        Language::En => Locale::En,
        Language::Ar => Locale::Ar,
    }
}

const fn right(role: Role) -> Right {
    match role {
        Role::Admin => Right::Admin,
        Role::Manager => Right::Manager,
        Role::Agent => Right::Agent,
        Role::Client => Right::Client,
        Role::Analyst => Right::Analyst,
    }
}

/// The binding of the database that holds a demo tenant.
pub fn binding(slug: &str) -> &'static str {
    if slug == "globex" { "TENANT_DB_2" } else { "TENANT_DB_1" }
}

/// Makes the operator of the platform's console.
///
/// # Errors
/// When the database refuses.
pub async fn open_console(platform: &NativePlatform, username: &str, secret: &str) -> Result<(), Trouble> {
    let database = platform.database("PLATFORM_DB").ok_or("no PLATFORM_DB")?;
    let id: OperatorId = IdSource::new(platform.now(), platform).next();
    let password_hash = hash(platform, secret)?;
    let operator =
        platform_store::Operator { id, username: username.to_owned(), name: "Platform operator".to_owned(), password_hash };
    PlatformDb::new(database.as_ref()).run(platform_store::insert_operator(&operator, platform.now())).await?;
    Ok(())
}

/// Makes a tenant with its departments and categories, on `<slug>.localhost`.
///
/// # Errors
/// When a database refuses, for example because the tenant is there already.
pub async fn open_desk(platform: &NativePlatform, planned: &Planned, passwords: &Passwords) -> Result<Desk, Trouble> {
    let now = platform.now();
    let ids = IdSource::new(now, platform);
    let record = TenantRecord {
        id: ids.next(),
        slug: planned.slug.to_owned(),
        name: planned.name.to_owned(),
        locale: locale(planned.language),
        zone: planned.zone,
        database: binding(planned.slug).to_owned(),
        canonical_host: format!("{}.localhost", planned.slug),
        settings: Settings { ticket_prefix: planned.slug.to_uppercase(), ..Settings::default() },
    };
    let platform_db = platform.database("PLATFORM_DB").ok_or("no PLATFORM_DB")?;
    PlatformDb::new(platform_db.as_ref()).batch(platform_store::insert_tenant(&record, now)).await?;
    let tenant = Tenant::from_record(record);
    let database = platform.database(binding(planned.slug)).ok_or("a tenant's database is not given")?;
    let mut departments = BTreeMap::new();
    let mut batch = Vec::new();
    for (position, key) in (0_u32..).zip(DEPARTMENTS) {
        let id: DepartmentId = ids.next();
        batch.push(provisioning::department(&id, department_name(planned.language, key), position));
        departments.insert(key, id);
    }
    for (position, key) in (0_u32..).zip(CATEGORIES) {
        batch.push(provisioning::category(key, category_name(planned.language, key), None, position));
    }
    TenantDb::new(database.as_ref(), &tenant).batch(batch).await?;
    if let Some((locale, texts)) = own_words(planned.slug) {
        let ctx = Ctx::for_job(platform, &tenant, TenantDb::new(database.as_ref(), &tenant), ids.hex());
        own_texts::change(&ctx, locale, &texts).await.map_err(|error| format!("own texts: {}", error.code))?;
    }
    let mut known_hashes = BTreeMap::new();
    for (role, secret) in &passwords.known {
        known_hashes.insert(*role, hash(platform, secret)?);
    }
    Ok(Desk {
        tenant,
        database,
        people: BTreeMap::new(),
        departments,
        organizations: BTreeMap::new(),
        shared_hash: hash(platform, &passwords.others)?,
        known_hashes,
        session: ids.next(),
    })
}

/// What a tenant says in its own words: one in each of two languages, so that the page of them has something to show.
fn own_words(slug: &str) -> Option<(Locale, BTreeMap<String, Option<String>>)> {
    let (locale, texts) = match slug {
        "acme" => (
            Locale::En,
            [("home-lead", "Write in Russian or English. We answer within an hour, critical tickets within 15 minutes.")],
        ),
        "globex" => (
            Locale::Ru,
            [("home-lead", "Пишите по-русски или по-английски. Отвечаем за час, по критическим заявкам за 15 минут.")],
        ),
        _ => return None,
    };
    Some((locale, texts.into_iter().map(|(key, text)| (key.to_owned(), Some(text.to_owned()))).collect()))
}

fn hash(platform: &NativePlatform, secret: &str) -> Result<String, Trouble> {
    password::hash(secret, platform.config().argon2, platform).map_err(|error| error.to_string().into())
}

impl Desk {
    /// The tenant's database, bound to the tenant.
    pub fn db(&self) -> TenantDb<'_> {
        TenantDb::new(self.database.as_ref(), &self.tenant)
    }

    /// The id of a department of the plan.
    pub fn department(&self, key: &str) -> Option<&DepartmentId> {
        self.departments.get(key)
    }

    /// Makes a client organization.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_organization(
        &mut self,
        platform: &NativePlatform,
        planned: &Organization,
        at: DateTime<Utc>,
    ) -> Result<(), Trouble> {
        let id: OrganizationId = IdSource::new(at, platform).next();
        self.db().run(provisioning::organization(&id, &planned.name, planned.customer_type, at)).await?;
        self.organizations.insert(planned.key.clone(), id);
        Ok(())
    }

    /// Makes calendars and policies, by the use cases behind their pages.
    ///
    /// # Errors
    /// When the product refuses one: then it is not a valid one.
    pub async fn sign(&self, ctx: &Ctx<'_>, planned: &Contracts) -> Result<(), Trouble> {
        let failed = |what: &str, error: &ApiError| format!("{what} was refused: {error:?}");
        let mut ids = BTreeMap::new();
        for calendar in &planned.calendars {
            let made =
                calendars::create(ctx, calendar.name, &calendar.form).await.map_err(|error| failed(calendar.name, &error))?;
            ids.insert(calendar.hours, made.id);
        }
        for policy in &planned.policies {
            let calendar = ids.get(&policy.hours).ok_or("a policy without calendar")?;
            let mut form = PolicyIn { calendar_id: calendar.to_string(), ..policy.form.clone() };
            let organizations = policy.organizations.iter().filter_map(|key| self.organizations.get(key));
            form.conditions.organizations = organizations.map(ToString::to_string).collect();
            policies::create(ctx, form).await.map_err(|error| failed(&policy.form.name, &error))?;
        }
        Ok(())
    }

    /// Makes an account.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_person(&mut self, platform: &NativePlatform, planned: &Person, at: DateTime<Utc>) -> Result<(), Trouble> {
        let id: UserId = IdSource::new(at, platform).next();
        let known = self.known_hashes.get(planned.role.key()).filter(|_| planned.well_known);
        let user = provisioning::NewUser {
            id: id.clone(),
            email: planned.email.clone(),
            name: planned.name(),
            role: right(planned.role),
            password_hash: Some(known.unwrap_or(&self.shared_hash).clone()),
            locale: Some(locale(planned.language)),
            organization: planned.organization.as_ref().and_then(|key| self.organizations.get(key)).cloned(),
            department: planned.department.and_then(|key| self.departments.get(key)).cloned(),
            created_at: at,
        };
        let holder = Holder { id: id.clone(), organization: user.organization.clone(), department: user.department.clone() };
        let insider = Insider {
            rights: Box::new(access::of_role(&holder, user.role, None, true)),
            gives: Permissions::NONE,
            id,
            session: self.session.clone(),
            name: user.name.clone(),
            email: user.email.clone(),
            role: user.role,
            organization: user.organization.clone(),
            department: user.department.clone(),
            locale: user.locale,
            zone: None,
            key: None,
            groups: Vec::new(),
            lent: None,
            further_roles: Vec::new(),
            rights_until: None,
        };
        self.db().run(provisioning::user(&user)).await?;
        self.people.insert(planned.username.clone(), insider);
        Ok(())
    }
}

fn department_name(language: Language, key: &str) -> &'static str {
    let names: [&'static str; 7] = match language {
        Language::Ru => [
            "Первая линия",
            "Бухгалтерия и финансы",
            "Логистика и склад",
            "Производство",
            "Кадры и зарплата",
            "Интеграции и обмены",
            "Инфраструктура",
        ],
        Language::En => [
            "First line",
            "Finance and accounting",
            "Logistics and warehouse",
            "Manufacturing",
            "HR and payroll",
            "Integrations",
            "Infrastructure",
        ],
        Language::Ar => [
            "الخط الأول",
            "المالية والمحاسبة",
            "اللوجستيات والمستودعات",
            "الإنتاج",
            "الموارد البشرية والرواتب",
            "التكامل",
            "البنية التحتية",
        ],
    };
    DEPARTMENTS.iter().zip(names).find(|(own, _)| **own == key).map_or("", |(_, name)| name)
}

fn category_name(language: Language, key: &str) -> &'static str {
    let names: [&'static str; 7] = match language {
        Language::Ru => {
            ["Сбой", "Вопрос", "Доступ и права", "Доработка", "Исправление данных", "Интеграция", "Производительность"]
        }
        Language::En => {
            ["Incident", "Question", "Access and rights", "Change request", "Data correction", "Integration", "Performance"]
        }
        Language::Ar => ["عطل", "استفسار", "الصلاحيات والدخول", "طلب تعديل", "تصحيح بيانات", "تكامل", "أداء"],
    };
    CATEGORIES.iter().zip(names).find(|(own, _)| **own == key).map_or("", |(_, name)| name)
}
