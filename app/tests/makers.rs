//! The page of TPM makers as the server writes it.

use axum::http::StatusCode;
use trustboard_model::digest::Sha256;
use trustboard_model::event::Actor;
use trustboard_model::id::ImportId;
use trustboard_model::maker::{
    CertificateFacts, ImportCounts, MakerKind, MakerNote, MakerProblem, MakerRepair, MakerTrust,
    PublishedRoot,
};
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    ImportLine, ImportOutcome, ImportReport, ImportSummary, MakerCertificate, MakerDecided,
    MakerOrigin, MakerRevocationList, MakersPage,
};

use site::{Memory, Site};

#[expect(dead_code, reason = "other tests need more of it")]
mod fleet;
#[expect(dead_code, reason = "other tests need more of it")]
mod site;

const AT: Timestamp = Timestamp(1_763_744_400_000);

fn facts(number: u8, subject: &str, kind: MakerKind) -> CertificateFacts {
    CertificateFacts {
        fingerprint: Sha256([number; 32]),
        subject: subject.to_owned(),
        maker: "Maker".to_owned(),
        issuer: "CN=Root, O=Maker".to_owned(),
        serial: "01".to_owned(),
        not_before: AT,
        not_after: AT.plus_seconds(86_400),
        key: "RSA 4096".to_owned(),
        kind,
    }
}

fn certificate(number: u8, subject: &str, kind: MakerKind, trust: MakerTrust) -> MakerCertificate {
    MakerCertificate {
        facts: facts(number, subject, kind),
        trust,
        notes: Vec::new(),
        published: None,
        origin: MakerOrigin::Folder { file: "maker.pem".to_owned() },
        decision: None,
        chains_to: None,
    }
}

fn imported() -> MakerOrigin {
    let by = Actor::Operator("root".to_owned());
    MakerOrigin::Import { file: "<roots>.zip".to_owned(), by, at: AT }
}

fn summary() -> ImportSummary {
    ImportSummary {
        id: ImportId::from_random([7; 16]),
        file: "<roots>.zip".to_owned(),
        by: Actor::Operator("root".to_owned()),
        at: AT,
        counts: ImportCounts { awaiting: 1, refused: 1, ..ImportCounts::default() },
    }
}

fn page() -> MakersPage {
    let (root, intermediate) = (MakerKind::Root, MakerKind::Intermediate);
    let published = PublishedRoot {
        maker: "Maker".to_owned(),
        name: "Root".to_owned(),
        sources: "keylime".to_owned(),
        address: Some("https://maker.example/root.crt".to_owned()),
    };
    MakersPage {
        certificates: vec![
            MakerCertificate {
                published: Some(published),
                ..certificate(1, "CN=Root, O=Maker", root, MakerTrust::Trusted)
            },
            MakerCertificate {
                origin: imported(),
                notes: vec![MakerNote::Expired],
                ..certificate(2, "CN=New <b>root</b>", root, MakerTrust::Awaiting)
            },
            MakerCertificate {
                chains_to: Some("CN=Root, O=Maker".to_owned()),
                ..certificate(3, "CN=CA 3", intermediate, MakerTrust::Follows)
            },
            certificate(4, "CN=CA 4", intermediate, MakerTrust::Follows),
            MakerCertificate {
                decision: Some(MakerDecided {
                    by: Actor::Operator("root".to_owned()),
                    at: AT,
                    note: Some("leaked".to_owned()),
                }),
                ..certificate(5, "CN=Bad CA", intermediate, MakerTrust::Distrusted)
            },
        ],
        lists: vec![MakerRevocationList {
            fingerprint: Sha256([9; 32]),
            issuer: "CN=Root, O=Maker".to_owned(),
            this_update: AT,
            next_update: None,
            revoked: 3,
            verified: false,
            origin: imported(),
        }],
        imports: vec![summary()],
        ..fleet::no_makers()
    }
}

fn site(role: Role) -> Site {
    let mut memory = Memory::new(fleet::rows());
    memory.makers = page();
    memory.import = Some(ImportReport {
        summary: summary(),
        lines: vec![
            ImportLine {
                place: "<roots>.zip/a.crt".to_owned(),
                number: Some(2),
                facts: Some(facts(2, "CN=New root", MakerKind::Root)),
                notes: vec![MakerNote::Sha1Signature],
                repairs: vec![MakerRepair::Padding { bytes: 12, byte: 255 }],
                outcome: ImportOutcome::Awaiting,
            },
            ImportLine {
                place: "<roots>.zip/b.crt".to_owned(),
                number: None,
                facts: None,
                notes: Vec::new(),
                repairs: Vec::new(),
                outcome: ImportOutcome::Refused {
                    problem: MakerProblem::WeakKey { key: "RSA 1024".to_owned() },
                },
            },
        ],
    });
    Site::of(memory, role)
}

