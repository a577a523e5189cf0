import { relink } from "./links.ts";
import { type Page, readSource, section } from "./page.ts";
import { withEachFace } from "./provider-tables.ts";

/** Pages that the repository has already: made from them, so that each fact stands in one place. */
export async function repositoryPages(): Promise<readonly Page[]> {
  return [await commands(), await window(), await files(), await references(), await security(), ...(await authors())];
}

async function commands(): Promise<Page> {
  const [, text = ""] = (await readSource("docs/cli.md")).split("do not edit.\n");
  return {
    slug: "reference/commands",
    title: "Commands",
    description: "Every command with its arguments, options and examples, as --help shows them.",
    body: `What \`--help\` says of each command.\n${text}`,
  };
}

async function window(): Promise<Page> {
  const [, text = ""] = (await readSource("docs/window.md")).split("do not edit. -->\n");
  return {
    slug: "guides/window",
    title: "The window",
    description: "What vaultlink alone at a terminal shows: links and connections, live, in each of its states.",
    body: text,
  };
}

async function files(): Promise<Page> {
  const readme = await readSource("apps/cli/README.md");
  const part = (heading: string): string => `## ${heading}\n\n${relink(section(readme, heading))}\n`;
  return {
    slug: "reference/files",
    title: "Files, exit statuses, environment variables",
    description:
      "What vaultlink.json and the user's configuration hold, how the command ends, and which variables it reads.",
    body: ["Files", "Exit statuses", "Environment variables"].map(part).join("\n"),
  };
}

async function references(): Promise<Page> {
  const providers = [
    ["HashiCorp Vault and OpenBao", "provider-hashicorp"],
    ["AWS Secrets Manager", "provider-aws"],
    ["Azure Key Vault", "provider-azure"],
    ["1Password", "provider-1password"],
  ] as const;
  const parts = providers.map(async ([title, name]) => {
    const readme = await readSource(`packages/${name}/README.md`);
    return `## ${title}\n\n${relink(section(readme, "References"))}\n`;
  });
  const core = section(await readSource("packages/core/README.md"), "References");
  return {
    slug: "reference/references",
    title: "References",
    description: "The syntax of references, and what each vault takes.",
    body: [core, "", ...(await Promise.all(parts))].join("\n"),
  };
}

async function security(): Promise<Page> {
  const text = (await readSource("SECURITY.md")).replace(/^# .*\n/, "");
  return {
    slug: "guides/security",
    title: "Security",
    description: "What vaultlink protects, how that is checked, and what it does not protect.",
    body: relink(text),
  };
}

async function authors(): Promise<readonly Page[]> {
  const own = {
    "README.md": "/providers/overview/",
    "use.md": "/providers/use/",
    "faults.md": "/providers/faults/",
    "versions.md": "/providers/versions/",
  };
  const body = async (path: string): Promise<string> => relink((await readSource(path)).replace(/^# .*\n/, ""), own);
  return [
    {
      slug: "providers/overview",
      title: "Write a provider",
      description: "How to write a provider for another vault, and how to show that it works.",
      body: await body("docs/providers/README.md"),
    },
    {
      slug: "providers/programs",
      title: "A provider as a program",
      description: "A provider in any language: a program that answers JSON-RPC on standard input and output.",
      body: await body("docs/providers/programs.md"),
    },
    {
      slug: "providers/use",
      title: "Use somebody else's provider",
      description: "How a configuration names a package, a path or a program, and what trusting it means.",
      body: await body("docs/providers/use.md"),
    },
    {
      slug: "providers/faults",
      title: "When a provider fails",
      description: "What the library, the command and the agent do where somebody else's provider fails.",
      body: withEachFace(await body("docs/providers/faults.md")),
    },
    {
      slug: "providers/versions",
      title: "Versions of the contract",
      description: "Which core runs which provider, for how long, and what is said where one does not.",
      body: withEachFace(await body("docs/providers/versions.md")),
    },
  ];
}
