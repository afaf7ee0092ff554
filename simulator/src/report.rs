//! What the simulator says while it runs, on standard output.

use std::io::Write;

/// Writes a line. Whoever started the simulator may have stopped reading: then nobody is told, and
/// the hosts go on.
pub fn report(line: &str) {
    drop(writeln!(std::io::stdout().lock(), "{line}"));
}
