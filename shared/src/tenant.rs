//! Tenants, and the only constructors of names that belong to one.
//!
//! A [`Tenant`] is made by host resolution or by a job whose payload was verified against the platform's table, both in
//! `store::platform`. Object names, file keys and cache keys come only from here, so none can be built for another tenant.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::audit::Seal;
use crate::auth::password::Rules;
use crate::i18n::Locale;
use crate::id::{AttachmentId, ImportId, InboundId, TenantId, UploadId};
use crate::limits::{PASSWORD_CHARS_MIN, PASSWORD_CHARS_MIN_BEFORE_SECOND, RATE_BURST, RATE_PER_MINUTE};
use crate::rate::Rate;

/// A tenant, as the platform's table describes it.
#[derive(Debug, Clone)]
pub struct Tenant {
    record: TenantRecord,
}

/// The row of `tenants` with its canonical host.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TenantRecord {
    /// Id.
    pub id: TenantId,
    /// Short name in hosts: `acme`.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// Language of people who did not choose one.
    pub locale: Locale,
    /// Time zone of people who did not choose one (IANA name).
    pub zone: Tz,
    /// Binding of the D1 database that holds the tenant's rows.
    pub database: String,
    /// The verified host that links in mails use. Never taken from a request.
    pub canonical_host: String,
    /// What the tenant's administrator has set.
    #[serde(deserialize_with = "crate::database::json_text")]
    pub settings: Settings,
}

/// A tenant's settings, stored as one JSON document; every field has a default, so that old rows stay readable.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, named in the API")]
pub struct Settings {
    /// Before the number of a ticket: `ACME` in `ACME-1042`.
    pub ticket_prefix: String,
    /// Local part of the support mailbox.
    pub mailbox_local_part: String,
    /// Days after resolution within which the client's answer reopens the ticket; later it opens a linked new one.
    pub reopen_window_days: u32,
    /// Whether clients see the tickets of their whole organization.
    pub organization_tickets_visible: bool,
    /// Whether people may register themselves.
    pub registration_open: bool,
    /// Whether the public form takes tickets of people who are not signed in.
    pub anonymous_tickets: bool,
    /// Days between resolution and closing by itself.
    pub auto_close_days: u32,
    /// Days until an unanswered request for a rating is repeated, once.
    pub rating_reminder_days: u32,
    /// The accent colour, `#rrggbb`.
    pub brand_color: String,
    /// Address of the logo, if the tenant has one.
    pub logo_url: Option<String>,
    /// ERP modules that a ticket can name.
    pub erp_modules: Vec<String>,
    /// Roles whose people need a second factor: without one they can sign in to set it up, and for nothing else.
    pub mfa_required_roles: Vec<Role>,
    /// Whether codes by SMS are a second factor here. NIST 800-63B-4 (3.1.3.3) calls them restricted: numbers are taken over and messages read.
    pub sms_codes: bool,
    /// Minutes without use after which a browser is signed out.
    pub session_idle_minutes: u32,
    /// Hours after which a browser is signed out in any case.
    pub session_absolute_hours: u32,
    /// Least characters of a new password that is the only factor.
    pub password_min_chars: u32,
    /// The same for people whose role needs a second factor.
    pub password_min_chars_before_second: u32,
    /// Days that an API key lives when whoever makes it does not say.
    pub api_key_days: u32,
    /// Requests that one address or account may send in a minute.
    pub rate_limit_per_minute: u32,
    /// How many more may come at once.
    pub rate_limit_burst: u32,
    /// Whether a network from which many sign-ins are refused is blocked by itself for a while.
    pub block_networks: bool,
    /// Addresses that security alerts are mailed to; empty means the administrators.
    pub security_contacts: Vec<String>,
    /// Origins of pages elsewhere that may use the API with a token of their own: `https://app.vendor.example`.
    pub cors_origins: Vec<String>,
    /// The public key of Cloudflare Turnstile, which then asks whoever fills in a form for everybody to show that they are a person.
    #[schema(example = "0x4AAAAAAAexample")]
    pub turnstile_site_key: Option<String>,
    /// The secret that belongs to it: taken, and never shown. `null` leaves it as it is.
    pub turnstile_secret: Option<String>,
}

impl Settings {
    /// What is asked of a new password of somebody with this role. A second factor that somebody merely has may be gone tomorrow; one that
    /// the role needs always follows.
    pub fn password_rules(&self, role: Role) -> Rules {
        let has_second = self.mfa_required_roles.contains(&role);
        let (asked, (least, most)) = if has_second {
            (self.password_min_chars_before_second, PASSWORD_CHARS_MIN_BEFORE_SECOND)
        } else {
            (self.password_min_chars, PASSWORD_CHARS_MIN)
        };
        Rules { chars_min: asked.clamp(least, most), has_second }
    }

    /// What one address or account may send.
    pub fn rate(&self) -> Rate {
        Rate { per_minute: self.rate_limit_per_minute, burst: self.rate_limit_burst }
    }

