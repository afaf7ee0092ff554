// Hosts, places and certificates whose every word is meant to harm: markup, formulas, texts that
// turn the direction of what follows, 250 letters without a space. Nothing of it breaks out: not
// of a page, not of an export, not of the log.

import { expect, type Page } from "@playwright/test";
import { withFleet } from "../fixtures/light";
import { hydrated, signIn } from "../fixtures/test";

const test = withFleet(
  ...["--hosts", "24", "--datacenters", "1", "--clusters", "2", "--group", "hostile=16"],
);

const widths = [390, 1280];

/** No script of theirs has run, no picture of theirs was fetched, nothing sticks out. */
async function expectContained(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: (window as unknown as { __broken?: number }).__broken,
    elements: document.querySelectorAll("img[src='x'], main script, [onerror]").length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  expect(found, where).toEqual({ ran: undefined, elements: 0, overflow: expect.any(Number) });
  expect(found.overflow, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** The cells of a CSV file (RFC 4180): a text in quotes may hold commas and lines. */
function cells(text: string): string[] {
  const found = text.replace(/^\uFEFF/, "").matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,"\r\n]*))/g);
  return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

test("nothing breaks out of any screen, export or log line", async ({ page, fleet, request }) => {
  test.setTimeout(240_000);
  const name = '<script>window.__broken=1</script>"=1+1';
  await fleet.trustboard("datacenter", "add", name);
  await fleet.trustboard("cluster", "add", "--datacenter", name, `@${name}`);
  await signIn(page, fleet.user("administrator"));
  const datacenter = fleet.datacenters[0]?.id;
  await page.goto(`/datacenters/${datacenter}/security?sort=name`);
  const hosts = await page.locator("tr[data-host]").evaluateAll((rows) =>
    rows.map((row) => (row as HTMLElement).dataset.host),
  );
  expect(hosts.length).toBe(24);

  const paths = [
    "/",
    "/security",
    "/alarms",
    "/events",
    "/makers",
    "/policies",
    "/configurations?state=all",
    `/datacenters/${datacenter}/security`,
    `/datacenters/${datacenter}/security?q=%3Cscript%3E`,
    `/datacenters/${datacenter}/alarms`,
    `/datacenters/${datacenter}/events`,
    ...hosts.slice(0, 10).map((host) => `/hosts/${host}`),
  ];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of paths) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(200);
      await hydrated(page);
      await expectContained(page, `${path} at ${width}`);
    }
    // A row opened in place.
    await page.goto(`/datacenters/${datacenter}/security?q=script`);
    await hydrated(page);
    await page.locator("tr[data-host] a").first().click();
    await expectContained(page, `an open row at ${width}`);
  }

  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const csv = await request.get(`/api/v1/datacenters/${datacenter}/security.csv`, {
    headers: { cookie },
  });
  expect(csv.status()).toBe(200);
  const text = await csv.text();
  expect(text).toContain("HYPERLINK");
  // OWASP: a cell that begins like this is a formula to a spreadsheet.
  const values = cells(text);
  expect(values.length).toBeGreaterThan(8 * 24);
  expect(values.filter((value) => /^[=+\-@\t\r]/.test(value))).toEqual([]);

  // One line for each event: whatever a host calls itself, it begins no line of its own.
  const lines = fleet.log;
  expect(lines.length).toBeGreaterThan(50);
  for (const line of lines) {
    // eslint-disable-next-line no-control-regex
    expect(line.replace(/\u001b\[[0-9;]*m/g, "")).toMatch(/^\d{4}-\d\d-\d\dT/);
  }
});
