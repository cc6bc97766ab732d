import type { Params } from '../address.ts';

/** What a form carries unseen. */
export const Hidden = ({ values }: { values: Params }) => (
  <>
    {values.map(([name, value]) => (
      <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
    ))}
  </>
);
