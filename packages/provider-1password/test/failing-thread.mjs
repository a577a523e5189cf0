import { parentPort } from "node:worker_threads";

/* In the place of the thread that holds the SDK: fails outside of any job's answer, as a defect of the SDK would. */
parentPort?.on("message", ({ type, folder }) => {
  if (type === "sign-in") parentPort?.postMessage({ type: "signed-in" });
  else if (folder[0] === "fails")
    setImmediate(() => {
      throw new Error("vlcanary-uncaught");
    });
  else parentPort?.postMessage({ type: "listed", entries: [{ path: folder[0], folder: false }] });
});
