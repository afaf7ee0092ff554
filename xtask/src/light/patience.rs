//! Asking a busy server again: a fleet that took long to make is not lost to one answer that was late.

use std::thread;
use std::time::Duration;

use anyhow::Result;

/// How often is asked.
const TIMES: u32 = 5;

/// Between two questions.
const PAUSE: Duration = Duration::from_secs(2);

/// Asks until there is an answer; the last failure counts.
pub fn patiently<T>(ask: impl FnMut() -> Result<T>) -> Result<T> {
    pausing(PAUSE, ask)
}

fn pausing<T>(pause: Duration, mut ask: impl FnMut() -> Result<T>) -> Result<T> {
    for _ in 1..TIMES {
        match ask() {
            Ok(answer) => return Ok(answer),
            Err(error) => eprintln!("    asking again: {error:#}"),
        }
        thread::sleep(pause);
    }
    ask()
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn a_late_answer_is_asked_for_again_and_a_missing_one_is_said() {
        let mut asked = 0;
        let third = pausing(Duration::ZERO, || {
            asked += 1;
            anyhow::ensure!(asked >= 3, "busy");
            Ok(asked)
        });
        assert_eq!(third.unwrap(), 3);
        asked = 0;
        let never: Result<()> = pausing(Duration::ZERO, || {
            asked += 1;
            bail!("gone")
        });
        assert_eq!((never.unwrap_err().to_string(), asked), ("gone".to_owned(), TIMES));
    }
}
