// A host was enrolled without a TPM and gets one: it needs a new identity.

import { act, openHost, openTab, portlet } from "../fixtures/hosts";
import { expect, test } from "../fixtures/test";

const host = "lab-lyo-01";

test("a TPM that was added later gets an identity by disconnecting and connecting", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("operator");
  await openHost(page, installation, host);
  const verdict = portlet(page).locator(".verdict");

  await test.step("without a TPM there is nothing to attest", async () => {
    await expect(verdict).toContainText("N/A");
    await expect(portlet(page)).toContainText("Alarm: Green");
  });

  await test.step("a TPM without an identity on record fails", async () => {
    await installation.sim("break", host, "tpm-added-later");
    await expect(verdict).toContainText("Failed", { timeout: 60_000 });
    await expect(portlet(page)).toContainText("No cached identity key");
    await expect(portlet(page)).toContainText("Alarm: Red");
  });

  await test.step("verifying again does not help, and says why", async () => {
    const jobs = page.locator("section#jobs");
    await openTab(page, "Logs");
    const before = await jobs.locator("details.job").count();
    await openTab(page, "Summary");
    await act(page, "Verify now");
    await openTab(page, "Logs");
    await expect(jobs.locator("details.job").first()).toContainText("Verify now, by operator");
    expect(await jobs.locator("details.job").count()).toBeGreaterThan(before);
    await expect(jobs.locator("details.job").first()).toContainText("Done");
    await openTab(page, "Summary");
    await expect(verdict).toContainText("Failed");
    const reason = portlet(page).locator('[data-reason="identity.none-on-record"]').first();
    await expect(reason.getByRole("listitem").filter({ hasText: "Disconnect" })).toBeVisible();
  });

  await test.step("maintenance mode, Disconnect, Connect: a new identity", async () => {
    await act(page, "Enter maintenance mode", "a TPM was put in");
    await expect(verdict).toContainText("In maintenance mode");
    await act(page, "Disconnect", "to take a new identity");
    await expect(portlet(page)).toContainText("Disconnected");
    await act(page, "Connect");
    await expect(verdict).toContainText("Passed", { timeout: 60_000 });
    await expect(page.locator("section#identity")).toContainText("Enrolled");
  });

  await test.step("the alarm is reset, the host leaves maintenance mode", async () => {
    await expect(portlet(page)).toContainText("condition now: cleared");
    await act(page, "Reset to green", "the TPM has an identity");
    await expect(portlet(page)).toContainText("Alarm: Green");
    await act(page, "Leave maintenance mode");
    await expect(verdict).not.toContainText("In maintenance mode");
  });
});
