import { isSecretError } from "@vaultlink/core";
import type { Configuration } from "../../config/load.ts";
import { loadConfiguration } from "../../config/load.ts";
import { clean } from "../../output/clean.ts";
import { exitOf, NamesFailed } from "../../output/failures.ts";
import { type Cell, message, type Message, type Style } from "../../output/result.ts";
import { linkConnections } from "../../vault/link-connections.ts";
import { withVault } from "../../vault/with-vault.ts";
import type { CliContext } from "../../context.ts";
import { examineConnection } from "./connection.ts";
import { errorsOf, type Finding, failed } from "./finding.ts";
import { examineMachine } from "./machine.ts";
import { expectConnection } from "../../vault/expect-connection.ts";
import { hints } from "../../output/hints.ts";

/** Looks at everything that a read depends on, step by step, and says what helps. Asks nobody, prints no value. */
export async function doctor(context: CliContext, name: string | undefined): Promise<Message> {
  const configuration = await loadConfiguration(context).catch((error: unknown) => {
    if (!isSecretError(error)) throw error;
    return failed("files", error.code, error.message, error.details.hint ?? "vaultlink status");
  });
  if ("check" in configuration) return report([configuration]);
  if (name !== undefined) expectConnection(name, configuration, "doctor");
  const findings = [
    ...(await examineMachine(context, configuration)),
    ...(await connections(context, configuration, name)),
  ];
  const isEmpty = configuration.connections.size + configuration.untrusted.size === 0;
  return report(findings, isEmpty ? ["No connections yet. Try: vaultlink connect"] : []);
}

/** One after the other, so that the time of a step is its own. */
async function connections(
  context: CliContext,
  configuration: Configuration,
  only: string | undefined,
): Promise<readonly Finding[]> {
  const chosen = [...configuration.connections].filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0) return [];
  return withVault(context, configuration, async (vault) => {
    const findings: Finding[] = [];
    const used = await linkConnections(context, configuration);
    for (const [name, connection] of chosen) {
      findings.push(...(await examineConnection(name, connection, { context, configuration, used, vault })));
    }
    return findings;
  });
}

const STYLES: Readonly<Record<Finding["state"], Style>> = { ok: "good", failed: "bad", skipped: "dim" };

function report(findings: readonly Finding[], next: readonly string[] = []): Message {
  const errors = errorsOf(findings);
  const rows = findings.map(({ connection = "", check, state, message: text, ms }): readonly Cell[] => [
    ...[connection, check],
    { text: state, style: STYLES[state] },
    ms === undefined ? "" : String(ms),
    clean(text),
  ]);
  const body = [
    { heads: ["CONNECTION", "CHECK", "STATE", "MS", "FOUND"], rows },
    errors.length === 0 ? "No check failed." : `Failed: ${errors.length} of ${findings.length} checks.`,
    ...(errors.length === 0 ? [] : hints(findings)),
    ...next,
  ];
  const exit = errors.length === 0 ? 0 : exitOf(new NamesFailed(errors.map((error) => ({ error }))));
  return message(body, { ok: errors.length === 0, findings }, exit);
}
