//! What identical failures have in common, in one line.

use leptos::prelude::*;
use trustboard_model::comparison::{Change, Difference, Side};
use trustboard_model::view::ShortDifference;

use crate::component::{language, recount};
use crate::text::{self, HistoryPhrase};

/// The longest text that is shown of a value, in characters: a line holds two.
const MOST: usize = 80;

/// `Boot loader: shimx64.efi 15.8 → shimx64.efi 15.9`.
#[component]
pub(super) fn Short(short: ShortDifference) -> impl IntoView {
    match short {
        ShortDifference::Events { first, count, .. } => {
            let shown = u32::try_from(first.len()).unwrap_or(u32::MAX);
            let lines =
                first.iter().map(|difference| view! { <p class="short">{line(difference)}</p> });
            let more = count.saturating_sub(shown);
            view! {
                {lines.collect_view()}
                {(more > 0).then(|| {
                    let count = text::number(language(), more.into());
                    view! {
                        <p class="short dim">{recount(&HistoryPhrase::MoreDifferences { count })}</p>
                    }
                })}
            }
            .into_any()
        }
        ShortDifference::Facts { expected, found, .. } => {
            let fact = |text: &Option<String>| {
                let text = text.as_deref().unwrap_or("–");
                cut(&text::fact(language(), text))
            };
            view! {
                <p class="short">
                    <bdi>{fact(&expected)}</bdi>
                    <Arrow />
                    <bdi>{fact(&found)}</bdi>
                </p>
            }
            .into_any()
        }
    }
}

#[component]
fn Arrow() -> impl IntoView {
    view! {
        <span class="arrow" aria-hidden="true">" → "</span>
        <span class="hidden">{crate::component::trust(text::Trust::NowReads)}</span>
    }
}

fn line(difference: &Difference) -> AnyView {
    let topic = text::topic(language(), difference.topic);
    let nothing = || "–".to_owned();
    let (before, after) = match &difference.change {
        Change::Changed { expected, found } => two_sides(expected, found),
        Change::Added { found } => (nothing(), side(found)),
        Change::Missing { expected } => (side(expected), nothing()),
        Change::Value { expected, found } => {
            (digits(&expected.to_string()), digits(&found.to_string()))
        }
    };
    view! {
        <b>{topic}</b>
        ": "
        <bdi>{before}</bdi>
        <Arrow />
        <bdi>{after}</bdi>
    }
    .into_any()
}

/// Both in words if these differ, or else in digits. The disk that a file is on is each host's own:
/// hosts that have the same difference have it in the file.
fn two_sides(expected: &Side, found: &Side) -> (String, String) {
    match (&expected.said, &found.said) {
        (Some(before), Some(after)) if file(&before.text) != file(&after.text) => {
            (cut(file(&before.text)), cut(file(&after.text)))
        }
        (Some(said), _) | (_, Some(said)) => {
            let said = cut(file(&said.text));
            let of = |side: &Side| format!("{said} ({})", digits(&side.digest.to_string()));
            (of(expected), of(found))
        }
        (None, None) => (digits(&expected.digest.to_string()), digits(&found.digest.to_string())),
    }
}

/// The file of a device path: `\EFI\debian\grubx64.efi` of `HD(1,GPT,…)/\EFI\debian\grubx64.efi`;
/// other texts as they are.
fn file(text: &str) -> &str {
    text.rsplit_once(")/").map_or(text, |(_, file)| file)
}

fn side(side: &Side) -> String {
    match &side.said {
        Some(said) => cut(file(&said.text)),
        None => digits(&side.digest.to_string()),
    }
}

/// The first digits, which people compare by eye.
fn digits(hex: &str) -> String {
    hex.get(..12).map_or_else(|| hex.to_owned(), |start| format!("{start}…"))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use trustboard_model::boot::Said;
    use trustboard_model::digest::{Digest, HashAlg};

    use super::*;

    #[test]
    fn the_same_file_on_two_disks_is_told_by_its_digest() {
        let said = |disk: &str| Said {
            text: format!("HD(1,GPT,{disk},0x800,0x100000)/\\EFI\\debian\\grubx64.efi"),
            covered: false,
        };
        let side = |disk: &str, byte: u8| Side {
            event: 4,
            digest: Digest::filled(HashAlg::Sha256, byte),
            said: Some(said(disk)),
        };
        let (before, after) = two_sides(&side("8c2f41d7", 0xaa), &side("3f51c7e1", 0xbb));
        assert_eq!(before, "\\EFI\\debian\\grubx64.efi (aaaaaaaaaaaa…)");
        assert_eq!(after, "\\EFI\\debian\\grubx64.efi (bbbbbbbbbbbb…)");
        assert_eq!(file("GRUB 2.12 (Debian)"), "GRUB 2.12 (Debian)");
    }

    #[test]
    fn long_texts_are_cut_between_letters() {
        assert_eq!(cut("short"), "short");
        let long = "ä".repeat(MOST + 1);
        assert_eq!(cut(&long), format!("{}…", "ä".repeat(MOST)));
        assert_eq!(digits("0123456789abcdef"), "0123456789ab…");
        assert_eq!(digits("01"), "01");
    }
}
