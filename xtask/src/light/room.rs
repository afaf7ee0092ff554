//! How many sessions have room in one process: each is an open file.

use rustix::process::{Resource, getrlimit};

/// Files that a process has open beside its sessions: listeners, its database, browsers.
const OTHERS: u64 = 500;

/// How many files a process may open here.
pub fn files() -> u64 {
    getrlimit(Resource::Nofile).maximum.unwrap_or(u64::MAX)
}

/// How many sessions have room in a process, a server's or the simulator's.
pub fn sessions() -> u32 {
    of(files())
}

fn of(files: u64) -> u32 {
    u32::try_from(files.saturating_sub(OTHERS)).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_a_file() {
        assert_eq!([20_000, 400, u64::MAX].map(of), [19_500, 1, u32::MAX]);
        assert!(sessions() > 0);
    }
}
