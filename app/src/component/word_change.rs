//! Which words of two texts differ: the longest common run of words stays, the rest is marked.

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// The words, with the blanks after them.
    pub text: String,
    /// Whether the other text does not have them here.
    pub differs: bool,
}

/// The most words that are compared. A text of a log has at most 512 bytes
/// ([`trustboard_model::reason::Reason::MAX_TEXT`]), so none is longer.
const MOST: usize = 512;

/// Both texts in runs.
pub(crate) fn word_changes(before: &str, after: &str) -> (Vec<Run>, Vec<Run>) {
    let (left, right) = (words(before), words(after));
    if left.len() > MOST || right.len() > MOST {
        return (runs(&left, &[]), runs(&right, &[]));
    }
    let (kept_left, kept_right) = common(&left, &right);
    (runs(&left, &kept_left), runs(&right, &kept_right))
}

/// Words with the blanks that follow them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let blank = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(blank);
        let next = after.find(|c: char| !c.is_whitespace()).unwrap_or(after.len());
        let (with_blanks, after) = rest.split_at(word.len() + next);
        words.push(with_blanks);
        rest = after;
    }
    words
}

/// The positions in each text of a longest common subsequence of words.
fn common(left: &[&str], right: &[&str]) -> (Vec<usize>, Vec<usize>) {
    let same = |a: &str, b: &str| a.trim_end() == b.trim_end();
    // longest[i][j]: how many words `left[i..]` and `right[j..]` have in common.
    let mut longest = vec![vec![0_u16; right.len() + 1]; left.len() + 1];
    let at = |table: &Vec<Vec<u16>>, i: usize, j: usize| {
        table.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0)
    };
    for (i, a) in left.iter().enumerate().rev() {
        for (j, b) in right.iter().enumerate().rev() {
            let length = if same(a, b) {
                at(&longest, i + 1, j + 1) + 1
            } else {
                at(&longest, i + 1, j).max(at(&longest, i, j + 1))
            };
            if let Some(cell) = longest.get_mut(i).and_then(|row| row.get_mut(j)) {
                *cell = length;
            }
        }
    }
    let (mut kept_left, mut kept_right) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        if same(a, b) {
            kept_left.push(i);
            kept_right.push(j);
            (i, j) = (i + 1, j + 1);
        } else if at(&longest, i + 1, j) >= at(&longest, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    (kept_left, kept_right)
}

fn runs(words: &[&str], kept: &[usize]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let differs = kept.binary_search(&index).is_err();
        match runs.last_mut() {
            Some(run) if run.differs == differs => run.text.push_str(word),
            _ => runs.push(Run { text: (*word).to_owned(), differs }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> (String, String) {
        let show = |runs: Vec<Run>| {
            let runs = runs.into_iter();
            runs.map(|run| if run.differs { format!("<{}>", run.text) } else { run.text }).collect()
        };
        let (before, after) = word_changes(before, after);
        (show(before), show(after))
    }

    fn pair(before: &str, after: &str) -> (String, String) {
        (before.to_owned(), after.to_owned())
    }

    #[test]
    fn marks_what_was_added_and_what_went() {
        assert_eq!(
            marked("root=/dev/vg0/root quiet", "root=/dev/vg0/root quiet init=/bin/sh"),
            pair("root=/dev/vg0/root quiet", "root=/dev/vg0/root quiet <init=/bin/sh>")
        );
        assert_eq!(marked("a b c", "a x c"), pair("a <b >c", "a <x >c"));
        assert_eq!(marked("a b", "b"), pair("<a >b", "b"));
    }

    #[test]
    fn other_texts_differ_wholly_and_the_same_nowhere() {
        assert_eq!(marked("a b", "c"), pair("<a b>", "<c>"));
        assert_eq!(marked("a  b ", "a  b "), pair("a  b ", "a  b "));
        assert_eq!(marked("", "a"), pair("", "<a>"));
    }

    #[test]
    fn nothing_is_lost_and_long_texts_are_marked_whole() {
        let long = "w ".repeat(MOST + 1);
        let (before, after) = word_changes(&long, "w");
        assert_eq!(before, [Run { text: long, differs: true }]);
        assert_eq!(after, [Run { text: "w".to_owned(), differs: true }]);
        let text = " lead  and trail ";
        let (before, _) = word_changes(text, "and");
        assert_eq!(before.into_iter().map(|run| run.text).collect::<String>(), text);
    }
}
