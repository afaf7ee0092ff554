// The pictures of the handbook, taken from the running product so that they cannot go stale.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { withFleet } from "../fixtures/light";
import { screens } from "../fixtures/screens";
import { hydrated, signIn, test } from "../fixtures/test";

const folder = join(__dirname, "../../docs/pictures");

/** Larger ones make the repository heavy, and the page that shows them slow. */
const mostBytes = 100_000;

/** How every picture looks, whoever takes it. */
const look = {
  colorScheme: "light",
  viewport: { width: 1280, height: 800 },
  locale: "en-GB",
  timezoneId: "UTC",
  reducedMotion: "reduce",
} as const;

/** Screens that the handbook shows, in the order of a first day. */
const shown = [
  "security",
  "security-open-row",
  "host-failed",
  "host-history",
  "alarms",
  "policy-review",
  "makers",
  "enrol",
  "audit",
  "health",
];

test("handbook: ten hosts", async ({ installation, signedIn }) => {
  test.skip(Boolean(process.env.TRUSTBOARD_PICTURES));
  const { page } = await signedIn("administrator", look);
  for (const name of shown) {
    const open = screens[name];
    if (!open) throw new Error(`there is no screen ${name}`);
    await open(page, installation);
    await take(page, name);
  }
});

const morning = withFleet("--hosts", "300", "--group", "grub-update=40", "--group", "secure-boot-off=3");
morning.use(look);

morning("handbook: a morning with one cause", async ({ page, fleet }) => {
  morning.skip(Boolean(process.env.TRUSTBOARD_PICTURES));
  await signIn(page, fleet.user("administrator"));
  await page.goto("/");
  await hydrated(page);
  await take(page, "overview");
  await page.locator("[data-decide]").first().click();
  await expect(page.locator(".impact-counts")).toBeVisible({ timeout: 60_000 });
  await take(page, "cause");
});

/** What the window shows, once it is live. WebP, which Playwright does not offer: half a PNG. */
async function take(page: Page, name: string): Promise<void> {
  await expect(page.locator("header .live.on")).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  await session.detach();
  const picture = Buffer.from(data, "base64");
  expect(picture.length, `${name} in bytes`).toBeLessThan(mostBytes);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.webp`), picture);
}
