// Without scripts everything is links and forms.

import { act, cell, portlet, rowOf } from "../fixtures/hosts";
import { expect, test } from "../fixtures/test";

const options = { javaScriptEnabled: false };

test("the table, its filter and its order are links and a form", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("viewer", options);
  await page.goto("/");
  await page.getByRole("link", { name: "fra-1" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("fra-1");
  await expect(page.locator("tr[data-host]")).toHaveCount(6);

  await page.locator("summary", { hasText: "Attestation" }).click();
  await page.locator(".chip-menu").getByRole("link", { name: "Passed" }).click();
  await expect(page).toHaveURL(/q=attestation:passed/);
  await page.getByLabel("Filter hosts").fill("attestation:passed name:*");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/q=attestation%3Apassed\+name/);
  for (const badge of await page.locator('td[data-label="Attestation"]').all()) {
    await expect(badge).toContainText("Passed");
  }
  await page.getByRole("link", { name: "Clear the filter" }).click();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=/);
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
});

test("a row opens, and its alarm is acknowledged by a form", async ({ installation, signedIn }) => {
  const host = "lab-lyo-02";
  const { page } = await signedIn("operator", options);
  const { id } = installation.datacenter("lyo-2");
  await page.goto(`/datacenters/${id}/security`);
  await rowOf(page, host).getByRole("link", { name: host }).click();
  await act(page, "Acknowledge", "without a script");
  await expect(cell(rowOf(page, host), "Alarm")).toContainText("without a script");
  await page.getByRole("link", { name: "Open the host" }).click();
  await expect(portlet(page)).toContainText("without a script");
});

test("an empty reason is refused where it was asked for", async ({ installation, signedIn }) => {
  const { page } = await signedIn("operator", options);
  await page.goto(`/datacenters/${installation.datacenter("lyo-2").id}/security`);
  const id = await rowOf(page, "lab-lyo-02").getAttribute("data-host");
  await page.goto(`/hosts/${id}`);
  await act(page, "Reset to green", "   ");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(portlet(page)).toContainText("Alarm: Red");
});
