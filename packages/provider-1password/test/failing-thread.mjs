import { parentPort } from "node:worker_threads";

/* In the place of the thread that holds the SDK: fails outside of any job's answer, as a defect of the SDK would. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
const send = (reply) => parentPort?.postMessage(reply);

parentPort?.on("message", ({ type, folder }) => {
  if (type === "sign-in") send({ type: "signed-in" });
  else if (folder[0] === "fails") {
    setImmediate(() => {
      throw new Error("vlcanary-uncaught");
    });
  } else send({ type: "listed", entries: [{ path: folder[0], folder: false }] });
});
