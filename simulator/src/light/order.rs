//! What a running crew is told, one word or two a line.

use std::str::FromStr;

/// An order to a crew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Every host that is to misbehave boots into it.
    Play,
    /// Every host boots as it was delivered.
    Mend,
    /// So many of a hundred boot again, as they are.
    Reboot(u32),
    /// So many of a hundred lose their connection, and come back as agents do.
    Drop(u32),
    /// So many of a hundred lose their network for so many seconds.
    Away {
        /// Of a hundred.
        percent: u32,
        /// For how long.
        seconds: u32,
    },
    /// Every answer comes from another boot, with an event log that nobody has seen; or from the
    /// latest boot, as usual.
    NewLogs(bool),
}

/// A line that is no order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an order; there are: play, mend, reboot PERCENT, drop PERCENT, \
         away PERCENT SECONDS, new-logs on, new-logs off"
)]
pub struct UnknownOrder;

impl FromStr for Order {
    type Err = UnknownOrder;

    fn from_str(line: &str) -> Result<Self, UnknownOrder> {
        let percent = |text: &str| {
            let percent: u32 = text.parse().map_err(|_| UnknownOrder)?;
            if percent <= 100 { Ok(percent) } else { Err(UnknownOrder) }
        };
        match &line.split_whitespace().collect::<Vec<_>>()[..] {
            ["play"] => Ok(Self::Play),
            ["mend"] => Ok(Self::Mend),
            ["reboot", share] => percent(share).map(Self::Reboot),
            ["drop", share] => percent(share).map(Self::Drop),
            ["away", share, seconds] => {
                let seconds = seconds.parse().map_err(|_| UnknownOrder)?;
                Ok(Self::Away { percent: percent(share)?, seconds })
            }
            ["new-logs", "on"] => Ok(Self::NewLogs(true)),
            ["new-logs", "off"] => Ok(Self::NewLogs(false)),
            _ => Err(UnknownOrder),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_and_others_refused() {
        assert_eq!("play\n".parse(), Ok(Order::Play));
        assert_eq!("reboot 20".parse(), Ok(Order::Reboot(20)));
        assert_eq!("drop 100".parse(), Ok(Order::Drop(100)));
        assert_eq!("away 5 60".parse(), Ok(Order::Away { percent: 5, seconds: 60 }));
        assert_eq!("new-logs on".parse(), Ok(Order::NewLogs(true)));
        for line in ["", "reboot", "reboot 101", "drop -1", "play now", "away 5", "new-logs"] {
            assert_eq!(line.parse::<Order>(), Err(UnknownOrder), "{line}");
        }
    }
}
