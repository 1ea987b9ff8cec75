//! Why a message is not believed.

/// Why a message is not believed. For the audit log and for whoever sets the connection up; a stranger is told no more than that it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Not the XML that is taken, or not what the standard says of this message.
    Malformed,
    /// It has a document type: entities are read from nobody.
    Doctype,
    /// It has a processing instruction.
    Instruction,
    /// Larger, deeper, or of more parts than any honest one.
    TooLarge,
    /// A prefix that stands for nothing, or for what it may not.
    Namespace,
    /// Another message than the one that is due here.
    Kind,
    /// Another version than 2.0.
    Version,
    /// Two elements have one id.
    DuplicateId,
    /// Nothing that counts is signed.
    Unsigned,
    /// A signature stands where none belongs.
    SignaturePlace,
    /// A signature is not written as the standard says.
    SignatureForm,
    /// An algorithm that is not taken.
    Algorithm,
    /// A transformation that is not taken.
    Transform,
    /// A signature is about something else than the element that it stands in.
    Reference,
    /// What was signed was changed.
    Digest,
    /// The signature is by none of the identity provider's keys.
    Signature,
    /// Not exactly one assertion.
    Assertions,
    /// Encrypted in a way that is not taken.
    Encryption,
    /// Not encrypted for us, or changed since.
    Decryption,
    /// The identity provider says that it did not work.
    Status,
    /// By another identity provider.
    Issuer,
    /// Sent to another address.
    Destination,
    /// To be handed in at another address.
    Recipient,
    /// For other service providers.
    Audience,
    /// Under a condition that is not known.
    Condition,
    /// Not good yet.
    Early,
    /// Not good any more.
    Expired,
    /// The answer to another request.
    Request,
    /// The answer to no request.
    Unsolicited,
    /// Nobody can be confirmed by handing it in.
    Confirmation,
    /// It does not say about whom, or in a way that is not taken.
    Subject,
    /// It does not say that anybody was authenticated.
    Authentication,
    /// It was handed in before: for whoever remembers them to say.
    Replayed,
    /// A certificate that cannot be read, or whose key is not taken.
    Certificate,
    /// Metadata of something else than one identity provider.
    Metadata,
    /// An address that no browser may be sent to.
    Endpoint,
}

impl Fault {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Doctype => "doctype",
            Self::Instruction => "instruction",
            Self::TooLarge => "too_large",
            Self::Namespace => "namespace",
            Self::Kind => "kind",
            Self::Version => "version",
            Self::DuplicateId => "duplicate_id",
            Self::Unsigned => "unsigned",
            Self::SignaturePlace => "signature_place",
            Self::SignatureForm => "signature_form",
            Self::Algorithm => "algorithm",
            Self::Transform => "transform",
            Self::Reference => "reference",
            Self::Digest => "digest",
            Self::Signature => "signature",
            Self::Assertions => "assertions",
            Self::Encryption => "encryption",
            Self::Decryption => "decryption",
            Self::Status => "status",
            Self::Issuer => "issuer",
            Self::Destination => "destination",
            Self::Recipient => "recipient",
            Self::Audience => "audience",
            Self::Condition => "condition",
            Self::Early => "early",
            Self::Expired => "expired",
            Self::Request => "request",
            Self::Unsolicited => "unsolicited",
            Self::Confirmation => "confirmation",
            Self::Subject => "subject",
            Self::Authentication => "authentication",
            Self::Replayed => "replayed",
            Self::Certificate => "certificate",
            Self::Metadata => "metadata",
            Self::Endpoint => "endpoint",
        }
    }
}
