import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";

import type { Step } from "./steps.ts";

/** How one step went. */
export interface Outcome {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
}

/** Runs one step without a terminal; shows what it prints and appends it to the file `log`. */
export function runStep(step: Step, log: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const [program, ...args] = step.command;
  const started = performance.now();
  const tell = (text: string | Buffer): void => {
    process.stdout.write(text);
    appendFileSync(log, text);
  };
  tell(`\n── ${step.name}: ${step.command.join(" ")}\n`);
  return new Promise((resolve) => {
    const end = (ok: boolean): void => resolve({ name: step.name, ok, seconds: (performance.now() - started) / 1000 });
    const child = spawn(program, args, { env: { ...env, ...step.env }, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", tell);
    child.stderr.on("data", tell);
    child.once("error", (error) => {
      tell(`${program} could not be started: ${error.message}\n`);
      end(false);
    });
    child.once("close", (code) => end(code === 0));
  });
}
