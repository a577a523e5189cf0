import { authorPages } from "./authors.ts";
import { relink } from "./links.ts";
import { type Page, readSource, section } from "./page.ts";

/** Pages that the repository has already: made from them, so that each fact stands in one place. */
export async function repositoryPages(): Promise<readonly Page[]> {
  return [
    await commands(),
    await window(),
    await files(),
    await references(),
    await security(),
    ...(await authorPages()),
  ];
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
