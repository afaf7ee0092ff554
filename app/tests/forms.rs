//! Forms without the wasm: posted, answered with the page they came from, and with a notice.

use axum::http::{StatusCode, header};
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{HostAction, HostCommand, HostRow};

use site::{Memory, Page, Site, open};

#[expect(dead_code, reason = "other tests need more of it")]
mod fleet;
mod site;

const ACT: &str = "/api/ui/act";

fn host() -> HostRow {
    fleet::failed(1, "db-1", vec![fleet::secure_boot_off()])
}

fn acknowledge(row: &HostRow, text: &str) -> String {
    format!("host={}&revision=7&action=acknowledge&text={text}&minutes=60", row.id)
}

/// The page after the redirect, with the cookie that the answer set.
async fn follow(site: &Site, answer: &Page) -> Page {
    assert_eq!(answer.status, StatusCode::FOUND);
    let cookie = answer.header(header::SET_COOKIE);
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    let to = answer.header(header::LOCATION).to_owned();
    site.get_with(&to, &cookie).await
}

#[tokio::test]
async fn a_form_does_what_it_says_once_and_says_so() {
    let row = host();
    let site = Site::new(vec![row.clone()], Role::Operator);
    let answer = site.post_form(ACT, &open(&row), &acknowledge(&row, "on+it")).await;
    let asked = site.memory.commands.lock().unwrap().clone();
    let action =
        HostAction::Acknowledge { comment: "on it".to_owned(), minutes: Some(60), until: None };
    assert_eq!(asked, [HostCommand { host: row.id, revision: 7, action }]);
    let page = follow(&site, &answer).await;
    assert_eq!(page.text(".actions .done"), "Done.");
    assert!(page.header(header::SET_COOKIE).contains("Max-Age=0"), "the notice is taken");
    assert_eq!(site.get(&open(&row)).await.count(".outcome"), 0);
}

#[tokio::test]
async fn a_refused_form_says_why_and_keeps_what_was_typed() {
    let row = host();
    let now = "Attestation Passed".to_owned();
    let stale = Refusal::Stale { seen: 7, current: 9, now };
    let memory = Memory { answer: Err(stale), ..Memory::new(vec![row.clone()]) };
    let site = Site::of(memory, Role::Operator);
    let typed = "<b>\"quoted\"</b> & more";
    let form = acknowledge(&row, "%3Cb%3E%22quoted%22%3C%2Fb%3E+%26+more");
    let answer = site.post_form(ACT, &open(&row), &form).await;
    let page = follow(&site, &answer).await;
    let panel = "details[data-act=acknowledge][open]";
    assert_eq!(page.attributes(&format!("{panel} input[name=text]"), "value"), [typed]);
    let said = page.text("[data-act-of=acknowledge] .refused");
    assert!(said.contains("Attestation Passed"), "{said}");
    assert_eq!(page.count(".actions .refused"), 1, "only the form that was refused says so");
}

#[tokio::test]
async fn what_was_typed_into_the_careful_reset_comes_back_too() {
    let row = host();
    let problem = "the host is disconnected".to_owned();
    let memory =
        Memory { answer: Err(Refusal::Conflict { problem }), ..Memory::new(vec![row.clone()]) };
    let site = Site::of(memory, Role::Operator);
    let form = format!("host={}&revision=7&action=verify-then-reset&text=fixed", row.id);
    let page = follow(&site, &site.post_form(ACT, &open(&row), &form).await).await;
    let field = "details[data-act=reset][open] input[name=text]";
    assert_eq!(page.attributes(field, "value"), ["fixed"]);
}

#[tokio::test]
async fn a_text_too_long_for_a_cookie_still_says_why() {
    let row = host();
    let memory = Memory {
        answer: Err(Refusal::invalid("comment", "at most 1000 characters")),
        ..Memory::new(vec![row.clone()])
    };
    let site = Site::of(memory, Role::Operator);
    let answer = site.post_form(ACT, &open(&row), &acknowledge(&row, &"x".repeat(3_000))).await;
    let page = follow(&site, &answer).await;
    assert!(page.text(".actions .refused").contains("at most 1000 characters"));
}

#[tokio::test]
async fn unreadable_forms_are_refused_and_do_nothing() {
    let row = host();
    let site = Site::new(vec![row.clone()], Role::Operator);
    for form in [
        format!("host={}&revision=7&action=explode", row.id),
        format!("host={}&revision=7&action=acknowledge&text=x&minutes=soon", row.id),
        format!("host={}&revision=minus&action=reset&text=x", row.id),
        "host=17&revision=7&action=reset&text=x".to_owned(),
        String::new(),
    ] {
        site.post_form(ACT, &open(&row), &form).await;
        assert_eq!(site.memory.commands.lock().unwrap().len(), 0, "{form}");
    }
}

#[tokio::test]
async fn nobody_acts_without_signing_in() {
    let row = host();
    let site = Site { role: None, ..Site::new(vec![row.clone()], Role::Operator) };
    site.post_form(ACT, &open(&row), &acknowledge(&row, "x")).await;
    assert_eq!(site.memory.commands.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn a_program_gets_the_status_of_the_refusal() {
    let row = host();
    let refusal = Refusal::Forbidden { needs: Role::Operator };
    let memory = Memory { answer: Err(refusal), ..Memory::new(vec![row.clone()]) };
    let site = Site::of(memory, Role::Viewer);
    let request = axum::http::Request::post(ACT)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(acknowledge(&row, "x")))
        .unwrap();
    assert_eq!(site.send(request).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn how_pages_look_is_a_form_too() {
    let site = Site::new(Vec::new(), Role::Viewer);
    for (choice, cookie) in [
        ("theme=dark", "trustboard-theme=dark;"),
        ("density=compact", "trustboard-density=compact;"),
        ("shortcuts=off", "trustboard-shortcuts=off;"),
    ] {
        let answer = site.post_form("/api/ui/display", "/", choice).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{choice}");
        assert!(answer.header(header::SET_COOKIE).starts_with(cookie), "{choice}");
    }
    for wrong in ["theme=pink", "density=", "shortcuts=perhaps", ""] {
        let answer = site.post_form("/api/ui/display", "/", wrong).await;
        assert_eq!(answer.header(header::SET_COOKIE), "", "{wrong}");
    }
}
