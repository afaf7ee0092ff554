//! Configurations, policies and exceptions: pages as the server writes them, and their forms
//! without the wasm.

use axum::http::{StatusCode, header};
use trustboard_model::check::{CheckId, Strictness};
use trustboard_model::comparison::Comparison;
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::exception::ExceptedValue;
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationAction, HostPage, HostRow, PolicyAction};

use fleet::approved;
use site::{Memory, Page, Site};

#[expect(dead_code, reason = "other tests need more of it")]
mod fleet;
#[expect(dead_code, reason = "other tests need more of it")]
mod site;

fn memory() -> Memory {
    let configurations = vec![
        approved::page(71, 2, ConfigurationState::Approved),
        approved::page(70, 3, ConfigurationState::Draft),
        approved::page(72, 1, ConfigurationState::Superseded),
    ];
    Memory { configurations, ..Memory::new(vec![host()]) }
}

fn host() -> HostRow {
    fleet::failed(30, "db-prod-017", vec![fleet::secure_boot_off()])
}

fn site(role: Role) -> Site {
    Site::of(memory(), role)
}

fn draft() -> String {
    format!("/configurations/{}", approved::configuration(70, 3).id)
}

fn policy() -> String {
    format!("/clusters/{}/policy", fleet::cluster(20, "db-prod").id)
}

/// The page after the redirect, with the cookie that the answer set.
async fn follow(site: &Site, answer: &Page) -> Page {
    assert_eq!(answer.status, StatusCode::FOUND);
    let cookie = answer.header(header::SET_COOKIE).split(';').next().unwrap_or_default().to_owned();
    let to = answer.header(header::LOCATION).to_owned();
    site.get_with(&to, &cookie).await
}

#[tokio::test]
async fn the_list_shows_drafts_first_and_what_ended_only_if_asked() {
    let page = site(Role::Operator).get("/configurations").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attributes("tbody [data-state]", "data-state"), ["draft", "approved"]);
    assert!(page.text("tbody tr:first-child").contains("captured from db-prod-017"));
    assert_eq!(page.count("#import input[type=file]"), 1);
    let all = site(Role::Operator).get("/configurations?state=all").await;
    assert_eq!(all.count("tbody tr"), 3);
    let approved = site(Role::Operator).get("/configurations?state=approved").await;
    assert_eq!(approved.attributes("tbody [data-state]", "data-state"), ["approved"]);
    let none = site(Role::Operator).get("/configurations?state=retired").await;
    assert_eq!(none.attributes("[data-blank]", "data-blank"), ["no-match"]);
}

#[tokio::test]
async fn an_empty_list_says_how_to_begin() {
    let page = Site::new(vec![host()], Role::Operator).get("/configurations").await;
    assert_eq!(page.attributes("main [data-blank]", "data-blank"), ["empty"]);
    assert!(page.text("main .blank").contains("capture what it booted"));
}

#[tokio::test]
async fn a_draft_is_reviewed_event_by_event() {
    let page = site(Role::Operator).get(&draft()).await;
    assert_eq!(page.text("h1"), "? Draft Debian 12.8, kernel 6.1.0-27, version 3");
    assert_eq!(page.attributes("[data-register]", "data-register"), ["4", "8"]);
    let event = page.text("[data-event-number='41']");
    assert!(event.contains("Kernel command line root=/dev/vg0/root quiet"), "{event}");
    assert!(page.text("[data-event-number='17']").contains("untrusted"));
    assert_eq!(page.attributes("[name='varies[]'][checked]", "value"), ["40"]);
    assert_eq!(page.attributes("[name='pcrs[]'][checked]", "value"), ["4", "8"]);
    assert_eq!(page.attributes("[name='pcrs[]']:not([checked])", "value"), ["0"]);
    assert_eq!(page.count("[name='clusters[]'][checked]"), 1);
    assert_eq!(page.count("[data-impact]"), 0, "no preview before it is asked for");
}

