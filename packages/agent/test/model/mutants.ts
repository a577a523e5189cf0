/** One text of one source file of the agent, and what stands there instead. The text occurs exactly once. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A mistake, seeded on purpose, that the model must notice. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
}

const WORKSPACES = "operations/workspaces.ts";
const SIGN_IN = "operations/sign-in.ts";
const RESOLVE = "operations/resolve.ts";
const OPERATIONS = "operations/operations.ts";

export const MUTANTS: readonly Mutant[] = [
  { name: "environment-ignored", edits: [{ file: "operations/needs.ts", from: "use(env ?? {})", to: "use({})" }] },
  {
    name: "environment-not-asked-for",
    edits: [{ file: "operations/needs.ts", from: "env === undefined && (await", to: "false && (await" }],
  },
  {
    name: "refresh-ignored",
    edits: [{ file: RESOLVE, from: 'refresh: flagOf(request, "refresh"),', to: "" }],
  },
  {
    name: "asks-nobody",
    edits: [{ file: RESOLVE, from: '!flagOf(request, "interactive") || needing', to: "true || needing" }],
  },
  {
    name: "asks-where-nobody-is",
    edits: [{ file: RESOLVE, from: '!flagOf(request, "interactive") || needing', to: "needing" }],
  },
  {
    name: "not-read-again-after-sign-in",
    edits: [{ file: RESOLVE, from: "second.get(names[at]) ?? outcome", to: "outcome" }],
  },
  {
    name: "each-terminal-signs-in",
    edits: [
      { file: SIGN_IN, from: "options.ifNeeded ? openSession(options) : undefined", to: "undefined" },
      { file: SIGN_IN, from: "useFound = false } = options", to: "useFound = false } = { ...options }" },
    ],
  },
  {
    name: "declined-for-all",
    edits: [{ file: SIGN_IN, from: "if (!elsewhere || prompter", to: "if (true || !elsewhere || prompter" }],
  },
  {
    name: "found-credentials-before-the-person",
    edits: [{ file: SIGN_IN, from: "...{ credentials, useFound },", to: "credentials, useFound: true," }],
  },
  {
    name: "reset-drops-all",
    edits: [{ file: "operations/reset.ts", from: "vault.reset(scope)", to: "vault.reset()" }],
  },
  {
    name: "reset-drops-nothing",
    edits: [{ file: "operations/reset.ts", from: "vault.reset(scope)", to: "0" }],
  },
  {
    name: "ttl-stays",
    edits: [{ file: WORKSPACES, from: "known.ttl !== ttl", to: "false" }],
  },
  {
    name: "configuration-stays",
    edits: [{ file: WORKSPACES, from: "one.files === other.files && one.state === other.state", to: "one !== other" }],
  },
  {
    name: "sessions-end-with-the-configuration",
    edits: [
      {
        file: WORKSPACES,
        from: "    const { auditFile, connections, links } = configuration;",
        to: "    if (before !== undefined) retire(before);\n    const { auditFile, connections, links } = configuration;",
      },
    ],
  },
  {
    name: "each-place-has-its-own",
    edits: [
      { file: WORKSPACES, from: "this.vaultOf(configuration);", to: "this.vaultOf({ ...configuration, owner: key });" },
    ],
  },
  {
    name: "proposal-ends-at-once",
    edits: [{ file: "operations/open.ts", from: "if (isOpen) about", to: "if (!isOpen) about" }],
  },
  {
    name: "proposal-counts-before-it-is-open",
    edits: [{ file: "operations/open.ts", from: "...workspace, vault }, request", to: "...workspace }, request" }],
  },
  {
    name: "disconnect-only-logs-out",
    edits: [{ file: OPERATIONS, from: "await vault.disconnect(", to: "await vault.logout(" }],
  },
  {
    name: "logout-ends-all",
    edits: [{ file: OPERATIONS, from: "only === undefined ? Object", to: "true ? Object" }],
  },
  {
    name: "logout-ends-nothing",
    edits: [{ file: OPERATIONS, from: "await vault.logout(connection)", to: "{}" }],
  },
  {
    name: "serves-though-not-wanted",
    edits: [{ file: OPERATIONS, from: "if (!workspace.configuration.isWanted)", to: "if (false)" }],
  },
];
