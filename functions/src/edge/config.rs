//! The deployment's settings, from its variables and secrets.

use shared::auth::cryptography::CurveKey;
use shared::auth::envelope::DataKeys;
use shared::platform::{Argon2Cost, Config, MailConfig, SmsConfig, public_scheme};
use worker::Env;

/// Characters of a secret: 32 random bytes in hexadecimal.
const SECRET_CHARS_MIN: usize = 32;

/// Reads everything once. `Err` names what is missing or wrong, never a value.
pub(super) fn read(env: &Env) -> Result<Config, String> {
    let environment = text(env, "ENVIRONMENT").unwrap_or_else(|| "dev".to_owned());
    let console_host = text(env, "PLATFORM_HOST").unwrap_or_else(|| "localhost".to_owned()).to_ascii_lowercase();
    Ok(Config {
        jwt_secret: secret(env, "JWT_SECRET")?,
        token_secret: secret(env, "TOKEN_SECRET")?,
        audit_secret: secret(env, "AUDIT_SECRET")?,
        audit_secrets_before: text(env, "AUDIT_SECRETS_BEFORE").map(|all| several(&all)).unwrap_or_default(),
        data_keys: DataKeys::new(&secret(env, "DATA_KEY")?, text(env, "DATA_KEY_FORMER").as_deref()),
        service_token: secret(env, "SERVICE_TOKEN")?,
        public_port: text(env, "PUBLIC_PORT").map(|port| number(&port, "PUBLIC_PORT")).transpose()?,
        public_scheme: public_scheme(text(env, "PUBLIC_SCHEME"), &environment)?,
        private_hosts: text(env, "PRIVATE_HOSTS").as_deref() == Some("allowed") && environment != "production",
        mail: mail(env, &environment)?,
        sms: SmsConfig::new(text(env, "SMS_API_URL"), text(env, "SMS_API_KEY"), &environment)?,
        push: push(env)?,
        argon2: Argon2Cost::STANDARD,
        rate_factor: text(env, "RATE_LIMIT_FACTOR").map_or(Ok(1), |factor| number(&factor, "RATE_LIMIT_FACTOR"))?.into(),
        security_contact: text(env, "SECURITY_CONTACT").unwrap_or_else(|| format!("mailto:security@{console_host}")),
        console_host,
        environment,
    })
}

fn mail(env: &Env, environment: &str) -> Result<MailConfig, String> {
    let mail = transport(env)?;
    match mail.fault(environment) {
        Some(fault) => Err(fault.to_owned()),
        None => Ok(mail),
    }
}

/// Without keys nothing is pushed.
fn push(env: &Env) -> Result<Option<CurveKey>, String> {
    match (text(env, "VAPID_PUBLIC_KEY"), text(env, "VAPID_PRIVATE_KEY")) {
        (None, None) => Ok(None),
        (Some(public), Some(private)) => match CurveKey::parse(&public, &private) {
            Some(key) => Ok(Some(key)),
            None => Err("VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY are no key on P-256 in base64url".to_owned()),
        },
        (None, Some(_)) => Err("VAPID_PUBLIC_KEY is not set".to_owned()),
        (Some(_), None) => Err("VAPID_PRIVATE_KEY is not set".to_owned()),
    }
}

fn transport(env: &Env) -> Result<MailConfig, String> {
    match text(env, "MAIL_TRANSPORT").as_deref() {
        None | Some("binding") => Ok(MailConfig::Binding),
        Some("smtp") => {
            let tls = text(env, "SMTP_TLS").as_deref() != Some("off");
            let user = text(env, "SMTP_USER");
            Ok(MailConfig::Smtp {
                host: required(env, "SMTP_HOST")?,
                port: text(env, "SMTP_PORT").map_or(Ok(465), |port| number(&port, "SMTP_PORT"))?,
                tls,
                credentials: match user {
                    Some(user) => Some((user, required(env, "SMTP_PASSWORD")?)),
                    None => None,
                },
            })
        }
        Some("http") => Ok(MailConfig::HttpApi { url: required(env, "MAIL_API_URL")?, key: required(env, "MAIL_API_KEY")? }),
        Some(_) => Err("MAIL_TRANSPORT is none of binding, smtp, http".to_owned()),
    }
}

/// A variable or secret; one that is empty counts as missing.
fn text(env: &Env, name: &str) -> Option<String> {
    env.var(name).ok().map(|value| value.to_string()).filter(|value| !value.is_empty())
}

fn required(env: &Env, name: &str) -> Result<String, String> {
    text(env, name).ok_or_else(|| format!("{name} is not set"))
}

fn secret(env: &Env, name: &str) -> Result<String, String> {
    let value = required(env, name)?;
    if value.len() < SECRET_CHARS_MIN { Err(format!("{name} is shorter than {SECRET_CHARS_MIN} characters")) } else { Ok(value) }
}

/// Values with commas between them.
fn several(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

fn number(text: &str, name: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("{name} is not a number from 0 to 65535"))
}