#[tokio::test]
async fn the_differences_say_what_changed_word_by_word() {
    let page = site(Role::Viewer).get(&draft()).await;
    let kinds = page.attributes("#difference [data-change]", "data-change");
    assert_eq!(kinds, ["changed", "changed", "added", "missing", "value"]);
    assert!(page.texts("#difference li")[0].starts_with("PCR 8, event 41 · Kernel command line"));
    assert_eq!(page.texts("#difference ins"), ["init=/bin/sh"]);
    assert_eq!(page.count("#difference del"), 0);
    assert_eq!(page.count("#difference .untrusted"), 1);
}

#[tokio::test]
async fn approving_shows_its_impact_first_and_works_without_scripts() {
    let site = site(Role::Administrator);
    let page = site.get(&draft()).await;
    let links = page.attributes("#about .actions a", "href");
    assert_eq!(links, ["?review=approve&seen=5#review", "?review=retire&seen=5#review"]);
    let page = site.get(&format!("{}?review=approve&seen=5&keep=older", draft())).await;
    assert!(page.text("#review [data-impact]").contains("1 host would turn to Failed"));
    assert_eq!(page.texts("[data-impact-host] a"), ["db-prod-017", "db-prod-018"]);
    assert_eq!(page.attributes("#review [name=keep_older]", "value"), ["true"]);
    let form = format!("id={}&revision=5&keep_older=true", approved::configuration(70, 3).id);
    let answer = site.post_form("/api/ui/approve-configuration", &draft(), &form).await;
    let done = follow(&site, &answer).await;
    assert_eq!(
        done.text(".change .done"),
        "Debian 12.8, kernel 6.1.0-27, version 3 is approved. \
         The stored evidence of 12 hosts is appraised again."
    );
    let id = approved::configuration(70, 3).id;
    let asked = site.memory.configuration_actions.lock().unwrap().clone();
    assert_eq!(asked, [ConfigurationAction::Approve { id, revision: 5, keep_older: true }]);
}

/// An element that may not stand where it is written is moved by the browser, and the wasm then
/// finds another page than it expects.
#[tokio::test]
async fn a_preview_without_changes_is_one_line() {
    let mut memory = memory();
    memory.impact.changes.clear();
    (memory.impact.turn_red, memory.impact.turn_green) = (0, 0);
    memory.impact.without_evidence = 0;
    let site = Site::of(memory, Role::Administrator);
    let page = site.get(&format!("{}?review=approve&seen=5", draft())).await;
    let lines = page.texts("[data-impact] li");
    assert_eq!(lines, ["– None of the 12 hosts that it concerns would read anything else."]);
}

#[tokio::test]
async fn a_draft_is_changed_by_its_form() {
    let site = site(Role::Operator);
    let id = approved::configuration(70, 3).id;
    let cluster = fleet::cluster(20, "db-prod").id;
    let form = format!(
        "id={id}&revision=5&notes=+seen+&clusters%5B%5D={cluster}&pcrs%5B%5D=4&pcrs%5B%5D=8&varies%5B%5D=41"
    );
    let answer = site.post_form("/api/ui/edit-configuration", &draft(), &form).await;
    follow(&site, &answer).await;
    let asked = site.memory.configuration_actions.lock().unwrap().clone();
    let [ConfigurationAction::Edit { notes, clusters, pcrs, varies, .. }] = &asked[..] else {
        panic!("{asked:?}")
    };
    assert_eq!((notes.as_str(), &clusters[..], &varies[..]), ("seen", &[cluster][..], &[41][..]));
    assert_eq!(pcrs.iter().map(ToString::to_string).collect::<Vec<_>>(), ["4", "8"]);
    // Nothing ticked is nothing, not everything.
    let answer = site
        .post_form("/api/ui/edit-configuration", &draft(), &format!("id={id}&revision=5"))
        .await;
    assert_eq!(answer.status, StatusCode::FOUND);
    let asked = site.memory.configuration_actions.lock().unwrap().clone();
    let Some(ConfigurationAction::Edit { varies, pcrs, .. }) = asked.last() else {
        panic!("{asked:?}")
    };
    assert!(varies.is_empty() && pcrs.is_empty());
}

