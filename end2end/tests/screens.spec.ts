// Every screen in both themes: accessible, never wider than the window, and kept as a picture.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/axe";
import { nowhere, screens } from "../fixtures/screens";
import { expect, hydrated, test } from "../fixtures/test";

const pictures = join(__dirname, "../screenshots");
mkdirSync(pictures, { recursive: true });

const sizes = {
  desk: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

for (const colorScheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries(sizes)) {
    test(`screens, ${colorScheme}, ${size}`, async ({ anonymous, installation, signedIn }) => {
      const look = async (page: Page, name: string) => {
        await expectAccessible(page, `${name}, ${colorScheme}, ${size}`);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect.soft(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
        const path = join(pictures, `${name}-${colorScheme}-${size}.png`);
        await page.screenshot({ path, fullPage: true });
      };
      const stranger = await anonymous({ colorScheme, viewport });
      await stranger.page.goto("/sign-in");
      await hydrated(stranger.page);
      await look(stranger.page, "sign-in");

      const { page, guard } = await signedIn("administrator", { colorScheme, viewport });
      for (const [name, open] of Object.entries(screens)) {
        await open(page, installation);
        await look(page, name);
      }
      guard.expect(/404/);
      for (const [name, path] of Object.entries(nowhere)) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(404);
        await hydrated(page);
        await look(page, name);
      }
    });
  }
}
