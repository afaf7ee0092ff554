//! Which of several servers the agent goes to: one by chance, so that a fleet spreads, and the next
//! one when that does not answer.

use crate::server_address::ServerAddress;

/// Where the agent is among its servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rota {
    at: Option<usize>,
    /// Attempts that failed since a server answered.
    failed: usize,
}

impl Rota {
    /// The server whose turn it is. `random` lies from 0 to 1 and chooses the first one.
    pub(super) fn server(
        &mut self,
        servers: &[ServerAddress],
        random: f64,
    ) -> Option<ServerAddress> {
        let at = *self.at.get_or_insert_with(|| chosen(servers.len(), random));
        // There may be fewer than before: the host was enrolled anew.
        servers.get(at).or_else(|| servers.first()).cloned()
    }

    /// The server answered.
    pub(super) fn answered(&mut self) {
        self.failed = 0;
    }

    /// It did not, or the session with it ended: the next one's turn. True if none of them has
    /// answered since one did, so that it makes sense to wait longer.
    pub(super) fn next(&mut self, servers: usize) -> bool {
        self.failed = self.failed.saturating_add(1);
        let at = self.at.unwrap_or_default().saturating_add(1);
        self.at = Some(if at < servers { at } else { 0 });
        self.failed >= servers
    }
}

/// A place in a list of so many.
fn chosen(count: usize, random: f64) -> usize {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a handful of servers, and not negative"
    )]
    let at = (random.clamp(0.0, 1.0) * count as f64) as usize;
    at.min(count.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn servers(count: usize) -> Vec<ServerAddress> {
        (1..=count).map(|port| format!("https://tb:{port}").parse().unwrap()).collect()
    }

    #[test]
    fn a_fleet_spreads_and_nobody_is_left_out() {
        let first = |random| Rota::default().server(&servers(3), random).unwrap().port();
        assert_eq!([0.0, 0.34, 0.67, 1.0].map(first), [1, 2, 3, 3]);
        assert_eq!(Rota::default().server(&[], 0.5), None);
    }

    #[test]
    fn whoever_does_not_answer_is_left_for_the_next() {
        let three = servers(3);
        let mut rota = Rota::default();
        assert_eq!(rota.server(&three, 0.5).unwrap().port(), 2);
        // Only after all of them it makes sense to wait longer.
        assert_eq!(
            [rota.next(3), rota.next(3), rota.next(3), rota.next(3)],
            [false, false, true, true]
        );
        assert_eq!(rota.server(&three, 0.0).unwrap().port(), 3);
        rota.answered();
        assert!(!rota.next(3));
        assert_eq!(rota.server(&three, 0.0).unwrap().port(), 1);
        // One that is left of three.
        rota.next(3);
        rota.next(3);
        assert_eq!(rota.server(&servers(1), 0.0).unwrap().port(), 1);
        assert!(Rota::default().next(1), "one server alone is all of them");
    }
}
