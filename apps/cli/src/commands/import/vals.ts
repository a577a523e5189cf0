import type { Configuration } from "../../config/load.ts";

/** Which of our providers serves a backend of vals. https://github.com/helmfile/vals#supported-backends */
const PROVIDERS: Readonly<Record<string, string>> = {
  vault: "hashicorp",
  awssecrets: "aws",
  azurekeyvault: "azure",
  op: "1password",
};

/** A reference of vals as ours, or why it is none. */
export function fromVals(text: string, { connections }: Configuration): { reference: string } | { why: string } {
  const [, backend = "", rest = ""] = /^ref\+([a-z0-9]+):\/\/([^\s]*)$/.exec(text) ?? [];
  const provider = Object.hasOwn(PROVIDERS, backend) ? PROVIDERS[backend] : undefined;
  if (provider === undefined) return { why: "its value is a reference to something that is no vault here" };
  const serving = [...connections].filter(([, { entry }]) => entry.provider === provider).map(([name]) => name);
  const [connection] = serving;
  if (connection === undefined) return { why: `there is no connection of the provider ${provider}` };
  if (serving.length > 1) return { why: `several connections are of the provider ${provider}` };
  // A final + ends a reference inside a text, and stands for nothing.
  const [beforeField = "", field] = rest.replace(/\+$/, "").split("#");
  const [path = "", query] = beforeField.split("?");
  // Where the vault is, and who asks, is the connection's.
  if (query !== undefined && query !== "")
    return { why: "it says how to reach the vault, which a connection does here" };
  const key = field?.replace(/^\//, "");
  return { reference: `${connection}://${path}${key === undefined ? "" : `#${key}`}` };
}
