//! Pages as the server writes them.

use axum::http::{StatusCode, header};
use trustboard_model::alarm::Condition;
use trustboard_model::id::ViewId;
use trustboard_model::reason::Reason;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{HostRow, SavedView, Scope, SecurityFilter, TableAction};

use site::{Memory, Site, open, table};

#[expect(dead_code, reason = "other tests need more of it")]
mod fleet;
mod site;

#[tokio::test]
async fn every_state_has_its_row() {
    let page = Site::new(fleet::rows(), Role::Operator).get(&table()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.count("tr[data-host]"), fleet::rows().len());
    let cells =
        |row: usize, column: &str| page.texts(&format!("tr[data-host] > .{column}"))[row].clone();
    assert_eq!(cells(0, "attestation"), "! Failed");
    assert_eq!(cells(0, "alarm"), "Red · occurrence 2 nobody on it");
    assert!(cells(1, "message").starts_with("Host Secure Boot is disabled"));
    assert!(cells(1, "message").ends_with("One more reason."));
    assert_eq!(cells(1, "secure-boot"), "Off");
    assert_eq!(cells(1, "last-verified"), "4 s ago Verifying");
    assert!(cells(2, "alarm").contains("acknowledged by jonas: “BIOS was reset"));
    assert!(cells(3, "message").starts_with("No cached identity key"));
    assert_eq!(cells(5, "attestation"), "? Unknown Stale");
    assert!(cells(5, "message").starts_with("Not responding"));
    assert!(cells(6, "message").contains("event 12 at offset 4711"));
    assert_eq!(cells(7, "last-verified"), "never");
    assert_eq!(cells(8, "attestation"), "– N/A");
    assert_eq!(cells(8, "tpm"), "none");
    assert_eq!(cells(9, "attestation"), "✓ Passed");
    assert_eq!(cells(9, "alarm"), "Red · condition now: cleared ready to reset");
    assert!(cells(10, "message").contains("board swap, ticket 4711"));
    assert!(cells(11, "message").contains("the agent did not answer within 20 s"));
    assert_eq!(cells(13, "alarm"), "Green");
    assert_eq!(cells(13, "message"), "");
}

#[tokio::test]
async fn a_page_speaks_one_language_throughout() {
    let rows = fleet::rows();
    let site = Site::new(rows.clone(), Role::Operator);
    let german = site.get_with(&open(&rows[1]), "trustboard-language=de").await;
    assert_eq!(german.attributes("html", "lang"), ["de"]);
    assert_eq!(german.texts("tr[data-host] > .attestation")[0], "! Fehlgeschlagen");
    assert_eq!(german.texts("tr[data-host] > .last-verified")[1], "vor 4 s Wird geprüft");
    assert_eq!(german.attributes(".languages [aria-pressed=true]", "value"), ["de"]);
    let french = site.get_with(&format!("/hosts/{}", rows[1].id), "trustboard-language=fr").await;
    assert_eq!(french.attributes("html", "lang"), ["fr"]);
    let moment = &french.texts(".moment > span")[0];
    assert!(moment.contains('/') && moment.ends_with("UTC"), "{moment}");
}

#[tokio::test]
async fn assistive_software_hears_the_table() {
    let page = Site::new(fleet::rows(), Role::Viewer).get(&format!("{}?sort=-name", table())).await;
    assert_eq!(page.attributes("#hosts", "aria-rowcount"), ["16"]);
    assert_eq!(page.attributes("tr[data-host]", "aria-rowindex")[..2], ["2", "3"]);
    assert_eq!(page.attributes("th.name[aria-sort]", "aria-sort"), ["descending"]);
    assert_eq!(page.attributes("th.tpm[aria-sort]", "aria-sort"), ["none"]);
    assert_eq!(page.text(".filter .matches"), "15 hosts match");
    // Every button and field has a name, without the wasm too.
    for button in page.texts("button") {
        assert!(!button.is_empty());
    }
    assert_eq!(page.attributes("html", "lang"), ["en"]);
}

#[tokio::test]
async fn the_open_row_says_what_was_found_and_what_to_do() {
    let rows = fleet::rows();
    let page = Site::new(rows.clone(), Role::Operator).get(&open(&rows[1])).await;
    assert_eq!(page.count("tr.detail"), 1);
    assert_eq!(page.count(".detail .reason"), 2);
    assert_eq!(page.texts(".detail .where dd")[0], "PCR 7, event 3");
    assert_eq!(page.texts(".detail .expected dd")[0], "SecureBoot = 1");
    assert_eq!(page.texts(".detail .found dd")[0], "SecureBoot = 0");
    assert!(page.count(".detail .reason:first-child .remedy li") > 1);
    assert_eq!(page.attributes("tr.open [aria-expanded]", "aria-expanded"), ["true"]);
}

