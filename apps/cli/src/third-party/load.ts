import { type Env, isSecretError, type Plugin, SecretError } from "@vaultlink/core";
import { CONTRACT } from "@vaultlink/core/internal";
import { defineOptions, definePlugin, execProvider } from "@vaultlink/core/provider";
import type { Description } from "./host/describe.ts";
import type { Fault } from "./host/import-plugin.ts";
import { hostOptions } from "./host-process.ts";
import { type HostedPlugin, hostedPlugin } from "./hosted-plugin.ts";
import { expectTrusted, type Inspected, locateCode, type NamedBy } from "./inspect.ts";
import { installForUser } from "./package-manager.ts";
import { outputOf } from "./provider-output.ts";
import { ProviderProcess } from "./provider-process.ts";
import { labelOf, nameInPackage, type ProgramEntry, type ThirdParty } from "./source.ts";

/**
 * Loads a provider of somebody else's. Throws what is wrong with it, each in a sentence of its own. `isCompared`: its files
 * have just been compared with what its user agreed to.
 */
export async function loadThirdParty(
  source: ThirdParty,
  by: NamedBy,
  env: Env,
  isCompared = false,
): Promise<HostedPlugin> {
  const code = locateCode(source, by);
  const { entry } = code;
  if (source.kind === "program" || entry === undefined) {
    await expectTrusted(code, by);
    return programPlugin(source, { code, by, env });
  }
  const host = hostOptions(entry, code.folders[0] ?? "", env);
  const running = new ProviderProcess({ host, env, expectTrusted: () => expectTrusted(code, by) });
  if (isCompared) running.noteTrusted();
  await running.expectTrusted();
  const about = { by, isPath: source.kind === "path", hint: host.endedHint };
  const description = await describe(code, about, () => running.ask("plugin.describe", {}));
  const wanted = source.kind === "package" ? nameInPackage(source.name) : description.name;
  if (description.name !== wanted) {
    const own = /^[\w.-]{1,40}$/.test(description.name) ? `"${description.name}"` : "otherwise";
    throw invalid(by, `${code.label} calls its provider ${own}, where its own name says "${wanted}".`);
  }
  // What a connection is called in configuration is what messages and hints have to say.
  const label = source.kind === "package" ? source.name : source.path;
  return hostedPlugin(description, { code: running, label, maxBytes: host.maxBytes });
}

/** Which configuration names the provider, and whether by its path. */
interface Faulted {
  readonly by: NamedBy;
  readonly isPath: boolean;
  /** What shows why it ended. */
  readonly hint: string | undefined;
}

async function describe(code: Inspected, about: Faulted, ask: () => Promise<unknown>): Promise<Description> {
  const { by, hint } = about;
  let answer: Description | Fault;
  try {
    answer = (await ask()) as Description | Fault;
  } catch (thrown) {
    if (!isSecretError(thrown)) throw thrown;
    if (thrown.code === "invalid_config")
      throw invalid(by, `The code of ${code.label} did not load within 10 seconds.`);
    throw invalid(by, `The code of ${code.label} ended its process while it was loaded.`, hint);
  }
  if ("fault" in answer) throw faulty(answer, code, about);
  return answer;
}

function faulty(fault: Fault, { label, name }: Inspected, { by, isPath, hint: shown }: Faulted): SecretError {
  switch (fault.fault) {
    case "threw":
      return fault.code === "ERR_MODULE_NOT_FOUND"
        ? invalid(by, `The code of ${label} needs a module that is not installed.`)
        : invalid(by, `The code of ${label} threw${isPath ? whatAndWhere(fault) : ""} while it was loaded.`, shown);
    case "no-export":
      return invalid(by, `${label} has no export "plugin".`);
    case "no-plugin":
      return invalid(by, `The export "plugin" of ${label} is not what definePlugin makes.`);
    case "version": {
      const { version, is } = fault;
      const hint =
        is === "newer"
          ? "npm install --global vaultlink@latest"
          : installForUser(`${name ?? label}@latest`, by.folders);
      const sentence = `${label} was written for version ${version} of the contract, which is ${is} than version ${CONTRACT.current} here.`;
      return new SecretError("invalid_config", `${by.what}: ${sentence}`, { hint });
    }
  }
}

/** Of a provider that is named by its path, as while it is written: ` TypeError at dist/index.js:12`. */
const whatAndWhere = ({ kind, at }: Extract<Fault, { fault: "threw" }>): string =>
  `${kind === undefined ? "" : ` ${kind}`}${at === undefined ? "" : ` at ${at}`}`;

const invalid = ({ what }: NamedBy, sentence: string, hint?: string): SecretError =>
  new SecretError("invalid_config", `${what}: ${sentence}`, hint === undefined ? {} : { hint });

/** What a program is told it checks itself. */
function programPlugin(
  source: ThirdParty,
  { code, by, env }: { readonly code: Inspected; readonly by: NamedBy; readonly env: Env },
): HostedPlugin {
  const entry: ProgramEntry = source.kind === "program" ? source.program : { command: [""] };
  const { command, envVariables = [], where = false } = entry;
  const [cwd = ""] = by.folders;
  const name = labelOf(entry);
  const output = outputOf(env);
  const anything = defineOptions<object>({});
  const plugin: Plugin = definePlugin<object>({
    ...{ name, title: name },
    options: { "~standard": { ...anything["~standard"], validate: (value) => ({ value: value as object }) } },
    create: (options) => {
      const program = execProvider({ name, command, cwd, envVariables, where, options: { ...options }, ...output });
      // An agent starts it again and again: each start is of files that were compared for it.
      return {
        ...program,
        async open(context) {
          await expectTrusted(code, by);
          return program.open(context);
        },
        ...(program.where !== undefined && {
          where: async (context) => {
            await expectTrusted(code, by);
            return (await program.where?.(context)) ?? { facts: [] };
          },
        }),
      };
    },
  });
  return { plugin, prepareIdentifier: async () => undefined };
}
