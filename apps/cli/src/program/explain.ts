import type { ExplainOptions } from "../commands/explain/explain.ts";
import type { CliCommand } from "./command.ts";
import { CHECK } from "./shared.ts";
import type { Json, Ready } from "./types.ts";

/** `explain`, `doctor`. */
export function addExplain(program: CliCommand, ready: Ready): void {
  program
    .command("explain")
    .description(
      "Say where a value comes from: file, reference, vault, identity, version, age; never the value. Or what an error code, a state or an exit status means.",
    )
    .argument(
      "<name|reference|code>",
      "a linked name, a reference, an error code such as denied, a state such as unlinked, or an exit status such as 76",
    )
    .option(...CHECK)
    .json()
    .examples(
      "vaultlink explain DB_PASSWORD",
      "vaultlink explain DB_PASSWORD --check --json",
      "vaultlink explain denied",
      "vaultlink explain 76",
    )
    .action((name: string, options: ExplainOptions & Json) =>
      ready(
        async (context) => (await import("../commands/explain/explain.ts")).explain(context, name, options),
        options,
      ),
    );
  program
    .command("doctor")
    .description(
      "Look at all that a read depends on: files, agent, network, clock, sign-in, permission. Never a value.",
    )
    .argument("[connection]", "only this connection")
    .json()
    .examples("vaultlink doctor", "vaultlink doctor hcv --json")
    .action((connection: string | undefined, options: Json) =>
      ready(async (context) => (await import("../commands/doctor/doctor.ts")).doctor(context, connection), options),
    );
}
