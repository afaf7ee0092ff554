//! Forms that stay on the page: the filter, what is done to a host, columns, views, the look.

use trustboard_dom::{complete, keys, page};
use wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlFormElement, SubmitEvent, UrlSearchParams};

use crate::link::here;
use crate::visit::{Asked, go};

/// Listens to forms. A form in a dialog leads to a page of its own, and so does one that another
/// part of the server answers.
pub fn listen() {
    keys::on("submit", false, |event: SubmitEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = target.filter(|_| !event.default_prevented()) else { return };
        let by = event.submitter().map(Element::from);
        if send(&form, by) {
            event.prevent_default();
        }
    });
}

fn send(form: &HtmlFormElement, by: Option<Element>) -> bool {
    let is = |selector: &str| form.matches(selector).unwrap_or(false);
    let by = by.or_else(|| Some(form.clone().into()));
    let Some(fields) = fields(form, by.as_ref()) else { return false };
    if is("form.filter") {
        complete::close();
        let path = form.get_attribute("action").unwrap_or_default();
        go(Asked { by, ..Asked::at(address(&path, &fields)) });
        return true;
    }
    if !is("form[method=post][action^='/api/ui/']:not(dialog *)") {
        return false;
    }
    if form.has_attribute("data-pending") {
        return true;
    }
    let Some(body) = UrlSearchParams::new().ok() else { return false };
    for (name, value) in &fields {
        body.append(name, value);
    }
    let address = form.get_attribute("action").unwrap_or_default();
    go(Asked { form: Some(body), by, ..Asked::at(address) });
    true
}

/// What the form sends, with the button that was pressed.
fn fields(form: &HtmlFormElement, by: Option<&Element>) -> Option<Vec<(String, String)>> {
    let data = FormData::new_with_form(form).ok()?;
    let mut fields: Vec<(String, String)> = Vec::new();
    for pair in js_sys::try_iter(&data).ok()??.flatten() {
        let pair = js_sys::Array::from(&pair);
        fields.push((pair.get(0).as_string()?, pair.get(1).as_string()?));
    }
    let name = by.and_then(|by| by.get_attribute("name")).filter(|name| !name.is_empty());
    if let (Some(name), Some(by)) = (name, by) {
        fields.push((name, by.get_attribute("value").unwrap_or_default()));
    }
    Some(fields)
}

/// The address that a form of questions leads to; what is empty is not asked.
fn address(path: &str, fields: &[(String, String)]) -> String {
    let said = fields.iter().filter(|(_, value)| !value.trim().is_empty());
    let said: Vec<_> =
        said.map(|(name, value)| format!("{name}={}", encoded(value.trim_end()))).collect();
    if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
}

/// A value for an address, as readable as it may be.
pub fn encoded(value: &str) -> String {
    let text = String::from(js_sys::encode_uri(value));
    let reserved = [('&', "%26"), ('+', "%2B"), ('#', "%23"), ('=', "%3D"), ('?', "%3F")];
    reserved.iter().fold(text, |text, (sign, code)| text.replace(*sign, code))
}

/// Posts fields to a function of the server and shows the page that it leads back to.
pub fn post(function: &str, fields: &[(&str, &str)]) {
    let (Ok(body), Some(_)) = (UrlSearchParams::new(), here()) else { return };
    for (name, value) in fields {
        body.append(name, value);
    }
    let by = page::find(".columns-menu form");
    go(Asked { form: Some(body), by, ..Asked::at(format!("/api/ui/{function}")) });
}
