//! Warum der Server eine Konfiguration, eine Richtlinie oder eine Ausnahme nicht annimmt.

use crate::text::fact::Pattern;

/// Tried in this order: the particular before the general.
pub(super) const STANDARDS: &[Pattern] = &[
    (
        "the event log of the host does not explain PCR {}, of which {} speaks: what it booted cannot be reviewed event by event",
        "das Ereignisprotokoll des Hosts erklärt PCR {} nicht, von dem {} spricht: Was er gebootet hat, lässt sich nicht Ereignis für Ereignis prüfen",
    ),
    (
        "there is no evidence of this host that could be appraised again; after its next verification there is",
        "von diesem Host gibt es keinen Nachweis, der sich erneut bewerten ließe; nach seiner nächsten Prüfung gibt es einen",
    ),
    (
        "the event log does not explain PCR {}, or no configuration may speak of it",
        "das Ereignisprotokoll erklärt PCR {} nicht, oder keine Konfiguration darf davon sprechen",
    ),
    (
        "the latest appraisal did not prove what the host booted: {} did not pass",
        "die letzte Bewertung hat nicht bewiesen, was der Host gebootet hat: {} wurde nicht bestanden",
    ),
    (
        "every other check rests on this one: no exception can cover it",
        "alle anderen Prüfungen beruhen auf dieser: Für sie gibt es keine Ausnahme",
    ),
    (
        "the event log holds no digests in SHA-256 or a stronger bank",
        "das Ereignisprotokoll enthält keine Digests in SHA-256 oder einer stärkeren Bank",
    ),
    (
        "the host was never verified: there is nothing to learn from",
        "der Host wurde nie geprüft: Es gibt nichts zu übernehmen",
    ),
    (
        "the event log explains none of the PCRs 0 to 9 and 11 to 14",
        "das Ereignisprotokoll erklärt keines der PCRs 0 bis 9 und 11 bis 14",
    ),
    (
        "every other check rests on this one: it cannot be relaxed",
        "alle anderen Prüfungen beruhen auf dieser: Sie lässt sich nicht lockern",
    ),
    (
        "the host does not differ from an approved configuration",
        "der Host weicht von keiner freigegebenen Konfiguration ab",
    ),
    (
        "only a draft can be edited: capture a new version",
        "nur ein Entwurf lässt sich bearbeiten: Übernehmen Sie eine neue Version",
    ),
    (
        "the event log of the latest appraisal is not kept",
        "das Ereignisprotokoll der letzten Bewertung ist nicht aufbewahrt",
    ),
    (
        "expected a version that begins with a digit: 12.8",
        "erwartet wird eine Version, die mit einer Ziffer beginnt: 12.8",
    ),
    (
        "it is for no cluster: choose its clusters first",
        "sie gilt für keinen Cluster: Wählen Sie zuerst ihre Cluster",
    ),
    (
        "the closest configuration is no longer approved",
        "die nächstliegende Konfiguration ist nicht mehr freigegeben",
    ),
    (
        "the latest appraisal does not have this refusal",
        "die letzte Bewertung enthält diese Ablehnung nicht",
    ),
    (
        "with no interface accepted every TPM would fail",
        "ohne akzeptierte Schnittstelle würde jedes TPM scheitern",
    ),
    (
        "a configuration speaks of at least one register",
        "eine Konfiguration spricht von mindestens einem Register",
    ),
    (
        "it is out of use: capture a new version",
        "sie ist außer Gebrauch: Übernehmen Sie eine neue Version",
    ),
    ("a newer version took its place already", "eine neuere Version hat sie schon abgelöst"),
    ("the event log does not explain PCR {}", "das Ereignisprotokoll erklärt PCR {} nicht"),
    ("it is a refusal of another check", "das ist die Ablehnung einer anderen Prüfung"),
    ("say why this check is relaxed", "sagen Sie, warum diese Prüfung gelockert wird"),
    ("configuration awaiting-second", "Konfiguration: wartet auf die zweite Freigabe"),
    ("configuration superseded", "Konfiguration: abgelöst"),
    ("configuration approved", "Konfiguration: freigegeben"),
    ("no event log was sent", "es wurde kein Ereignisprotokoll gesendet"),
    ("configuration retired", "Konfiguration: zurückgezogen"),
    ("there is no event {}", "es gibt kein Ereignis {}"),
    ("configuration draft", "Konfiguration: Entwurf"),
    ("the policy is {}", "die Richtlinie ist {}"),
];
