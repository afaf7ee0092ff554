//! Work in turns: between two of them the browser draws, and answers whoever presses something.

use std::collections::VecDeque;

use trustboard_dom::after;

/// One turn's work. On a processor four times slower than a desk's it is to take well below 50 ms,
/// beyond which a browser counts as blocked.
pub type Turn = Box<dyn FnOnce()>;

/// Does these one after the other, the first one in a turn of its own, too.
pub fn take(turns: impl IntoIterator<Item = Turn>) {
    next(turns.into_iter().collect());
}

fn next(mut turns: VecDeque<Turn>) {
    let Some(turn) = turns.pop_front() else { return };
    after(0, move || {
        turn();
        next(turns);
    });
}

/// Does something to each of these, so many in a turn.
pub fn each<T: 'static>(things: Vec<T>, at_once: usize, act: impl Fn(&T) + 'static) {
    let mut rest = things;
    let later = rest.split_off(rest.len().min(at_once));
    rest.iter().for_each(&act);
    if !later.is_empty() {
        after(0, move || each(later, at_once, act));
    }
}
