// The table of hosts: its filter with completion, columns, views, selection, export, stable rows.

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { act, cell, openTable, raiseAnew, rowOf } from "../fixtures/hosts";
import type { Installation } from "../fixtures/installation";
import { expect, hydrated, test } from "../fixtures/test";

const field = (page: Page) => page.getByRole("combobox", { name: "Filter hosts" });

async function open(page: Page, installation: Installation, query = ""): Promise<void> {
  const { id } = installation.datacenter("fra-1");
  await page.goto(`/datacenters/${id}/security${query}`);
  await hydrated(page);
}

async function names(page: Page): Promise<string[]> {
  return page.locator("tr[data-host] a.row-name bdi").allTextContents();
}

test("the filter completes fields, values and names, and the address carries it", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("viewer");
  await open(page, installation);
  await page.keyboard.press("/");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("att");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await expect(list.getByRole("option")).toHaveText([/^attestation:/]);
  await page.keyboard.press("ArrowDown");
  await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Tab");
  await expect(field(page)).toHaveValue("attestation:");
  await page.keyboard.type("fa");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("attestation:failed ");
  await page.keyboard.type("cluster:db");
  await expect(list.getByRole("option", { name: "db-prod" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await list.getByRole("option", { name: "db-prod" }).click();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=attestation:failed%20cluster:db-prod/);
  await expect(page.locator("tr[data-host]")).not.toHaveCount(0);
  for (const badge of await page.locator("td.attestation").allTextContents()) {
    expect(badge).toContain("Failed");
  }
  const shown = await names(page);
  await page.reload();
  await hydrated(page);
  expect(await names(page)).toEqual(shown);
});

test("a filter without meaning is named at its field, and the table stays", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("viewer");
  await open(page, installation);
  const before = await names(page);
  await field(page).fill("db attestation:green");
  await page.keyboard.press("Enter");
  await expect(page.locator("#query-problem")).toContainText("attestation:green");
  await expect(field(page)).toHaveValue("db attestation:green");
  await expect(field(page)).toHaveAttribute("aria-invalid", "true");
  expect(await names(page)).toEqual(before);
});

test("columns are chosen, moved, resized and remembered", async ({ installation, signedIn }) => {
  const { page } = await signedIn("viewer");
  await open(page, installation);
  const heads = async (of: Page = page) =>
    (await of.locator("#hosts thead th").allTextContents()).map((head) => head.trim());
  await page.getByText("Columns", { exact: true }).click();
  const menu = page.locator(".columns-menu");
  await menu.getByRole("button", { name: "Kernel" }).click();
  await expect(page.locator("th.kernel")).toBeVisible();
  await menu.getByRole("button", { name: "Attested by", exact: true }).click();
  await expect(page.locator("th.attested-by")).toHaveCount(0);
  const earlier = menu.getByRole("button", { name: "Move “Kernel” forward" });
  await earlier.focus();
  await page.keyboard.press("Enter");
  await expect(earlier).toBeFocused();
  await page.keyboard.press("Escape");
  await page.locator("#hosts thead").click({ position: { x: 2, y: 2 } });
  const handle = page.getByRole("separator", { name: "Width of “Kernel”" });
  const width = async () => (await page.locator("th.kernel").boundingBox())?.width ?? 0;
  const before = await width();
  await handle.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(width).toBeGreaterThan(before + 16);
  await page.waitForLoadState("networkidle");
  const chosen = await heads();
  expect(chosen.join(" ")).toMatch(/Kernel.*Message/);

  const other = await signedIn("viewer");
  await open(other.page, installation);
  expect(await heads(other.page)).toEqual(chosen);
  await other.page.getByText("Columns", { exact: true }).click();
  await other.page.getByRole("button", { name: "Usual columns" }).click();
  await expect(other.page.locator("th.kernel")).toHaveCount(0);
  await other.page.waitForLoadState("networkidle");
});

