// Pictures of the running product: for the handbook, and of every screen in every form to look at.

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  testDir: "pictures",
  timeout: 1_800_000,
});
