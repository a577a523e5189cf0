import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Plugin } from "@vaultlink/core";
import { plugin as onePassword } from "@vaultlink/provider-1password";
import { plugin as aws } from "@vaultlink/provider-aws";
import { plugin as azure } from "@vaultlink/provider-azure";
import { plugin as hashicorp } from "@vaultlink/provider-hashicorp";
import { relink } from "./links.ts";
import { cell, type Page, readSource, ROOT, section } from "./page.ts";

type Schema = Readonly<Record<string, unknown>>;

/** One option, as the provider's JSON Schema has it. */
interface Option {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

const PROVIDERS: readonly { readonly plugin: Plugin; readonly needs: string }[] = [
  { plugin: hashicorp, needs: "Policies it needs" },
  { plugin: aws, needs: "Permissions it needs" },
  { plugin: azure, needs: "Roles it needs" },
  { plugin: onePassword, needs: "Requests" },
] as readonly { plugin: Plugin; needs: string }[];

/** A page for each provider: all its options, from its JSON Schema, and how one signs in. */
export async function optionPages(): Promise<readonly Page[]> {
  return Promise.all(PROVIDERS.map(optionPage));
}

async function optionPage({ plugin, needs }: { plugin: Plugin; needs: string }): Promise<Page> {
  const readme = await readSource(`packages/provider-${plugin.name}/README.md`);
  const options = optionsOf(plugin.options["~standard"].jsonSchema.input({ target: "draft-2020-12" }));
  const part = (heading: string): string => `## ${heading}\n\n${relink(section(readme, heading))}\n`;
  return {
    slug: `reference/options/${plugin.name}`,
    title: `${plugin.title}: options`,
    description: `Every option of the provider for ${plugin.title}, how to sign in, and what it needs.`,
    body: [
      `Provider \`${plugin.name}\`, package \`@vaultlink/provider-${plugin.name}\`. In a program an option is a property; in a file it is`,
      "a key of the connection; at a terminal it is a flag of `vaultlink connect`.\n",
      "## Options\n",
      "| option | type | |\n| --- | --- | --- |",
      ...options.map(row),
      "\nA secret is never a flag with a value and never in a file: it is asked for, or read from standard input.\n",
      "## Flags\n",
      `\`\`\`text\n${await helpOf(plugin.name)}\n\`\`\`\n`,
      part("Signing in"),
      part(needs),
    ].join("\n"),
  };
}

function optionsOf(schema: Schema, parents: readonly string[] = []): readonly Option[] {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries((schema["properties"] ?? {}) as Readonly<Record<string, Schema>>).flatMap(([key, property]) => {
    const path = [...parents, key];
    return property["properties"] !== undefined
      ? optionsOf(property, path)
      : [{ name: path.join("."), schema: property, required: required.includes(key) }];
  });
}

function row({ name, schema, required }: Option): string {
  const { type, enum: choices, description, default: fallback, writeOnly, minimum, maximum } = schema;
  const facts = [
    typeof description === "string" ? description : "",
    ...(Array.isArray(choices) ? [`One of ${choices.map((one) => `\`${String(one)}\``).join(", ")}.`] : []),
    ...(typeof minimum === "number" ? [`At least ${minimum}.`] : []),
    ...(typeof maximum === "number" ? [`At most ${maximum}.`] : []),
    ...(fallback === undefined ? [] : [`Default \`${JSON.stringify(fallback)}\`.`]),
    ...(required ? ["**Required.**"] : []),
    ...(writeOnly === true ? ["**Secret.**"] : []),
  ];
  return `| \`${name}\` | ${typeName(type)} | ${cell(facts.join(" "))} |`;
}

const typeName = (type: unknown): string => (type === "array" ? "texts" : type === "string" ? "text" : String(type));

/** What the command itself says. */
async function helpOf(provider: string): Promise<string> {
  const main = `${ROOT}apps/cli/src/main.ts`;
  const env = { PATH: process.env["PATH"], HOME: ROOT, NO_COLOR: "1", COLUMNS: "100" };
  const args = ["--conditions=source", main, "connect", provider, "--help"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: ROOT });
  return stdout.trim();
}
