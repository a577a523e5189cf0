import { relink } from "./links.ts";
import { type Page, readSource } from "./page.ts";
import { withEachFace } from "./provider-tables.ts";

interface AuthorPage extends Omit<Page, "slug" | "body"> {
  /** Of `docs/providers`, whose pages come with `@vaultlink/testkit`, too. */
  readonly file: string;
  /** The last part of its address. */
  readonly name: string;
  /** What the site shows otherwise. */
  readonly change?: (markdown: string) => string;
}

/** Every page of `docs/providers`, in the order in which an author needs them. */
export const AUTHOR_PAGES: readonly AuthorPage[] = [
  {
    ...{ file: "README.md", name: "overview" },
    title: "Write a provider",
    description: "How to write a provider for another vault, and how to show that it works.",
  },
  {
    ...{ file: "complete.md", name: "complete" },
    title: "A complete provider",
    description: "A complete provider of an HTTP vault, as npm create @vaultlink/provider makes it.",
  },
  {
    ...{ file: "more.md", name: "more" },
    title: "More of a provider",
    description: "A provider with two credentials, fields, a lifetime in seconds, renewal and pages.",
  },
  {
    ...{ file: "api.md", name: "api" },
    title: "All of @vaultlink/core/provider",
    description: "Every type and function that an author of a provider may use, with units and what is thrown.",
  },
  {
    ...{ file: "api-testkit.md", name: "api-testkit" },
    title: "All of @vaultlink/testkit",
    description: "The conformance kit: its subject, stand-ins, runners, and a vault in memory.",
  },
  {
    ...{ file: "api-mutants.md", name: "api-mutants" },
    title: "All of @vaultlink/testkit/mutants",
    description: "Broken providers made from yours, and what became of each.",
  },
  {
    ...{ file: "programs.md", name: "programs" },
    title: "A provider as a program",
    description: "A provider in any language: a program that answers JSON-RPC on standard input and output.",
  },
  {
    ...{ file: "use.md", name: "use" },
    title: "Use somebody else's provider",
    description: "How a configuration names a package, a path or a program, and what trusting it means.",
  },
  {
    ...{ file: "faults.md", name: "faults" },
    title: "When a provider fails",
    description: "What the library, the command and the agent do where somebody else's provider fails.",
    change: withEachFace,
  },
  {
    ...{ file: "versions.md", name: "versions" },
    title: "Versions of the contract",
    description: "Which core runs which provider, for how long, and what is said where one does not.",
    change: withEachFace,
  },
  {
    ...{ file: "known.md", name: "known" },
    title: "Known providers",
    description: "Providers there are, and how many of the kit's cases each passes.",
    // The site has no pictures of other folders.
    change: (markdown) => markdown.replaceAll(/!\[[^\]]*\]\(badges\/\w+\.svg\)/g, "in its README"),
  },
];

/** The same on the site: made of the same files, when it is built. */
export function authorPages(): Promise<readonly Page[]> {
  const own = Object.fromEntries(AUTHOR_PAGES.map(({ file, name }) => [file, `/providers/${name}/`]));
  return Promise.all(
    AUTHOR_PAGES.map(async ({ file, name, title, description, change = (markdown) => markdown }) => {
      const text = (await readSource(`docs/providers/${file}`)).replace(/^# .*\n/, "");
      return { slug: `providers/${name}`, title, description, body: change(relink(text, own)) };
    }),
  );
}