#[tokio::test]
async fn a_refused_retirement_stays_open_with_what_was_typed() {
    let refuse_change = Some(Refusal::Conflict { problem: "a host needs it".to_owned() });
    let site = Site::of(Memory { refuse_change, ..memory() }, Role::Administrator);
    let from = format!("{}?review=retire&seen=5", draft());
    let form = format!("id={}&revision=5&reason=old%20%3Cb%3E", approved::configuration(70, 3).id);
    let answer = site.post_form("/api/ui/retire-configuration", &from, &form).await;
    let page = follow(&site, &answer).await;
    assert!(page.text(".change [role=alert]").contains("a host needs it"));
    assert_eq!(page.attributes("#review [name=reason]", "value"), ["old <b>"]);
}

#[tokio::test]
async fn what_is_not_there_and_what_cannot_be_read_say_so() {
    let missing = site(Role::Viewer).get("/configurations/17").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let missing = site(Role::Viewer).get("/clusters/17/policy").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let refuse = Some(Refusal::Unavailable { trace: "4711".to_owned() });
    for path in ["/configurations", &draft(), &policy()] {
        let memory = Memory { refuse: refuse.clone(), ..memory() };
        let page = Site::of(memory, Role::Viewer).get(path).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(page.attributes("main [data-blank]", "data-blank"), ["failed"], "{path}");
    }
}

#[tokio::test]
async fn a_viewer_sees_everything_and_changes_nothing() {
    let touch = |page: &mut HostPage| report(page).comparison = Some(approved::differs());
    let site = Site::of(Memory { touch, ..memory() }, Role::Viewer);
    let host = format!("/hosts/{}", host().id);
    let review = format!("{}?review=approve&seen=5", draft());
    let asked = format!("{}?step=review&seen=4&name=x", policy());
    for path in ["/configurations", &draft(), &review, &host, &policy(), &asked, "/policies"] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.count("main form[method=post]"), 0, "{path}");
        assert_eq!(page.count("main button, main input:not([disabled] *)"), 0, "{path}");
    }
}

fn report(page: &mut HostPage) -> &mut trustboard_model::appraisal::Report {
    page.report.as_mut().expect("the host was verified")
}

#[tokio::test]
async fn a_host_says_what_it_booted_in_words() {
    let touch = |page: &mut HostPage| report(page).booted = approved::booted();
    let site = Site::of(Memory { touch, ..memory() }, Role::Viewer);
    let page = site.get(&format!("/hosts/{}", host().id)).await;
    let topics = page.attributes("[data-topic]", "data-topic");
    assert_eq!(topics, ["Firmware", "BootLoader", "Kernel", "KernelCommandLine"]);
    assert!(page.text("[data-topic=Firmware]").contains("Northgate NG-R640 2.21.2 PCR 0, event 1"));
    assert_eq!(page.count("[data-topic=BootLoader] .untrusted"), 1);
    assert_eq!(page.count("[data-topic=KernelCommandLine] .untrusted"), 0);
    assert!(page.text("[data-topic=Kernel]").contains("no words in the log"));
    assert!(page.text("[data-not-evaluated='10']").ends_with("not evaluated"));
    assert_eq!(page.count("[data-not-evaluated] .good"), 0);
    assert_eq!(page.attributes("[data-comparison]", "data-comparison"), ["none"]);
}