#[tokio::test]
async fn a_viewer_gets_no_buttons() {
    let rows = fleet::rows();
    for path in [open(&rows[1]), format!("/hosts/{}", rows[1].id)] {
        let viewer = Site::new(rows.clone(), Role::Viewer).get(&path).await;
        assert_eq!(viewer.count(".actions button, .actions form, .actions details"), 0, "{path}");
        assert!(viewer.text(".actions").contains("needs the role Operator"));
        let operator = Site::new(rows.clone(), Role::Operator).get(&path).await;
        assert!(operator.count(".actions button") > 2, "{path}");
    }
}

#[tokio::test]
async fn the_reset_says_whether_the_condition_holds() {
    let alarm = |number, condition| HostRow {
        alarm: fleet::red(condition, None),
        ..fleet::failed(number, "h", vec![fleet::secure_boot_off()])
    };
    let said = async |row: HostRow| {
        let site = Site::new(vec![row.clone()], Role::Operator);
        site.get(&format!("/hosts/{}", row.id)).await
    };
    let reset = "details[data-act=reset]";
    let holds = said(alarm(1, Condition::Holds)).await;
    let words = holds.text(&format!("{reset} .holds"));
    assert!(words.contains("condition still holds"), "{words}");
    assert!(words.contains("Host Secure Boot is disabled"), "{words}");
    assert_eq!(
        holds.text(&format!("{reset} button[value=reset]")),
        "Reset although the condition still holds"
    );
    assert_eq!(holds.count(&format!("{reset} input[name=text][required]")), 1);
    assert_eq!(holds.count(&format!("{reset} button[value=verify-then-reset]")), 1);

    let cleared = said(alarm(2, Condition::Cleared { at: fleet::ago(60) })).await;
    assert!(cleared.text(&format!("{reset} .cleared")).contains("condition has cleared"));
    assert_eq!(cleared.text(&format!("{reset} button[value=reset]")), "Reset to green");

    let unknown = said(alarm(3, Condition::Unknown)).await;
    assert!(unknown.text(&format!("{reset} [data-condition]")).contains("not known"));
}

#[tokio::test]
async fn what_a_host_says_is_text() {
    const HOSTILE: &str =
        "</title></script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u{202e}";
    let reason = Reason::new(fleet::secure_boot_off().code).at(HOSTILE).found(HOSTILE);
    let row = HostRow {
        alarm: fleet::red(Condition::Holds, Some(HOSTILE)),
        ..fleet::failed(1, HOSTILE, vec![reason])
    };
    let site = Site::new(vec![row.clone()], Role::Operator);
    for path in [open(&row), format!("/hosts/{}", row.id)] {
        let page = site.get(&path).await;
        // Scripts are the loader and the data for the wasm, all with the nonce.
        assert_eq!(page.count("script:not([nonce])"), 0, "{path}");
        assert_eq!(page.count("img, [onerror], [onclick], [style], style, textarea"), 0, "{path}");
        assert!(page.text("h1, .row-name").contains(HOSTILE), "the name is shown as it is");
        // In the data for the wasm the tag does not end the script either.
        assert!(!page.html.contains("alert(1)</script>"), "{path}");
    }
}

#[tokio::test]
async fn blank_views_differ() {
    let row = fleet::passed(1, "a");
    let empty = Site::new(Vec::new(), Role::Viewer).get(&table()).await;
    let site = Site::new(vec![row.clone()], Role::Viewer);
    let no_match = site.get(&format!("{}?attestation=failed", table())).await;
    assert_eq!(empty.attributes("[data-blank]", "data-blank"), ["empty"]);
    assert_eq!(no_match.attributes("[data-blank]", "data-blank"), ["no-match"]);
    assert_eq!(no_match.attributes(".blank a", "href"), [table()]);
    for (refusal, kind, status) in [
        (Refusal::Unavailable { trace: "4711".to_owned() }, "failed", 503),
        (Refusal::not_found("host"), "not-found", 404),
        (Refusal::Forbidden { needs: Role::Administrator }, "forbidden", 403),
    ] {
        let memory =
            || Memory { refuse: Some(refusal.clone()), ..Memory::new(vec![fleet::passed(1, "a")]) };
        for path in [table(), format!("/hosts/{}", row.id)] {
            let page = Site::of(memory(), Role::Viewer).get(&path).await;
            assert_eq!(page.attributes("main [data-blank]", "data-blank"), [kind]);
            assert_eq!(page.status.as_u16(), status);
            assert_eq!(page.count("#hosts"), 0, "an error is not an empty table");
        }
    }
    let failed = Memory {
        refuse: Some(Refusal::Unavailable { trace: "4711".to_owned() }),
        ..Memory::new(Vec::new())
    };
    let page = Site::of(failed, Role::Viewer).get(&table()).await;
    assert!(page.text(".blank").contains("4711"), "the number to look for in the log");
}

