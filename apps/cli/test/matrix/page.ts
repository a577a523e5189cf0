/** The page of the documentation that shows the table. */
export function pageOf(table: string): string {
  return `---
title: What works where
description: Each step in the life of a link and of a connection, for four vaults, in the library and in the command.
tableOfContents: false
---

Each line is a scenario that runs with every change of vaultlink: in a program that uses the library, and in a shell whose
commands go through the agent. A cell names the servers on which it runs: a stand-in of ours on this machine, and a real
server where one can be had without an account: [OpenBao](https://openbao.org) for HashiCorp Vault, and
[moto](https://docs.getmoto.org), which is no vendor's either, for AWS. What the stand-ins cannot show, the real services
may do otherwise. The numbers are those of the scenarios in the tests; not all of them need a vault.

${table}
`;
}
