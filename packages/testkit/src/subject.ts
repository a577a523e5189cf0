import type { Prompter, Locator, Plugin, Provider, ParsedIdentifier, SecretDocument } from "@vaultlink/core/provider";

/**
 * How a vault may misbehave. What your stand-in must do for each:
 *
 * - `refuse`: nothing listens at the vault's address.
 * - `hang`: it accepts a request and never answers.
 * - `drop`: it closes the connection instead of answering.
 * - `html`: it answers 200 with a page, as a captive portal does.
 * - `empty-500`: it answers 500 with no body.
 * - `redirect`: it redirects to another origin.
 * - `throttle`: it tells the caller to slow down.
 * - `bad-credentials`: it refuses the credentials from the start.
 * - `lapse`: logging in works, and everything after it is refused because the credentials have expired.
 *
 * All but `lapse` may already show in `open`.
 */
export type Fault =
  | "refuse"
  | "hang"
  | "drop"
  | "html"
  | "empty-500"
  | "redirect"
  | "throttle"
  | "bad-credentials"
  | "lapse";

/**
 * How a vault may begin to misbehave after `open`. Beside those of `Fault`:
 *
 * - `other-json`: it answers 200 as another service would: with `{}`, `null`, `[]`, a text and nothing, one after the other.
 * - `cut`: it begins an answer, and closes the connection in the middle.
 * - `error-400`: it answers 400, as for a request that it does not understand, with a body that holds a canary.
 * - `error-503`: it answers 503 with a body that holds a canary, as a vault does that restarts.
 * - `html-403`: it answers 403 with a page, as a firewall does that lets nobody pass.
 * - `html-404`: it answers 404 with a page, as a proxy does that knows no such address.
 * - `html-503`: it answers 503 with a page, as a proxy does whose vault is down.
 * - `throttle-silent`: it tells the caller to slow down, and not for how long.
 *
 * `redirect` takes a status of 301, 302, 303, 307 and 308 after the other.
 */
export type LaterFault =
  | Exclude<Fault, "refuse" | "bad-credentials" | "lapse">
  | "other-json"
  | "cut"
  | "error-400"
  | "error-503"
  | "html-403"
  | "html-404"
  | "html-503"
  | "throttle-silent";

/** Variables as `context.env` holds them. */
export type Variables = Readonly<Record<string, string>>;

/** A document that exists, and what `read` must give for it: text, bytes (`Uint8Array`), or fields. */
export interface Existing {
  readonly locator: Locator;
  readonly value: unknown;
}

/** What the kit needs to know about the provider under test. */
export interface Subject {
  /** A fresh provider that can sign in without a person, never opened. */
  readonly provider: () => Provider;
  /** Variables the caller has. As core does, the kit lends a provider only those that its `envVariables` names. */
  readonly env?: Variables;
  /** Documents that exist, and what each holds; two or more when `readMany` is offered. */
  readonly existing: readonly Existing[];
  /** A locator at which nothing exists. */
  readonly missing: Locator;
  /** A document this identity may not read. */
  readonly denied?: Locator;
  /** The same vault behaving badly: refusing, hanging, redirecting. */
  readonly broken: (fault: Fault) => Provider;
  /** Texts that must never appear outside a document: values, tokens, passwords. */
  readonly canaries: readonly string[];

  /** A document of bytes that are not UTF-8. */
  readonly bytes?: { readonly locator: Locator; readonly value: Uint8Array };
  /** A document that is empty, or whose fields are: `""`, no bytes, `{}` or `{ field: "" }`. */
  readonly empty?: Existing;
  /** An older version, and its value, which differs from the current one. */
  readonly pinned?: Existing;
  /**
   * A document, and a change behind the provider's back: rotated, or another one under its name. Returns what it holds
   * now: another value at each call.
   */
  readonly changing?: { readonly locator: Locator; readonly change: () => unknown };
  /** Exists and cannot be given: disabled, deleted version, wrong type. */
  readonly unusable?: Locator;
  /** Cannot name anything in this vault, e.g. a version that is no number. */
  readonly impossible?: Locator;
  /** Another locator of `existing[0]`, e.g. its id instead of its name. */
  readonly alias?: Locator;

  /**
   * Writes a document behind the provider's back, below `listed` if that is given. Throws for a name or a value that this
   * vault cannot hold: those are left out.
   */
  readonly put?: (path: string, value: SecretDocument["value"]) => unknown;
  /** Paths that a listing of `listed` must reach, folders followed: more than the vault puts on one page. */
  readonly entries?: readonly string[];
  /** A provider on a vault that behaves until `begin` is called, and then as the fault says. */
  readonly breaking?: (fault: LaterFault) => Breaking;