#[tokio::test]
async fn wrong_addresses_are_not_found() {
    let site = Site::new(fleet::rows(), Role::Viewer);
    for path in ["/nowhere", "/hosts/17", "/datacenters/x/security", "/datacenters/x"] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(page.attributes("[data-blank]", "data-blank"), ["not-found"], "{path}");
    }
    let page = site.get(&format!("{}?page=0", table())).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text(".blank").contains("page"));
}

#[tokio::test]
async fn strangers_are_sent_to_the_sign_in_and_back() {
    let site = Site { role: None, ..Site::new(fleet::rows(), Role::Viewer) };
    let page = site.get(&format!("{}?sort=name", table())).await;
    assert_eq!(page.status, StatusCode::FOUND);
    let to = page.header(header::LOCATION).to_owned();
    assert!(to.starts_with("/sign-in?then=/datacenters/"), "{to}");
    assert!(!page.html.contains("db-prod-017"), "nothing is shown before");
    let page = site.get(&to).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attributes("[name=then]", "value"), [format!("{}?sort=name", table())]);
    let page = site.get("/sign-in?refused=wrong-credentials&name=mara&then=//evil.example").await;
    assert_eq!(page.text("[role=alert]"), "The name or the password is wrong.");
    assert_eq!(page.attributes("[name=name]", "value"), ["mara"]);
    assert_eq!(page.attributes("[name=then]", "value"), ["/"]);
}

#[tokio::test]
async fn the_host_page_shows_everything() {
    let rows = fleet::rows();
    let page = Site::new(rows.clone(), Role::Operator).get(&format!("/hosts/{}", rows[1].id)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.text("title"), "db-prod-018 · Trustboard");
    assert_eq!(page.count(".portlet .reason"), 2);
    assert!(page.text(".alarm-state").contains("Alarm: Red · occurrence 2"));
    assert!(page.text(".claims").contains("claims all the same"));
    assert_eq!(
        page.attributes("nav.tabs [aria-current=page]", "href"),
        [format!("/hosts/{}", rows[1].id)]
    );
}

#[tokio::test]
async fn the_tabs_of_a_host_show_everything() {
    let rows = fleet::rows();
    let site = Site::new(rows.clone(), Role::Operator);
    let host = format!("/hosts/{}", rows[1].id);
    let page = site.get(&format!("{host}/attestation")).await;
    let checks = trustboard_model::check::CheckId::ALL.len();
    assert_eq!(page.count("[data-check]"), checks);
    assert_eq!(page.count("[data-outcome=failed]"), 2);
    assert_eq!(page.count("[data-outcome=not-evaluated] .sign.good"), 0);
    assert_eq!(page.count("[data-pcr]"), 17);
    assert!(page.text("[data-pcr='4']").contains("Does not match the log"));
    assert_eq!(page.count(".event-log tr.differs"), 1);
    assert!(page.text(".event-log").contains("<script>alert(1)</script>"), "as text");
    let page = site.get(&format!("{host}/logs")).await;
    assert_eq!(page.count("[data-job]"), 2);
    assert!(page.text("[data-job] .steps").contains("no answer within 20 s"));
    let page = site.get(&format!("{host}/history")).await;
    assert_eq!(page.count("[data-event]"), 4);
    assert!(page.text("[data-event=alarm-acknowledged]").contains("jonas"));
    assert!(page.text("#gaps").contains("Not verified since"));
    assert_eq!(page.count(".bands .band"), page.count(".spans tbody tr"));
    assert_eq!(page.count("#moment"), 0);
}

