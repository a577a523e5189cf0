import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PAGES } from "./page.ts";

const FILE = fileURLToPath(new URL("../../public/llms.txt", import.meta.url));

const HEAD = `# vaultlink

> Links names to secrets in HashiCorp Vault, OpenBao, AWS Secrets Manager, Azure Key Vault and 1Password, and resolves
> them for a program or a command through a cache in memory. It never writes to a vault and never writes a value to a file.
`;

/** Writes `llms.txt`: every page with its one sentence, for programs that read documentation. */
export async function writeLlms(): Promise<void> {
  const entries = await readdir(PAGES, { recursive: true });
  const pages = entries.filter((name) => /\.mdx?$/.test(name) && !name.startsWith("api")).toSorted();
  const lines = await Promise.all(pages.map(line));
  await writeFile(FILE, `${HEAD}\n## Pages\n\n${lines.join("\n")}\n- [API](/api/readme/): every public declaration.\n`);
}

async function line(name: string): Promise<string> {
  const text = await readFile(join(PAGES, name), "utf8");
  const value = (key: string): string => {
    const found = new RegExp(`^${key}: (.*)$`, "m").exec(text)?.[1] ?? "";
    return found.startsWith('"') ? String(JSON.parse(found)) : found;
  };
  const address = name.replaceAll("\\", "/").replace(/(^index)?\.mdx?$/, "");
  const slash = address === "" ? "/" : `/${address}/`;
  return `- [${value("title")}](${slash}): ${value("description")}`;
}
