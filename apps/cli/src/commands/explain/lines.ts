import type { Provenance } from "@vaultlink/core";
import { shownPlace } from "../../config/place.ts";
import { shownDuration } from "../../output/duration.ts";
import { withWait } from "../../output/wait.ts";
import type { ShownConnection } from "../../vault/describe-connection.ts";
import type { FoundLink } from "./find-link.ts";

/** Everything that is said of one name. Never its value. */
export interface Explained extends FoundLink {
  /** Absent for a reference. */
  readonly name?: string;
  readonly reference: string | null;
  readonly connection?: ShownConnection;
  readonly state: "resolved" | "unresolved" | "unknown";
  readonly reason?: string;
  readonly hint?: string;
  readonly problem?: string;
  readonly value: {
    readonly cached: boolean;
    readonly source?: Provenance["source"];
    readonly ageMs?: number;
    readonly version?: string;
    /** When the cached value expires, in ms from now. */
    readonly expiresInMs?: number;
    /** When the value itself expires, if its vault says so. */
    readonly expiresAt?: string;
    readonly leased?: true;
  };
  /** Minutes a value is kept. */
  readonly ttl: number;
}

/** The same for people: a label and a text on each line. */
export function lines(explained: Explained): readonly string[] {
  const { name } = explained;
  const shown = factsOf(explained).map(([label, text]) => `  ${label.padEnd(14)}${text}`);
  return [...(name === undefined ? [] : [name]), ...shown];
}

/** The same as labels and texts. */
export function factsOf(explained: Explained): readonly (readonly [label: string, text: string])[] {
  const { link, reference, connection, state, reason, problem, rules } = explained;
  const facts: (readonly [string, string | undefined])[] = [
    ["link", link && `${shownPlace(link)} (${link.origin === "user" ? "yours" : "the project's"})`],
    ["reference", reference ?? "none yet"],
    ...ofConnection(connection),
    [
      "state",
      `${reason ?? state}${state === "unknown" ? ": nothing stands in its way, and the vault was not asked" : ""}`,
    ],
    ["problem", isSaid(explained) ? undefined : problem],
    ...ofValue(explained),
    ...rules.map((rule) => ["because", rule] as const),
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
}

/** Whether the connection's problem is the link's, which begins with its name. */
const isSaid = ({ name, problem, connection }: Explained): boolean => {
  const said = connection?.error?.message;
  return said !== undefined && (problem === said || problem === `${name}: ${said}`);
};

function ofConnection(connection: ShownConnection | undefined): readonly (readonly [string, string | undefined])[] {
  if (connection === undefined) return [];
  const { name, provider, where, state, displayName, expiresAt, error } = connection;
  return [
    ["connection", `${name}: ${state}`],
    ["provider", provider],
    ...where.map(({ what, value, variable }) => [what, variable ? `${value} (from ${variable})` : value] as const),
    ["signed in as", displayName],
    ["until", expiresAt],
    ["problem", error && withWait(error.message, error.retryAfterMs)],
  ];
}

function ofValue({ value, ttl }: Explained): readonly (readonly [string, string | undefined])[] {
  const { source, ageMs, version, expiresInMs, expiresAt, leased } = value;
  if (source === undefined || ageMs === undefined) return [["value", "not cached"]];
  const kept =
    source === "vault" ? "read now" : `${source === "stale" ? "expired, kept" : "cached"}, ${shownDuration(ageMs)} old`;
  const left = expiresInMs === undefined ? "" : `; asked for again in ${shownDuration(expiresInMs)}`;
  return [
    ["value", `${kept}${left}${ttl === 0 ? "; values are not kept" : ""}`],
    ["version", version],
    ["expires", expiresAt],
    ["made", leased && "by the vault for this read; it ends with its lease"],
  ];
}
