import { userInfo } from "node:os";
import type { Plugin } from "@vaultlink/core";
import { FORMATS } from "../commands/export/formats.ts";
import { MASK_WHEN } from "../child/mask-when.ts";
import { type Configuration, loadConfiguration } from "../config/load.ts";
import { record } from "../config/merge.ts";
import { expectHome } from "../config/paths.ts";
import { clean } from "../output/clean.ts";
import { writeOut } from "../output/streams.ts";
import { createProgram } from "../program/program.ts";
import { loadNamed, namedBy } from "../plugins.ts";
import { loadPlugin, PROVIDERS } from "../providers.ts";
import { labelOf, type ProviderEntry, thirdPartyOf } from "../third-party/source.ts";
import { type Candidate, candidates } from "./candidates.ts";
import { SHELLS } from "./scripts.ts";

/**
 * Prints how a command line may go on, a word a line, with a tab and what it is about. Reads the configuration files and asks
 * no vault; whatever goes wrong, a shell that completes is told nothing.
 */
export async function complete(words: readonly string[]): Promise<void> {
  const found = await look(words).catch(() => []);
  const lines = found.map(({ word, about }) => (about === undefined ? clean(word) : `${clean(word)}\t${clean(about)}`));
  await writeOut(lines.map((line) => `${line}\n`).join(""));
}

function look(words: readonly string[]): Promise<readonly Candidate[]> {
  let loading: Promise<Configuration> | undefined;
  const configuration = (): Promise<Configuration> => (loading ??= readFiles());
  return candidates(words, {
    program: createProgram(() => {}),
    values: (placeholder) => valuesOf(placeholder, configuration),
    plugin: (provider) => pluginOf(provider, configuration).catch(() => undefined),
    providerOf: async (connection) => (await configuration()).connections.get(connection)?.entry.provider,
  });
}

/** Of others' providers the code runs here only if its user agreed to that. */
async function pluginOf(provider: ProviderEntry, configuration: () => Promise<Configuration>): Promise<Plugin> {
  if (thirdPartyOf(provider) === undefined) return loadPlugin(PROVIDERS, labelOf(provider));
  const by = namedBy(await configuration(), "user", "It");
  return (await loadNamed({ env: process.env, providers: PROVIDERS }, provider, by)).plugin;
}

async function valuesOf(placeholder: string, load: () => Promise<Configuration>): Promise<readonly Candidate[]> {
  switch (placeholder) {
    case "name":
    case "names":
    case "name|reference": {
      const { links } = await load();
      return [...links].map(([word, { definition }]) => ({
        word,
        about: record(definition).reference ?? "not linked yet",
      }));
    }
    case "connection": {
      const { connections } = await load();
      return [...connections].map(([word, { entry }]) => ({ word, about: labelOf(entry.provider) }));
    }
    case "provider":
      return Object.keys(PROVIDERS).map((word) => ({ word }));
    case "shell":
      return SHELLS.map((word) => ({ word }));
    case "format":
      return Object.keys(FORMATS).map((word) => ({ word }));
    case "when":
      return MASK_WHEN.map((word) => ({ word }));
    default:
      return [];
  }
}

function readFiles(): Promise<Configuration> {
  const { env, platform } = process;
  const home = expectHome(env, platform, () => userInfo().homedir);
  return loadConfiguration({ env, platform, home, cwd: process.cwd(), uid: process.getuid?.() });
}
