//! The plan's words in the product's.

use shared::ticket::{Channel, Priority, Status};

use super::super::{Channel as PlannedChannel, Priority as PlannedPriority, Status as PlannedStatus};

pub const fn channel(planned: PlannedChannel) -> Channel {
    match planned {
        PlannedChannel::Web => Channel::Web,
        PlannedChannel::Email => Channel::Email,
        PlannedChannel::Api => Channel::Api,
        PlannedChannel::Chat => Channel::Chat,
    }
}

pub const fn priority(planned: PlannedPriority) -> Priority {
    match planned {
        PlannedPriority::Critical => Priority::Critical,
        PlannedPriority::High => Priority::High,
        PlannedPriority::Medium => Priority::Medium,
        PlannedPriority::Low => Priority::Low,
    }
}

pub const fn status(planned: PlannedStatus) -> Status {
    match planned {
        PlannedStatus::New => Status::New,
        PlannedStatus::InProgress => Status::InProgress,
        PlannedStatus::WaitingCustomer => Status::WaitingCustomer,
        PlannedStatus::Resolved => Status::Resolved,
        PlannedStatus::Closed => Status::Closed,
    }
}
