// The pictures of the handbook, taken from the running product so that they cannot go stale.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { screens } from "../fixtures/screens";
import { test } from "../fixtures/test";

const folder = join(__dirname, "../../docs/pictures");

/** Screens that the handbook shows, in the order of a first day. */
const shown = process.env.TRUSTBOARD_PICTURES ? [] : Object.keys(screens).filter(isShown);

function isShown(name: string): boolean {
  const names: readonly string[] = [
    "overview",
    "security",
    "security-open-row",
    "host-failed",
    "host-history",
    "alarms",
    "configuration-draft",
    "policy",
    "makers",
    "enrol",
    "audit",
    "health",
  ];
  return names.includes(name);
}

test("handbook", async ({ installation, signedIn }) => {
  test.skip(shown.length === 0);
  mkdirSync(folder, { recursive: true });
  const { page } = await signedIn("administrator", {
    colorScheme: "light",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
  });
  for (const name of shown) {
    await screens[name]?.(page, installation);
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }
});
