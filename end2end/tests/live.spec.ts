// What one operator does, the others see.

import { act, cell, openTable, portlet, raiseAnew } from "../fixtures/hosts";
import { expect, test } from "../fixtures/test";

const host = "db-prod-03";

test("two browsers see each other's changes within a second", async ({ installation, signedIn }) => {
  const one = await signedIn("operator");
  const other = await signedIn("administrator");
  await raiseAnew(one.page, installation, host);
  const row = await openTable(other.page, installation, host);
  await expect(other.page.getByText("Live", { exact: true })).toBeVisible();

  const comment = `on it since ${Date.now()}`;
  await act(one.page, "Acknowledge", comment);
  await expect(portlet(one.page)).toContainText(comment);
  await expect(cell(row, "Alarm")).toContainText(comment, { timeout: 1000 });

  await row.getByRole("link", { name: host }).click();
  const reply = `taking over at ${Date.now()}`;
  await act(other.page, "Acknowledge", reply);
  await expect(cell(row, "Alarm")).toContainText(reply);
  await expect(portlet(one.page)).toContainText(reply, { timeout: 1000 });
});

test("Verify now moves the cell by itself", async ({ installation, signedIn }) => {
  const { page } = await signedIn("operator");
  const row = await openTable(page, installation, "web-lyo-01");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await row.getByRole("link", { name: "web-lyo-01" }).click();
  const verified = cell(row, "Last verified").locator("time");
  const before = await verified.getAttribute("datetime");

  const start = Date.now();
  await act(page, "Verify now");
  await expect(verified).not.toHaveAttribute("datetime", before ?? "", { timeout: 10_000 });
  console.log(`from "Verify now" to the changed cell: ${Date.now() - start} ms`);
});
