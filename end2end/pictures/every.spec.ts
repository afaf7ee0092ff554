// Every screen in both themes, three widths and three languages, for somebody to look at.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { nowhere, screens } from "../fixtures/screens";
import { test } from "../fixtures/test";

const folder = process.env.TRUSTBOARD_PICTURES ?? "";
const only = process.env.TRUSTBOARD_PICTURES_ONLY ?? "";

const widths = [390, 1280, 1920] as const;
const languages = ["en", "de", "fr"] as const;

for (const language of languages) {
  for (const colorScheme of ["dark", "light"] as const) {
    for (const width of widths) {
      // Languages differ in their words, which the narrowest and the usual width show.
      if (language !== "en" && (width === 1920 || colorScheme === "light")) continue;
      test(`every screen, ${language}, ${colorScheme}, ${width}`, async ({
        installation,
        signedIn,
      }) => {
        test.skip(folder === "");
        const place = join(folder, `${language}-${colorScheme}-${width}`);
        mkdirSync(place, { recursive: true });
        const viewport = { width, height: width === 390 ? 844 : 900 };
        const { page, guard } = await signedIn("administrator", {
          colorScheme,
          viewport,
          locale: "en-GB",
        });
        const url = installation.url;
        await page.context().addCookies([{ name: "trustboard-language", value: language, url }]);
        for (const [name, open] of Object.entries(screens)) {
          if (!name.includes(only)) continue;
          await open(page, installation);
          await page.screenshot({ path: join(place, `${name}.png`), fullPage: true });
        }
        guard.expect(/404/);
        for (const [name, path] of Object.entries(nowhere)) {
          if (!name.includes(only)) continue;
          await page.goto(path);
          await page.screenshot({ path: join(place, `${name}.png`), fullPage: true });
        }
      });
    }
  }
}