#[tokio::test]
async fn a_host_names_its_differences_and_accepting_shows_the_impact() {
    let touch = |page: &mut HostPage| report(page).comparison = Some(approved::differs());
    let site = Site::of(Memory { touch, ..memory() }, Role::Administrator);
    let host = host();
    let path = format!("/hosts/{}", host.id);
    let page = site.get(&path).await;
    let section = page.text("#configuration");
    assert!(
        section.contains("The closest is Debian 12.8, kernel 6.1.0-27, version 2"),
        "{section}"
    );
    assert!(section.contains("8 differences") && section.contains("These are the first 5"));
    assert_eq!(page.attributes("#configuration .primary", "href"), ["?accept=7#accept"]);
    assert_eq!(*site.memory.previews.lock().unwrap(), 0);

    let page = site.get(&format!("{path}?accept=7")).await;
    assert!(page.text("#accept [data-impact]").contains("1 host would turn to Passed"));
    assert_eq!(page.count("#configuration [data-change]"), 5, "the differences stay in sight");
    let form = format!("host={}&revision=7&keep_older=false&reason=point+release", host.id);
    let answer = site.post_form("/api/ui/accept-change", &path, &form).await;
    let done = follow(&site, &answer).await;
    assert!(done.text(".change .done").contains("is approved"));
    let asked = site.memory.configuration_actions.lock().unwrap().clone();
    let reason = "point release".to_owned();
    let expected =
        ConfigurationAction::AcceptChange { host: host.id, revision: 7, reason, keep_older: false };
    assert_eq!(asked, [expected]);
}

#[tokio::test]
async fn a_verified_host_is_captured_and_leads_to_its_draft() {
    let row = fleet::passed(43, "k8s-core-09");
    let site = Site::of(Memory { rows: vec![row.clone()], ..memory() }, Role::Operator);
    let path = format!("/hosts/{}", row.id);
    assert_eq!(site.get(&path).await.count("#capture form"), 1);
    let form = format!("host={}&name=Debian+12&notes=", row.id);
    let answer = site.post_form("/api/ui/capture", &path, &form).await;
    assert_eq!(answer.header(header::LOCATION), draft());
    let asked = site.memory.configuration_actions.lock().unwrap().clone();
    let [ConfigurationAction::Capture { name, clusters, pcrs, .. }] = &asked[..] else {
        panic!("{asked:?}")
    };
    assert!(name == "Debian 12" && clusters.is_empty() && pcrs.is_empty());
    let failed = Site::of(memory(), Role::Operator).get(&format!("/hosts/{}", host().id)).await;
    assert_eq!(failed.count("#capture"), 0, "only what verified is captured");
}

#[tokio::test]
async fn a_matching_host_names_its_configuration() {
    let touch = |page: &mut HostPage| {
        let configuration = approved::configuration(71, 2);
        report(page).comparison = Some(Comparison::Matched { configuration });
    };
    let site = Site::of(Memory { touch, ..memory() }, Role::Viewer);
    let page = site.get(&format!("/hosts/{}", host().id)).await;
    let said = page.text("[data-comparison=matched]");
    assert!(said.ends_with("This host matches Debian 12.8, kernel 6.1.0-27, version 2"), "{said}");
}

#[tokio::test]
async fn an_exception_covers_exactly_what_is_shown() {
    let site = site(Role::Administrator);
    let host = host();
    let path = format!("/hosts/{}", host.id);
    let page = site.get(&path).await;
    let form = "[data-grant='secure-boot.enabled']";
    assert!(page.text(&format!("{form} dl")).contains("Found SecureBoot = 0"));
    let value = page.attributes(&format!("{form} [name=value]"), "value").remove(0);
    let seen: ExceptedValue = serde_json::from_str(&value).unwrap();
    assert_eq!(seen, ExceptedValue::of(&fleet::secure_boot_off()));
    let encoded: String =
        value.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let fields = format!(
        "host={}&revision=7&check=secure-boot.enabled&value={encoded}&reason=old+board&days=9",
        host.id
    );
    let answer = site.post_form("/api/ui/grant-exception", &path, &fields).await;
    let done = follow(&site, &answer).await;
    assert!(done.text(".change .done").contains("1 host turned to Passed."));
    let asked = site.memory.policy_actions.lock().unwrap().clone();
    let expected = PolicyAction::Grant {
        host: host.id,
        revision: 7,
        check: CheckId::SecureBootEnabled,
        value: seen,
        reason: "old board".to_owned(),
        days: 9,
    };
    assert_eq!(asked, [expected]);
}

