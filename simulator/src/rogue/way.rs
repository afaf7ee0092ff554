//! How a rogue host misbehaves.

use clap::ValueEnum;

/// What a session does once it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// Is challenged, and from then on neither reads nor writes, with the connection kept open:
    /// what a server sees of a host that lost its power or its cable.
    Silent,
    /// Sends bytes that are no WebSocket frames.
    Noise,
    /// Sends text, where CBOR is spoken.
    Text,
    /// Sends frames whose content is no CBOR.
    Garbage,
    /// Sends answers before it has introduced itself.
    Early,
    /// Sends evidence for challenges of other hosts.
    Foreign,
    /// Sends one ping after the other.
    Pings,
    /// Begins a message, and sends empty pieces of it without end.
    Pieces,
    /// Sends one message of 1 GiB.
    Large,
    /// Sends messages of 1 MiB, a thousand of them.
    Many,
    /// Introduces itself and leaves, again and again.
    Flapping,
}
