import type { Definition } from "../kit/definition.ts";
import { absenceCases } from "./absence.ts";
import { awkwardCases } from "./awkward.ts";
import { batchCases } from "./batch.ts";
import { breakingCases } from "./breaking.ts";
import { changingCases } from "./changing.ts";
import { conductCases } from "./conduct.ts";
import { consistencyCases } from "./consistency.ts";
import { contractCases } from "./contract.ts";
import { endingCases } from "./ending.ts";
import { faultCases } from "./faults.ts";
import { hangingCases } from "./hanging.ts";
import { identityCases } from "./identity.ts";
import { leakCases } from "./leak.ts";
import { listFaultCases } from "./list-faults.ts";
import { listCases } from "./list.ts";
import { personCases } from "./person.ts";
import { pluginCases } from "./plugin.ts";
import { readCases } from "./read.ts";
import { renewingCases } from "./renewing.ts";
import { refusalCases } from "./refusal.ts";
import { versionCases } from "./version.ts";

/** Every case, in the order in which they are best read. */
export const definitions: readonly Definition[] = [
  ...contractCases,
  ...conductCases,
  ...readCases,
  ...changingCases,
  ...consistencyCases,
  ...versionCases,
  ...awkwardCases,
  ...absenceCases,
  ...refusalCases,
  ...faultCases,
  ...hangingCases,
  ...breakingCases,
  ...batchCases,
  ...identityCases,
  ...personCases,
  ...listCases,
  ...listFaultCases,
  ...renewingCases,
  ...endingCases,
  ...leakCases,
  ...pluginCases,
];
