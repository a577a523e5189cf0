import { AsyncLocalStorage } from "node:async_hooks";
import type { Access } from "@vaultlink/core";
import { createAudit } from "../audit.ts";
import type { Message } from "../protocol/frame.ts";
import { optionalGroup } from "./request.ts";

/** Who asks, as its client says: any program of the user may say anything. */
export interface Reader {
  readonly name: string;
  readonly pid?: number;
}

const MAX_NAME = 64;
const reading = new AsyncLocalStorage<Reader>();

/** The reader that a request names. What cannot be a name or a process is left out, since it is only written down. */
export function readerOf(request: Message): Reader {
  const { name, pid } = optionalGroup(request, "reader") ?? {};
  return {
    name: typeof name === "string" && /^[\w.@/-]+$/.test(name) ? name.slice(0, MAX_NAME) : "unknown",
    ...(typeof pid === "number" && Number.isSafeInteger(pid) && pid > 0 && { pid }),
  };
}

/** Works for a reader: what is given or refused meanwhile is noted as theirs. */
export const readAs = <Result>(reader: Reader, work: () => Promise<Result>): Promise<Result> =>
  reading.run(reader, work);

/** What `onAccess` of a vault is given that serves several readers. */
export function auditReaders(file: string): (access: Access) => void {
  return (access) => {
    const { name, pid = 0 } = reading.getStore() ?? { name: "unknown" };
    createAudit({ file, reader: name, pid, throughAgent: true })(access);
  };
}
