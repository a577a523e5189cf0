import { stat } from "node:fs/promises";
import { findAgent } from "@vaultlink/agent";
import { isSecretError } from "@vaultlink/core";
import { findProxy } from "@vaultlink/core/provider";
import { findPlace } from "../../agent/place.ts";
import { USE_AGENT, whyNoAgent } from "../../agent/open.ts";
import type { Configuration } from "../../config/load.ts";
import { shownDuration } from "../../output/duration.ts";
import { version } from "../../version.ts";
import type { CliContext } from "../../context.ts";
import { allUnusable } from "../../env/unusable.ts";
import { type Finding, failed, measure, ok, skipped } from "./finding.ts";

/** What concerns every connection: the files, the agent, the proxy, this program. */
export async function examineMachine(context: CliContext, configuration: Configuration): Promise<readonly Finding[]> {
  return [
    ok("program", `vaultlink ${version}, Node ${process.versions.node}, ${context.platform}`),
    ...(await files(configuration)),
    ...allUnusable(context, configuration).map(({ says, helps }) => skipped("link", says, helps)),
    await agent(context, configuration),
    proxy(context),
    ...certificates(context),
  ];
}

async function files({
  user,
  project,
  foreign,
  trusted,
  untrusted,
  ignored,
}: Configuration): Promise<readonly Finding[]> {
  const own = await modeOf(user.file);
  const shared = project && (await modeOf(project.file));
  return [
    user.text === undefined
      ? skipped("your file", `${user.file} is not there yet`, "vaultlink connect")
      : ok("your file", `${user.file}${own}`),
    project === undefined
      ? skipped(
          "project",
          foreign === undefined ? "no vaultlink.json here or above" : `${foreign} belongs to another user`,
        )
      : ok("project", `${project.file}${shared ?? ""}`),
    ...(trusted || untrusted.size === 0
      ? []
      : [
          skipped(
            "trust",
            `the project defines ${[...untrusted.keys()].join(", ")}, which you have not trusted`,
            "vaultlink trust",
          ),
        ]),
    ...(ignored.length === 0
      ? []
      : [skipped("connections", `the project's ${ignored.join(", ")} are ignored: you have your own of these names`)]),
  ];
}

/** Who may read and write it, as `ls` would say in octal. Who may not write it was checked when it was read. */
async function modeOf(file: string): Promise<string> {
  const about = await stat(file).catch(() => undefined);
  if (about === undefined || process.platform === "win32") return "";
  return `, mode ${(about.mode & 0o777).toString(8).padStart(4, "0")}`;
}

async function agent(context: CliContext, configuration: Configuration): Promise<Finding> {
  const place = findPlace(context);
  if (place === undefined) return skipped("agent", "there is none on this system yet");
  const why = whyNoAgent(context, configuration);
  if (why !== undefined) {
    return skipped("agent", `not used here, since ${why}: each command signs in by itself`, USE_AGENT);
  }
  return measure(context.clock, "agent", {
    hint: "vaultlink agent stop",
    work: async () => {
      const session = await findAgent(place);
      if (session === undefined) return ok("agent", "none runs; the next command that needs one starts it");
      try {
        const about = await session.ask("ping");
        const since = context.clock.epochMs() - Number(about["startedAt"]);
        const is = `process ${Number(about["pid"])}, since ${shownDuration(since)}`;
        if (about["version"] === version) return ok("agent", `runs: ${is}`);
        return failed(
          "agent",
          "invalid_config",
          `It is of another version than this command: ${is}.`,
          "vaultlink agent stop",
        );
      } finally {
        session.close();
      }
    },
  });
}

function proxy({ env }: CliContext): Finding {
  try {
    const { HTTPS_PROXY: found } = findProxy(env) ?? {};
    if (found === undefined) return ok("proxy", "none");
    const { protocol, host } = new URL(found);
    return ok("proxy", `${protocol}//${host}`);
  } catch (error) {
    if (!isSecretError(error)) throw error;
    return failed("proxy", error.code, error.message, "export HTTPS_PROXY=http://proxy.example.com:3128");
  }
}

/** A variable that would have anybody be the vault; the providers refuse to follow it, other programs do not. */
function certificates({ env }: CliContext): readonly Finding[] {
  if (env["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0") return [];
  return [
    skipped(
      "certificates",
      "NODE_TLS_REJECT_UNAUTHORIZED=0 is not followed here",
      "unset NODE_TLS_REJECT_UNAUTHORIZED",
    ),
  ];
}
