import { errorPage } from "./generate/errors.ts";
import { writeLlms } from "./generate/llms.ts";
import { optionPages } from "./generate/options.ts";
import { writePage } from "./generate/page.ts";
import { performancePage } from "./generate/performance.ts";
import { repositoryPages } from "./generate/repository.ts";

/** Writes the pages that are made from the code: `pnpm run generate`. The API reference is made by the build itself. */
const pages = [errorPage(), ...(await optionPages()), ...(await repositoryPages()), await performancePage()];
for (const page of pages) await writePage(page);
await writeLlms();
console.log(`${pages.length} pages are made from the code and the repository's own pages.`);
