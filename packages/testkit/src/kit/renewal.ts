import type { Renewal, Session } from "@vaultlink/core/provider";
import { timeFault } from "./document.ts";
import { check, isRecord, kind } from "./expect.ts";

/** Fails a case for what is no answer of `renew`. Gives when the credentials now expire, where that is told. */
export function checkRenewal(renewed: number | Renewal, { identity: before }: Session): number | undefined {
  check(
    typeof renewed === "number" || isRecord(renewed),
    `\`renew\` resolved to ${kind(renewed)}. Give the new lapse in ms since the epoch, or an object that says more.`,
  );
  const { expiresAt, renewAt, identity } = typeof renewed === "number" ? { expiresAt: renewed } : (renewed as Renewal);
  for (const [time, what] of [
    [expiresAt, "What `renew` resolves to, the new lapse,"],
    [renewAt, "`renewAt` of what `renew` resolves to"],
  ] as const) {
    const fault = time === undefined ? undefined : timeFault(time, what);
    check(fault === undefined, fault ?? "");
    check(time === undefined || time > Date.now(), `${what} is a time that has passed.`);
  }
  check(
    renewAt === undefined || expiresAt === undefined || renewAt <= expiresAt,
    "`renew` resolves to a `renewAt` that is later than `expiresAt`: by then there is nothing left to renew.",
  );
  check(
    typeof renewed === "number" || identity === before,
    "`renew` says that the credentials are now somebody else's, or nobody's: core drops every value. What is extended stays " +
      "the same identity's; give the lapse alone where that is sure.",
  );
  return expiresAt;
}
