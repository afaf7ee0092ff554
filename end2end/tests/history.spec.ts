// The past: causes across datacenters, the auditor's question, numbers over time, paper.

import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openHost, openTab, portlet } from "../fixtures/hosts";
import { expect, hydrated, test } from "../fixtures/test";

const run = promisify(execFile);

test("a cause in two datacenters leads to its hosts", async ({ installation, signedIn }) => {
  const { page } = await signedIn("operator");
  const broken = ["db-prod-01", "web-lyo-01"];
  for (const host of broken) await installation.sim("break", host, "secure-boot-off");
  try {
    await page.goto("/");
    await hydrated(page);
    const cause = page.locator('.cause-group[data-reason="secure-boot.disabled"]');
    await expect(cause.locator(".where").first()).toContainText("fra-1", { timeout: 60_000 });
    await expect(cause.locator(".where").first()).toContainText("lyo-2", { timeout: 60_000 });
    await cause.getByRole("heading").getByRole("link").click();
    await expect(page).toHaveURL(/\/security\?q=/);
    for (const host of broken) {
      await expect(page.locator("tr[data-host]").filter({ hasText: host })).toBeVisible();
    }
    await expect(page.locator("tr[data-host]").filter({ hasText: "edge-fra-01" })).toHaveCount(0);
  } finally {
    for (const host of broken) await installation.sim("fix", host);
  }
});

test("was it trusted then, who says so, and can it be checked?", async ({
  installation,
  signedIn,
}) => {
  test.setTimeout(240_000);
  const host = "edge-fra-01";
  const { page } = await signedIn("operator");
  await openHost(page, installation, host);
  const verdict = portlet(page).locator(".verdict");
  await expect(verdict).toContainText("Passed");
  await installation.sim("break", host, "secure-boot-off");
  await expect(verdict).toContainText("Failed", { timeout: 60_000 });
  await installation.sim("fix", host);
  await expect(verdict).toContainText("Passed", { timeout: 60_000 });

  await test.step("the run in which it failed is opened", async () => {
    await openTab(page, "History");
    await expect(page.locator("#timeline .band").first()).toBeVisible();
    const failed = page.locator(".spans tbody tr").filter({ hasText: "Failed" }).first();
    await failed.getByRole("link", { name: "Open" }).click();
    const moment = page.locator("#moment");
    await expect(moment).toContainText("Failed");
    await expect(moment).toContainText("Host Secure Boot is disabled");
    await expect(moment).toContainText("Policy in force");
    await expect(moment).toContainText("Conclusions are kept for 400 days");
    await expect(moment).toContainText("The host booted in between");
  });

  const folder = mkdtempSync(join(tmpdir(), "trustboard-evidence-"));
  const check = async (evidence: string, says: RegExp, accepted: boolean) => {
    const downloading = page.waitForEvent("download");
    await page.locator(`#moment [data-evidence]`).nth(evidence === "before" ? 0 : 1).click();
    const download = await downloading;
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    const answer = await run(installation.serverProgram, ["inspect", "evidence", file]).then(
      ({ stdout }) => ({ stdout, accepted: true }),
      (error: { stdout: string }) => ({ stdout: error.stdout, accepted: false }),
    );
    expect(answer.stdout).toMatch(says);
    expect(answer.accepted, answer.stdout).toBe(accepted);
  };

  await test.step("its evidence proves it, without the server", async () => {
    await check("before", /untrusted \(.*Secure Boot.*\), as recorded/, false);
    await check("after", /trusted, as recorded/, true);
  });

  await test.step("a time is typed, and the host was trusted then", async () => {
    const at = await page.locator(".spans tbody tr").last().locator("time").first().getAttribute("datetime");
    const later = new Date(new Date(at ?? "").getTime() + 1000).toISOString().slice(0, 19);
    await page.getByLabel("Date and time (UTC)").fill(later);
    await page.getByRole("button", { name: "Open a moment" }).click();
    await expect(page.locator("#moment .verdict")).toContainText("Passed");
    await check("before", /trusted, as recorded/, true);
  });

  await test.step("a time that has not come is refused where it was asked for", async () => {
    await page.goto(`${new URL(page.url()).pathname}?at=2999-01-01T00:00:00Z`);
    await expect(page.locator("#moment").getByRole("alert")).toContainText("no time in the past");
  });

  await test.step("the alarm is put back", async () => {
    await openTab(page, "Summary");
    const form = page.getByRole("group", { name: "Actions" }).locator("details").filter({
      has: page.locator("summary", { hasText: "Reset to green" }),
    });
    await form.locator("summary").click();
    await form.locator("[name=text]").fill("it was a test");
    await form.locator("form").getByRole("button").last().click();
    await expect(portlet(page)).toContainText("Alarm: Green");
  });
});

test("the chart has its numbers as a table, and its ranges by keyboard", async ({ signedIn }) => {
  const { page } = await signedIn("viewer");
  await page.goto("/");
  await hydrated(page);
  const chart = page.getByRole("img", { name: /From .* until now\. Failed: / });
  await expect(chart).toBeVisible();
  const range = page.getByRole("link", { name: "7 days" });
  await range.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/range=7d/);
  await expect(page.getByRole("link", { name: "7 days" })).toHaveAttribute("aria-current", "true");
  await page.locator("#trend summary").focus();
  await page.keyboard.press("Enter");
  const rows = page.locator(".trend-numbers tbody tr");
  await expect(rows.first()).toBeVisible();
  const hosts = await rows.first().locator("td").last().textContent();
  expect(Number(hosts)).toBe(10);
});

test("printed pages are content alone", async ({ installation, signedIn }) => {
  const { page } = await signedIn("viewer", { colorScheme: "dark" });
  await openHost(page, installation, "db-prod-03");
  const datacenter = installation.datacenter("fra-1").id;
  for (const path of [
    new URL(page.url()).pathname,
    `/datacenters/${datacenter}/report`,
  ]) {
    await page.goto(path);
    await hydrated(page);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const part of [".top", ".tree", "nav", "form", "button"]) {
      for (const one of await page.locator(part).all()) await expect(one).toBeHidden();
    }
    await expect(page.locator(".paper-foot")).toContainText(path);
    const colours = await page.evaluate(() => {
      const style = getComputedStyle(document.body);
      return [style.color, style.backgroundColor];
    });
    expect(colours, path).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
    await page.emulateMedia({ media: "screen" });
  }
});
