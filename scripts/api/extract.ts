import { Extractor, ExtractorConfig, ExtractorLogLevel, type IConfigFile } from "@microsoft/api-extractor";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Entry } from "./entries.ts";

/** As a program of a user would be compiled; only what the declarations mean counts here, not whether they are right. */
const COMPILER = {
  ...{ target: "es2023", lib: ["es2023", "esnext.disposable"], module: "nodenext", moduleResolution: "nodenext" },
  ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true, types: ["node"] },
};

const SILENT = { default: { logLevel: "none" } } as const;

/** The report of an entry's built declarations: every public one with its signature, sorted, without its comments. */
export function reportOf(entry: Entry, root: string): string {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-api-"));
  try {
    const projectFolder = join(root, entry.folder);
    const reportFileName = basename(entry.report);
    const configObject = {
      ...{ projectFolder, mainEntryPointFilePath: join(root, entry.declarations), newlineKind: "lf" },
      compiler: {
        overrideTsconfig: { compilerOptions: { ...COMPILER, typeRoots: [join(projectFolder, "node_modules/@types")] } },
      },
      apiReport: { enabled: true, reportFileName, reportFolder: folder, reportTempFolder: join(folder, "temporary") },
      ...{ docModel: { enabled: false }, dtsRollup: { enabled: false }, tsdocMetadata: { enabled: false } },
      messages: { compilerMessageReporting: SILENT, extractorMessageReporting: SILENT, tsdocMessageReporting: SILENT },
    } as IConfigFile;
    const config = ExtractorConfig.prepare({
      configObject,
      configObjectFullPath: undefined,
      packageJsonFullPath: join(projectFolder, "package.json"),
    });
    const said: string[] = [];
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true;
        if (message.logLevel === ExtractorLogLevel.Error) said.push(message.text);
      },
    });
    if (said.length > 0) throw new Error(`The declarations of ${entry.name} cannot be read: ${said.join("; ")}`);
    return readFileSync(join(folder, reportFileName), "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