#[tokio::test]
async fn a_moment_says_what_was_known_and_what_proves_it() {
    let rows = fleet::rows();
    let site = Site::new(rows.clone(), Role::Viewer);
    let host = format!("/hosts/{}", rows[1].id);
    let page = site.get(&format!("{host}/history?at=2026-11-03T14:00")).await;
    let said = page.text("#moment");
    assert!(said.contains("What this host read at 2026-11-03 14:00:00 UTC"), "{said}");
    assert!(said.contains("Not verified between 2026-11-03 13:59:00 UTC"), "{said}");
    assert!(said.contains("Linux server, version 3") && said.contains("same boot"), "{said}");
    let files = page.attributes("[data-evidence]", "href");
    assert!(files[0].ends_with("/first") && files[1].ends_with("/last"), "{files:?}");
    let page = site.get(&format!("{host}/history?at=yesterday")).await;
    assert!(page.text("#moment [role=alert]").contains("no time in the past"));
    assert_eq!(page.count("#timeline"), 1, "the rest of the page is there");
}

#[tokio::test]
async fn a_host_that_was_never_verified_shows_no_values() {
    let row = fleet::rows()[7].clone();
    let site = Site::new(vec![row.clone()], Role::Viewer);
    let page = site.get(&format!("/hosts/{}/attestation", row.id)).await;
    assert_eq!(page.count("[data-check], [data-pcr]"), 0);
    assert!(page.text("#checks").contains("not been verified yet"));
    assert!(page.text("#log").contains("no event log"));
}

#[tokio::test]
async fn the_overview_shows_causes_before_hosts() {
    let rows = fleet::rows();
    let page = Site::new(rows.clone(), Role::Operator).get("/?range=7d").await;
    assert_eq!(page.status, StatusCode::OK);
    let causes = page.attributes(".cause-group h3 a", "href");
    assert!(causes[0].starts_with("/security?q=attestation:failed%20first-reason:"), "{causes:?}");
    let ways = page.attributes(".ways [data-difference]", "href");
    assert_eq!(ways.len(), 2);
    assert!(ways[0].ends_with(&format!("difference:{}", "01".repeat(8))), "{ways:?}");
    assert!(page.text(".changes").contains('7'));
    assert_eq!(page.attributes(".ranges [aria-current]", "href"), ["?range=7d"]);
    // The same numbers as a table; the drawing has words of its own.
    assert_eq!(page.count(".trend-numbers tbody tr"), 3);
    let said = page.attributes(".strips", "aria-label");
    assert!(said[0].contains("at most 8 at a time"), "{said:?}");
    assert_eq!(page.count(".drawing .line"), page.count(".strip"));
    assert!(page.text(".overview .by").contains("2 more than 24 hours ago"));
    assert!(page.count("[data-bulk]") > 0, "an operator may act");
    let viewer = Site::new(rows, Role::Viewer).get("/").await;
    assert_eq!(viewer.count("[data-bulk]"), 0);
}

#[tokio::test]
async fn a_datacenter_has_a_summary_of_its_own() {
    let rows = fleet::rows();
    let here = format!("/datacenters/{}", fleet::datacenter().id);
    let site = Site::new(rows.clone(), Role::Viewer);
    let page = site.get(&here).await;
    assert_eq!(page.text("h1 bdi"), fleet::datacenter().name);
    assert_eq!(
        page.attributes("nav.tabs [aria-current=page]", "href"),
        std::slice::from_ref(&here)
    );
    let causes = page.attributes(".cause-group h3 a", "href");
    assert!(causes[0].starts_with(&format!("{here}/security?q=")), "{causes:?}");
    assert_eq!(page.count(".overview tr.cluster"), 4, "every cluster");
    let nowhere = site.get("/datacenters/6f9619ff-8b86-4d01-b42d-00cf4fc964ff").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_report_says_when_by_whom_and_what_it_rests_on() {
    let rows = fleet::rows();
    let here = format!("/datacenters/{}/report", fleet::datacenter().id);
    let page = Site::new(rows.clone(), Role::Viewer).get(&here).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.count(".report-hosts tbody tr"), rows.len());
    assert_eq!(page.count("#report-alarms li"), fleet::history::red(&rows));
    assert!(page.text("main").contains("by mara"));
    assert!(page.text("#report-chain").contains(&"ab".repeat(32)));
    assert_eq!(page.attributes("main a[href*='part=']", "href"), [format!("{here}?part=2")]);
    assert_eq!(page.count(".paper-foot"), 1);
}

