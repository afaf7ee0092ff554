//! The one command that enrols a host.

use trustboard_model::protocol::EnrolmentToken;

/// What is typed on a host to enrol it with this token at `agents` (`https://HOST:PORT`) and to
/// start its agent. The token goes in through standard input, so that no list of processes shows it.
pub(crate) fn enrol_command(agents: &str, token: &EnrolmentToken) -> String {
    format!(
        "printf %s {} | sudo trustboard-agent enroll --server {agents} --token-stdin \
         && sudo systemctl enable --now trustboard-agent",
        token.reveal()
    )
}

/// The address of `host:port` or `[host]:port` without its port.
pub(crate) fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// Whether this can stand as a host in an address that somebody copies into a shell.
pub(crate) fn is_plain_host(host: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b);
    (1..=253).contains(&host.len()) && host.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use trustboard_model::digest::Sha256;

    use super::*;

    #[test]
    fn the_token_is_piped() {
        let token = EnrolmentToken { server: Sha256([1; 32]), secret: [2; 32] };
        let command = enrol_command("https://trust.example:8443", &token);
        let begin = format!("printf %s tb1.{}.{} | sudo", "01".repeat(32), "02".repeat(32));
        assert!(command.starts_with(&begin), "{command}");
        assert!(command.contains("--server https://trust.example:8443 --token-stdin &&"));
    }

    #[test]
    fn a_port_is_cut_off_and_nothing_else() {
        assert_eq!(without_port("trust.example:8080"), "trust.example");
        assert_eq!(without_port("trust.example"), "trust.example");
        assert_eq!(without_port("[::1]:8080"), "[::1]");
        assert_eq!(without_port("[::1]"), "[::1]");
    }

    #[test]
    fn nothing_that_a_shell_reads_is_a_host() {
        for host in ["trust.example", "10.0.0.1", "[fe80::1]"] {
            assert!(is_plain_host(host), "{host}");
        }
        for host in ["", "a b", "a;rm -rf", "$(x)", "a`b`", "a|b", "a&b", "ä", "a'b"] {
            assert!(!is_plain_host(host), "{host}");
        }
    }
}