    /// Where the logo lies, as a source of the content security policy: scheme, host and port, of an https address only.
    pub fn logo_origin(&self) -> Option<String> {
        let address = url::Url::parse(self.logo_url.as_deref()?).ok()?;
        (address.scheme() == "https" && address.has_host()).then(|| address.origin().ascii_serialization())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ticket_prefix: "T".to_owned(),
            mailbox_local_part: "support".to_owned(),
            reopen_window_days: 14,
            organization_tickets_visible: true,
            registration_open: true,
            anonymous_tickets: true,
            auto_close_days: 7,
            rating_reminder_days: 3,
            brand_color: "#1f5fd6".to_owned(),
            logo_url: None,
            erp_modules: [
                "sales",
                "purchasing",
                "warehouse",
                "production",
                "accounting",
                "payroll",
                "crm",
                "edi",
                "reporting",
                "integration",
                "access",
                "performance",
            ]
            .map(str::to_owned)
            .to_vec(),
            mfa_required_roles: Vec::new(),
            sms_codes: false,
            session_idle_minutes: 720,
            session_absolute_hours: 12,
            password_min_chars: PASSWORD_CHARS_MIN.0,
            password_min_chars_before_second: PASSWORD_CHARS_MIN.0,
            api_key_days: 90,
            rate_limit_per_minute: RATE_PER_MINUTE,
            rate_limit_burst: RATE_BURST,
            block_networks: true,
            security_contacts: Vec::new(),
            cors_origins: Vec::new(),
            turnstile_site_key: None,
            turnstile_secret: None,
        }
    }
}

impl Tenant {
    /// Only for `store::platform`, which reads verified rows, and for tests.
    pub fn from_record(record: TenantRecord) -> Self {
        Self { record }
    }

    /// Id.
    pub fn id(&self) -> &TenantId {
        &self.record.id
    }

    /// Short name in hosts.
    pub fn slug(&self) -> &str {
        &self.record.slug
    }

    /// Name for people.
    pub fn name(&self) -> &str {
        &self.record.name
    }

    /// Language of people who did not choose one.
    pub fn locale(&self) -> Locale {
        self.record.locale
    }

    /// Time zone of people who did not choose one.
    pub fn zone(&self) -> Tz {
        self.record.zone
    }

    /// Binding of the tenant's database.
    pub fn database(&self) -> &str {
        &self.record.database
    }

    /// What the administrator has set.
    pub fn settings(&self) -> &Settings {
        &self.record.settings
    }

    /// The host for links in mails.
    pub fn host(&self) -> &str {
        &self.record.canonical_host
    }

    /// The support mailbox: `support@acme.example`.
    pub fn mailbox(&self) -> String {
        format!("{}@{}", self.record.settings.mailbox_local_part, self.record.canonical_host)
    }

    /// `ACME-1042`.
    pub fn ticket_reference(&self, number: i64) -> String {
        format!("{}{number}", self.ticket_prefix())
    }

    /// What stands before a ticket's number: `ACME-`.
    pub fn ticket_prefix(&self) -> String {
        format!("{}-", self.record.settings.ticket_prefix)
    }

    /// The number in `ACME-1042`, or in a bare `1042`.
    pub fn ticket_number(&self, reference: &str) -> Option<i64> {
        let digits = match reference.rsplit_once('-') {
            Some((prefix, digits)) if prefix.eq_ignore_ascii_case(&self.record.settings.ticket_prefix) => digits,
            Some(_) => return None,
            None => reference,
        };
        if digits.is_empty() || digits.len() > 12 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok()
    }

    /// R2 key of an attachment.
    pub fn attachment_key(&self, attachment: &AttachmentId) -> String {
        format!("{}/attachments/{attachment}", self.record.id)
    }

    /// R2 key of an upload that is still arriving.
    pub fn upload_key(&self, upload: &UploadId) -> String {
        format!("{}/uploads/{upload}", self.record.id)
    }

    /// R2 key of the rows of an import.
    pub fn import_key(&self, import: &ImportId) -> String {
        format!("{}/imports/{import}", self.record.id)
    }

    /// R2 key of what a dry run found in an import.
    pub fn import_report_key(&self, import: &ImportId) -> String {
        format!("{}/imports/{import}.report", self.record.id)
    }

    /// R2 key of a raw incoming mail.
    pub fn inbound_mail_key(&self, mail: &InboundId) -> String {
        format!("{}/inbound/{mail}", self.record.id)
    }

    /// R2 key of a checkpoint of the audit log.
    pub fn audit_checkpoint_key(&self, number: i64) -> String {
        format!("{}/audit/checkpoints/{number}", self.record.id)
    }

    /// R2 key of the copy of sealed lines of the audit log. The seal of the last one makes it a name of exactly these lines. Copies of all
    /// tenants begin alike, so that one rule of the bucket keeps them.
    pub fn audit_lines_key(&self, first: i64, last: &Seal) -> String {
        format!("audit/{}/{first:012}-{:012}-{}.jsonl", self.record.id, last.seq, last.hash)
    }

    /// Name of the tenant's `SlaTimer` object.
    pub fn sla_timer_name(&self) -> String {
        self.record.id.as_str().to_owned()
    }

    /// Name of the tenant's `TenantHub` object.
    pub fn hub_name(&self) -> String {
        self.record.id.as_str().to_owned()
    }
}
