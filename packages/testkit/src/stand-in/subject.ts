import type { Provider } from "@vaultlink/core/provider";
import type { Subject } from "../subject.ts";
import { CANARY } from "./fault.ts";
import type { StandIn } from "./stand-in.ts";

/** What only the author knows: all of a subject that a stand-in does not answer for. */
export type OwnSubject = Omit<Subject, "provider" | "broken" | Supplied> & Partial<Pick<Subject, Supplied>>;

type Supplied =
  | "addresses"
  | "insecure"
  | "breaking"
  | "put"
  | "requests"
  | "writes"
  | "throttledForMs"
  | "lapse"
  | "witness"
  | "redirected"
  | "address";

/** A conformance subject on a stand-in. `connect` makes the provider for an address of it. */
export function standInSubject(standIn: StandIn, connect: (url: string) => Provider, own: OwnSubject): Subject {
  const { vault, throttledForMs } = standIn;
  return {
    provider: () => connect(standIn.url),
    broken: (fault) => connect(standIn.at(fault)),
    breaking: (fault) => {
      const { url, begin, end } = standIn.breaking(fault);
      return { provider: connect(url), begin, end };
    },
    insecure: (address) => connect(address),
    put: (path, value) => vault.put(path, value),
    requests: () => standIn.requests(),
    addresses: () => standIn.addresses(),
    writes: () => standIn.writes(),
    throttledForMs,
    lapse: () => standIn.lapse(),
    witness: () => standIn.witness(),
    redirected: () => standIn.redirected(),
    address: standIn.url,
    ...own,
    // Tokens of `login` age as the kit says.
    ...(own.obtained && { obtained: { elapse: () => vault.elapse(), ...own.obtained } }),
    canaries: [...own.canaries, CANARY],
  };
}
