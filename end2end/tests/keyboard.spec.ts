// The table without a mouse.

import { openTable, rowOf } from "../fixtures/hosts";
import { expect, hydrated, test } from "../fixtures/test";

test("rows are walked through, opened and acted upon by keys", async ({ installation, signedIn }) => {
  const { page } = await signedIn("operator");
  await openTable(page, installation, "db-prod-03");
  const rows = page.locator("tr[data-host]");
  await page.keyboard.press("j");
  await expect(rows.nth(0).locator("a.row-name")).toBeFocused();
  await page.keyboard.press("j");
  await expect(rows.nth(1).locator("a.row-name")).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.nth(0).locator("a.row-name")).toBeFocused();
  await page.keyboard.press("o");
  await expect(page.locator("tr.detail")).toBeVisible();
  await page.keyboard.press("o");
  await expect(page.locator("tr.detail")).toHaveCount(0);

  await rowOf(page, "db-prod-03").locator("a.row-name").focus();
  await page.keyboard.press("a");
  await expect(page.locator("tr.detail input[name=text]:focus")).toBeVisible();
  // What is typed is text, and never a shortcut.
  await page.keyboard.type("jakvx?");
  await expect(page.locator("tr.detail input[name=text]:focus")).toHaveValue("jakvx?");
});

test("search, help and pages are a key or two away", async ({ installation, signedIn }) => {
  const { page } = await signedIn("operator");
  await openTable(page, installation, "db-prod-03");
  await page.keyboard.press("/");
  await expect(page.locator("[data-key='/']")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  const sheet = page.locator("#keys");
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText("Next row");
  await expect(sheet).toContainText("Find a host, cluster or datacenter");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(installation.url + "/");
});

test("shortcuts can be switched off, and stay off", async ({ installation, signedIn }) => {
  const { page } = await signedIn("operator");
  await openTable(page, installation, "db-prod-03");
  await page.keyboard.press("?");
  await page.getByRole("button", { name: "Switch shortcuts off" }).click();
  await expect(page.locator("#keys")).toContainText("Shortcuts are switched off");
  await page.reload();
  await hydrated(page);
  await page.keyboard.press("j");
  await expect(page.locator("a.row-name:focus")).toHaveCount(0);
  await page.locator("#keys-button").click();
  await page.getByRole("button", { name: "Switch shortcuts on" }).click();
  await expect(page.getByRole("button", { name: "Switch shortcuts off" })).toBeVisible();
});

test("a host is found by its name from anywhere", async ({ signedIn }) => {
  const { page } = await signedIn("operator");
  await page.goto("/policies");
  await hydrated(page);
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  const dialog = page.getByRole("dialog", { name: "Find" });
  await expect(dialog.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("prod-03");
  await expect(dialog.getByRole("link", { name: /db-prod-03/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/hosts\/[0-9a-f-]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("db-prod-03");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("nothing-like-it");
  await expect(dialog).toContainText("Nothing has such a name.");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});
