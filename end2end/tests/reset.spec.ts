// Resetting is always possible, never changes a verdict, and never hides what is still wrong.

import { act, fold, portlet, raiseAnew } from "../fixtures/hosts";
import { expect, test } from "../fixtures/test";

test("a reset while the condition holds says so, and the next verification raises it anew", async ({
  installation,
  signedIn,
}) => {
  const { page } = await signedIn("operator");
  await raiseAnew(page, installation, "edge-fra-02");
  const first = await occurrence(portlet(page).locator(".alarm-state"));

  const form = fold(page, "Reset to green");
  await form.locator("summary").click();
  await expect(form.locator("[data-condition]")).toContainText(/still/i);
  await form.locator("[name=text]").fill("known, replaced tomorrow");
  await form.getByRole("button", { name: "Reset although the condition still holds" }).click();
  await expect(portlet(page)).toContainText("Alarm: Green");
  // A reset is about the alarm: the verdict stays what the evidence says.
  await expect(portlet(page).locator(".verdict")).toContainText("Failed");

  await act(page, "Verify now");
  await expect(portlet(page)).toContainText("Alarm: Red");
  expect(await occurrence(portlet(page).locator(".alarm-state"))).toBe(first + 1);
  await expect(portlet(page)).toContainText("condition now: still holds");
});

test("a page that has not seen the newest state cannot reset it", async ({
  installation,
  signedIn,
}) => {
  const host = "edge-fra-03";
  const live = await signedIn("operator");
  await raiseAnew(live.page, installation, host);
  // Without scripts a page stays as it was loaded.
  const stale = await signedIn("administrator", { javaScriptEnabled: false });
  await stale.page.goto(live.page.url());

  await act(live.page, "Acknowledge", "seen, looking into it");
  await expect(portlet(live.page)).toContainText("seen, looking into it");

  await act(stale.page, "Reset to green", "nobody looked at it");
  await expect(stale.page.getByRole("alert")).toContainText("has changed since this page was loaded");
  await expect(portlet(stale.page)).toContainText("seen, looking into it");
  await expect(portlet(stale.page)).toContainText("Alarm: Red");
});

/** The alarm's number, as the page says it. */
async function occurrence(alarm: import("@playwright/test").Locator): Promise<number> {
  const said = await alarm.innerText();
  const number = /occurrence (\d+)/i.exec(said)?.[1];
  if (!number) throw new Error(`no occurrence in: ${said}`);
  return Number(number);
}
