// The pictures of the handbook, taken from the running product so that they cannot go stale.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { screens } from "../fixtures/screens";
import { test } from "../fixtures/test";

const folder = join(__dirname, "../../docs/pictures");

/** Larger ones make the repository heavy, and the page that shows them slow. */
const mostBytes = 100_000;

/** Screens that the handbook shows, in the order of a first day. */
const shown = [
  "overview",
  "cause",
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

test("handbook", async ({ installation, signedIn }) => {
  test.skip(Boolean(process.env.TRUSTBOARD_PICTURES));
  mkdirSync(folder, { recursive: true });
  const { page } = await signedIn("administrator", {
    colorScheme: "light",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  for (const name of shown) {
    const open = screens[name];
    if (!open) throw new Error(`there is no screen ${name}`);
    await open(page, installation);
    const picture = await webp(page);
    expect(picture.length, `${name} in bytes`).toBeLessThan(mostBytes);
    writeFileSync(join(folder, `${name}.webp`), picture);
  }
});

/** What the window shows. WebP, which Playwright does not offer: half as large as a PNG. */
async function webp(page: Page): Promise<Buffer> {
  await page.evaluate(() => document.fonts.ready);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  await session.detach();
  return Buffer.from(data, "base64");
}
