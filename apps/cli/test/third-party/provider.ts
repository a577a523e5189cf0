import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What a provider of these tests is, and what is wrong with it. */
export interface Made {
  /** What its plugin calls itself. */
  readonly name?: string;
  readonly specVersion?: number;
  readonly version?: string;
  /** Code before the plugin, e.g. `throw new Error()`. */
  readonly first?: string;
  /** Code of `read`, before it gives the value. */
  readonly onRead?: string;
  /** Code of `open`. */
  readonly onOpen?: string;
  /** Members of its session, besides: `requests: () => 3,`. */
  readonly members?: string;
  /** What it exports the plugin as. */
  readonly exported?: string;
  /** Code of members that its provider has besides, and its plugin. */
  readonly provider?: string;
  readonly plugin?: string;
  /** Its manifest, besides name and version. */
  readonly manifest?: object;
}

/** Writes the package of a provider, as somebody would who wrote it without any of our packages. */
export async function writeProvider(folder: string, packageName: string, made: Made = {}): Promise<string> {
  const { version = "1.0.0", manifest = { type: "module", exports: "./index.js" } } = made;
  await write(join(folder, "package.json"), JSON.stringify({ name: packageName, version, ...manifest }));
  await write(join(folder, "index.js"), codeOf(made));
  return folder;
}

/** The code of a provider with the option `url`, the credential `token`, and the variable `ACME_TOKEN`. */
export function codeOf(made: Made = {}): string {
  const { name = "acme", specVersion = 1, first = "", onRead = "", onOpen = "", exported = "plugin" } = made;
  const { members = "", provider = "", plugin = "" } = made;
  return `${first}
// In pieces: this file is no secret.
const canary = ["vlca", "nary-"].join("");
const schema = () => ({
  type: "object",
  properties: {
    url: { type: "string", description: "Where it is." },
    token: { type: "string", description: "Token.", writeOnly: true },
  },
  required: ["url"],
});
const validate = (value) => {
  if (typeof value.url === "string") return { value };
  return { issues: [{ message: 'Option "url" is required.', path: ["url"] }] };
};
class Refusal extends Error {
  "~secretError" = 1;
  constructor(code, message) {
    super(message);
    this.code = code;
    this.details = {};
  }
}
export const ${exported} = {
  specVersion: ${specVersion},
  name: "${name}",
  title: "Acme Vault",
  options: { "~standard": { version: 1, vendor: "vaultlink", validate, jsonSchema: { input: schema, output: schema } } },
  parseIdentifier: (text) =>
    text.startsWith("acme:") ? { locator: { path: text.slice(5), query: {} } } : undefined,
  ${plugin}
  create: ({ url, token: given }) => ({
    ${provider}
    specVersion: ${specVersion},
    name: "${name}",
    envVariables: ["ACME_TOKEN"],
    async open({ env, prompter }) {
      ${onOpen}
      const token = given ?? env.ACME_TOKEN ?? (await prompter?.ask({ label: "Token", secret: true }));
      if (token !== canary + "right") throw new Refusal("unauthenticated", "The token is wrong or missing.");
      return {
        identity: "somebody",
        ${members}
        async read({ path }) {
          ${onRead}
          if (path === "none") throw new Refusal("not_found", "Acme has no such secret.");
          if (path === "pid") return { value: String(process.pid) };
          if (path === "env") return { value: Object.keys(process.env).toSorted().join() };
          if (path === "bytes") return { value: Uint8Array.from([255, 0, 254]) };
          if (path === "fields") return { value: { url, user: "app" } };
          return { value: canary + path };
        },
      };
    },
  }),
};
`;
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
