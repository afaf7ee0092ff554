// Who may only look gets no buttons, and no way around them.

import { openHost, openTable } from "../fixtures/hosts";
import { expect, test } from "../fixtures/test";

const host = "db-prod-03";

test("a viewer gets no buttons", async ({ installation, signedIn }) => {
  const { page } = await signedIn("viewer");
  const row = await openTable(page, installation, host);
  await row.getByRole("link", { name: host }).click();
  const actions = page.getByRole("group", { name: "Actions" });
  await expect(actions).toContainText("acting needs the role Operator");
  await expect(actions.getByRole("button")).toHaveCount(0);
  await openHost(page, installation, host);
  await expect(actions).toContainText("acting needs the role Operator");
  await expect(actions.getByRole("button")).toHaveCount(0);
});

test("a viewer's command is refused by the API", async ({ installation, signedIn }) => {
  const { page } = await signedIn("viewer");
  await openHost(page, installation, host);
  const id = new URL(page.url()).pathname.split("/").pop();
  const answer = await page.request.post(`/api/v1/hosts/${id}/reset`, {
    headers: { origin: installation.url },
    data: { revision: 1, reason: "because" },
  });
  expect(answer.status()).toBe(403);
  expect(await answer.json()).toMatchObject({ refusal: "forbidden", needs: "operator" });
});
