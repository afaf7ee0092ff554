//! Moments: the reader's zone, and how long ago. The server writes both as they were when it wrote
//! the page, in UTC.

use std::cell::Cell;

use js_sys::Date;
use trustboard_dom::page::say;
use trustboard_dom::{every, page};
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::{turns, words};

/// How often times move on, in milliseconds.
const TICK_MS: i32 = 5_000;

/// Times that are written in one turn.
const AT_ONCE: usize = 16;

/// Less than this ahead is now: no two clocks agree. In seconds.
const SKEW_S: f64 = 10.0;

thread_local! {
    /// What is to be added to the page's own clock to get the server's time, in milliseconds.
    static AHEAD: Cell<f64> = const { Cell::new(0.0) };
}

/// Lets the times of the page run.
pub fn run() {
    hear();
    show_all();
    every(TICK_MS, show_all);
}

/// The server's time, as a page that has just arrived says.
pub fn hear() {
    let now = words::fact("now").and_then(|now| now.parse::<f64>().ok());
    if let Some(now) = now {
        AHEAD.set(now - elapsed());
    }
}

fn elapsed() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

fn show_all() {
    let words = Words::read();
    turns::each(page::find_all("time[datetime]"), AT_ONCE, move |time| show(time, &words));
}

/// Writes the times below an element that is about to come into the page.
pub fn show_below(root: &Element) {
    let words = Words::read();
    if let Ok(times) = root.query_selector_all("time[datetime]") {
        for time in page::elements(&times) {
            show(&time, &words);
        }
    }
}

/// The words that times need, read once for all of them.
struct Words {
    now: f64,
    ago: [String; 6],
    ahead: [String; 5],
    wall: String,
}

impl Words {
    fn read() -> Self {
        let ago = ["ago-now", "ago-s", "ago-min", "ago-h", "ago-day", "ago-days"];
        let ahead = ["in-moment", "in-min", "in-h", "in-day", "in-days"];
        Self {
            now: elapsed() + AHEAD.get(),
            ago: ago.map(words::word),
            ahead: ahead.map(words::word),
            wall: words::word("wall"),
        }
    }

    fn ago(&self, at: f64) -> String {
        let apart = (self.now - at) / 1000.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
        let seconds = apart.abs() as u64;
        let (text, count) = if apart > -SKEW_S {
            let [now, s, min, h, day, days] = &self.ago;
            match seconds {
                _ if apart < 1.0 => (now, 0),
                0..60 => (s, seconds),
                60..3600 => (min, seconds / 60),
                3600..172_800 => (h, seconds / 3600),
                _ if seconds / 86_400 == 1 => (day, 1),
                _ => (days, seconds / 86_400),
            }
        } else {
            let [moment, min, h, day, days] = &self.ahead;
            match seconds {
                0..60 => (moment, 0),
                60..3600 => (min, seconds / 60),
                3600..172_800 => (h, seconds / 3600),
                _ if seconds / 86_400 == 1 => (day, 1),
                _ => (days, seconds / 86_400),
            }
        };
        text.replace("{count}", &count.to_string())
    }

    /// What calendar and clock show, `minutes` ahead of UTC.
    fn wall(&self, at: f64, minutes: f64) -> String {
        let there = Date::new(&JsValue::from_f64(at + minutes * 60_000.0));
        let two = |number: u32| format!("{number:02}");
        let values = [
            ("{Y}", there.get_utc_full_year().to_string()),
            ("{M}", two(there.get_utc_month() + 1)),
            ("{D}", two(there.get_utc_date())),
            ("{h}", two(there.get_utc_hours())),
            ("{m}", two(there.get_utc_minutes())),
            ("{s}", two(there.get_utc_seconds())),
        ];
        let mut text = self.wall.clone();
        for (name, value) in values {
            text = text.replace(name, &value);
        }
        text
    }

    /// The moment in the reader's zone, and in UTC.
    fn moment(&self, at: f64) -> (String, String) {
        let minutes = -Date::new(&JsValue::from_f64(at)).get_timezone_offset();
        let utc = self.wall(at, 0.0) + " UTC";
        if minutes == 0.0 {
            return (utc.clone(), utc);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 840")]
        let ahead = minutes.abs() as u32;
        let sign = if minutes < 0.0 { '-' } else { '+' };
        let zone = format!(" {sign}{:02}:{:02}", ahead / 60, ahead % 60);
        (self.wall(at, minutes) + &zone, utc)
    }
}

fn show(time: &Element, words: &Words) {
    let Some(written) = time.get_attribute("datetime") else { return };
    let at = Date::parse(&written);
    if at.is_nan() {
        return;
    }
    let is_moment = time.class_list().contains("moment");
    let (here, utc) = words.moment(at);
    let title = if is_moment || here == utc { utc.clone() } else { format!("{here} · {utc}") };
    if time.get_attribute("title").as_deref() != Some(&title) {
        // Cannot fail: the name is a valid attribute name.
        let _ = time.set_attribute("title", &title);
    }
    if !is_moment {
        return say(time, &words.ago(at));
    }
    match (time.first_element_child(), time.last_element_child()) {
        (Some(moment), Some(ago)) => {
            say(&moment, &here);
            say(&ago, &words.ago(at));
        }
        _ => say(time, &here),
    }
}
