import type { ListEntry } from "../contract/provider.ts";

/** One page of a listing. */
export interface Page {
  readonly entries: readonly ListEntry[];
  /** What asks for the page after it; absent or empty on the last one. */
  readonly next?: string | undefined;
}

/** Lists page after page: `ask` is given nothing first, and then what the page before called `next`. */
export async function* listPages(ask: (next?: string) => Promise<Page>): AsyncGenerator<ListEntry> {
  let next: string | undefined;
  do {
    const page = await ask(next);
    yield* page.entries;
    ({ next } = page);
  } while (next !== undefined && next !== "");
}
