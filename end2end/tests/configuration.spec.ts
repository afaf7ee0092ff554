// What a host booted is captured, reviewed and approved; from then on every other boot is named,
// and an accepted change turns the host green again.

import { approve, capture, retireAll } from "../fixtures/configurations";
import { act, cell, history, openHost, openTab, openTable, portlet, rowOf } from "../fixtures/hosts";
import { expect, test } from "../fixtures/test";

const host = "edge-fra-01";
const name = "Ubuntu 24.04, kernel 6.8";

test("a captured configuration is approved, and a changed boot is named and accepted", async ({
  installation,
  signedIn,
}) => {
  test.setTimeout(180_000);
  const { page } = await signedIn("administrator");

  await test.step("the draft is reviewed event by event, and approved", async () => {
    await capture(page, installation, host, name);
    const commandLine = page.locator('[data-register="8"] tr').filter({ hasText: "Kernel command line" });
    await expect(commandLine.first()).toContainText("ro quiet");
    await approve(page);
  });

  await test.step("the host matches, and its page says what it booted", async () => {
    await openHost(page, installation, host);
    await expect(page.locator('[data-comparison="matched"]')).toContainText(name);
    await expect(page.locator('[data-topic="Kernel"]').first()).toContainText("PCR");
    await expect(page.locator("#booted")).toContainText("ro quiet");
  });

  await test.step("another command line fails the host; row and page say which", async () => {
    await installation.sim("break", host, "kernel-command-line-changed");
    const row = await openTable(page, installation, host);
    await expect(cell(row, "Attestation")).toContainText("Failed", { timeout: 60_000 });
    await expect(cell(row, "Message")).toContainText("command line");
    await openHost(page, installation, host);
    const changes = page.locator("#configuration [data-change]");
    await expect(changes.first()).toContainText("PCR 8");
    await expect(changes.locator("ins").first()).toHaveText("init=/bin/sh");
  });

  await test.step("accepting shows the impact, asks why, and turns the host green", async () => {
    await page.getByRole("link", { name: "Accept this change…" }).click();
    const panel = page.locator("#accept");
    await expect(panel.locator("[data-impact]")).toContainText("1 host would turn to Passed");
    await panel.getByLabel("Reason").fill("rescue shell, ticket 4711");
    await panel.getByRole("button", { name: "Accept this change" }).click();
    await expect(page.locator(".change")).toContainText("version 2 is approved");
    await expect(portlet(page).locator(".verdict")).toContainText("Passed");
    await expect(page.locator('[data-comparison="matched"]')).toContainText("version 2");
    await expect(await history(page)).toContainText("rescue shell, ticket 4711");
    await openTab(page, "Summary");
  });

  await test.step("the versions say what became of the first", async () => {
    await page.locator('[data-comparison="matched"]').getByRole("link").click();
    await expect(page.locator("#versions")).toContainText("Superseded");
  });

  await test.step("everything is as it was before", async () => {
    await retireAll(page, name);
    await installation.sim("fix", host);
    await openHost(page, installation, host);
    await expect(page.locator('[data-comparison="none"]')).toBeVisible({ timeout: 60_000 });
    await expect(portlet(page).locator(".verdict")).toContainText("Passed", { timeout: 60_000 });
    await act(page, "Reset to green", "back to the approved boot entry");
    await expect(portlet(page)).toContainText("Alarm: Green");
    await expect(cell(rowOf(page, host), "Alarm")).toHaveCount(0);
  });
});

test("without scripts a draft is approved and retired", async ({ installation, signedIn }) => {
  const { page } = await signedIn("administrator", { javaScriptEnabled: false });
  const id = installation.datacenter("lyo-2").id;
  await page.goto(`/datacenters/${id}/security`);
  const row = await rowOf(page, "web-lyo-01").getAttribute("data-host");
  await page.goto(`/hosts/${row}`);
  const form = page.locator("#capture");
  await form.locator("summary").click();
  await form.getByLabel("Name").fill("without a script");
  await form.getByRole("button", { name: "Capture as configuration" }).click();
  await approve(page);
  await retireAll(page, "without a script");
});

test("who may not decide gets no buttons for it", async ({ installation, signedIn }) => {
  const viewer = (await signedIn("viewer")).page;
  for (const path of ["/configurations", "/policies"]) {
    await viewer.goto(path);
    await expect(viewer.locator("main").getByRole("button")).toHaveCount(0);
  }
  await viewer.getByRole("link", { name: "k8s-edge" }).last().click();
  await expect(viewer.getByRole("heading", { level: 1 })).toContainText("Policy of k8s-edge");
  await expect(viewer.locator("main").getByRole("button")).toHaveCount(0);

  const operator = (await signedIn("operator")).page;
  await openHost(operator, installation, "edge-fra-01");
  await expect(operator.locator("#capture")).toBeVisible();
  await operator.goto("/configurations");
  await expect(operator.getByText("Import from an event log")).toBeVisible();
});
