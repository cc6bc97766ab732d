import { writeBill } from './sbom.ts';

const { file, components } = writeBill();
console.log(`${components} packages in ${file}`);
