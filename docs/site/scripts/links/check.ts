import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A link that leads nowhere. */
export interface BrokenLink {
  /** The page it is on, from the root of the site. */
  readonly page: string;
  readonly target: string;
}

/** What was looked at, and what was found. */
export interface LinkReport {
  readonly pages: number;
  readonly links: number;
  readonly broken: readonly BrokenLink[];
}

/** A built page: where its links lead, and which places in it can be linked to. */
interface Built {
  readonly links: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

/**
 * Checks each link and each picture of a built site: its page is there, and so is the place in it. Links to other sites
 * are not followed, so that a build needs no network.
 */
export async function checkLinks(folder: string): Promise<LinkReport> {
  const files = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll("\\", "/"));
  const names = new Set(files);
  const pages = new Map<string, Built>();
  for (const name of files.filter((one) => one.endsWith(".html"))) {
    pages.set(name, read(await readFile(join(folder, name), "utf8")));
  }
  const broken: BrokenLink[] = [];
  let links = 0;
  for (const [page, { links: own }] of pages) {
    for (const target of own.filter((one) => !/^([a-z][a-z\d+.-]*:|\/\/)/i.test(one))) {
      links += 1;
      if (!leads(page, target, names, pages)) broken.push({ page, target });
    }
  }
  return { pages: pages.size, links, broken };
}

function leads(page: string, target: string, names: ReadonlySet<string>, pages: ReadonlyMap<string, Built>): boolean {
  const base = `https://site.invalid/${page.replace(/(^|\/)index\.html$/, "$1")}`;
  const { pathname, hash } = new URL(target, base);
  const path = decodeURIComponent(pathname).slice(1);
  const file = [path, `${path}index.html`, `${path}/index.html`, `${path}.html`].find((name) => names.has(name));
  if (file === undefined) return false;
  const anchor = decodeURIComponent(hash.slice(1));
  return anchor === "" || !pages.has(file) || pages.get(file)?.anchors.has(anchor) === true;
}

function read(html: string): Built {
  const text = html.replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
  const values = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, , value = ""]) => unescape(value));
  return {
    links: values(/\s(href|src)="([^"]*)"/g),
    anchors: new Set(values(/\s(id|name)="([^"]*)"/g)),
  };
}

const unescape = (text: string): string =>
  text.replaceAll("&#x26;", "&").replaceAll("&#38;", "&").replaceAll("&amp;", "&").replaceAll("&quot;", '"');