#[tokio::test]
async fn the_document_starts_the_program_with_a_nonce() {
    let page = Site::new(fleet::rows(), Role::Viewer).get_with("/", "trustboard-theme=dark").await;
    assert_eq!(page.attributes("html", "data-theme"), ["dark"]);
    let script = page.text("script[type=module]");
    assert!(script.contains(r#"from "/pkg/a.js""#), "{script}");
    assert!(script.contains(r#"init({module_or_path:"/pkg/a.wasm"})"#), "{script}");
    assert_eq!(page.count("script:not([nonce])"), 0);
    assert_eq!(page.text("h1"), "All datacenters");
    assert_eq!(page.count(".overview tbody"), 2);
}

#[tokio::test]
async fn a_filter_without_meaning_is_said_at_its_field() {
    let site = Site::new(fleet::rows(), Role::Viewer);
    let page = site.get(&format!("{}?q=web%20attestation:green&sort=name", table())).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.attributes("#words", "value"), ["web attestation:green"]);
    assert_eq!(page.attributes("#words", "aria-invalid"), ["true"]);
    let problem = page.text("#query-problem[role=alert]");
    assert!(problem.contains("“attestation:green” has no meaning"), "{problem}");
    assert!(problem.contains("failed, unknown, n-a, passed"), "{problem}");
    assert_eq!(page.attributes("[data-blank]", "data-blank"), ["wrong-filter"]);
    assert_eq!(page.count("#hosts"), 0, "other hosts than those asked for are not shown");
}

#[tokio::test]
async fn all_hosts_are_one_table_with_their_datacenters() {
    let page = Site::new(fleet::rows(), Role::Viewer).get("/security?q=db").await;
    assert_eq!(page.text("h1"), "! A host failed All hosts");
    assert_eq!(page.count("tr[data-host]"), fleet::rows().len());
    assert_eq!(page.texts("td.datacenter")[0], "fra-1 Frankfurt");
    assert_eq!(page.count("nav.tabs"), 0, "there is no datacenter that they would be of");
    let chips = page.attributes(".chip-menu a", "href");
    assert!(
        chips.contains(&"/security?q=db%20datacenter:%22fra-1%20Frankfurt%22".to_owned()),
        "{chips:?}"
    );
}

#[tokio::test]
async fn columns_are_those_that_the_link_asks_for() {
    let site = Site::new(fleet::rows(), Role::Viewer);
    let page = site.get(&format!("{}?columns=presence,name.240,kernel", table())).await;
    assert_eq!(page.texts("#hosts thead th"), ["Name", "Connection", "Kernel"]);
    assert_eq!(page.attributes("col.name", "width"), ["240"]);
    assert_eq!(page.attributes("#hosts thead a", "href").len(), 2, "kernels have no order");
    assert_eq!(page.attributes(".filter [type=hidden]", "name"), ["columns"]);
}

#[tokio::test]
async fn chips_and_counts_are_links_that_print_the_query() {
    let site = Site::new(fleet::rows(), Role::Viewer);
    let page = site.get(&format!("{}?q=web%20attestation:failed", table())).await;
    let chips = page.attributes(".chips a", "href");
    for query in ["q=web", "q=web%20attestation:passed", "q=web%20attestation:failed%20alarm:red"] {
        assert!(chips.contains(&format!("{}?{query}", table())), "{query}: {chips:?}");
    }
    let counts = page.attributes(".counts a", "href");
    assert!(counts.contains(&table()), "the chosen one shows everything again: {counts:?}");
    assert!(counts.contains(&format!("{}?q=attestation:unknown", table())));
    let causes = page.attributes(".cause", "href");
    assert_eq!(causes[0], format!("{}?q=reason:secure-boot.disabled", table()));
    let tree = page.attributes("#tree .node", "href");
    assert!(tree.contains(&format!("{}?q=cluster:db-prod", table())), "{tree:?}");
}

#[tokio::test]
async fn columns_are_chosen_by_buttons_that_post_what_they_make() {
    let site = Site::new(fleet::rows(), Role::Viewer);
    let page = site.get(&table()).await;
    let usual = "name,attestation,alarm,last-verified,attested-by,tpm,secure-boot,message";
    let toggles = page.attributes(".columns-menu .toggle", "value");
    assert_eq!(toggles[1], usual.replace("attestation,", ""));
    assert_eq!(toggles[8], format!("{usual},datacenter"));
    let steps = page.attributes(".columns-menu .step", "value");
    assert_eq!(steps[1], usual.replace("attestation,alarm", "alarm,attestation"));
    let form = format!("datacenter=&columns=name,tpm.90&back={}", table());
    let done = site.post_form("/api/ui/choose-columns", &table(), &form).await;
    assert_eq!((done.status, done.header(header::LOCATION)), (StatusCode::FOUND, table().as_str()));
    let chosen = site.memory.table_actions.lock().unwrap().remove(0);
    let columns = "name,tpm.90".parse().ok();
    assert_eq!(chosen, TableAction::ChooseColumns { scope: Scope::Everything, columns });
    // An address elsewhere is not followed.
    let form = "datacenter=&columns=&back=//evil.example/security";
    let done = site.post_form("/api/ui/choose-columns", &table(), form).await;
    assert_eq!(done.header(header::LOCATION), table());
}

#[tokio::test]
async fn views_are_links_and_forms() {
    let view = |number, name: &str, mine, first| SavedView {
        id: ViewId::from_random([number; 16]),
        name: name.to_owned(),
        owner: "jonas".to_owned(),
        mine,
        shared: !mine,
        first,
        filter: SecurityFilter::of("alarm:red".parse().unwrap()),
    };
    let views = vec![view(1, "Mine <b>", true, true), view(2, "Theirs", false, false)];
    let memory = Memory { views, ..Memory::new(fleet::rows()) };
    let site = Site::of(memory, Role::Viewer);
    let id = ViewId::from_random([1; 16]);
    let page = site.get(&format!("{}?q=alarm:red&sort=name&view={id}", table())).await;
    let links = page.attributes(".views a", "href");
    assert_eq!(links[0], format!("{}?q=alarm:red&view={id}", table()));
    assert_eq!(links[2], format!("{}?view=all", table()));
    assert_eq!(page.text(".views-menu summary"), "Views : Mine <b> *", "the order is another");
    assert!(page.texts(".views li")[1].contains("by jonas"));
    assert_eq!(page.count(".views button[value=delete]"), 1, "others' views are theirs");
    assert_eq!(page.count(".views button[value=unfirst]"), 1);
    let clear = page.attributes(".filter a.button", "href");
    assert_eq!(clear, [format!("{}?view=all", table())], "past the view that is shown first");
    let hidden = page.attributes(".save-view [type=hidden]", "name");
    assert_eq!(hidden, ["q", "sort", "columns", "back"]);

    let form =
        format!("name=Red&q=alarm:red&sort=&columns=name&shared=on&first=on&back={}", table());
    let done = site.post_form("/api/ui/save-view", &table(), &form).await;
    let saved = ViewId::from_random([6; 16]);
    let to = format!("{}?q=alarm:red&columns=name&view={saved}", table());
    assert_eq!(done.header(header::LOCATION), to);
    let actions = std::mem::take(&mut *site.memory.table_actions.lock().unwrap());
    assert!(matches!(&actions[0], TableAction::SaveView { shared: true, .. }), "{actions:?}");
    assert_eq!(actions[1], TableAction::ShowFirst { id: Some(saved) });
    let form = format!("id={id}&change=delete&back={}", table());
    site.post_form("/api/ui/change-view", &table(), &form).await;
    let actions = std::mem::take(&mut *site.memory.table_actions.lock().unwrap());
    assert_eq!(actions, [TableAction::DeleteView { id }]);
}

#[tokio::test]
async fn exports_are_links_to_what_is_shown() {
    let site = Site::new(fleet::rows(), Role::Viewer);
    let page = site.get(&format!("{}?q=web&sort=-name&page=1&columns=name,tpm", table())).await;
    let links = page.attributes(".export-menu a", "href");
    let query = "q=web&sort=-name&columns=name,tpm";
    assert_eq!(links[0], format!("/api/v1{}.csv?{query}", table()));
    assert_eq!(links[1], format!("/api/v1{}.jsonl?{query}", table()));
}

#[tokio::test]
async fn boxes_are_a_form_for_those_who_may_act() {
    let rows = fleet::rows();
    let operator = Site::new(rows.clone(), Role::Operator).get(&table()).await;
    assert_eq!(operator.count("td.select input[name=host][form=chosen]"), rows.len());
    let value = format!("{}.{}", rows[0].id, rows[0].revision);
    assert_eq!(operator.attributes("td.select input[name=host]", "value")[0], value);
    assert_eq!(operator.attributes("form#chosen", "action"), ["/bulk"]);
    let labels = operator.attributes("td.select input[name=host]", "aria-label");
    assert_eq!(labels[0], format!("Select {}", rows[0].name));
    let viewer = Site::new(rows, Role::Viewer).get(&table()).await;
    assert_eq!(viewer.count("td.select, form#chosen"), 0);
}