#[tokio::test]
async fn every_certificate_has_a_row_with_what_it_counts_for() {
    let page = site(Role::Viewer).get("/makers").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        page.attributes("tr[data-maker]", "data-trust"),
        ["trusted", "awaiting", "follows", "follows", "distrusted"]
    );
    assert_eq!(page.texts("tr[data-maker] th a")[..2], ["Root", "New <b>root</b>"]);
    let states = page.texts("tr[data-maker] > td:nth-child(3)");
    assert!(states[0].contains("Trusted") && states[1].contains("Awaits confirmation"));
    assert!(states[2].contains("Leads to Root"), "{states:?}");
    assert!(states[3].contains("No trusted root yet"), "{states:?}");
    assert!(page.texts("tr[data-maker] > td:nth-child(5)")[1].contains("Expired"));
    assert!(page.text("#lists").contains("Not verified"));
    assert!(page.text("#imports").contains("<roots>.zip"));
}

#[tokio::test]
async fn only_an_approver_is_offered_to_change_something() {
    let open = format!("/makers?certificate={}", "02".repeat(32));
    for role in [Role::Viewer, Role::Operator] {
        let page = site(role).get(&open).await;
        assert_eq!(page.count("form[action^='/makers']"), 0);
        assert!(page.text("main").contains("Approvers import certificates"));
    }
    let page = site(Role::Administrator).get(&open).await;
    let to = |action: &str| format!("/makers/{}/{action}", "02".repeat(32));
    let forms = page.attributes("form[action^='/makers']", "action");
    assert_eq!(forms, [&to("trust"), &to("distrust"), &to("remove"), "/makers/import"]);
    assert_eq!(page.attributes("#import form", "enctype"), ["multipart/form-data"]);
    assert!(page.text("#certificate .fingerprint").starts_with("02:02:02:"));
    // What is in the folder is removed there; what is trusted is not trusted again.
    let page =
        site(Role::Administrator).get(&format!("/makers?certificate={}", "01".repeat(32))).await;
    let forms = page.attributes("#certificate form", "action");
    assert_eq!(forms, [format!("/makers/{}/distrust", "01".repeat(32))]);
    assert!(page.text("#certificate").contains("https://maker.example/root.crt"));
    // What somebody decided is there to be forgotten.
    let page =
        site(Role::Administrator).get(&format!("/makers?certificate={}", "05".repeat(32))).await;
    assert!(page.text("#certificate").contains("leaked"));
    assert_eq!(page.count("#certificate form"), 2);
    let page = site(Role::Administrator).get("/makers?certificate=nonsense").await;
    assert!(page.text("#certificate").contains("no such certificate"));
}

#[tokio::test]
async fn an_import_is_reported_line_by_line() {
    let id = ImportId::from_random([7; 16]);
    let page = site(Role::Administrator).get(&format!("/makers?import={id}")).await;
    assert_eq!(page.text("#report [data-counts]"), "1 await confirmation, 1 refused");
    let rows = page.texts("#report tbody tr");
    assert_eq!(rows.len(), 2);
    assert!(rows[0].starts_with("<roots>.zip/a.crt, number 2 New root"), "{rows:?}");
    assert!(rows[0].contains("12 bytes of 0xff padding behind it were left out"), "{rows:?}");
    assert!(rows[1].contains("Refused. Its key is too weak: RSA 1024"), "{rows:?}");
    let german = site(Role::Viewer)
        .get_with(&format!("/makers?import={id}"), "trustboard-language=de")
        .await;
    assert!(german.texts("#report tbody tr")[1].contains("zu schwach: RSA 1024"));
    let gone = format!("/makers?import={}", ImportId::from_random([8; 16]));
    assert!(site(Role::Viewer).get(&gone).await.text("#report").contains("no longer kept"));
}

#[tokio::test]
async fn what_became_of_a_form_is_said() {
    for (query, said, selector) in [
        ("done=trust", "The certificate is trusted.", ".outcome.done"),
        ("done=nothing", "It was so already", ".outcome.done"),
        ("refused=digits", "not the end of this certificate's fingerprint", ".outcome.refused"),
        ("refused=too-large", "larger than 8 MiB", ".outcome.refused"),
    ] {
        let page = site(Role::Administrator).get(&format!("/makers?{query}")).await;
        assert!(page.text(selector).contains(said), "{query}");
    }
    assert_eq!(site(Role::Administrator).get("/makers?done=%3Cb%3E").await.count(".outcome"), 0);
}

#[tokio::test]
async fn without_any_maker_the_page_says_what_that_means() {
    let page = Site::new(fleet::rows(), Role::Administrator).get("/makers").await;
    assert_eq!(page.attributes(".blank", "data-blank"), ["empty"]);
    assert_eq!(page.count("#import[open]"), 1);
}

#[tokio::test]
async fn a_key_that_only_an_operator_vouches_for_is_shown_as_weaker() {
    let mut rows = fleet::rows();
    rows[13].ek_by_operator = true;
    let host = rows[13].id;
    let site = Site::new(rows, Role::Viewer);
    let table = site.get(&site::table()).await;
    let said = table.texts("tr[data-host] > .message small");
    assert!(said.contains(&"Endorsement key approved by an operator".to_owned()), "{said:?}");
    let page = site.get(&format!("/hosts/{host}")).await;
    assert!(page.text("#identity [data-by-operator]").contains("That is weaker."));
    assert_eq!(
        site.get(&format!("/hosts/{}", fleet::rows()[0].id)).await.count("[data-by-operator]"),
        0
    );
}
