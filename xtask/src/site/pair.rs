//! Two at a time: the tools that shrink and compress use one processor each.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, Result};

/// How many at a time: what a small machine has to spare.
const AT_A_TIME: usize = 2;

/// Does something with each of the items; gives what came of them, in their order.
pub fn each<T: Sync, R: Send>(items: &[T], act: impl Fn(&T) -> Result<R> + Sync) -> Result<Vec<R>> {
    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::with_capacity(items.len()));
    let work = || {
        while let Some((place, item)) = {
            let place = next.fetch_add(1, Ordering::Relaxed);
            items.get(place).map(|item| (place, item))
        } {
            let result = act(item);
            let failed = result.is_err();
            if let Ok(mut made) = made.lock() {
                made.push((place, result));
            }
            if failed {
                next.store(items.len(), Ordering::Relaxed);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(work);
        }
    });
    let mut made = made.into_inner().ok().context("a thread that worked on the site ended")?;
    made.sort_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn what_comes_of_them_is_in_their_order() {
        let items: Vec<u32> = (0..20).collect();
        assert_eq!(
            each(&items, |n| Ok(n * 2)).unwrap(),
            items.iter().map(|n| n * 2).collect::<Vec<_>>()
        );
    }

    #[test]
    fn one_that_fails_ends_it() {
        let items: Vec<u32> = (0..20).collect();
        assert!(each(&items, |n| if *n == 3 { bail!("three") } else { Ok(()) }).is_err());
    }
}
