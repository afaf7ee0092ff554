//! Prüfpunkte und ihre Gruppen.

use trustboard_model::check::{CheckId, Group};

use crate::text::CheckText;

pub(super) fn group(group: Group) -> &'static str {
    match group {
        Group::Platform => "Was die Richtlinie von der Plattform verlangt",
        Group::Freshness => "Die Antwort gehört zu dieser Challenge",
        Group::Identity => "Das TPM ist das hinterlegte",
        Group::Key => "Die Schlüssel sind, was sie sein müssen",
        Group::EkCertificate => "Das TPM ist echt",
        Group::Quote => "Das TPM hat diese PCR-Werte signiert",
        Group::Log => "Das Ereignisprotokoll ist lesbar",
        Group::Replay => "Das Ereignisprotokoll erklärt die PCR-Werte",
        Group::Boot => "Was das Protokoll über den Verlauf des Starts sagt",
        Group::SecureBoot => "Was das Protokoll über Secure Boot sagt",
        Group::Configuration => "Gestartet wurde, was freigegeben ist",
        Group::OsLogs => "Was die eigenen Protokolle des Betriebssystems sagen",
    }
}

pub(super) fn check(check: CheckId) -> CheckText {
    let (title, meaning) = match check {
        CheckId::TpmPresent => {
            ("TPM 2.0 vorhanden", "Der Host hat ein TPM 2.0, und der Agent erreicht es.")
        }
        CheckId::Sha256Bank => (
            "SHA-256-PCR-Bank",
            "Die SHA-256-Bank des TPM ist aktiv, sodass PCR-Werte in ihr bestätigt werden können.",
        ),
        CheckId::TpmInterface => (
            "TPM-Schnittstelle",
            "Das TPM wird über eine Schnittstelle angesprochen, die die Richtlinie akzeptiert.",
        ),
        CheckId::OsVersion => (
            "Version des Betriebssystems",
            "Das Betriebssystem hat mindestens die Version, die die Richtlinie verlangt.",
        ),
        CheckId::AgentVersion => (
            "Version des Agenten",
            "Der Agent hat mindestens die Version, die die Richtlinie verlangt.",
        ),
        CheckId::NonceFresh => (
            "Challenge noch offen",
            "Die Challenge wurde für diesen Host ausgestellt, ist nicht abgelaufen und wurde noch nicht beantwortet.",
        ),
        CheckId::NonceBinding => (
            "Quote an die Challenge gebunden",
            "Das TPM hat einen Hash über die Nonce dieser Challenge und über alles andere Gesendete signiert.",
        ),
        CheckId::IdentityOnRecord => (
            "Identität hinterlegt",
            "Für das TPM des Hosts ist eine Identität (Endorsement Key und Attestation Key) hinterlegt.",
        ),
        CheckId::EkMatches => {
            ("Endorsement Key wie hinterlegt", "Der Endorsement Key des TPM ist der hinterlegte.")
        }
        CheckId::AkMatches => (
            "Attestation Key wie hinterlegt",
            "Der Attestation Key, den der Host verwendet, ist der hinterlegte.",
        ),
        CheckId::IdentityProven => (
            "Identität in dieser Sitzung nachgewiesen",
            "Das TPM hat ein Geheimnis entschlüsselt, das für seine Schlüssel verpackt wurde; es hält also jetzt beide.",
        ),
        CheckId::IdentityUnique => (
            "Identität nur bei einem Host",
            "Für keinen anderen Host ist derselbe Endorsement Key oder Attestation Key hinterlegt.",
        ),
        CheckId::EkEndorsed => (
            "Bürge für den Endorsement Key",
            "Der Endorsement Key hat ein Zertifikat des TPM-Herstellers, oder ein Operator hat ihn freigegeben.",
        ),
        CheckId::EkTemplate => (
            "Art des Endorsement Key",
            "Der Endorsement Key ist ein beschränkter Entschlüsselungsschlüssel, wie ihn das Profil der TCG verlangt.",
        ),
        CheckId::EkCertificateKey => (
            "Zertifikat für diesen Endorsement Key",
            "Der Schlüssel im EK-Zertifikat ist der Endorsement Key selbst.",
        ),
        CheckId::AkAttributes => (
            "Art des Attestation Key",
            "Der Attestation Key ist ein beschränkter Signaturschlüssel, der in seinem TPM erzeugt wurde und es nicht verlassen kann.",
        ),
        CheckId::AkScheme => (
            "Signaturverfahren des Attestation Key",
            "Der Attestation Key signiert mit einem festgelegten, starken Verfahren.",
        ),
        CheckId::AkName => (
            "Name des Attestation Key",
            "Der Name des Attestation Key ist mit SHA-256 oder einem stärkeren Hash gebildet.",
        ),
        CheckId::EkCertificateEncoding => (
            "Zertifikat lesbar",
            "Das EK-Zertifikat ist genau ein wohlgeformtes X.509-Zertifikat; was berichtigt werden musste, wird angegeben.",
        ),
        CheckId::EkCertificateChain => (
            "Zertifikat eines vertrauten Herstellers",
            "Das EK-Zertifikat führt zur Wurzel eines TPM-Herstellers, dem dieser Server vertraut.",
        ),
        CheckId::EkCertificateValidity => (
            "Zertifikat in seiner Gültigkeit",
            "Jedes Zertifikat der Kette ist zum Zeitpunkt der Prüfung gültig.",
        ),
        CheckId::EkCertificateProfile => (
            "Zertifikatsprofil",
            "Version, Seriennummer, Aussteller und Basic Constraints sind die eines EK-Zertifikats.",
        ),
        CheckId::EkCertificateName => (
            "TPM im Zertifikat genannt",
            "Das Zertifikat nennt Hersteller, Modell und Version des TPM.",
        ),
        CheckId::EkCertificateMaker => (
            "Gleicher Hersteller in Zertifikat und TPM",
            "Der Hersteller im Zertifikat ist der, den das TPM meldet.",
        ),
        CheckId::EkCertificateUsage => (
            "Verwendung des Zertifikats",
            "Schlüsselverwendung und erweiterte Schlüsselverwendung sind die eines EK-Zertifikats.",
        ),
        CheckId::EkCertificateRevocation => {
            ("Zertifikat nicht widerrufen", "Der Hersteller hat das Zertifikat nicht widerrufen.")
        }
        CheckId::QuoteStructure => (
            "Aufbau des Quotes",
            "Der Quote ist eine wohlgeformte Attestierungsstruktur mit dem Kennzeichen, das nur ein TPM dem gibt, was es signiert.",
        ),
        CheckId::QuoteType => (
            "Art des Quotes",
            "Was der Attestation Key signiert hat, ist ein Quote und nichts anderes.",
        ),
        CheckId::QuoteSignature => (
            "Signatur des Quotes",
            "Die Signatur über genau diese Bytes wird mit dem hinterlegten Attestation Key bestätigt.",
        ),
        CheckId::QuoteSelection => {
            ("PCRs im Quote", "Der Quote umfasst genau die verlangten PCRs.")
        }
        CheckId::QuoteDigest => {
            ("PCR-Werte wie im Quote", "Die gesendeten PCR-Werte ergeben den Digest im Quote.")
        }
        CheckId::QuoteMandatory => (
            "Verlangte PCRs",
            "Die PCRs, die die Richtlinie verlangt, sind in der SHA-256-Bank oder einer stärkeren bestätigt.",
        ),
        CheckId::UnextendedBank => (
            "Jede aktive Bank gemessen",
            "Die Firmware hat jede aktive PCR-Bank erweitert, sodass keine für andere frei bleibt.",
        ),
        CheckId::ResetValues => (
            "PCRs ohne Ereignisse",
            "Ein PCR, für das das Protokoll kein Ereignis enthält, hat noch seinen Anfangswert.",
        ),
        CheckId::QualifiedSigner => (
            "Qualified Signer",
            "Der Attestation Key steht an derselben Stelle der Schlüsselhierarchie wie bei der Aufzeichnung.",
        ),
        CheckId::TpmFirmware => (
            "Firmware des TPM",
            "Die Firmware des TPM ist nicht auf eine ältere Version zurückgegangen.",
        ),
        CheckId::TpmClock => (
            "Uhr und Zähler des TPM",
            "Uhr, Reset-Zähler und Restart-Zähler des TPM sind nicht zurückgegangen.",
        ),
        CheckId::LogPresent => (
            "Ereignisprotokoll vorhanden",
            "Der Host hat das Ereignisprotokoll seines Starts gesendet.",
        ),
        CheckId::LogStructure => (
            "Aufbau des Ereignisprotokolls",
            "Das Ereignisprotokoll ist vom ersten bis zum letzten Byte lesbar.",
        ),
        CheckId::LogNoAction => (
            "Informative Ereignisse",
            "Informative Ereignisse erweitern nichts, und die Startlokalität steht, wo sie darf.",
        ),
        CheckId::LogEventTypes => {
            ("Ereignistypen", "Jedes Ereignis steht in einem PCR, in dem sein Typ stehen darf.")
        }
        CheckId::LogRegisterTypes => (
            "Ereignistypen aller PCRs",
            "Jedes PCR enthält nur Typen von Ereignissen, die das Profil dort vorsieht.",
        ),
        CheckId::ReplayPolicyBank => (
            "Nachrechnen des Protokolls",
            "Das Nachrechnen des Ereignisprotokolls ergibt die bestätigten PCR-Werte der Bank der Richtlinie.",
        ),
        CheckId::ReplayOtherBanks => (
            "Nachrechnen des Protokolls, andere Bänke",
            "Das Nachrechnen des Ereignisprotokolls ergibt die bestätigten PCR-Werte der anderen aktiven Bänke.",
        ),
        CheckId::ReplayOsPcrs => (
            "PCRs des Betriebssystems",
            "PCRs, die das Betriebssystem erweitert, sind durch ein eigenes Protokoll erklärt.",
        ),
        CheckId::ImaReplay => (
            "IMA-Messliste",
            "Die Liste der Dateien, die der Kernel gemessen hat, erklärt das bestätigte PCR 10 Eintrag für Eintrag.",
        ),
        CheckId::ImaBootAggregate => (
            "IMA boot_aggregate",
            "Die Liste von IMA beginnt mit dem Hash über die Register desselben Starts.",
        ),
        CheckId::ImaViolations => (
            "IMA-Verletzungen",
            "Keine Datei hat sich geändert, während der Kernel sie gemessen hat.",
        ),
        CheckId::SystemdLog => (
            "Messprotokoll von systemd",
            "Das Protokoll dessen, was systemd nach dem Bootloader gemessen hat, ist lesbar und verschwindet nicht.",
        ),
        CheckId::Separators => (
            "Separatoren",
            "Genau ein Separator beendet den Teil der Firmware in jedem der PCRs 0 bis 7.",
        ),
        CheckId::BootApplications => (
            "Starteinträge",
            "Vor dem Aufruf eines Starteintrags lief nichts, und der erste Starteintrag hat das System gestartet.",
        ),
        CheckId::BootServicesLeft => (
            "Übergabe an das System",
            "Die Firmware hat an das Betriebssystem übergeben, und das Protokoll reicht bis dorthin.",
        ),
        CheckId::OptionRoms => {
            ("Option-ROMs", "Beim Start lief kein Code, den ein Gerät mitbringt.")
        }
        CheckId::DmaProtection => {
            ("DMA-Schutz", "Die Firmware hat den Speicher beim Start vor Geräten geschützt.")
        }
        CheckId::SecureBootVariables => (
            "Secure-Boot-Variablen",
            "Jede Secure-Boot-Variable ist einmal und an ihrem Platz gemessen, und ihr Digest deckt ihre Daten ab.",
        ),
        CheckId::SecureBootEnabled => {
            ("Secure Boot an", "UEFI Secure Boot war beim letzten Start eingeschaltet.")
        }
        CheckId::SecureBootKeys => (
            "Secure-Boot-Schlüssel",
            "Plattformschlüssel, Key Exchange Keys und Signaturdatenbank sind eingetragen.",
        ),
        CheckId::SecureBootAuthority => (
            "Secure-Boot-Instanz",
            "Was gestartet wurde, war von einer Instanz signiert, die in db und nicht in dbx steht.",
        ),
        CheckId::SecureBootTestKey => (
            "Plattformschlüssel",
            "Der Plattformschlüssel ist kein Testschlüssel, dessen privater Teil öffentlich ist.",
        ),
        CheckId::SecureBootDebug => (
            "UEFI-Debugmodus",
            "Es wurde nichts gemessen, das Secure Boot bekanntermaßen schwächt.",
        ),
        CheckId::SecureBootMode => (
            "Secure-Boot-Modus",
            "Die Schlüssel der Firmware waren nicht änderbar: weder Setup-Modus noch Audit-Modus.",
        ),
        CheckId::ShimValidation => (
            "Prüfung durch shim",
            "shim hat den Bootloader und den Kernel geprüft, die es gestartet hat.",
        ),
        CheckId::MachineOwnerKeys => (
            "Schlüssel des Besitzers (MOK)",
            "Nichts wurde wegen eines Schlüssels gestartet, den der Besitzer der Maschine eingetragen hat.",
        ),
        CheckId::SecureBootRevocations => (
            "Widerrufe aktuell",
            "dbx widerruft alles, was die offizielle Liste des Servers widerruft.",
        ),
        CheckId::SecureBootRollover => (
            "Schlüssel von Microsoft erneuert",
            "Neben den Schlüsseln von Microsoft, die 2026 ablaufen, stehen ihre Nachfolger.",
        ),
        CheckId::ApprovedConfiguration => (
            "Freigegebene Konfiguration",
            "Gestartet wurde eine Konfiguration, die für den Cluster des Hosts freigegeben ist.",
        ),
    };
    CheckText { title, meaning }
}
