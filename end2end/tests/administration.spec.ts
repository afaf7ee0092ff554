// Tokens, the audit trail and the server's health.

import { readFileSync } from "node:fs";
import { expect, hydrated, test } from "../fixtures/test";

test("a token is shown once, listed, and revoked", async ({ signedIn, installation }) => {
  const { page } = await signedIn("administrator");
  const { id } = installation.datacenter("lyo-2");
  await page.goto(`/datacenters/${id}/configuration`);
  await page.locator(".cluster").filter({ hasText: "lab" }).getByRole("link", { name: "Enrol hosts" }).click();
  await expect(page).toHaveURL(/\/clusters\/.*\/enrol/);
  await page.getByLabel("Hosts", { exact: true }).fill("3");
  await page.getByLabel("Good for").selectOption("3600");
  await page.getByRole("button", { name: "Make the command" }).click();
  const command = page.locator("#command code");
  await expect(command).toContainText("tb1.");
  const secret = (await command.innerText()).match(/tb1\.[0-9a-f.]+/)?.[0] ?? "";
  await hydrated(page);
  const row = page.locator("tr[data-token]").first();
  await expect(row).toContainText("3 of 3");
  await expect(row).toContainText("Good");
  await page.reload();
  await expect(page.locator("#command")).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);
  await row.getByRole("button", { name: "Revoke" }).click();
  await expect(page.locator(".outcome.done")).toContainText("was revoked");
  await expect(row).toContainText("Revoked");
});

test("the audit is filtered, exported and verified", async ({ signedIn }) => {
  const { page } = await signedIn("administrator");
  await page.goto("/administration/audit");
  await hydrated(page);
  await page.getByLabel("Kind").selectOption("host-enrolled");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/kind=host-enrolled/);
  const rows = page.locator("tr[data-event]");
  const count = await rows.count();
  expect(count).toBeGreaterThan(5);
  await expect(page.locator('tr[data-event]:not([data-kind="host-enrolled"])')).toHaveCount(0);

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  const file = await (await downloading).path();
  const lines = readFileSync(file, "utf8").trim().split("\r\n");
  expect(lines[0]).toContain("Number,When,Who,Kind,Datacenter,Host,What,Hash");
  expect(lines.length).toBe(count + 1);

  await page.goto("/administration/audit");
  await hydrated(page);
  await page.getByRole("button", { name: "Verify the chain" }).click();
  await expect(page.locator("#chain .verdict")).toContainText("The chain is whole", { timeout: 30_000 });
  await expect(page.locator("#chain .hash")).toHaveText(/^[0-9a-f]{64}$/);
});

test("the server says how it is", async ({ signedIn }) => {
  const { page } = await signedIn("administrator");
  await page.goto("/administration/health");
  await hydrated(page);
  for (const line of ["version", "database", "log", "backup", "disk", "jobs", "rate", "sessions", "errors"]) {
    await expect(page.locator(`[data-health="${line}"]`)).toBeVisible();
  }
  await expect(page.locator('[data-health="sessions"] dd')).toHaveText(/^\d+$/);
});

test("others do not see these pages", async ({ signedIn }) => {
  const { page, guard } = await signedIn("viewer");
  guard.expect(/403/);
  for (const path of ["/administration/audit", "/administration/health", "/start"]) {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(403);
    await expect(page.locator('[data-blank="forbidden"]').first()).toBeVisible();
  }
});
