// Every screen in both themes: accessible, never wider than the window, and kept as a picture.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/axe";
import { openHost, openTable } from "../fixtures/hosts";
import type { Installation } from "../fixtures/installation";
import { expect, hydrated, test } from "../fixtures/test";

const pictures = join(__dirname, "../screenshots");
mkdirSync(pictures, { recursive: true });

const sizes = {
  desk: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

const screens: Record<string, (page: Page, installation: Installation) => Promise<void>> = {
  overview: async (page) => {
    await page.goto("/");
    await hydrated(page);
  },
  security: async (page, installation) => {
    await openTable(page, installation, "db-prod-03");
  },
  "security-open-row": async (page, installation) => {
    const row = await openTable(page, installation, "db-prod-03");
    await row.getByRole("link", { name: "db-prod-03" }).click();
    await expect(page.getByRole("heading", { name: "What to do" }).first()).toBeVisible();
  },
  "security-no-match": async (page, installation) => {
    await page.goto(`/datacenters/${installation.datacenter("fra-1").id}/security?q=nothing-like-it`);
    await hydrated(page);
    await expect(page.getByText("No host matches this filter.")).toBeVisible();
  },
  "host-failed": async (page, installation) => {
    await openHost(page, installation, "db-prod-03");
  },
  "host-passed": async (page, installation) => {
    await openHost(page, installation, "edge-fra-01");
  },
};

for (const colorScheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries(sizes)) {
    test(`screens, ${colorScheme}, ${size}`, async ({ anonymous, installation, signedIn }) => {
      const look = async (page: Page, name: string) => {
        await expectAccessible(page, `${name}, ${colorScheme}, ${size}`);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
        const path = join(pictures, `${name}-${colorScheme}-${size}.png`);
        await page.screenshot({ path, fullPage: true });
      };
      const stranger = await anonymous({ colorScheme, viewport });
      await stranger.page.goto("/sign-in");
      await hydrated(stranger.page);
      await look(stranger.page, "sign-in");

      const { page, guard } = await signedIn("operator", { colorScheme, viewport });
      for (const [name, open] of Object.entries(screens)) {
        await open(page, installation);
        await look(page, name);
      }
      guard.expect(/404/);
      const unknown = "00000000-0000-4000-8000-000000000000";
      const nowhere = {
        "not-found": "/nowhere",
        "no-such-host": `/hosts/${unknown}`,
        "no-such-datacenter": `/datacenters/${unknown}/security`,
      };
      for (const [name, path] of Object.entries(nowhere)) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(404);
        await hydrated(page);
        await look(page, name);
      }
    });
  }
}
