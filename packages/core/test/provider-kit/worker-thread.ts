import { parentPort, workerData } from "node:worker_threads";

/* What the tests of threads start: it does what it is told. */
interface Told {
  readonly job: "env" | "ask" | "die" | "throw" | "hang" | "print";
}
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
const send = (message: unknown): void => parentPort?.postMessage(message);

function obey({ job }: Told): void {
  switch (job) {
    case "env":
      return send({ type: "env", env: { ...process.env } });
    case "ask":
      parentPort?.once("message", (typed: string) => send({ type: "typed", typed }));
      return send({ type: "ask" });
    case "die":
      return process.exit(3);
    case "throw":
      throw new Error("vlcanary-thrown");
    case "print":
      process.stdout.write("vlcanary-printed\n");
      process.stderr.write("vlcanary-printed\n");
      return send({ type: "printed" });
    case "hang":
  }
}

if (!workerData) parentPort?.on("message", (told: Told) => obey(told));
else obey(workerData as Told);
