import { expectText } from "./arguments.ts";
import { statusOf } from "./interrupts.ts";
import { clean, toJson } from "./output/clean.ts";
import { exitOf, failureJson, failureLines } from "./output/failures.ts";
import type { Ended, Result } from "./output/result.ts";
import { stylizer } from "./output/style.ts";
import { render } from "./output/render.ts";
import { readCommon } from "./program/common.ts";
import { Help } from "./program/help.ts";
import type { Asked } from "./program/types.ts";
import type { CliContext } from "./context.ts";

/** Where a command's results and complaints go. Each write ends when the text is handed over. */
export interface Streams {
  out(bytes: string | Uint8Array): Promise<void>;
  err(text: string): Promise<void>;
  readonly errorIsTerminal: boolean;
}

/** Does what a command line asks, and says how it ended. Never throws: every failure becomes lines and a status. */
export async function cli(argv: readonly string[], context: CliContext, streams: Streams): Promise<Ended> {
  const ended = await perform(argv, context, streams);
  const signal = context.interrupted();
  // The end of a child is told as it was; of anything else a signal cut short, whatever it came to.
  return signal === undefined || ended.kind === "child-ended" ? ended : { kind: "ended", code: statusOf(signal) };
}

async function perform(argv: readonly string[], context: CliContext, streams: Streams): Promise<Ended> {
  const form = { json: argv.slice(0, endOfOurs(argv)).includes("--json") };
  try {
    return await answer(argv, context, streams, form);
  } catch (thrown) {
    return complain(thrown, form.json, context, streams);
  }
}

async function answer(
  argv: readonly string[],
  context: CliContext,
  streams: Streams,
  form: { json: boolean },
): Promise<Ended> {
  try {
    expectText(argv);
    const asked = await read(argv.length === 0 ? [context.window === undefined ? "--help" : "ui"] : argv);
    form.json = asked.json;
    return await say(await asked.work(context), asked.json, context, streams);
  } catch (thrown) {
    if (!(thrown instanceof Help)) throw thrown;
    await streams.out(thrown.text);
    return { kind: "ended", code: 0 };
  }
}

async function complain(thrown: unknown, wantsJson: boolean, context: CliContext, streams: Streams): Promise<Ended> {
  if (wantsJson) {
    // Where standard output cannot be written, standard error still says why.
    await streams.out(`${toJson(failureJson(thrown))}\n`).catch(() => {});
  }
  const lines = failureLines(thrown, stylizer(context.env, streams.errorIsTerminal));
  await streams.err(lines.map((line) => `${line}\n`).join(""));
  return { kind: "ended", code: exitOf(thrown) };
}

/** What is behind `--` belongs to the child of `run`. */
const endOfOurs = (argv: readonly string[]): number => (argv.includes("--") ? argv.indexOf("--") : argv.length);

/** Reads the command line. Throws the help text where that is asked for, or `usage`. */
async function read(argv: readonly string[]): Promise<Asked> {
  return readCommon(argv) ?? (await import("./program/parse.ts")).parseCommandLine(argv);
}

async function say(outcome: Result, wantsJson: boolean, context: CliContext, streams: Streams): Promise<Ended> {
  switch (outcome.kind) {
    case "ended":
    case "child-ended":
      return outcome;
    case "lines": {
      for await (const line of outcome.lines) if (!wantsJson) await streams.out(`${clean(line)}\n`);
      if (wantsJson) await streams.out(`${toJson(outcome.json())}\n`);
      return { kind: "ended", code: 0 };
    }
    case "value":
      if (outcome.before !== undefined) await streams.err(outcome.before);
      await streams.out(wantsJson ? `${toJson(outcome.json)}\n` : outcome.bytes);
      return { kind: "ended", code: 0 };
    case "message": {
      const lines = wantsJson
        ? [toJson(outcome.json)]
        : render(outcome, stylizer(context.env, context.outputIsTerminal));
      await streams.out(lines.map((line) => `${line}\n`).join(""));
      return { kind: "ended", code: outcome.exit ?? 0 };
    }
  }
}