#[tokio::test]
async fn nothing_is_excepted_that_everything_rests_on() {
    let reason = trustboard_model::reason::Reason::new(
        trustboard_model::reason::ReasonCode::QuoteSignatureInvalid,
    );
    let row = fleet::failed(30, "db-prod-017", vec![reason]);
    let site = Site::of(Memory { rows: vec![row.clone()], ..memory() }, Role::Administrator);
    assert_eq!(site.get(&format!("/hosts/{}", row.id)).await.count("[data-grant]"), 0);
}

#[tokio::test]
async fn a_host_shows_who_granted_an_exception() {
    let touch = |page: &mut HostPage| {
        for result in &mut report(page).checks {
            if result.check == CheckId::SecureBootEnabled {
                result.exception = Some(approved::excepted());
            }
        }
    };
    let site = Site::of(Memory { touch, ..memory() }, Role::Operator);
    let page = site.get(&format!("/hosts/{}", host().id)).await;
    let said = page.text("#security .excepted");
    assert!(said.contains("granted by jonas · replacement ordered · until"), "{said}");
    assert_eq!(page.count("[data-grant]"), 0);
    let page = site.get(&format!("/hosts/{}/attestation", host().id)).await;
    assert_eq!(page.count("[data-check='secure-boot.enabled'] .sign.bad"), 0);
}

#[tokio::test]
async fn a_policy_shows_every_check_and_locks_the_core() {
    let page = site(Role::Administrator).get(&policy()).await;
    assert_eq!(page.text("h1"), "Policy of db-prod");
    assert_eq!(page.count("[data-policy-check]"), CheckId::ALL.len());
    let core = CheckId::ALL.iter().filter(|check| check.is_core()).count();
    assert_eq!(page.count("[data-policy-check] .locked"), core);
    assert_eq!(page.count("[data-policy-check] select"), CheckId::ALL.len() - core);
    let relaxed = "[data-policy-check='secure-boot.test-key']";
    assert_eq!(page.attributes(&format!("{relaxed} option[selected]"), "value"), ["warn"]);
    assert_eq!(page.attributes(&format!("{relaxed} input[required]"), "value"), ["a lab"]);
    assert!(page.text(relaxed).contains("item H58"));
    assert_eq!(page.count("#exceptions tbody tr"), 1);
    assert!(page.text("#exceptions tbody").contains("replacement ordered"));
    let profile =
        site(Role::Administrator).get(&format!("{}?profile=vsphere-like", policy())).await;
    assert_eq!(profile.attributes("[name=interface][checked]", "value"), ["tis"]);
    assert_eq!(profile.attributes("[name=name]", "value"), ["vSphere-like"]);
    assert_eq!(profile.attributes("[name=seen]", "value"), ["4"], "of the one in force");
}

/// The fields that the form posts when nothing is touched but these.
fn fields(change: &str) -> String {
    let pcrs: Vec<_> = (0..8).map(|pcr| format!("pcr={pcr}")).collect();
    format!(
        "name=Linux+server&interval=300&age=900&interface=tis&interface=crb&interface=unknown&os=\
         &agent=&{}&is.secure-boot.test-key=warn&why.secure-boot.test-key=a+lab{change}",
        pcrs.join("&")
    )
}

