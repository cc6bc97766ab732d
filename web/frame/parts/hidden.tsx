import type { Params } from '../address.ts';

/** Hidden fields of a form. */
export const Hidden = ({ values }: { values: Params }) => (
  <>
    {values.map(([name, value]) => (
      <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
    ))}
  </>
);
