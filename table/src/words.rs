//! What the page lends this program to say, and what it knows of itself. The server writes both:
//! words into `<template id="phrases">`, in the language of the page; facts as attributes of
//! `#facts`, anew with every page.

use trustboard_dom::page;
use wasm_bindgen::JsCast;
use web_sys::HtmlTemplateElement;

/// A text of this name; empty if the page has none.
pub fn word(name: &str) -> String {
    let template = page::find("#phrases").and_then(|found| found.dyn_into().ok());
    let content = template.map(|template: HtmlTemplateElement| template.content());
    let found = content
        .and_then(|content| content.query_selector(&format!("[data-phrase='{name}']")).ok()?);
    found.and_then(|found| found.text_content()).unwrap_or_default()
}

/// A text with what stands in its braces.
pub fn filled(name: &str, values: &[(&str, &str)]) -> String {
    fill(&word(name), values)
}

fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut said = String::new();
    let mut rest = template;
    while let Some((plain, named)) = rest.split_once('{') {
        said.push_str(plain);
        let (name, behind) = named.split_once('}').unwrap_or((named, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        said.push_str(value.map_or("", |(_, value)| value));
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// A text that carries a count: `NAME-one` for one, else `NAME`.
pub fn counted(name: &str, count: u32) -> String {
    let one = format!("{name}-one");
    let number = number(u64::from(count), &word("thousands"));
    let values = [("count", number.as_str())];
    match word(&one) {
        text if count == 1 && !text.is_empty() => fill(&text, &values),
        _ => filled(name, &values),
    }
}

/// A count with its thousands apart.
pub fn number(value: u64, thousands: &str) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(thousands);
        }
        text.push(digit);
    }
    text
}

/// What the page knows of itself.
pub fn fact(name: &str) -> Option<String> {
    page::find("#facts")?.get_attribute(&format!("data-{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_filled_and_foreign_ones_left_empty() {
        assert_eq!(fill("{who} did {what}.", &[("who", "anna"), ("what", "{x}")]), "anna did {x}.");
        assert_eq!(fill("a {b} c", &[]), "a  c");
        assert_eq!(fill("a {b", &[("b", "1")]), "a 1");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(4312, ","), "4,312");
        assert_eq!(number(12, ","), "12");
        assert_eq!(number(1_000_000, "."), "1.000.000");
    }
}
