// What stands above every page while it lasts: it comes and goes by itself, on every screen, in every
// language, and nobody who uses the keyboard, a phone or a screen reader misses it.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/axe";
import { BareServer } from "../fixtures/bare";
import { expect, hydrated, signIn, test } from "../fixtures/test";

const pictures = join(__dirname, "../screenshots");
mkdirSync(pictures, { recursive: true });

const password = "correct horse battery";
/** Pages of the two programs. */
const paths = ["/alarms", "/security"];
const said = {
  en: "Verifications are behind schedule.",
  de: "Prüfungen sind im Rückstand.",
  fr: "Les vérifications sont en retard.",
};

test.describe.serial("what is told of the server", () => {
  let server: BareServer;

  test.beforeAll(async ({ installation }) => {
    test.setTimeout(120_000);
    server = await BareServer.startWithoutHosts(installation.programs);
    for (const [name, role] of [["ada", "administrator"], ["eve", "viewer"]]) {
      server.trustboard(["user", "add", name, "--role", role, "--password-stdin"], password);
    }
    // A table is there once there is a datacenter.
    server.trustboard(["datacenter", "add", "Berlin"]);
    server.trustboard(["cluster", "add", "--datacenter", "Berlin", "Rack-1"]);
  });

  test.afterAll(async () => {
    await server?.end();
  });

  async function open(browser: Browser, name: string, path: string, options = {}): Promise<Page> {
    const context = await browser.newContext({ baseURL: server.url, ...options });
    const page = await context.newPage();
    await signIn(page, { name, password });
    await page.goto(path);
    return page;
  }

  async function speak(page: Page, language: string): Promise<void> {
    const cookie = { name: "trustboard-language", value: language, url: server.url };
    await page.context().addCookies([cookie]);
    await page.goto("/alarms");
  }

  /** Another server says that it is late, or that it is not. */
  function late(seconds: number | undefined): void {
    const until = Date.now() + 600_000;
    server.record(
      seconds === undefined
        ? "DELETE FROM replicas WHERE id = 'other'"
        : `INSERT OR REPLACE INTO replicas VALUES ('other', 1, ${until}, ${Date.now() - 65_000}, ${seconds})`,
    );
  }

  test("verifications that are late are told while they are, and no longer", async ({ browser }) => {
    test.setTimeout(120_000);
    const pages = await Promise.all(paths.map((path) => open(browser, "ada", path)));
    for (const page of pages) {
      await hydrated(page);
      // The place is there before anything is said, so that screen readers hear it.
      await expect(page.locator("[data-advisory=late] [role=status]")).toHaveText("");
      await expect(page.locator(".advisory.on")).toHaveCount(0);
    }
    late(40);
    for (const page of pages) {
      await expect(page.locator("[data-advisory=late] [role=status]")).toContainText(said.en);
      await expect(page.locator(".advisory .how")).toContainText("about 40 s late");
      await expectAccessible(page, `late, ${page.url()}`);
    }
    late(300);
    for (const page of pages) {
      await expect(page.locator(".advisory .how")).toContainText("about 5 min late");
    }
    const [alarms] = pages;
    await alarms.locator(".advisory").getByRole("link", { name: "Health of the server" }).click();
    await expect(alarms.locator("[data-health=schedule]")).toHaveAttribute("data-sign", "warning");
    await expect(alarms.locator("[data-health=schedule]")).toContainText("about 5 min late");
    late(undefined);
    for (const page of pages) {
      await expect(page.locator(".advisory.on")).toHaveCount(0);
    }
    await expect(alarms.locator("[data-health=schedule]")).toHaveAttribute("data-sign", "good");
    for (const page of pages) await page.context().close();
  });

  test("it fits every screen, in every language and colour, without scripts", async ({ browser }) => {
    test.setTimeout(180_000);
    late(90);
    for (const [language, words] of Object.entries(said)) {
      const page = await open(browser, "eve", "/alarms", { javaScriptEnabled: false });
      await speak(page, language);
      // The server hears of it within seconds; this page does not.
      await expect(async () => {
        await page.reload();
        const line = page.locator("[data-advisory=late] [role=status]");
        await expect(line).toContainText(words, { timeout: 500 });
      }).toPass();
      // Whoever may not see the figures is not led there.
      await expect(page.locator(".advisory a")).toHaveCount(0);
      for (const [name, width] of [["phone", 390], ["desk", 1280], ["wall", 1920]] as const) {
        for (const colorScheme of ["light", "dark"] as const) {
          await page.setViewportSize({ width, height: 700 });
          await page.emulateMedia({ colorScheme });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide, `${language} ${name}`).toBeLessThanOrEqual(width);
          const file = `advisory-late-${language}-${name}-${colorScheme}.png`;
          await page.screenshot({ path: join(pictures, file) });
        }
      }
      await page.context().close();
    }
    late(undefined);
  });

  test("a disk that is full is told, and that it is not any more", async ({ browser }) => {
    test.setTimeout(120_000);
    const pages = await Promise.all(paths.map((path) => open(browser, "ada", path)));
    for (const page of pages) await hydrated(page);
    server.fillDisk(true);
    for (const page of pages) {
      await expect(page.locator(".read-only[role=alert]")).toContainText("cannot write");
      await expectAccessible(page, `read-only, ${page.url()}`);
    }
    for (const language of Object.keys(said)) {
      const page = pages[0];
      await speak(page, language);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const [name, width] of [["phone", 390], ["desk", 1280]] as const) {
          await page.setViewportSize({ width, height: 700 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide, `${language} ${name}`).toBeLessThanOrEqual(width);
          const file = `advisory-read-only-${language}-${name}-${colorScheme}.png`;
          await page.screenshot({ path: join(pictures, file) });
        }
      }
    }
    server.fillDisk(false);
    for (const page of pages) {
      await expect(page.locator(".read-only")).toHaveCount(0);
      await page.context().close();
    }
  });
});
