//! The second factor: setting it up, signing in with it, proving anew who one is, and one's own sessions.

mod enrolling;
mod proving;
mod required;
mod sessions;
mod signing_in;
mod sms;

use serde_json::{Value, json};
use tests::app::{Answer, Caller, PASSWORD, TestApp};
use totp_rs::{Builder, Secret};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// Somebody's authenticator.
#[derive(Clone)]
struct Device(Vec<u8>);

impl Device {
    /// Told the secret as a person types it.
    fn of(secret: &str) -> Self {
        Self(Secret::try_from_base32(secret).unwrap().as_bytes().to_vec())
    }

    /// The code that it shows now.
    fn code(&self, app: &TestApp) -> String {
        let seconds = u64::try_from(app.platform.now.get().timestamp()).unwrap();
        Builder::new().with_secret(self.0.clone()).build().unwrap().generate(seconds).to_string()
    }

    /// A code that it does not show.
    fn wrong(&self, app: &TestApp) -> String {
        let near: Vec<String> = [-30, 0, 30]
            .map(|seconds| {
                let seconds = u64::try_from(app.platform.now.get().timestamp() + seconds).unwrap();
                Builder::new().with_secret(self.0.clone()).build().unwrap().generate(seconds).to_string()
            })
            .to_vec();
        (0..).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap()
    }
}

/// Sets a second factor up for acme's person of that role, in the session of `role`; a step later, so that the first code is old.
async fn enrol(app: &TestApp, role: &str) -> (Device, Vec<String>) {
    let offer = app.signed_in("acme", role).post("/api/auth/2fa/totp", json!({})).await.expect(200).json();
    let device = Device::of(offer["secret"].as_str().unwrap());
    let answer =
        app.signed_in("acme", role).post("/api/auth/2fa/totp/confirm", json!({"code": device.code(app)})).await.expect(200);
    let codes =
        answer.json()["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    next_step(app);
    (device, codes)
}

fn next_step(app: &TestApp) {
    app.advance(chrono::TimeDelta::seconds(30));
}

async fn login(app: &TestApp, role: &str) -> Answer {
    app.anon("acme").post("/api/auth/login", json!({"username": format!("{role}@acme.example"), "password": PASSWORD})).await
}

/// The right password of somebody with a second factor: what the code goes along with.
async fn challenge(app: &TestApp, role: &str) -> String {
    let answer = login(app, role).await.expect(200).json();
    assert_eq!(answer["mfa_required"], true, "{answer}");
    assert!(answer.get("access_token").is_none(), "{answer}");
    answer["mfa_token"].as_str().unwrap().to_owned()
}

async fn verify(app: &TestApp, token: &str, code: &str) -> Answer {
    app.anon("acme").post("/api/auth/2fa/verify", json!({"mfa_token": token, "code": code})).await
}

/// Signs in by program, second factor and all.
async fn sign_in(app: &TestApp, role: &str, device: Option<&Device>) -> String {
    let tokens = match device {
        Some(device) => {
            next_step(app);
            let token = challenge(app, role).await;
            verify(app, &token, &device.code(app)).await.expect(200).json()
        }
        None => login(app, role).await.expect(200).json(),
    };
    tokens["access_token"].as_str().unwrap().to_owned()
}

fn bearer<'a>(app: &'a TestApp, token: &str) -> Caller<'a> {
    app.anon("acme").header("authorization", format!("Bearer {token}"))
}

/// Mails about the safety of accounts: what happened, and to whom, oldest first.
fn notices(app: &TestApp) -> Vec<(String, String)> {
    app.tenant_database("acme").inspect(|connection| {
        let mut statement = connection
            .prepare("SELECT data, recipient FROM outbox WHERE template = 'security_notice' ORDER BY created_at, id")
            .unwrap();
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
        rows.map(|row| {
            let (data, recipient) = row.unwrap();
            let data: Value = serde_json::from_str(&data).unwrap();
            (data["event"].as_str().unwrap().to_owned(), recipient)
        })
        .collect()
    })
}

fn audited(app: &TestApp, action: &str) -> usize {
    app.asked("acme", &format!("SELECT 1 FROM audit_logs WHERE action = '{action}'")).len()
}

/// Sets some of acme's settings as an administrator does, and lets every isolate learn of it.
async fn set(app: &TestApp, change: Value) {
    app.admin("acme").patch("/api/tenant/settings", change).await.expect(200);
    app.advance(chrono::TimeDelta::seconds(31));
}
