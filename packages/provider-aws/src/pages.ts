import { type Answered, unexpectedResponse } from "./unexpected-response.ts";

/** Asks page by page, until one names no next. Throws `unavailable` when the pages go round in circles. */
export async function* pages<Page extends Answered & { readonly NextToken?: string | undefined }>(
  request: (more: { NextToken?: string }) => Promise<Page>,
): AsyncGenerator<Page, void, undefined> {
  // An empty token names no page: AWS leaves it out where there is none.
  const asked = new Set<string>([""]);
  let page = await request({});
  yield page;
  while (page.NextToken !== undefined) {
    if (asked.has(page.NextToken)) {
      throw unexpectedResponse(page, "The pages of the answer go round in circles: AWS does not answer so.");
    }
    asked.add(page.NextToken);
    page = await request({ NextToken: page.NextToken });
    yield page;
  }
}