test("a view is saved, shown first, and everything is one link away", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("operator");
  await open(page, installation, "?q=attestation:failed&sort=name");
  await page.locator(".views-menu > summary").click();
  await page.getByLabel("Name of the view").fill("Failed, by name");
  await page.getByLabel("Show it first when I open a table").check();
  await page.locator(".save-view").getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/view=/);
  await hydrated(page);
  const failed = await names(page);
  await open(page, installation);
  await expect(field(page)).toHaveValue("attestation:failed");
  expect(await names(page)).toEqual(failed);
  await page.getByRole("link", { name: "Clear the filter" }).click();
  await expect(page).toHaveURL(/view=all/);
  await expect(page.locator("tr[data-host]")).toHaveCount(6);
  await page.locator(".views-menu > summary").click();
  await page.getByRole("button", { name: "Delete: Failed, by name" }).click();
  await hydrated(page);
  await open(page, installation);
  await expect(field(page)).toHaveValue("");
});

test("rows are selected one by one, in ranges, by keys, and stay selected", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("operator");
  await open(page, installation, "?sort=name");
  const box = (index: number) => page.locator("td.select input[name=host]").nth(index);
  const bar = page.getByRole("region", { name: "Selection" });
  await box(0).click();
  await box(3).click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("4 selected");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=-name/);
  await expect(bar).toContainText(/[35] selected/);
  await bar.getByRole("button", { name: "Clear the selection" }).click();
  await expect(bar).toBeHidden();
  await page.getByRole("checkbox", { name: "Select every host on this page" }).check();
  await expect(bar).toContainText("6 selected");
  await bar.getByRole("link", { name: "Acknowledge" }).click();
  await expect(page.locator("dialog.bulk")).toBeVisible();
  await page.keyboard.press("Escape");
});

test("the export is exactly what is shown", async ({ installation, signedIn }) => {
  const { page } = await signedIn("viewer");
  await open(page, installation, "?q=attestation:failed&sort=-name&columns=name,attestation,tpm");
  const shown = await names(page);
  await page.locator(".export-menu > summary").click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "As CSV for spreadsheets" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^trustboard-fra-1-\d{4}-\d\d-\d\d\.csv$/);
  const csv = await readFile((await file.path()) ?? "", "utf8");
  const lines = csv.replace("\ufeff", "").trimEnd().split("\r\n");
  expect(lines[0]).toBe("Name,Attestation,TPM version");
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(shown);
});

test("rows stay where they are while somebody points at them", async ({ installation, signedIn }) => {
  const one = await signedIn("operator");
  const other = await signedIn("operator");
  const host = "db-prod-03";
  await raiseAnew(one.page, installation, host);
  await open(other.page, installation, "?q=alarm:unacknowledged&sort=name");
  await expect(other.page.getByText("Live", { exact: true })).toBeVisible();
  const row = rowOf(other.page, host);
  await expect(row).toBeVisible();
  const before = await names(other.page);
  await row.hover();
  const mine = await openTable(one.page, installation, host);
  await mine.getByRole("link", { name: host }).click();
  await act(one.page, "Acknowledge", `stable ${Date.now()}`);
  await expect(cell(mine, "Alarm")).toContainText("stable");
  const waiting = other.page.locator(".waiting button");
  await expect(waiting).toBeVisible();
  expect(await names(other.page)).toEqual(before);
  await other.page.keyboard.press("R");
  await expect(row).toHaveCount(0);
});

test("without scripts boxes lead to the page that asks", async ({ installation, signedIn }) => {
  const { page } = await signedIn("operator", { javaScriptEnabled: false });
  const { id } = installation.datacenter("fra-1");
  await page.goto(`/datacenters/${id}/security?q=attestation:failed`);
  await page.locator("td.select input[name=host]").first().check();
  await page.getByRole("button", { name: "Act on the selected hosts" }).click();
  await expect(page).toHaveURL(/\/bulk\?host=/);
});
