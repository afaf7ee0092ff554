// Signing in and out, and what a page says once its session is over.

import { openTable } from "../fixtures/hosts";
import { expect, hydrated, signIn, test } from "../fixtures/test";

test("every page leads to the sign-in and back", async ({ anonymous, installation }) => {
  const { page } = await anonymous();
  const { id, name } = installation.datacenter("fra-1");
  await page.goto(`/datacenters/${id}/security`);
  await expect(page).toHaveURL(/\/sign-in\?/);
  const user = installation.user("viewer");
  await page.getByLabel("Name").fill(user.name);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/datacenters/${id}/security`));
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

test("a wrong password is refused without saying which of the two is wrong", async ({
  anonymous,
}) => {
  const { page } = await anonymous();
  await page.goto("/sign-in");
  await page.getByLabel("Name").fill("operator");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText(/name or (the )?password/i);
  await expect(page.getByLabel("Name")).toHaveValue("operator");
});

test("a link from the command line signs in once", async ({ anonymous, installation }) => {
  const link = await installation.trustboard("user", "link", "operator");
  const { page } = await anonymous();
  await page.goto(link);
  await expect(page.getByRole("banner")).toContainText("operator");
  expect(page.url()).not.toContain("#");

  const second = await anonymous();
  await second.page.goto(link);
  await expect(second.page.getByRole("alert")).toContainText("used already");
});

test("after signing out nothing is shown any more", async ({ installation, signedIn }) => {
  const { page } = await signedIn("viewer");
  await openTable(page, installation, "db-prod-01");
  const table = page.url();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await page.goto(table);
  await expect(page).toHaveURL(/sign-in/);
  await expect(page.getByText("db-prod-01")).toHaveCount(0);
});

test("a session that ended meanwhile says so, and nothing is lost", async ({
  installation,
  signedIn,
}) => {
  const { page, guard } = await signedIn("operator");
  guard.expect(/401|Unauthorized|Failed to load resource/);
  await openTable(page, installation, "db-prod-01");
  await page.context().clearCookies();
  await page.getByRole("navigation", { name: "Inventory" }).getByRole("link", { name: "lyo-2" }).click();
  await expect(page.getByText(/session has ended|Sign in/).first()).toBeVisible();
  await signIn(page, installation.user("operator"));
  await hydrated(page);
});
