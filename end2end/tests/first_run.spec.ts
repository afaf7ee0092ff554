// A newcomer: from a server that was never used to the first green host, without a manual. Then the
// hosts are moved and removed.

import type { Page } from "@playwright/test";
import { BareServer } from "../fixtures/bare";
import { expectAccessible } from "../fixtures/axe";
import { expect, hydrated, test } from "../fixtures/test";

/** Counts what a person does. */
class Person {
  interactions = 0;
  private readonly began = Date.now();

  constructor(readonly page: Page) {}

  async type(label: string, text: string): Promise<void> {
    this.interactions += 1;
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  async press(name: string | RegExp): Promise<void> {
    this.interactions += 1;
    await this.page.getByRole("button", { name }).first().click();
  }

  get seconds(): number {
    return Math.round((Date.now() - this.began) / 1000);
  }
}

test.describe.serial("a newcomer", () => {
  let server: BareServer;
  let page: Page;

  test.beforeAll(async ({ browser, installation }) => {
    test.setTimeout(240_000);
    server = await BareServer.start(installation.programs);
    const context = await browser.newContext({ baseURL: server.url });
    page = await context.newPage();
  });

  test.afterAll(async () => {
    await page?.context().close();
    await server?.end();
  });

  test("comes from first run to the first green host", async ({}, testInfo) => {
    test.setTimeout(240_000);
    const person = new Person(page);
    await page.goto("/hosts/anything");
    await expect(page).toHaveURL("/setup");
    await expectAccessible(page, "setup");

    await person.type("Setup code", server.setupCode.toLowerCase());
    await page.getByLabel("Your name").fill("ada");
    await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
    await page.getByLabel("Password again").fill("correct horse battery");
    person.interactions += 3;
    await person.press("Create the administrator");

    await expect(page).toHaveURL("/start");
    await person.type("Name", "Berlin");
    await person.press("Create the datacenter");
    await person.type("Name", "Rack 1");
    await expect(page.getByText("Linux server:")).toBeVisible();
    await person.press("Create the cluster");
    await person.type("Hosts", "10");
    await person.press("Make the command");

    const command = await page.locator("#command code").innerText();
    expect(command).toContain("trustboard-agent enroll --server https://127.0.0.1:");
    expect(command).toContain("--token-stdin");
    expect(page.url()).not.toContain("tb1.");
    await expect(page.locator(".waiting")).toBeVisible();
    await expectAccessible(page, "command");
    // The person pastes it on the host: one more.
    person.interactions += 1;
    server.enrolHosts(command);

    const green = page.locator('[data-arrival][data-attestation="passed"]').first();
    await expect(green, server.hostsLog()).toBeVisible({ timeout: 150_000 });
    const figures = `${person.interactions} interactions, ${person.seconds} s to the first green host`;
    testInfo.annotations.push({ type: "walk", description: figures });
    console.log(`first run: ${figures}`);
    expect(person.interactions).toBeLessThanOrEqual(14);

    // What did not pass says why, and what to do.
    const red = page.locator('[data-arrival][data-attestation="failed"]').first();
    await expect(red).toBeVisible({ timeout: 60_000 });
    await expect(red.locator(".message")).not.toBeEmpty();
    await expect(red.getByRole("link", { name: "To the host" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Your first host is green" })).toBeVisible();
    await page.goto("/");
    await hydrated(page);
    await expect(page.locator("#first-steps")).toHaveCount(0);
  });

  test("says how to begin where nothing is approved yet", async () => {
    await page.goto("/configurations");
    await expect(page.getByText("There is no approved configuration yet.")).toBeVisible();
  });

  test("moves hosts to another cluster, having seen what changes", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "Berlin" }).first().click();
    const id = /datacenters\/([0-9a-f-]+)/.exec(page.url())?.[1];
    await page.goto(`/datacenters/${id}/configuration`);
    await page.locator("#new-cluster > summary").click();
    await page.locator("#new-cluster").getByLabel("Name").fill("Rack 2");
    await page.getByRole("button", { name: "Create the cluster" }).click();
    await expect(page.locator(".outcome.done")).toBeVisible();

    await page.goto(`/datacenters/${id}/hosts`);
    await hydrated(page);
    await page.getByRole("checkbox", { name: "Choose edge-fra-01" }).check();
    await page.getByRole("checkbox", { name: "Choose web-lyo-01" }).check();
    await page.getByRole("button", { name: "Move…", exact: true }).click();
    await page.getByLabel("To the cluster").selectOption({ label: "Berlin · Rack 2" });
    await page.getByRole("button", { name: "Show what changes" }).click();
    await expect(page.locator("[data-impact]")).toBeVisible();
    await expectAccessible(page, "impact");
    await page.locator("#chosen").getByRole("button", { name: "Move", exact: true }).click();
    await expect(page.locator(".outcome.done")).toContainText("2");
    const moved = page.locator("tr[data-host]").filter({ hasText: "edge-fra-01" });
    await expect(moved).toContainText("Rack 2");
  });

  test("removes a host by its name, and its history stays", async () => {
    const row = page.locator("tr[data-host]").filter({ hasText: "web-lyo-01" });
    const host = await row.getAttribute("data-host");
    await row.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Remove…" }).click();
    const form = page.locator("#chosen");
    await form.getByLabel("Reason").fill("scrapped");
    await form.getByLabel("Type web-lyo-01 to confirm").fill("web-lyo-02");
    await form.getByRole("button", { name: "Remove" }).click();
    await expect(page.locator(".outcome.refused")).toBeVisible();
    await expect(form.getByLabel("Reason")).toHaveValue("scrapped");
    await form.getByLabel("Type web-lyo-01 to confirm").fill("web-lyo-01");
    await form.getByRole("button", { name: "Remove" }).click();
    await expect(page.locator(".outcome.done")).toBeVisible();
    await expect(row).toHaveCount(0);

    await page.goto(`/hosts/${host}`);
    await expect(page).toHaveURL(`/hosts/${host}/removed`);
    await expect(page.locator("#removed")).toContainText("scrapped");
    await expect(page.locator("#events li").first()).toContainText("Removed the host web-lyo-01");
    await expectAccessible(page, "removed");
  });
});
