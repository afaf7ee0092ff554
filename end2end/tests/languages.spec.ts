// German and French: the choice, five failures in full, and no English left on any screen.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { openHost, openTable } from "../fixtures/hosts";
import { screens, nowhere } from "../fixtures/screens";
import { expect, hydrated, test } from "../fixtures/test";

const pictures = join(__dirname, "../screenshots");
mkdirSync(pictures, { recursive: true });

/** What each failing host says first. */
const failures: Record<string, { de: string; fr: string }> = {
  "db-prod-02": {
    de: "Secure Boot ist auf dem Host deaktiviert",
    fr: "Secure Boot est désactivé sur l'hôte",
  },
  "db-prod-03": {
    de: "Der Endorsement Key des Host-TPM stimmt nicht mit dem hinterlegten überein",
    fr: "La clé d'approbation (EK) du TPM ne correspond pas à celle qui est enregistrée",
  },
  "edge-fra-02": {
    de: "Das Ereignisprotokoll erklärt die PCR-Werte nicht",
    fr: "Le journal d'événements n'explique pas les valeurs des PCR",
  },
  "edge-fra-03": {
    de: "Der Quote beantwortet nicht diese Challenge",
    fr: "La citation du TPM (quote) ne répond pas à ce défi",
  },
  "lab-lyo-02": {
    de: "Die SHA-256-PCR-Bank des TPM 2.0 ist nicht aktiv",
    fr: "La banque de PCR SHA-256 du TPM 2.0 n'est pas active",
  },
};

/** What a person can read on the page: texts, and the attributes that are read out or shown. */
async function fragments(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const add = (text: string | null) => found.add((text ?? "").replace(/\s+/g, " ").trim());
    // Other languages' own names, and what hosts say; but not the server's notes on it.
    const ours = ".seen, #jobs bdi, #history bdi, .reason .facts bdi";
    const foreign = `[lang]:not(html), script, style, code, .digest, bdi:not(${ours})`;
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(foreign)) add(node.textContent);
    }
    for (const element of document.querySelectorAll("[title], [aria-label], [placeholder], [data-label]")) {
      for (const name of ["title", "aria-label", "placeholder", "data-label"]) {
        if (!element.closest(foreign)) add(element.getAttribute(name));
      }
    }
    return [...found];
  });
}

/** Names, terms and values, which are the same in every language. */
const sameEverywhere = [
  // Without a word of three letters there is nothing to translate.
  /^[^\p{L}]*(?:\p{L}{1,2}(?:[^\p{L}]+|$))*$/u,
  // Names of this installation, identifiers, digests, versions, key names.
  /^(?:(?:db|edge|lab|web)-[a-z]+-\d+|fra-1|lyo-2)(?: · Trustboard)?$/,
  /^(?:db-prod|k8s-edge|lab|web|viewer|operator|demo)$/,
  /^(?:EK |AK |0x)?[0-9a-f]{8,}$|^[0-9a-f]{8}-[0-9a-f-]{27}$/,
  /^(?:Enter|Esc)$/,
  // A configuration of this installation, and the example in an empty field.
  /^Ubuntu 24\.04, version \d+ · Trustboard$/,
  /^debian 12, ubuntu 24\.04$/,
  // The filter language, and the names of formats.
  /^reason:secure-boot alarm:unacknowledged cluster:db\*$/,
  /^(?:CSV|JSON)$/,
  // Terms of the specifications and programs.
  /^(?:Trustboard|Secure Boot|TPM|PCRs?|SHA-?(?:1|256|384|512)|TIS\/FIFO|CRB|DER|IBM|SW TPM|NIST P-256)\b[\d ,.:/-]*$/i,
  /^SHA-\d+(?:: 0-23)?(?:[;,] SHA-\d+(?:: 0-23)?)*$/,
  /^(?:TPMS_|TPM_|EV_|sha\d|rsa|ecdsa|ecc|fixed|restricted|adminWith|userWith|noDA|sign|decrypt)/i,
  /^(?:PK|KEK|db|dbx)[ :]|^CN=|, model swtpm, version /,
];

