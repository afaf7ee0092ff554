// Several tabs of one browser, and what others do.

import type { Page } from "@playwright/test";
import { Guard } from "../fixtures/guard";
import { act, cell, openTable, portlet, raiseAnew, rowOf } from "../fixtures/hosts";
import { expect, hydrated, test } from "../fixtures/test";

const host = "db-prod-03";

/** Counts the streams of a datacenter that a page opens. */
function streams(page: Page, datacenter: string): { opened: number } {
  const count = { opened: 0 };
  page.on("request", (request) => {
    const url = request.url();
    if (url.includes("/api/v1/live") && url.includes(datacenter)) count.opened += 1;
  });
  return count;
}

test("tabs share one stream, and the next one takes it over", async ({ installation, signedIn }) => {
  const other = await signedIn("operator");
  await raiseAnew(other.page, installation, host);
  const first = await signedIn("administrator");
  const { id } = installation.datacenter("fra-1");
  const firstStreams = streams(first.page, id);
  await openTable(first.page, installation, host);
  await expect(first.page.getByText("Live", { exact: true })).toBeVisible();
  expect(firstStreams.opened).toBe(1);

  const second = await first.page.context().newPage();
  const guard = new Guard(second);
  const secondStreams = streams(second, id);
  await second.goto(first.page.url());
  await hydrated(second);
  await expect(second.getByText("Live", { exact: true })).toBeVisible();
  expect(secondStreams.opened).toBe(0);

  const comment = `for both tabs ${Date.now()}`;
  await act(other.page, "Acknowledge", comment);
  await expect(portlet(other.page)).toContainText(comment);
  for (const page of [first.page, second]) {
    await expect(cell(rowOf(page, host), "Alarm")).toContainText(comment, { timeout: 2000 });
  }

  // The tab with the stream goes; the other one opens it, from where it heard last.
  await first.page.goto("about:blank");
  await expect.poll(() => secondStreams.opened).toBe(1);
  const reply = `for the other tab ${Date.now()}`;
  await act(other.page, "Acknowledge", reply);
  await expect(cell(rowOf(second, host), "Alarm")).toContainText(reply, { timeout: 2000 });
  expect(guard.unexpected()).toEqual([]);
});

test("the page says who did it, and to the one who did it nothing", async ({ installation, signedIn }) => {
  const anna = await signedIn("operator");
  const ben = await signedIn("administrator");
  await raiseAnew(anna.page, installation, host);
  await openTable(ben.page, installation, host);
  await expect(ben.page.getByText("Live", { exact: true })).toBeVisible();
  await act(anna.page, "Acknowledge", `who ${Date.now()}`);
  const news = ben.page.getByRole("log");
  await expect(news).toContainText(`operator acknowledged the alarm of ${host}`);
  await news.getByRole("button", { name: "Dismiss" }).click();
  await expect(news.getByRole("paragraph")).toHaveCount(0);
  await expect(anna.page.getByRole("log").getByRole("paragraph")).toHaveCount(0);
});

test("after the server was restarted the page catches up by itself", async ({
  installation,
  signedIn,
}) => {
  const red = "edge-fra-03";
  const { page, guard } = await signedIn("administrator");
  // Requests fail while the server is away.
  guard.expect(/Failed to load resource|ERR_|error sending request|net::/);
  const other = await signedIn("operator", { javaScriptEnabled: false });
  await raiseAnew(page, installation, red);
  const address = page.url();
  const row = await openTable(page, installation, red);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await installation.killServer();
  await expect(page.getByText("Reconnecting")).toBeVisible();
  await installation.startServer();
  // Before the page is connected again, or just after: either way no hint of it is needed.
  const comment = `while nobody listened ${Date.now()}`;
  await expect(async () => {
    // Refused as long as the host itself is just coming back.
    await other.page.goto(address);
    await act(other.page, "Acknowledge", comment);
    await expect(portlet(other.page)).toContainText(comment, { timeout: 1000 });
  }).toPass();
  await expect(page.getByText("Live", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(cell(row, "Alarm")).toContainText(comment);
});
