//! Texts that the page lends to the program of the table: as templates, because that program fills
//! them in.

use super::Language;
use super::catalogue::Catalogue;
use super::front::{Deed, FrontText, FrontWord};
use super::phrase::Phrase;
use super::table::{TablePhrase, TableText, TableWord};
use super::ui::Ui;

/// Stands for every count but one.
const MANY: u32 = 2;

/// Every text that is lent, by name. `NAME-one` is `NAME` for a count of one, where that differs.
pub fn lent(language: Language) -> Vec<(String, String)> {
    let catalogue = language.catalogue();
    let mut lent = Vec::new();
    let mut lend = |name: &str, words: &str| lent.push((name.to_owned(), words.to_owned()));
    lend("thousands", &catalogue.thousands().to_string());
    lend("wall", wall(language));
    times(catalogue, &mut lend);
    for (name, word) in [
        ("live", Ui::LiveConnected),
        ("connecting", Ui::LiveConnecting),
        ("reconnecting", Ui::LiveReconnecting),
        ("lost", Ui::LiveLost),
        ("not-reached", Ui::NotConnectedHint),
    ] {
        lend(name, catalogue.ui(word));
    }
    for (name, word) in [
        ("offline", FrontWord::Offline),
        ("dismiss", FrontWord::Dismiss),
        ("find-nothing", FrontWord::FindNothing),
        ("find-more", FrontWord::FindMore),
        ("find-failed", FrontWord::FindFailed),
    ] {
        lend(name, catalogue.front(FrontText::Word(word)));
    }
    lend("offline-since", catalogue.front(FrontText::OfflineSince));
    lend("hosts", catalogue.front(FrontText::Hosts));
    for (event, deed) in Deed::EVENTS {
        lend(&format!("deed-{event}"), catalogue.front(FrontText::Deed(deed)));
    }
    lend("selection-full", catalogue.table(TableText::Word(TableWord::SelectionFull)));
    lend("query-before", catalogue.table(TableText::Word(TableWord::QueryBefore)));
    counts(catalogue, &mut lend);
    lend("changed", catalogue.phrase(&Phrase::HostChanged { host: "", attestation: "" }));
    lent
}

/// Calendar and clock, as [`super::wall`] writes them.
const fn wall(language: Language) -> &'static str {
    match language {
        Language::En => "{Y}-{M}-{D} {h}:{m}:{s}",
        Language::De => "{D}.{M}.{Y}, {h}:{m}:{s}",
        Language::Fr => "{D}/{M}/{Y} {h}:{m}:{s}",
    }
}

fn times(catalogue: &dyn Catalogue, lend: &mut impl FnMut(&str, &str)) {
    for (name, phrase) in [
        ("ago-now", Phrase::SecondsAgo { count: 0 }),
        ("ago-s", Phrase::SecondsAgo { count: MANY }),
        ("ago-min", Phrase::MinutesAgo { count: MANY }),
        ("ago-h", Phrase::HoursAgo { count: MANY }),
        ("ago-day", Phrase::DaysAgo { count: 1 }),
        ("ago-days", Phrase::DaysAgo { count: MANY }),
        ("in-moment", Phrase::InMinutes { count: 0 }),
        ("in-min", Phrase::InMinutes { count: MANY }),
        ("in-h", Phrase::InHours { count: MANY }),
        ("in-day", Phrase::InDays { count: 1 }),
        ("in-days", Phrase::InDays { count: MANY }),
    ] {
        lend(name, catalogue.phrase(&phrase));
    }
}

fn counts(catalogue: &dyn Catalogue, lend: &mut impl FnMut(&str, &str)) {
    let phrase = |said: &TablePhrase<'_>| catalogue.table(TableText::Phrase(said));
    for (suffix, count) in [("", MANY), ("-one", 1)] {
        lend(&format!("selected{suffix}"), catalogue.phrase(&Phrase::Selected { count }));
        lend(&format!("waiting{suffix}"), catalogue.phrase(&Phrase::ChangesWaiting { count }));
        let all = TablePhrase::SelectMatching { count };
        lend(&format!("select-matching{suffix}"), phrase(&all));
        let all = TablePhrase::MatchingSelected { count };
        lend(&format!("matching-selected{suffix}"), phrase(&all));
        let found = TablePhrase::SuggestionsCount { count };
        lend(&format!("suggestions{suffix}"), phrase(&found));
    }
    let elsewhere = TablePhrase::SelectedElsewhere { count: MANY, elsewhere: MANY };
    lend("selected-elsewhere", phrase(&elsewhere));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use trustboard_model::time::Timestamp;

    use super::*;

    /// What the table's program makes of a template.
    fn filled(template: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(template.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }

    #[test]
    fn what_is_lent_says_the_same_as_the_catalogue() {
        for &language in Language::offered() {
            let lent: BTreeMap<_, _> = lent(language).into_iter().collect();
            let now = Timestamp(1_763_744_400_000);
            for (name, seconds, count) in [
                ("ago-now", 0, "0"),
                ("ago-s", 12, "12"),
                ("ago-min", 240, "4"),
                ("ago-h", 7200, "2"),
                ("ago-days", 259_200, "3"),
                ("in-moment", -30, "0"),
                ("in-min", -300, "5"),
                ("in-h", -86_400, "24"),
                ("in-days", -604_800, "7"),
            ] {
                let said = filled(&lent[name], &[("count", count)]);
                assert_eq!(said, super::super::ago(language, now.plus_seconds(-seconds), now));
            }
            let wall =
                [("Y", "2025"), ("M", "11"), ("D", "21"), ("h", "17"), ("m", "00"), ("s", "00")];
            assert_eq!(filled(&lent["wall"], &wall), super::super::wall(language, now));
            let deed = filled(&lent["deed-alarm-reset"], &[("who", "anna"), ("what", "web-17")]);
            assert_eq!(deed, super::super::deed(language, Deed::Reset, "anna", "web-17"));
            for (name, words) in &lent {
                // What is left out where a fact is missing, the program does not know.
                assert!(!words.contains(['[', ']', '|']), "{language} {name}: {words}");
                assert!(!words.is_empty(), "{language} {name}");
            }
        }
    }
}
