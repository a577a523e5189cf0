import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT: string = fileURLToPath(new URL("../../../../", import.meta.url));
/** The folder of the pages. */
export const PAGES: string = fileURLToPath(new URL("../../src/content/docs/", import.meta.url));

/** A page made from the code or from a page of the repository. */
export interface Page {
  /** Its address without slashes around it: `reference/errors`. */
  readonly slug: string;
  readonly title: string;
  /** One sentence, for search and for llms.txt. */
  readonly description: string;
  /** Markdown without the title. */
  readonly body: string;
}

/** Writes a page where the site looks for it. */
export async function writePage({ slug, title, description, body }: Page): Promise<void> {
  const file = join(PAGES, `${slug}.md`);
  await mkdir(dirname(file), { recursive: true });
  const head = [`title: ${JSON.stringify(title)}`, `description: ${JSON.stringify(description)}`];
  await writeFile(file, `---\n${head.join("\n")}\n---\n\n${body.trim()}\n`);
}

/** A file of the repository. */
export function readSource(path: string): Promise<string> {
  return readFile(join(ROOT, path), "utf8");
}

/**
 * The part of a page under a heading of the second level, without the heading.
 *
 * @throws Error if there is none: then the page was changed, and what is made of it must be, too.
 */
export function section(markdown: string, heading: string): string {
  const [, ...parts] = markdown.split(/^## /m);
  const found = parts.find((part) => part.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`There is no heading "${heading}".`);
  return found.slice(heading.length).trim();
}

/** Escapes what would end a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
