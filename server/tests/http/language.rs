//! Which language answers speak, and how a visitor chooses one.

use trustboard_model::role::Role;

use crate::support::World;
use crate::support::agent::enrol;

fn html_lang(page: &str) -> &str {
    page.split("<html lang=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap()
}

#[tokio::test]
async fn pages_speak_what_the_browser_asks_for_until_somebody_chooses() {
    let world = World::new().await;
    world.sign_in("vera", Role::Viewer).await;
    for (asked, spoken, title) in [
        ("de-CH, en;q=0.5", "de", "Anmelden"),
        ("fr", "fr", "Ouvrir une session"),
        ("ja", "en", "Sign in"),
    ] {
        let page = world.get("/sign-in").header("accept-language", asked).send().await;
        assert_eq!(html_lang(page.text()), spoken);
        assert!(page.text().contains(&format!("<h1>{title}")), "{}", page.text());
        let link = world.get("/sign-in/link").header("accept-language", asked).send().await;
        assert_eq!(html_lang(link.text()), spoken);
    }

    let chosen = world.post("/language").header("referer", "http://127.0.0.1:8080/hosts/1?a=b");
    let chosen = chosen.form("language=fr").send().await;
    assert_eq!((chosen.status.as_u16(), chosen.location()), (303, "/hosts/1?a=b"));
    let cookie = chosen.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.ends_with("; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    let page = world.get("/sign-in").header("accept-language", "de").header("cookie", cookie);
    assert_eq!(html_lang(page.send().await.text()), "fr");
}

#[tokio::test]
async fn every_page_of_a_session_speaks_the_language() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let host = enrol(&world, "db-prod-01").await.host;
    for path in ["/".to_owned(), format!("/hosts/{host}"), "/nowhere".to_owned()] {
        let page = world.get(&path).by(&viewer).header("accept-language", "de");
        let page = page.header("accept", "text/html").send().await;
        assert_eq!(html_lang(page.text()), "de", "{path}");
    }
}

#[tokio::test]
async fn a_choice_leads_to_own_pages_only_and_must_be_a_language() {
    let world = World::new().await;
    let ask =
        |referer: &str| world.post("/language").header("referer", referer).form("language=de");
    assert_eq!(ask("https://evil.example//evil.example/x").send().await.location(), "/");
    assert_eq!(ask("not an address").send().await.location(), "/");
    assert_eq!(world.post("/language").form("language=de").send().await.location(), "/");
    let refused = world.post("/language").form("language=xx").send().await;
    assert_eq!(refused.refusal(), "422 invalid: language: expected en, de or fr");
    let foreign = ask("http://127.0.0.1:8080/").header("sec-fetch-site", "cross-site").send().await;
    assert!(foreign.refusal().starts_with("403 cross-site"), "{foreign:?}");
    assert!(foreign.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn a_cookie_of_a_tls_site_stays_on_tls() {
    let world = World::reached_by(true).await;
    let chosen = world.post("/language").form("language=de").send().await;
    assert!(chosen.headers["set-cookie"].to_str().unwrap().ends_with("; Secure"));
}

#[tokio::test]
async fn refusals_carry_their_code_and_words_in_the_language_of_the_request() {
    let world = World::new().await;
    for (asked, words) in [
        (
            "de",
            "Melden Sie sich zuerst an; niemand ist angemeldet, oder die Sitzung ist abgelaufen.",
        ),
        ("en", "sign in first"),
        ("*", "sign in first"),
    ] {
        let refused = world.get("/api/v1/inventory").header("accept-language", asked).send().await;
        assert_eq!(refused.refusal(), format!("401 sign-in-required: {words}"));
        let length = refused.headers.get("content-length").map(|value| value.to_str().unwrap());
        assert!(length.is_none_or(|length| length == refused.body.len().to_string()));
        assert!(refused.headers["vary"].to_str().unwrap().contains("accept-language"));
    }
}
