import { SecretError } from "@vaultlink/core/provider";

/** Asks page by page, until one names no next. Throws `unavailable` when the pages go round in circles. */
export async function* pages<Page extends { readonly NextToken?: string | undefined }>(
  ask: (more: { NextToken?: string }) => Promise<Page>,
): AsyncGenerator<Page, void, undefined> {
  // An empty token names no page: AWS leaves it out where there is none.
  const asked = new Set<string>([""]);
  let page = await ask({});
  yield page;
  while (page.NextToken !== undefined) {
    if (asked.has(page.NextToken)) {
      throw new SecretError("unavailable", "The pages of the answer go round in circles: AWS does not answer so.");
    }
    asked.add(page.NextToken);
    page = await ask({ NextToken: page.NextToken });
    yield page;
  }
}
