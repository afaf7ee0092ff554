// The operator's morning: why are so many hosts red, and how are they green again? Every interaction
// is counted. `cargo xtask bench walks` walks it with 10,000 hosts.

import { expect } from "@playwright/test";
import { withFleet } from "../fixtures/light";
import { hydrated, signIn } from "../fixtures/test";
import { Walk } from "../fixtures/walk";

const hosts = Number(process.env.TRUSTBOARD_WALK_HOSTS ?? 300);
/** So many have the same update of GRUB, which nobody has approved. */
const alike = process.env.TRUSTBOARD_WALK_HOSTS ? Math.ceil((hosts * 412) / 10_000) : 40;
/** More interactions are too many, however many hosts there are. */
const most = 8;

const size = ["--hosts", `${hosts}`];
const test = process.env.TRUSTBOARD_WALK_HOSTS
  ? withFleet(...size)
  : withFleet(...size, "--group", `grub-update=${alike}`, "--group", "secure-boot-off=3");

test("find why hosts are red and deal with them", async ({ page, fleet }) => {
  test.setTimeout(600_000);
  await signIn(page, fleet.user("administrator"));
  await page.goto("/");
  await hydrated(page);
  const walk = new Walk(`Find why ${alike} of ${hosts} hosts are red, and deal with them`);

  // The overview names the cause, how many share it, and where they are.
  const cause = page.locator(".cause-group").filter({ hasText: `${alike} hosts` });
  await expect(cause).toContainText("oot loader");
  await expect(cause.locator(".where")).toContainText("fra-1");
  await walk.press("What differs, and what to do…", cause.locator("[data-decide]").first());

  // What differs, and what accepting it would change: these hosts, and no other.
  await expect(page).toHaveURL(/\/causes\/[0-9a-f]{16}$/);
  await expect(page.locator("[data-failing]")).toHaveAttribute("data-failing", `${alike}`);
  await expect(page.locator(".differences > li").first()).toBeVisible();
  const accept = page.locator("#accept");
  const changes = accept.locator(".impact-counts");
  await expect(changes).toContainText(`${alike} hosts would turn to`, { timeout: 60_000 });
  await expect(changes.locator("li")).toHaveCount(1);
  await walk.type("the reason", accept.getByLabel("Reason"), "GRUB update of Tuesday, ticket 4711");
  await walk.press("Accept this change", accept.getByRole("button", { name: "Accept this change" }));

  // What is stored is judged again by what was approved: they pass, and wait to be reset.
  await expect(page.locator(".change")).toContainText("is approved");
  const red = page.locator("#reset [data-red]");
  await expect(red).toHaveAttribute("data-cleared", `${alike}`, { timeout: 300_000 });
  await expect(red).toHaveAttribute("data-red", `${alike}`);
  const reset = page.getByRole("button", { name: `Verify these ${alike} hosts, reset what passes` });
  await walk.press("Verify these, reset what passes", reset);

  // Each is verified anew; all pass and are green.
  const job = page.locator(".bulk-job");
  await expect(job).toHaveAttribute("data-state", "done", { timeout: 300_000 });
  await expect(job.locator(".changed dd")).toHaveText(`${alike}`);
  await expect(job.locator(".failed dd")).toHaveText("0");
  await expect(page.locator("[data-dealt-with]")).toBeVisible();
  walk.end();
  expect(walk.interactions).toBeLessThanOrEqual(most);

  // The overview has other causes now, if any.
  await page.goto("/");
  await expect(page.locator("#causes")).toBeVisible();
  await expect(page.locator(".cause-group").filter({ hasText: `${alike} hosts` })).toHaveCount(0);
});

test("link, count, selection and job of a cause are of the same hosts", async ({ page, fleet }) => {
  test.skip(Boolean(process.env.TRUSTBOARD_WALK_HOSTS));
  await signIn(page, fleet.user("operator"));
  await page.goto("/");
  await hydrated(page);
  const cause = page.locator('.cause-group[data-reason^="secure-boot"]');
  await expect(cause.locator("h3 .number")).toHaveText("3 hosts");
  await cause.locator("summary").click();
  await cause.getByRole("link", { name: /Verify, then reset/ }).click();
  const preview = page.locator("dialog .bulk-preview");
  await expect(preview).toHaveAttribute("data-changing", "3");
  await page.keyboard.press("Escape");
  await cause.locator("h3 a").click();
  await expect(page).toHaveURL(/first-reason/);
  await expect(page.locator("tr[data-host]")).toHaveCount(3);
  await page.goto("/alarms");
  await hydrated(page);
  const line = page.locator('tr[data-cause^="secure-boot"]');
  await expect(line.locator("td.number").first()).toHaveText("3");
  await line.locator("[data-decide]").first().click();
  await expect(page.locator("[data-failing]")).toHaveAttribute("data-failing", "3");
  // Nothing can be accepted here: the remedy is said in steps.
  await expect(page.locator("#what .remedy li").first()).toBeVisible();
  await expect(page.locator("#accept")).toHaveCount(0);
});
