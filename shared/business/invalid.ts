/** A catalogue that can't be loaded, with every fault by its path. */
export class CatalogueInvalid extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The catalogue has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'CatalogueInvalid';
    this.faults = faults;
  }
}