/** Words that the language shares with English. */
const shared = {
  de: ["Administrator", "Agent", "Alarm", "Bank", "Cluster", "Digest", "Export", "Firmware", "Hash", "Host", "Hosts", "IMA boot_aggregate", "Kernel", "Live", "live", "Name", "Operator", "Register", "Version", "Viewer"],
  fr: ["Action", "Actions", "Actions…", "Administration", "Agent", "Applications", "Attestation", "Cluster", "Clusters", "Conclusions", "Configuration", "Configurations", "Exceptions", "IMA boot_aggregate", "Interface", "Maintenance", "Message", "Notes", "Occurrence", "Pages", "Sessions", "Sessions · Trustboard", "Suggestions", "Type", "Version", "Versions", "occurrence", "version"],
};

async function speak(page: Page, language: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.context().addCookies([{ name: "trustboard-language", value: language, url: origin }]);
}

/** The choice of who is signed in is kept in their account, which other tests sign in to. */
async function backToEnglish(page: Page): Promise<void> {
  await page.locator("[popovertarget=languages]").click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
}

test("a language is chosen without scripts and stays chosen", async ({ anonymous, installation }) => {
  const { page } = await anonymous({ javaScriptEnabled: false, locale: "fr-CH" });
  await page.goto("/sign-in");
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Anmelden");

  const user = installation.user("viewer");
  await page.getByLabel("Name").fill(user.name);
  await page.getByLabel("Passwort").fill(user.password);
  await page.getByRole("button", { name: "Anmelden" }).click();
  const { id } = installation.datacenter("fra-1");
  await page.goto(`/datacenters/${id}/security?q=db`);
  await page.locator("[popovertarget=languages]").click();
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page).toHaveURL(`/datacenters/${id}/security?q=db`);
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await backToEnglish(page);
});

test("with scripts the page speaks it after each step", async ({ signedIn }) => {
  const { page } = await signedIn("viewer");
  await hydrated(page);
  await page.locator("[popovertarget=languages]").click();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await hydrated(page);
  await expect(page.getByText("Abmelden")).toBeVisible();
  // From here on the browser draws.
  await page.getByRole("link", { name: "lyo-2" }).first().click();
  await expect(page.getByRole("columnheader", { name: "Attestierung" })).toBeVisible();
  await page.getByRole("link", { name: "lab-lyo-02" }).click();
  await expect(page.locator("tr.detail")).toContainText("Was zu tun ist");
  await backToEnglish(page);
});

for (const language of ["de", "fr"] as const) {
  test(`five failures in ${language}`, async ({ installation, signedIn }) => {
    const { page } = await signedIn("operator", { colorScheme: "dark" });
    await speak(page, language);
    for (const [host, title] of Object.entries(failures)) {
      const row = await openTable(page, installation, host);
      await expect(row.locator("td.message")).toContainText(title[language]);
      await row.getByRole("link", { name: host }).click();
      const detail = page.locator("tr.detail");
      await expect(detail.getByRole("heading", { name: title[language] })).toBeVisible();
      await expect(detail.locator(".reason").first().locator(".remedy li")).not.toHaveCount(0);
      await page.screenshot({ path: join(pictures, `row-${host}-${language}.png`), fullPage: true });
      await openHost(page, installation, host);
      await expect(page.locator("section#security")).toContainText(title[language]);
      await page.screenshot({ path: join(pictures, `host-${host}-${language}.png`), fullPage: true });
    }
  });

  test(`no screen is wider than a phone in ${language}`, async ({ installation, signedIn }) => {
    const { page } = await signedIn("administrator", { viewport: { width: 390, height: 844 } });
    await speak(page, language);
    for (const [name, open] of Object.entries(screens)) {
      await open(page, installation);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  });

  test(`nothing is left in English in ${language}`, async ({ installation, signedIn }) => {
    const { page, guard } = await signedIn("administrator");
    guard.expect(/404/);
    const open = async (name: string) => {
      const path = nowhere[name];
      if (path) {
        await page.goto(path);
        await hydrated(page);
      } else {
        await screens[name]?.(page, installation);
      }
    };
    const left: Record<string, string[]> = {};
    for (const name of [...Object.keys(screens), ...Object.keys(nowhere)]) {
      await speak(page, "en");
      await open(name);
      const english = new Set(await fragments(page));
      await speak(page, language);
      await open(name);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      const same = (await fragments(page)).filter(
        (text) =>
          english.has(text) &&
          // The number behind such a word depends on the tests that ran before.
          !shared[language].includes(text.replace(/ \d+$/, "")) &&
          !sameEverywhere.some((pattern) => pattern.test(text)),
      );
      if (same.length > 0) left[name] = same;
    }
    expect(left).toEqual({});
  });
}
