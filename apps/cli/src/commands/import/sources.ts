import type { Configuration } from "../../config/load.ts";
import type { CliContext } from "../../context.ts";
import { isIdentifier } from "../../vault/identifier.ts";
import { schemeOf } from "@vaultlink/core/internal";
import { parseEnvText } from "../../env/env-text.ts";
import { fromVals, isOfVals } from "./vals.ts";

/** A name to link, and what it stands for: `null` for nothing yet. */
export interface Imported {
  readonly name: string;
  readonly reference: string | null;
}

/** What a file says, and what of it was left out, and why. */
export interface Source {
  readonly names: readonly Imported[];
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/** Variables of a dotenv file whose values are references: our own, a vault's identifiers, and those of vals. */
export async function fromDotenv(context: CliContext, configuration: Configuration, text: string): Promise<Source> {
  const names: Imported[] = [];
  const left: { name: string; why: string }[] = [];
  for (const [name, held] of Object.entries(parseEnvText(text))) {
    const value = held.trim();
    const vals = isOfVals(value) ? fromVals(value, configuration) : undefined;
    if (vals !== undefined && "why" in vals) left.push({ name, why: vals.why });
    else if (vals !== undefined) names.push({ name, reference: vals.reference });
    else if (await isReference(context, configuration, value)) names.push({ name, reference: value });
    else left.push({ name, why: "its value is no reference" });
  }
  return { names, left };
}

async function isReference(context: CliContext, configuration: Configuration, value: string): Promise<boolean> {
  const scheme = schemeOf(value);
  if (scheme !== undefined && configuration.connections.has(scheme)) return true;
  return value.includes(":") && isIdentifier(context, configuration, value);
}

/** `{{vault:name}}`: what Postman puts a vault's secret in place of. https://learning.postman.com/docs/sending-requests/postman-vault/postman-vault-secrets/ */
const VAULT_NAME = /\{\{vault:([^{}]*)\}\}/g;

/** The names of a Postman collection's vault secrets. They are declared; what they stand for is linked afterwards. */
export function fromPostman(text: string): Source {
  const names = new Set<string>();
  const left = new Map<string, string>();
  for (const [, found = ""] of text.matchAll(VAULT_NAME)) {
    const [name = "", suffix] = found.split(":");
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) left.set(name, "its name is no link's");
    else if (suffix !== undefined) left.set(name, "it belongs to a guided sign-in of Postman");
    else names.add(name);
  }
  // A name that is made of another variable is not known before a request is sent.
  if (/\{\{vault:[^{}]*\{\{/.test(text)) left.set("{{vault:{{…}}}}", "its name is made of another variable");
  return {
    names: [...names].map((name) => ({ name, reference: null })),
    left: [...left].map(([name, why]) => ({ name, why })),
  };
}
