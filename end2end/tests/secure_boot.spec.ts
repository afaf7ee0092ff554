// A host boots with Secure Boot off; an operator works the alarm from red to green.

import { act, cell, fold, history, openHost, openTable, portlet, rowOf } from "../fixtures/hosts";
import { expect, test } from "../fixtures/test";

const host = "db-prod-02";

test("a host without Secure Boot is mended, verifies by itself and is reset to green", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("operator");
  const row = await openTable(page, installation, host);

  await test.step("the row says what is wrong", async () => {
    await expect(cell(row, "Attestation")).toContainText("Failed");
    await expect(cell(row, "Secure Boot")).toHaveText("Off");
    await expect(cell(row, "Message")).toContainText("Host Secure Boot is disabled");
    await expect(cell(row, "Alarm")).toContainText("Red");
  });

  await test.step("the open row says what to do", async () => {
    await row.getByRole("link", { name: host }).click();
    const reason = page.locator('[data-reason="secure-boot.disabled"]');
    await expect(reason.getByRole("heading", { name: "What to do" })).toBeVisible();
    await expect(reason.getByRole("listitem").filter({ hasText: "firmware setup" })).toBeVisible();
  });

  await test.step("acknowledging says who is on it, and changes no colour", async () => {
    await act(page, "Acknowledge", "on my way to the machine room");
    await expect(cell(row, "Alarm")).toContainText("on my way to the machine room");
    await expect(cell(row, "Alarm")).toContainText("operator");
    await expect(cell(row, "Alarm")).toContainText("Red");
  });

  await test.step("after the remedy the host verifies by itself; the alarm waits", async () => {
    await installation.sim("fix", host);
    await expect(cell(row, "Attestation")).toContainText("Passed", { timeout: 60_000 });
    await expect(cell(row, "Secure Boot")).toHaveText("On");
    await expect(cell(row, "Alarm")).toContainText("Red");
    await expect(cell(row, "Alarm")).toContainText("condition now: cleared");
  });

  await test.step("the operator resets the alarm", async () => {
    await openHost(page, installation, host);
    await expect(portlet(page)).toContainText("condition now: cleared");
    await expect(fold(page, "Reset to green").locator("[data-condition]")).not.toContainText(
      "still holds",
    );
    await act(page, "Reset to green", "Secure Boot is on again");
    await expect(portlet(page)).toContainText("Alarm: Green");
    await expect(portlet(page).locator(".verdict")).toContainText("Passed");
  });

  await test.step("the history says what happened, who did it and when", async () => {
    const past = await history(page);
    const acknowledged = past.getByRole("row").filter({ hasText: "on my way to the machine room" });
    await expect(acknowledged).toContainText("operator");
    await expect(acknowledged.locator("time")).toBeVisible();
    await expect(past).toContainText("The condition of the alarm has cleared");
    // The newest stands first; other tests may have reset this host's alarm before.
    const resets = past.getByRole("row").filter({ hasText: "Reset the alarm to green" });
    const reset = resets.first();
    await expect(reset).toContainText("Secure Boot is on again");
    await expect(reset).toContainText("operator");
  });

  await test.step("the audit holds together", async () => {
    await installation.trustboard("audit", "verify");
  });

  await test.step("the table agrees", async () => {
    await openTable(page, installation, host);
    await expect(cell(rowOf(page, host), "Alarm")).toHaveText("Green");
  });

  await test.step("everything is as it was before", async () => {
    await installation.sim("break", host, "secure-boot-off");
    await expect(cell(rowOf(page, host), "Attestation")).toContainText("Failed", { timeout: 60_000 });
    await expect(cell(rowOf(page, host), "Alarm")).toContainText("Red");
  });
});
