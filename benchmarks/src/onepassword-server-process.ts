import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("onepassword-server.ts", import.meta.url));

/** A stand-in for 1Password in another process. */
export interface ServerProcess {
  readonly token: string;
  /** Requests since the last time this was asked. */
  readonly requests: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export async function startServerProcess(): Promise<ServerProcess> {
  const child = fork(PROGRAM, { execArgv: ["--conditions=source", "--disable-warning=ExperimentalWarning"] });
  const [{ token }] = (await once(child, "message")) as [{ token: string }];
  return {
    token,
    requests: async () => {
      child.send("requests");
      const [{ requests }] = (await once(child, "message")) as [{ requests: number }];
      return requests;
    },
    stop: async () => {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}