#[tokio::test]
async fn a_policy_is_reviewed_before_it_is_saved() {
    let site = site(Role::Administrator);
    let change = "&is.secure-boot.enabled=warn&why.secure-boot.enabled=no+keys+yet";
    let asked = format!("{}?step=review&seen=4&{}", policy(), fields(change));
    let page = site.get(&asked).await;
    assert_eq!(page.count(".policy-changes tbody tr"), 1);
    let line = page.text(".policy-changes tbody tr");
    assert_eq!(line, "Secure Boot on Fails the host Warns no keys yet");
    assert!(page.text("[data-impact]").contains("1 host would turn to Failed"));
    assert_eq!(page.count("#settings"), 0, "nothing can be edited unseen");
    let saved = page.attributes("#review [name=fields]", "value").remove(0);
    let encoded: String =
        saved.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let cluster = fleet::cluster(20, "db-prod").id;
    let form = format!("cluster={cluster}&seen=4&fields={encoded}");
    let answer = site.post_form("/api/ui/set-policy", &asked, &form).await;
    let done = follow(&site, &answer).await;
    assert!(done.text(".change .done").contains("1 host turned to Failed."));
    let actions = site.memory.policy_actions.lock().unwrap().clone();
    let [PolicyAction::Set { seen: 4, policy, .. }] = &actions[..] else { panic!("{actions:?}") };
    assert_eq!(policy.strictness(CheckId::SecureBootEnabled), Strictness::Warn);
    assert_eq!(policy.relaxed[&CheckId::SecureBootEnabled], "no keys yet");
    assert_eq!(policy.mandatory_pcrs, Policy::linux_server().mandatory_pcrs);
}

#[tokio::test]
async fn a_review_without_a_change_or_with_a_mistake_saves_nothing() {
    let site = site(Role::Administrator);
    let same = site.get(&format!("{}?step=review&seen=4&{}", policy(), fields(""))).await;
    assert!(same.text("#review").contains("nothing to save"));
    assert_eq!(same.count("#review button"), 0);
    let mistake = fields("&is.secure-boot.enabled=ignore");
    let page = site.get(&format!("{}?step=review&seen=4&{mistake}", policy())).await;
    assert!(page.text("#review [role=alert]").contains("say why"));
    assert_eq!(page.count("#review button"), 0);
    // Back in the form, what was chosen is still there.
    let back = page.attributes("#review a.button", "href").remove(0);
    let page = site.get(&back).await;
    let chosen = "[data-policy-check='secure-boot.enabled'] option[selected]";
    assert_eq!(page.attributes(chosen, "value"), ["ignore"]);
    assert_eq!(*site.memory.previews.lock().unwrap(), 1);
}

#[tokio::test]
async fn an_exception_is_revoked_where_it_is_listed() {
    let site = site(Role::Administrator);
    let id = approved::excepted().id;
    let form = format!("id={id}&reason=board+replaced");
    let answer = site.post_form("/api/ui/revoke-exception", &policy(), &form).await;
    assert_eq!(answer.header(header::LOCATION), policy());
    let asked = site.memory.policy_actions.lock().unwrap().clone();
    assert_eq!(asked, [PolicyAction::Revoke { id, reason: "board replaced".to_owned() }]);
}

#[tokio::test]
async fn words_from_a_log_are_text() {
    const HOSTILE: &str = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    let mut hostile = approved::page(70, 3, ConfigurationState::Draft);
    hostile.row.notes = HOSTILE.to_owned();
    hostile.row.configuration.name = HOSTILE.to_owned();
    for expected in hostile.reference.pcrs.values_mut() {
        for event in &mut expected.events {
            event.said = Some(trustboard_model::boot::Said::covered(HOSTILE));
        }
    }
    let memory = Memory { configurations: vec![hostile], ..Memory::new(vec![host()]) };
    let site = Site::of(memory, Role::Operator);
    for path in ["/configurations", &draft()] {
        let page = site.get(path).await;
        assert_eq!(page.count("script:not([nonce]), img, [onerror]"), 0, "{path}");
        assert!(!page.html.contains("alert(1)</script>"), "{path}");
    }
}
