/** Something at the vault that hangs on a document, on its way to those who asked for it. */
export interface Hold {
  /** Somebody has the document; where it `replaces` what was read before, what hangs on that is ended. */
  keep(replaces: boolean): void;
  /** Nobody has it. */
  end(): void;
}
