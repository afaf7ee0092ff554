// A policy is changed with its impact seen first; an exception covers one host and is seen in its
// row.

import { cell, openHost, openTable, portlet } from "../fixtures/hosts";
import { expect, test } from "../fixtures/test";
import type { Page } from "@playwright/test";

/** Opens the policy of a cluster by the list of them. */
async function openPolicy(page: Page, cluster: string): Promise<void> {
  await page.goto("/policies");
  await page.locator("main").getByRole("link", { name: cluster }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`Policy of ${cluster}`);
}

/** Asks for a review of the form as it stands, and saves it. */
async function reviewAndSave(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Review the change…" }).click();
  await expect(page.locator("#review [data-impact]")).toContainText("What this would change");
  await page.getByRole("button", { name: "Save the policy" }).click();
  await expect(page.locator(".change")).toContainText("Done.");
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`a policy is reviewed and saved, ${how} scripts`, async ({ signedIn }) => {
    const { page } = await signedIn("administrator", { javaScriptEnabled });
    await openPolicy(page, "k8s-edge");
    await test.step("CRB is refused: the hosts that would turn red are named first", async () => {
      await page.getByLabel("CRB").uncheck();
      await page.getByRole("button", { name: "Review the change…" }).click();
      const review = page.locator("#review");
      await expect(review.locator(".policy-changes")).toContainText("TIS/FIFO");
      await expect(review.locator("[data-impact]")).toContainText("edge-fra-01");
      await expect(review.locator("[data-impact]")).toContainText("would turn to Failed");
      await page.getByRole("link", { name: "Change something else" }).click();
      await expect(page.getByLabel("CRB")).not.toBeChecked();
      await page.getByRole("link", { name: "Linux server" }).click();
      await expect(page.getByLabel("CRB")).toBeChecked();
    });
    await test.step("a laxer check needs its reason, then is saved", async () => {
      await openPolicy(page, "k8s-edge");
      const version = await page.locator("main").innerText();
      const group = page.locator('details[data-group="SecureBoot"]');
      await group.locator("summary").click();
      const check = group.locator('[data-policy-check="secure-boot.test-key"]');
      await check.getByRole("combobox").selectOption("Warns");
      await check.getByRole("textbox").fill("a laboratory");
      await reviewAndSave(page);
      await expect(page.locator("main")).not.toHaveText(version);
      await expect(check.getByRole("textbox")).toHaveValue("a laboratory");
    });
    await test.step("the profile puts it back", async () => {
      await page.getByRole("link", { name: "Linux server" }).click();
      await page.getByLabel("Seconds between verifications").fill("61");
      await reviewAndSave(page);
    });
  });
}

test("an exception covers one host, is seen in its row, and ends when it is revoked", async ({
  installation,
  signedIn,
}) => {
  const host = "edge-fra-01";
  const { page } = await signedIn("administrator");
  await test.step("a policy fails the host", async () => {
    await openPolicy(page, "k8s-edge");
    await page.getByLabel("CRB").uncheck();
    await reviewAndSave(page);
    await openHost(page, installation, host);
    await expect(portlet(page).locator(".verdict")).toContainText("Failed");
  });
  await test.step("the exception shows exactly what it covers", async () => {
    const form = page.locator('[data-grant="platform.tpm-interface"]');
    await form.locator("summary").click();
    await expect(form.locator("dl")).toContainText("CRB");
    await form.getByLabel("Reason").fill("replacement ordered");
    await form.getByLabel("For how many days").fill("9");
    await form.getByRole("button", { name: "Grant an exception" }).click();
    await expect(page.locator(".change")).toContainText("Done.");
    await expect(portlet(page).locator(".verdict")).toContainText("Passed");
    await expect(portlet(page).locator(".excepted")).toContainText("replacement ordered");
  });
  await test.step("the row says that one is in force", async () => {
    const row = await openTable(page, installation, host);
    await expect(cell(row, "Attestation")).toContainText("Passed");
    await expect(cell(row, "Message")).toContainText("1 exception in force");
  });
  await test.step("revoked, it covers nothing any more", async () => {
    await openPolicy(page, "k8s-edge");
    const row = page.locator("[data-exception]").filter({ hasText: host });
    await expect(row).toContainText("replacement ordered");
    await row.locator("summary").click();
    await row.getByLabel("Reason").fill("replaced");
    await row.getByRole("button", { name: "End it now" }).click();
    await expect(page.locator("[data-exception]")).toHaveCount(0);
    const table = await openTable(page, installation, host);
    await expect(cell(table, "Attestation")).toContainText("Failed");
  });
  await test.step("everything is as it was before", async () => {
    await openPolicy(page, "k8s-edge");
    await page.getByLabel("CRB").check();
    await reviewAndSave(page);
    await openHost(page, installation, host);
    await expect(portlet(page).locator(".verdict")).toContainText("Passed");
  });
});
