/** Words that other tools use for what a command of ours does. */
export const OTHER_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    add: "link",
    delete: "unlink",
    env: "export",
    exec: "run",
    init: "connect",
    login: "reauth",
    ls: "list",
    read: "get",
    remove: "unlink",
    reset: "cache reset",
    rm: "unlink",
    show: "get",
    signin: "reauth",
    whoami: "status",
  }),
);