  /** Requests that reached the vault so far, from every provider of this subject, broken ones included. */
  readonly requests?: () => number;
  /** Requests that one read costs once the session is warm. @default 1 */
  readonly requestsPerRead?: number;
  /** Requests that a read of `missing` or `denied` may cost, e.g. one more to tell deleted from missing. @default requestsPerRead */
  readonly requestsPerRefusal?: number;
  /** Requests that a call may cost once the credentials have lapsed, e.g. one more of an SDK that answers a challenge. @default what it costs before */
  readonly requestsPerLapse?: number;
  /** Addresses that were asked so far, with their queries, as the log of a server would hold them. */
  readonly addresses?: () => readonly string[];
  /** Writes that reached the vault so far. Logging in, renewing, revoking and leasing are none. */
  readonly writes?: () => number;
  /** How long the vault of `broken("throttle")` asks to wait, in ms. Absent: this vault does not say. */
  readonly throttledForMs?: number;
  /** Called between `open` and the first call of `broken("lapse")`, where the vault must be told. */
  readonly lapse?: () => void | Promise<void>;
  /** Everything that reached the other origin of `broken("redirect")`, as text: addresses, headers, bodies. */
  readonly witness?: () => readonly string[];
  /** Whether the vault of `broken("redirect")` has answered with a redirect. */
  readonly redirected?: () => boolean;

  /**
   * A provider for an address that must be refused: plain HTTP at another machine, e.g. `http://vault.example`. For a vault
   * that is reached by HTTP at all. It may throw itself.
   */
  readonly insecure?: (address: string) => Provider;

  /** Machines that the vault, and whoever signs in to it, are on: with those below them. @default this one alone */
  readonly hosts?: readonly string[];

  /**
   * Variables with a wrong secret for the name of somebody who may sign in.
   * @default `env`, each variable of which that holds a canary being another
   */
  readonly wrongEnv?: Variables;
  /** The address, of which the origin counts, that `where` of `provider` must tell, where it tells one. */
  readonly address?: string;
  /** A provider with the credentials of somebody else, who may be known to the same vault. */
  readonly other?: () => Provider;
  /** Variables lent to `other`. @default env */
  readonly otherEnv?: Variables;
  /** A provider that cannot sign in unless a person helps, and that person. */
  readonly interactive?: Interactive;
  /** A prefix below which this identity may list something. @default "", the top */
  readonly listed?: string;
  /** A provider whose identity may read `existing[0]` and not list. */
  readonly unlisted?: () => Provider;
  /** A provider whose credentials are found or handed over, not obtained by `open`. */
  readonly found?: () => Provider;
  /** A provider whose `open` obtains credentials of its own, which `renew` extends or `revoke` ends, where it offers them. */
  readonly obtained?: {
    readonly provider: () => Provider;
    /** Whether the vault has ended the credentials that it gave last; `() => false` where there is no `revoke`. */
    readonly ended: () => boolean | Promise<boolean>;
    /** For how long they are good, in ms, as the vault has it. Absent: not compared with `expiresAt`. */
    readonly lifetimeMs?: number;
    /**
     * Lets more than half of that time pass at the vault: with the second call, what was neither obtained nor extended in
     * between has lapsed. Absent: the vault's time cannot be moved.
     */
    readonly elapse?: () => void | Promise<void>;
  };
  /** A document that the vault makes on demand, with a lease. */
  readonly lease?: {
    readonly locator: Locator;
    /** Whether the vault has ended this lease. */
    readonly ended: (lease: string) => boolean | Promise<boolean>;
  };

  /** The package's plugin object. */
  readonly plugin?: SubjectPlugin;
  /** Options that the plugin takes, for one that requires some: without them the kit makes no provider of it. @default {} */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Options that the plugin must refuse, beside those of a wrong type, which the kit makes itself. */
  readonly badOptions?: readonly BadOption[];
  /** Native identifiers, and what `parseIdentifier` must make of each. */
  readonly identifiers?: ReadonlyArray<{ readonly identifier: string; readonly parsed: ParsedIdentifier }>;

  /** Variables that the SDK reads from `process.env` by itself and that decide neither who asks nor whom: name, and why. */
  readonly ignoredEnv?: Variables;
  /** Lets the kit look at your package in a process of its own, where nothing has loaded the SDK yet. */
  readonly fresh?: Fresh;
}

/** A plugin, whatever its options are. */
export type SubjectPlugin = Omit<Plugin, "options" | "create"> & {
  readonly options: Pick<Plugin["options"], "~standard">;
  // As a method: a plugin's `create` takes its own options, which the kit takes from the plugin's validation.
  create(options: object): Provider;
};

/** A vault that will misbehave. */
export interface Breaking {
  readonly provider: Provider;
  readonly begin: () => void | Promise<void>;
  /** Makes the vault behave again. Absent: it cannot. */
  readonly end?: () => void | Promise<void>;
}

/** A login that needs a person. */
export interface Interactive {
  readonly provider: () => Provider;
  /** @default no variables at all */
  readonly env?: Variables;
  /** What the person types. */
  readonly answer: (question: Parameters<Prompter["ask"]>[0]) => string;
}

/** Options with one value that is wrong. */
export interface BadOption {
  /** The option that the refusal must name. */
  readonly option: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A module that can be imported in a process of its own. */
export interface Fresh {
  /** Exports `subject`: this subject, or a function that makes it. Must import no SDK itself. */
  readonly module: URL;
  /** Packages that must not be loaded before `open`. */
  readonly sdk: readonly string[];
  /** Further arguments for Node, e.g. `["--conditions=source"]`. */
  readonly nodeOptions?: readonly string[];
}
