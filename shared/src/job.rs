//! Work that goes on without a request, as it travels through the queue.
//!
//! A job names a tenant and a kind of work, never the work itself: what is due stands in rows. So a job that comes twice, late
//! or never does no harm: the rows are done once, and the sweep finds what a lost job left behind.

use serde::{Deserialize, Serialize};

use crate::id::TenantId;

/// One kind of work for one tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Carry out what waits in the outbox.
    Outbox {
        /// Whose.
        tenant: TenantId,
    },
    /// Act on SLA moments that have come.
    Sla {
        /// Whose.
        tenant: TenantId,
    },
    /// Everything that goes by the clock: both of the above, reminders, closing by itself, clean-ups.
    Sweep {
        /// Whose.
        tenant: TenantId,
    },
}

impl Job {
    /// The tenant that the job is for. It is believed only once the platform's table knows it.
    pub fn tenant(&self) -> &TenantId {
        match self {
            Self::Outbox { tenant } | Self::Sla { tenant } | Self::Sweep { tenant } => tenant,
        }
    }

    /// The name of the kind, for the log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Outbox { .. } => "outbox",
            Self::Sla { .. } => "sla",
            Self::Sweep { .. } => "sweep",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Job;

    #[test]
    fn the_wire_form_of_a_job_stays_as_it_is() {
        let text = r#"{"kind":"sla","tenant":"tnt_00000000000000000000000000000001"}"#;
        let job: Job = serde_json::from_str(text).unwrap();
        assert_eq!(job.kind(), "sla");
        assert_eq!(serde_json::to_string(&job).unwrap(), text);
    }

    #[test]
    fn a_job_for_something_that_is_no_tenant_is_not_a_job() {
        assert!(serde_json::from_str::<Job>(r#"{"kind":"sla","tenant":"../acme"}"#).is_err());
        assert!(
            serde_json::from_str::<Job>(r#"{"kind":"format_disk","tenant":"tnt_00000000000000000000000000000001"}"#).is_err()
        );
    }
}
