//! The session's cookie (RFC 6265bis): `__Host-` where there is TLS, so that no other host of the
//! domain can set it; `HttpOnly`, so that no script reads it; `SameSite=Lax`.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use trustboard_model::bytes::{from_hex, to_hex};

/// Seconds that a browser keeps the cookie: as long as a session can last.
const MAX_AGE_S: u32 = 7 * 24 * 3600;

/// The name: the prefix demands `Secure`, which plain HTTP on loopback cannot give.
const fn name(https: bool) -> &'static str {
    if https { "__Host-trustboard" } else { "trustboard" }
}

/// The session's secret in a request, if there is one.
pub fn secret(headers: &HeaderMap, https: bool) -> Option<[u8; 32]> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|one| one.split_once('='));
    let value = pairs.find(|(key, _)| key.trim() == name(https))?.1;
    from_hex(value.trim())?.try_into().ok()
}

/// The cookie of a new session.
pub fn set(secret: &[u8; 32], https: bool) -> Option<HeaderValue> {
    line(&to_hex(secret), MAX_AGE_S, https)
}

/// Takes the cookie away.
pub fn clear(https: bool) -> Option<HeaderValue> {
    line("", 0, https)
}

fn line(value: &str, max_age_s: u32, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let name = name(https);
    let line =
        format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
    let mut value = HeaderValue::from_str(&line).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_sets_and_nothing_else() {
        for https in [false, true] {
            let line = set(&[7; 32], https).unwrap();
            let line = line.to_str().unwrap();
            assert_eq!(line.contains("Secure") && line.starts_with("__Host-"), https);
            let pair = line.split(';').next().unwrap();
            let mut headers = HeaderMap::new();
            headers.append(COOKIE, format!("theme=dark; {pair}").parse().unwrap());
            assert_eq!(secret(&headers, https), Some([7; 32]));
            assert_eq!(secret(&headers, !https), None);
        }
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "trustboard=zz".parse().unwrap());
        assert_eq!(secret(&headers, false), None);
    }
}
