// Measures Monitor > Security in Chromium, slowed down four times, and asks Lighthouse. Reads what
// to open as JSON from its argument; prints what it measured as one line of JSON.

import { spawnSync } from "node:child_process";
import { chromium } from "@playwright/test";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

/** @type {{ url: string, path: string, name: string, password: string, runs: number }} */
const asked = JSON.parse(process.argv[2]);
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SLOWER = 4;

/** Runs in the page before everything else: keeps what the browser says of it. */
function observe() {
  const seen = { lcp: 0, shifts: [], tasks: [], events: [], fcp: 0 };
  globalThis.__seen = seen;
  const watch = (type, note, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
      ...more,
    });
  watch("largest-contentful-paint", (entry) => (seen.lcp = entry.startTime));
  watch("paint", (entry) => {
    if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime;
  });
  watch("layout-shift", (entry) => {
    if (!entry.hadRecentInput) seen.shifts.push(entry.value);
  });
  watch("longtask", (entry) => seen.tasks.push([entry.startTime, entry.duration]));
  watch(
    "event",
    (entry) => {
      if (entry.interactionId) seen.events.push([entry.name, entry.duration, entry.startTime]);
    },
    { durationThreshold: 16 },
  );
}

/** What people do with the table; each says whether the page has it. */
const press = async (page, selector) => {
  const found = page.locator(selector).first();
  if ((await found.count()) === 0) return false;
  // The mouse itself: Playwright's own click would listen in the page, and its listener would be
  // counted as the page's.
  await found.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await found.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.waitForTimeout(200);
  await page.evaluate(() => (globalThis.__seen.events = []));
  await page.mouse.down();
  await page.mouse.up();
  return true;
};
const acts = {
  select: async (page) => {
    const box = page.locator("tbody tr[data-host] input[type=checkbox]").first();
    if ((await box.count()) === 0) return false;
    await box.focus();
    await page.keyboard.press("Space");
    return true;
  },
  expand: (page) => press(page, "tbody tr[data-host] a.row-name"),
  sort: (page) => press(page, "thead th.name a"),
  filter: async (page) => {
    if (!(await press(page, "[data-key='/']"))) return false;
    await page.keyboard.type("db", { delay: 50 });
    await page.keyboard.press("Enter");
    return true;
  },
};

const browser = await chromium.launch({ executablePath, args });
const context = await browser.newContext({ baseURL: asked.url });
const first = await context.newPage();
await first.goto("/sign-in");
await first.locator("input[name=name]").fill(asked.name);
await first.locator("input[name=password]").fill(asked.password);
await first.locator("form[action='/sign-in'] button[type=submit]").click();
await first.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
await first.close();
const cookies = await context.cookies();

const loads = [];
const interactions = {};
for (let run = 0; run < asked.runs; run += 1) {
  const fresh = await browser.newContext({
    baseURL: asked.url,
    viewport: { width: 1280, height: 900 },
  });
  await fresh.addCookies(cookies);
  const page = await fresh.newPage();
  await page.addInitScript(observe);
  const client = await fresh.newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  // The last thing that the program begins is to listen. Looking for it in the page would be a long
  // task of the page's: the script that Playwright puts there is compiled at this speed, too.
  const listens = page.waitForRequest(/\/api\/v1\/live/, { timeout: 60_000 });
  await page.goto(asked.path, { waitUntil: "load" });
  await listens;
  await page.waitForTimeout(2_000);
  loads.push(await page.evaluate(loaded));
  await page.locator("body[data-hydrated]").waitFor({ state: "attached" });
  for (const [name, act] of Object.entries(acts)) {
    await page.evaluate(() => (globalThis.__seen.events = []));
    if (!(await act(page))) continue;
    // The browser reports an interaction after the frame that shows it.
    await page.waitForTimeout(1_200);
    const worst = await page.evaluate(() =>
      Math.max(0, ...globalThis.__seen.events.map(([, duration]) => duration)),
    );
    (interactions[name] ??= []).push(worst);
  }
  await fresh.close();
}
const version = browser.version();
await browser.close();

/** Runs in the page: what loading it came to. */
function loaded() {
  const { lcp, fcp, shifts, tasks } = globalThis.__seen;
  const files = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/pkg/"));
  const bytes = (extension) =>
    files
      .filter(({ name }) => name.endsWith(extension))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  // Total Blocking Time: what long tasks take beyond 50 ms, after the first paint.
  const tbt = tasks
    .filter(([start]) => start >= fcp)
    .reduce((sum, [, duration]) => sum + duration - 50, 0);
  return {
    fcp,
    lcp,
    tbt,
    cls: shifts.reduce((sum, shift) => sum + shift, 0),
    wasm: bytes(".wasm"),
    js: bytes(".js"),
    css: bytes(".css"),
    files: files.length,
    html: performance.getEntriesByType("navigation")[0].encodedBodySize,
  };
}

/** Lighthouse's own profiles, with its own throttling. */
async function ask(config) {
  const chrome = await launch({ chromePath: executablePath, chromeFlags: ["--headless=new", ...args] });
  try {
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const flags = {
      port: chrome.port,
      output: "json",
      logLevel: "error",
      extraHeaders: { Cookie: cookie },
      onlyCategories: ["performance", "accessibility", "best-practices"],
    };
    const { lhr } = await lighthouse(asked.url + asked.path, flags, config);
    const failed = Object.values(lhr.audits)
      .filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== "informative")
      .map(({ id, displayValue }) => (displayValue ? `${id} (${displayValue})` : id));
    const scores = Object.fromEntries(
      Object.entries(lhr.categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)]),
    );
    return { scores, failed };
  } finally {
    chrome.kill();
  }
}

const desktop = await ask(desktopConfig);
const mobile = await ask(undefined);
const kernel = spawnSync("uname", ["-r"]).stdout.toString().trim();
console.log(JSON.stringify({ version, kernel, loads, interactions, desktop, mobile }));
