//! The agent protocol, version 1: CBOR (RFC 8949) over TLS.
//!
//! Enrolment is two HTTPS requests; from then on the agent keeps one WebSocket open. Byte fields
//! hold TPM structures as the TPM marshals them (TPM 2.0 Library Part 2), never re-encoded.

mod enroll;
mod farewell;
mod os_logs;
mod session;
mod token;

pub use enroll::{
    ActivateRequest, CredentialBlob, EnrollRequest, EnrollResponse, Enrolled, TpmIdentity,
};
pub use farewell::{MOST_SPREAD_S, farewell, spread_s};
pub use os_logs::{Claimed, ImaPart, KnownIma, OsLogClaims, OsLogs};
pub use session::{
    AgentMessage, BINDING_DOMAIN, Claims, EvidenceMessage, Hello, LogPart, Quoted, ServerMessage,
};
pub use token::{EnrolmentToken, InvalidToken};

/// The version in paths, `Hello` and the binding's domain string.
pub const VERSION: u16 = 1;

/// Path of the first enrolment request.
pub const ENROLL_PATH: &str = "/agent/v1/enroll";
/// Path of the second enrolment request.
pub const ACTIVATE_PATH: &str = "/agent/v1/activate";
/// Path of the session's WebSocket.
pub const SESSION_PATH: &str = "/agent/v1/session";

/// Limits on what a host may send. The server refuses more, naming the limit.
pub mod limit {
    /// Bytes of an enrolment request: two public areas, a certificate and facts stay below 16 KiB.
    pub const ENROLL_BYTES: usize = 64 * 1024;
    /// Bytes of a session message: the three logs at their limits, and 512 KiB for the rest.
    pub const MESSAGE_BYTES: usize = LOG_BYTES + SYSTEMD_LOG_BYTES + IMA_BYTES + 512 * 1024;
    /// Bytes of an event log. The largest seen in the field is below 512 KiB (firmware buffers
    /// are 64 KiB to 256 KiB; GRUB adds to them).
    pub const LOG_BYTES: usize = 1024 * 1024;
    /// Bytes of systemd's measurement log: a record has 300 to 700 bytes, a boot makes 10 to 30,
    /// and each mounted file system or attached extension adds one.
    pub const SYSTEMD_LOG_BYTES: usize = 512 * 1024;
    /// Bytes of IMA's list in one message: 40,000 entries of 100 bytes. Longer lists come in
    /// several answers.
    pub const IMA_BYTES: usize = 4 * 1024 * 1024;
    /// Bytes of an EK certificate as read from NV, padding included.
    pub const EK_CERTIFICATE_BYTES: usize = 8 * 1024;
    /// Bytes of a public area (RSA-4096 has 536).
    pub const PUBLIC_BYTES: usize = 2 * 1024;
    /// Bytes of a quote (TPMS_ATTEST) and of a signature.
    pub const QUOTE_BYTES: usize = 2 * 1024;
    /// Bytes of the encoded claims.
    pub const CLAIMS_BYTES: usize = 16 * 1024;
}
