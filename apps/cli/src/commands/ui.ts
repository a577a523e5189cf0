import type { Env } from "@vaultlink/core";
import { openScreen } from "@vaultlink/screen";
import { loadConfiguration } from "../config/load.ts";
import type { CliContext, WindowTerminal } from "../context.ts";
import { usage } from "../failure.ts";
import { clean } from "../output/clean.ts";
import type { Result } from "../output/result.ts";
import { stylizer } from "../output/style.ts";
import { agentWindowVault } from "../screen/agent-vault.ts";
import { LocalWindowVault } from "../screen/local-vault.ts";
import { CommandSource } from "../screen/source.ts";
import type { WindowVault } from "../screen/vault.ts";
import { openPage } from "../terminal/open-browser.ts";

export interface UiOptions {
  readonly readonly?: boolean;
  /** commander's form of `--no-mouse`. */
  readonly mouse?: boolean;
  /** Vaults in memory instead of the user's. */
  readonly demo?: boolean;
}

/** Opens the window, and ends when it is closed. Throws `usage` where there is no terminal to draw on. */
export async function ui(
  context: CliContext,
  { readonly = false, mouse = true, demo: isDemo = false }: UiOptions = {},
): Promise<Result> {
  const { window } = context;
  if (window === undefined) {
    throw usage("The window needs a terminal, at its input and at its output.", "vaultlink status");
  }
  const demo = isDemo ? await (await import("../screen/demo/open-demo.ts")).openDemo(context) : undefined;
  try {
    await show(demo?.context ?? context, window, { env: context.env, readonly, mouse });
  } finally {
    await demo?.remove();
  }
  return { kind: "ended", code: 0 };
}

/** Shows the window until it is closed. `env` is that of the terminal. */
async function show(
  context: CliContext,
  window: WindowTerminal,
  { env, readonly, mouse }: { readonly env: Env; readonly readonly: boolean; readonly mouse: boolean },
): Promise<void> {
  const vault = await open(context);
  try {
    await openScreen({
      ...{ ...window, source: new CommandSource(vault), signal: context.signal },
      ...{ readonly, mouse, openPage, clipboard: env["TERM"] !== "linux" },
      drawing: {
        clean,
        unicode: isUnicode(env, context.platform),
        colour: stylizer(env, true)("red", "x") !== "x",
      },
    });
  } finally {
    await vault.close();
  }
}

async function open(context: CliContext): Promise<WindowVault> {
  const configuration = await loadConfiguration(context);
  const agent = await context.openAgent?.(configuration, { start: true });
  return agent === undefined ? LocalWindowVault.open(context, configuration) : agentWindowVault(context, agent);
}

/** Whether the terminal's character set has more than ASCII. */
function isUnicode(env: Env, platform: NodeJS.Platform): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"];
  return platform === "win32" || platform === "darwin" || /utf-?8/i.test(locale ?? "");
}
