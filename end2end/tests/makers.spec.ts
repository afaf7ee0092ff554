// TPM makers: a bundle is imported, reported certificate by certificate, and its root counts once
// somebody has typed the end of its fingerprint. With scripts and without.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/axe";
import { newMaker, pem, type Maker } from "../fixtures/maker";
import { expect, hydrated, test } from "../fixtures/test";

async function chooseBundle(page: Page, maker: Maker): Promise<void> {
  const bundle = [
    pem("CERTIFICATE", maker.root.der),
    pem("CERTIFICATE", maker.intermediate.der),
    pem("PRIVATE KEY", Buffer.from("nothing")),
  ].join("");
  const form = page.locator("#import");
  if (!(await form.getByLabel("File").isVisible())) await form.locator("summary").click();
  await form.getByLabel("File").setInputFiles({
    name: "maker.pem",
    mimeType: "application/x-pem-file",
    buffer: Buffer.from(bundle),
  });
  await form.getByRole("button", { name: "Import" }).click();
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";
  test(`a maker is imported, reported, compared and trusted, ${how}`, async ({ signedIn }) => {
    const maker = newMaker();
    const { page } = await signedIn("administrator", { javaScriptEnabled });
    const settled = async () => {
      if (javaScriptEnabled) await hydrated(page);
    };
    await page.goto("/");
    await settled();
    await page.getByRole("link", { name: "TPM makers" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("TPM makers");
    await settled();

    await chooseBundle(page, maker);
    const report = page.locator("#report");
    await expect(report.locator("[data-counts]")).toHaveText(
      "1 await confirmation, 1 intermediates, 1 refused",
    );
    await expect(report.locator("tbody tr")).toHaveCount(3);
    await expect(report.locator("tbody tr").nth(2)).toContainText("Holds PRIVATE KEY");
    const row = (fingerprint: string) => page.locator(`tr[data-maker="${fingerprint}"]`);
    await expect(row(maker.root.fingerprint)).toContainText("Awaits confirmation");
    await expect(row(maker.intermediate.fingerprint)).toContainText("No trusted root yet");

    await settled();
    await report.getByRole("link", { name: `${maker.name} Root` }).click();
    const card = page.locator("#certificate");
    await expect(card.getByRole("heading")).toHaveText(`${maker.name} Root`);
    if (javaScriptEnabled) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page, `certificate and report, ${colorScheme}`);
      }
    }
    const trust = async (digits: string) => {
      const decision = card.locator('[data-act="trust"]');
      const field = decision.getByRole("textbox");
      if (!(await field.isVisible())) await decision.locator("summary").click();
      await field.fill(digits);
      await decision.getByRole("button", { name: "Trust this certificate" }).click();
    };
    await trust("01234567");
    await expect(page.getByRole("alert")).toContainText("not the end of this certificate");
    await expect(row(maker.root.fingerprint)).toContainText("Awaits confirmation");
    await settled();
    await trust(maker.root.fingerprint.slice(-8).toUpperCase());
    await expect(page.getByText("The certificate is trusted.")).toBeVisible();
    await expect(row(maker.root.fingerprint)).toHaveAttribute("data-trust", "trusted");
    await expect(row(maker.intermediate.fingerprint)).toContainText(`Leads to ${maker.name} Root`);
  });
}

test("what a command imports appears on an open page, and what was chosen there stays", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("administrator");
  await page.goto("/makers");
  await hydrated(page);
  const form = page.locator("#import");
  await form.locator("summary").click();
  const maker = newMaker();
  const folder = mkdtempSync(join(tmpdir(), "trustboard-maker-"));
  try {
    const file = join(folder, "maker.crt");
    writeFileSync(file, maker.root.der);
    await form.getByLabel("File").setInputFiles(file);
    const said = await installation.trustboard("makers", "import", file);
    expect(said).toContain("awaits confirmation");
  } finally {
    rmSync(folder, { recursive: true });
  }
  const row = page.locator(`tr[data-maker="${maker.root.fingerprint}"]`);
  await expect(row).toContainText("Awaits confirmation");
  await expect(form.getByLabel("File")).toHaveValue(/maker\.crt$/);
});
