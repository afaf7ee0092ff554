//! A server that nobody has claimed: one page, one code, one administrator.

use trustboard_model::event::Actor;
use trustboard_model::role::Role;
use trustboard_server::command;

use crate::support::World;

fn form(code: &str, name: &str) -> String {
    let password = "correct+horse+battery";
    format!("code={code}&name={name}&password={password}&again={password}")
}

async fn code(world: &World) -> String {
    command::create_setup_code(&world.state.ctx, &Actor::Server).await.unwrap().reveal()
}

#[tokio::test]
async fn every_page_leads_to_the_one_that_there_is() {
    let world = World::new().await;
    for path in ["/", "/sign-in", "/hosts/1?x=y", "/makers", "/administration/audit", "/start"] {
        let answer = world.get(path).send().await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/setup"), "{path}");
    }
    let page = world.get("/setup").send().await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("name=\"code\""));
    for path in ["/healthz", "/readyz"] {
        assert_eq!(world.get(path).send().await.status, 200, "{path}");
    }
    let refused = world.get("/api/v1/inventory").send().await.refusal();
    assert_eq!(refused, "401 sign-in-required: sign in first");
}

#[tokio::test]
async fn the_code_makes_one_administrator_and_signs_them_in() {
    let world = World::new().await;
    let code = code(&world).await;
    let answer = world.post("/setup").form(&form(&code.to_lowercase(), "ada")).send().await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/start"));
    let ada = answer.session().unwrap();
    let page = world.get("/start").by(&ada).send().await;
    assert_eq!(page.status, 200);
    assert_eq!(world.get("/api/v1/health").by(&ada).send().await.status, 200, "of everything");
    // Nobody else can.
    let again = world.post("/setup").form(&form(&code, "eve")).send().await;
    assert_eq!(again.location(), "/setup?refused=claimed&name=eve");
    assert!(again.session().is_none());
    let stranger = world.get("/setup").send().await;
    assert_eq!(stranger.location(), "/sign-in?then=%2Fsetup");
    let refused = command::create_setup_code(&world.state.ctx, &Actor::Server).await.unwrap_err();
    assert!(refused.to_string().contains("there is an operator already"), "{refused}");
    // The password works, and stands nowhere.
    let sign_in = "name=ada&password=correct+horse+battery";
    assert_eq!(world.post("/sign-in").form(sign_in).send().await.location(), "/");
    assert_eq!(
        world.events().await[2..],
        ["setup-code-created", "operator-created", "signed-in", "signed-in"]
    );
}

#[tokio::test]
async fn wrong_used_and_expired_codes_are_good_for_nothing() {
    let world = World::new().await;
    let first = code(&world).await;
    let second = code(&world).await;
    let guess = "0000-0000-0000-0000";
    for wrong in [guess, "nonsense", "", &first] {
        let answer = world.post("/setup").form(&form(wrong, "eve")).send().await;
        assert_eq!(answer.location(), "/setup?refused=wrong-credentials&name=eve", "{wrong}");
        assert!(answer.session().is_none());
    }
    world.clock.advance(24 * 3600 + 1);
    let answer = world.post("/setup").form(&form(&second, "eve")).send().await;
    assert_eq!(answer.location(), "/setup?refused=wrong-credentials&name=eve");
    let page = world.get(answer.location()).send().await;
    assert!(page.text().contains("setup-code prints a new one"), "it says what to do");
    let refusals = world.events().await.iter().filter(|code| **code == "sign-in-refused").count();
    assert_eq!(refusals, 3, "guesses stand in the audit");
}

#[tokio::test]
async fn codes_cannot_be_tried_one_after_the_other() {
    let world = World::new().await;
    let code = code(&world).await;
    let mut last = String::new();
    for _ in 0..60 {
        let answer = world.post("/setup").form(&form("0000-0000-0000-0000", "eve")).send().await;
        last = answer.location().to_owned();
    }
    assert!(last.starts_with("/setup?refused=too-many&retry="), "{last}");
    let answer = world.post("/setup").form(&form(&code, "ada")).send().await;
    assert!(
        answer.location().starts_with("/setup?refused=too-many"),
        "not even with the right one"
    );
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_and_uses_nothing_up() {
    let world = World::new().await;
    let code = code(&world).await;
    let differ = format!("code={code}&name=ada&password=correct+horse&again=correct+house");
    let short = format!("code={code}&name=ada&password=short&again=short");
    let name = form(&code, "ada%20l");
    for (form, said) in [(differ, "again"), (short, "password"), (name, "name")] {
        let answer = world.post("/setup").form(&form).send().await;
        let begin = format!("/setup?refused={said}&name=ada");
        assert!(answer.location().starts_with(&begin), "{}", answer.location());
        assert_eq!(world.get(answer.location()).send().await.status, 200);
    }
    assert_eq!(world.post("/setup").form(&form(&code, "ada")).send().await.location(), "/start");
}

#[tokio::test]
async fn an_operator_of_the_console_ends_the_first_run() {
    let world = World::new().await;
    assert_eq!(world.get("/").send().await.location(), "/setup");
    // The link that the console prints goes on working.
    let session = world.sign_in("root", Role::Administrator).await;
    assert_eq!(world.get("/").by(&session).send().await.status, 200);
    assert_eq!(world.get("/").send().await.location(), "/sign-in");
}
