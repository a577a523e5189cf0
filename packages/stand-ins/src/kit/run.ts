import { type Commands, serveControl } from "./control.ts";
import type { Server } from "./server.ts";

/** A stand-in that is to run as a program. */
export interface Program {
  readonly server: Server;
  readonly env: Readonly<Record<string, string>>;
  readonly commands: Commands;
}

/**
 * Prints one line of JSON, `{ url, control, env }`, and serves until SIGTERM or SIGINT.
 *
 * @returns 0, or 1 if a writing call arrived.
 */
export async function run({ server, env, commands }: Program, controlPort?: number): Promise<number> {
  const control = await serveControl(server, commands, controlPort).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
  process.stdout.write(`${JSON.stringify({ url: server.url, control: control.url, env })}\n`);
  await ended;
  await control.close();
  try {
    await server.stop();
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : "The vault did not stop."}\n`);
    return 1;
  }
}
