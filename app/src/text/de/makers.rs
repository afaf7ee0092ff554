//! Die Seite der TPM-Hersteller.

use trustboard_model::maker::{MakerKind, MakerNote, MakerProblem, MakerRepair, MakerTrust};
use trustboard_model::view::{ImportOutcome, MakerOrigin};

use crate::text::makers::{MakerText, MakerWord};

pub(super) fn maker(text: MakerText<'_>) -> &'static str {
    match text {
        MakerText::Word(key) => word(key),
        MakerText::Trust(MakerTrust::Trusted) => "Vertraut",
        MakerText::Trust(MakerTrust::Follows) => "Folgt seinem Aussteller",
        MakerText::Trust(MakerTrust::Awaiting) => "Wartet auf Bestätigung",
        MakerText::Trust(MakerTrust::Distrusted) => "Misstraut",
        MakerText::TrustMeaning(MakerTrust::Trusted) => "Ketten dürfen mit ihm enden.",
        MakerText::TrustMeaning(MakerTrust::Follows) => {
            "Es zählt, soweit eine vertraute Wurzel dafür bürgt."
        }
        MakerText::TrustMeaning(MakerTrust::Awaiting) => {
            "Es zählt nichts, bis jemand seinen Fingerabdruck verglichen hat."
        }
        MakerText::TrustMeaning(MakerTrust::Distrusted) => "Keine Kette führt darüber.",
        MakerText::Kind(MakerKind::Root) => "Wurzel",
        MakerText::Kind(MakerKind::Intermediate) => "Zwischenzertifikat",
        MakerText::Note(MakerNote::Expired) => "Abgelaufen",
        MakerText::Note(MakerNote::NotYetValid) => "Noch nicht gültig",
        MakerText::Note(MakerNote::Sha1Signature) => "Mit SHA-1 signiert, wie es früher üblich war",
        MakerText::Note(MakerNote::Version1) => {
            "X.509 Version 1: Es kann nicht sagen, dass es eine CA ist"
        }
        MakerText::Repair(MakerRepair::Padding { .. }) => {
            "{bytes} Füllbytes {byte} dahinter wurden weggelassen"
        }
        MakerText::Repair(MakerRepair::TrailingBytes { .. }) => {
            "{bytes} Bytes dahinter wurden weggelassen"
        }
        MakerText::Problem(MakerProblem::NotACertificate) => {
            "Weder Zertifikat noch Sperrliste noch ein Archiv davon"
        }
        MakerText::Problem(MakerProblem::SomethingElse { .. }) => "Enthält {what}, kein Zertifikat",
        MakerText::Problem(MakerProblem::Unreadable { .. }) => "Nicht lesbar: {detail}",
        MakerText::Problem(MakerProblem::Serial { .. }) => "Fehlerhaft: {detail}",
        MakerText::Problem(MakerProblem::WeakKey { .. }) => "Sein Schlüssel ist zu schwach: {key}",
        MakerText::Problem(MakerProblem::UnknownKey { .. }) => {
            "Die Art seines Schlüssels wird nicht unterstützt: {key}"
        }
        MakerText::Problem(MakerProblem::UnknownSignature { .. }) => {
            "Die Art seiner Signatur wird nicht unterstützt: {algorithm}"
        }
        MakerText::Problem(MakerProblem::BadSelfSignature) => {
            "Es nennt sich selbst als Aussteller, aber sein eigener Schlüssel hat es nicht signiert"
        }
        MakerText::Problem(MakerProblem::NotACa) => "Es ist nicht das Zertifikat einer CA",
        MakerText::Problem(MakerProblem::MayNotSign) => {
            "Seine Schlüsselverwendung erlaubt nicht, Zertifikate zu signieren"
        }
        MakerText::Problem(MakerProblem::UnknownCritical { .. }) => {
            "Seine kritische Erweiterung {oid} ist nicht bekannt"
        }
        MakerText::Problem(MakerProblem::TooLong { .. }) => {
            "{bytes} Bytes; höchstens {limit} werden gelesen"
        }
        MakerText::Problem(MakerProblem::TooMany { .. }) => {
            "Mehr als {limit} Dateien oder Zertifikate: Der Rest wurde nicht gelesen"
        }
        MakerText::Problem(MakerProblem::Bomb { .. }) => {
            "Es wird entpackt mehr als {limit}-mal so groß und wurde nicht entpackt"
        }
        MakerText::Problem(MakerProblem::TooDeep { .. }) => {
            "Ein Archiv in einem Archiv in einem Archiv wurde nicht geöffnet"
        }
        MakerText::Problem(MakerProblem::Archive { .. }) => {
            "Das Archiv lässt sich nicht öffnen: {detail}"
        }
        MakerText::Problem(MakerProblem::Empty) => "Es ist nichts darin",
        MakerText::Outcome(ImportOutcome::Trusted { .. }) => {
            "Vertraut: eine veröffentlichte Wurzel von {maker}"
        }
        MakerText::Outcome(ImportOutcome::Awaiting) => {
            "Wartet auf Bestätigung: Vergleichen Sie den Fingerabdruck"
        }
        MakerText::Outcome(ImportOutcome::Follows) => "Als Zwischenzertifikat übernommen",
        MakerText::Outcome(ImportOutcome::List { .. }) => "Als Sperrliste von {issuer} übernommen",
        MakerText::Outcome(ImportOutcome::Known { trust: Some(_) }) => {
            "Schon bekannt; es bleibt, wie es ist: {trust}"
        }
        MakerText::Outcome(ImportOutcome::Known { trust: None }) => "Schon bekannt",
        MakerText::Outcome(ImportOutcome::Repeated) => "In dieser Datei mehrfach enthalten",
        MakerText::Outcome(ImportOutcome::Refused { .. }) => "Abgelehnt. {problem}",
        MakerText::Origin(MakerOrigin::Folder { .. }) => "Ordner des Servers: {file}",
        MakerText::Origin(MakerOrigin::Import { .. }) => "Importiert von {by}[: {file}]",
        MakerText::Counts => {
            "[{trusted} vertraut][, {awaiting} warten auf Bestätigung][, {follows} Zwischenzertifikate][, {lists} Sperrlisten][, {known} schon bekannt][, {refused} abgelehnt]"
        }
        MakerText::Between => "{from} bis {until}",
        MakerText::Numbered => "{place}, Nummer {number}",
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: MakerWord) -> &'static str {
    match key {
        MakerWord::Title => "TPM-Hersteller",
        MakerWord::Intro => {
            "Ein TPM ist echt, wenn das Zertifikat seines Endorsement Key zu einer Wurzel seines Herstellers führt. Dieser Server vertraut den unten als vertraut bezeichneten Wurzeln und keinen anderen."
        }
        MakerWord::None => "Noch keine Zertifikate von TPM-Herstellern",
        MakerWord::NoneHint => {
            "Solange keiner Wurzel vertraut wird, kann kein Host nachweisen, dass sein TPM echt ist. Importieren Sie die Wurzel- und Zwischenzertifikate der Hersteller, deren TPMs Sie haben."
        }
        MakerWord::Maker => "Hersteller",
        MakerWord::Certificate => "Zertifikat",
        MakerWord::Fingerprint => "SHA-256-Fingerabdruck",
        MakerWord::Validity => "Gültig",
        MakerWord::State => "Zustand",
        MakerWord::Origin => "Herkunft",
        MakerWord::Issuer => "Aussteller",
        MakerWord::Serial => "Seriennummer",
        MakerWord::Key => "Schlüssel",
        MakerWord::Published => "Veröffentlicht",
        MakerWord::NotPublished => {
            "Nicht unter den veröffentlichten Wurzeln, die dieser Server kennt"
        }
        MakerWord::Decided => "Entschieden von",
        MakerWord::LeadsTo => "Führt zu",
        MakerWord::LeadsNowhere => "Noch keine vertraute Wurzel: bis dahin zählt es nichts",
        MakerWord::Details => "Einzelheiten",
        MakerWord::Import => "Zertifikate importieren",
        MakerWord::ImportHint => {
            "Ein Zertifikat (PEM, DER, PKCS #7) oder ein Archiv davon (zip, tar, tar.gz), höchstens 8 MiB. Über jedes Zertifikat darin wird einzeln berichtet; was schon bekannt ist, bleibt, wie es ist."
        }
        MakerWord::File => "Datei",
        MakerWord::TrustPublished => "Veröffentlichten Wurzeln sofort vertrauen",
        MakerWord::TrustPublishedHint => {
            "Sie werden an ihrem SHA-256-Fingerabdruck erkannt. Jede andere Wurzel wartet, bis jemand ihren Fingerabdruck verglichen hat."
        }
        MakerWord::ImportNow => "Importieren",
        MakerWord::Report => "Was aus jedem Zertifikat wurde",
        MakerWord::Place => "Wo in der Datei",
        MakerWord::Outcome => "Was daraus wurde",
        MakerWord::Imports => "Letzte Importe",
        MakerWord::Lists => "Sperrlisten",
        MakerWord::ListIssuer => "Aussteller",
        MakerWord::ListMade => "Erstellt",
        MakerWord::ListNext => "Nächste fällig",
        MakerWord::ListCount => "Gesperrt",
        MakerWord::ListVerified => "Vom Aussteller signiert",
        MakerWord::ListNotVerified => {
            "Nicht bestätigt: Ihr Aussteller ist hier nicht vertraut oder hat sie nicht signiert"
        }
        MakerWord::Trust => "Diesem Zertifikat vertrauen",
        MakerWord::TrustHint => {
            "Vergleichen Sie den hier gezeigten Fingerabdruck mit dem, den der Hersteller auf seiner Website oder in seinen Unterlagen veröffentlicht. Tippen Sie dann dessen letzte acht Ziffern, wie Sie sie dort lesen."
        }
        MakerWord::TrustDigits => "Letzte acht Ziffern des veröffentlichten Fingerabdrucks",
        MakerWord::Distrust => "Diesem Zertifikat misstrauen",
        MakerWord::DistrustHint => {
            "Von nun an führt keine Kette mehr darüber. Hosts, deren Zertifikate zu ihm führen, bestehen die nächste Prüfung nicht."
        }
        MakerWord::Remove => "Entfernen",
        MakerWord::RemoveHint => {
            "Das Zertifikat und die Entscheidung darüber werden vergessen. Es kann wieder importiert werden."
        }
        MakerWord::Reason => "Grund",
        MakerWord::ApproversOnly => "Freigebende importieren Zertifikate und entscheiden über sie.",
        MakerWord::DoneTrust => "Dem Zertifikat wird vertraut.",
        MakerWord::DoneDistrust => "Dem Zertifikat wird misstraut.",
        MakerWord::DoneRemove => "Das Zertifikat wurde entfernt.",
        MakerWord::DoneNothing => "Das war schon so; nichts wurde geändert.",
        MakerWord::RefusedDigits => {
            "Was Sie getippt haben, ist nicht das Ende des Fingerabdrucks dieses Zertifikats. Haben Sie es aus den Unterlagen des Herstellers, ist dies nicht sein Zertifikat: Vertrauen Sie ihm nicht."
        }
        MakerWord::RefusedReason => "Geben Sie den Grund an, mit höchstens 1000 Zeichen.",
        MakerWord::RefusedFolder => {
            "Das Zertifikat liegt im Ordner der Herstellerzertifikate auf dem Server (makers_dir): Entfernen Sie dort die Datei, oder misstrauen Sie ihm hier."
        }
        MakerWord::RefusedGone => {
            "Das Zertifikat ist nicht mehr da: Jemand anders hat es entfernt."
        }
        MakerWord::RefusedNoFile => "Es wurde keine Datei gewählt, oder sie ist leer.",
        MakerWord::RefusedTooLarge => {
            "Die Datei ist größer als 8 MiB. Importieren Sie sie in Teilen."
        }
        MakerWord::RefusedUnreadable => {
            "Die Datei ist nicht vollständig angekommen. Versuchen Sie es noch einmal."
        }
        MakerWord::NoSuchCertificate => "Dieses Zertifikat gibt es nicht mehr.",
        MakerWord::NoSuchImport => {
            "Der Bericht dieses Imports wird nicht mehr aufbewahrt; das Audit kennt den Import noch."
        }
        MakerWord::EkByOperator => "Endorsement Key von einem Operator freigegeben",
        MakerWord::EkByOperatorHint => {
            "Ein Operator hat den Schlüssel dieses TPM anhand des Hashwerts freigegeben, anstelle eines Herstellerzertifikats. Das ist schwächer."
        }
    }
}
