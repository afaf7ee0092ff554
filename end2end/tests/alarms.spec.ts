// Alarms in bulk: preview, one action, a job that others see, and failures by name.

import { act, openHost, portlet, raiseAnew } from "../fixtures/hosts";
import { expect, hydrated, test } from "../fixtures/test";

test("what is red stands with its cause, and is acknowledged in one action", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("operator");
  for (const host of ["db-prod-03", "edge-fra-02", "lab-lyo-02"]) {
    await raiseAnew(page, installation, host);
  }
  await page.goto("/alarms");
  await hydrated(page);
  const rows = page.locator("tr[data-alarm]");
  const red = await rows.count();
  expect(red).toBeGreaterThan(2);
  await expect(page.locator("tr[data-cause]").first()).toBeVisible();

  const all = page.locator("[data-all]");
  await expect(all).toContainText(`All ${red} that match`);
  await all.getByRole("link", { name: "Acknowledge" }).click();
  const dialog = page.getByRole("dialog", { name: "Act on many hosts" });
  await expect(dialog).toContainText(`${red} hosts change`);
  await expect(dialog).toContainText("fra-1");
  await dialog.locator("[name=text]").fill("all of last night's update");
  await dialog.getByRole("button", { name: `Acknowledge: ${red} hosts` }).click();
  await expect(dialog.locator("[data-state]")).toHaveAttribute("data-state", "done");
  await expect(dialog).toContainText(`${red} of ${red}`);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(rows.first()).toContainText("all of last night's update");
  await expect(page.locator(".alarm-counts .unacknowledged b")).toHaveText("0");
});

test("the filter completes what is typed", async ({ signedIn }) => {
  const { page } = await signedIn("viewer");
  await page.goto("/alarms");
  await hydrated(page);
  await page.keyboard.press("/");
  const field = page.getByRole("combobox", { name: "Filter alarms" });
  await expect(field).toBeFocused();
  await page.keyboard.type("clu");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await expect(list.getByRole("option")).toHaveText([/^cluster:/]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await expect(field).toHaveValue("cluster:");
  await page.keyboard.type("db");
  await list.getByRole("option", { name: "db-prod" }).click();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=cluster(:|%3A)db-prod/);
  await expect(page.locator("tr[data-alarm]").filter({ hasText: "edge-" })).toHaveCount(0);
  await expect(page.locator("tr[data-alarm]").first()).toContainText("db-prod");
});

test("a reset in bulk says where conditions hold, and lists what it could not do", async ({
  installation,
  signedIn,
}) => {
  const one = await signedIn("operator");
  const other = await signedIn("administrator");
  for (const host of ["edge-fra-02", "db-prod-02"]) await raiseAnew(one.page, installation, host);
  // Without scripts a page stays as it was loaded.
  const stale = await signedIn("operator", { javaScriptEnabled: false });
  await stale.page.goto("/alarms?q=name:db*,edge*");
  const boxes = stale.page.locator("tr[data-alarm] input[name=host]");
  const count = await boxes.count();
  expect(count).toBeGreaterThan(1);
  for (const box of await boxes.all()) await box.check();

  // Meanwhile somebody takes one of them.
  await openHost(one.page, installation, "db-prod-02");
  await act(one.page, "Acknowledge", `mine since ${Date.now()}`);
  await expect(portlet(one.page)).toContainText("mine since");

  await other.page.goto("/events");
  await hydrated(other.page);
  await stale.page.getByRole("button", { name: "Reset to green" }).click();
  await expect(stale.page).toHaveURL(/\/bulk\?/);
  await expect(stale.page.locator(".bulk-preview")).toContainText("has changed since you looked");
  await expect(stale.page.locator("[data-condition]")).toContainText("the condition still holds");
  await stale.page.locator("[name=text]").fill("known, replaced tomorrow");
  await stale.page.getByRole("button", { name: /Reset to green: \d+ host/ }).click();
  await expect(stale.page).toHaveURL(/\/jobs\/bulk\//);
  // The page is of its moment: loaded again it says how far the job is.
  await expect(async () => {
    await stale.page.reload();
    await expect(stale.page.locator("[data-state=done]")).toBeVisible({ timeout: 500 });
  }).toPass();
  const failure = stale.page.locator("tr[data-failed]");
  await expect(failure).toHaveCount(1);
  await expect(failure).toContainText("db-prod-02");
  await expect(failure).toContainText("has changed since");
  // Others see the job by itself.
  await expect(other.page.locator("tr[data-bulk]").first()).toContainText("Reset to green");

  await stale.page.locator("[data-retry]").click();
  await expect(stale.page.locator(".bulk-preview")).toContainText("1 host changes");
});

test("a red alarm that another browser resets goes by itself", async ({ installation, signedIn }) => {
  const host = "lab-lyo-02";
  const one = await signedIn("operator");
  const other = await signedIn("administrator");
  await raiseAnew(one.page, installation, host);
  await other.page.goto(`/alarms?q=name:${host}`);
  await hydrated(other.page);
  await expect(other.page.getByText("Live", { exact: true })).toBeVisible();
  const row = other.page.locator("tr[data-alarm]").filter({ hasText: host });
  await expect(row).toHaveCount(1);
  await act(one.page, "Acknowledge", "on my way");
  await expect(row).toContainText("on my way");
  await expect(row).toContainText("Condition holds");
});
