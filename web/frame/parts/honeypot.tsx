import { useVisitor } from '../visitor.ts';

/** A field that people neither see, hear nor reach; robots fill it. */
export const Honeypot = () => {
  const { words } = useVisitor();
  return (
    <div class="aside" aria-hidden="true">
      <label for="website">{words.fields.website}</label>
      <input id="website" name="website" type="text" tabIndex={-1} autocomplete="off" value="" />
    </div>
  );
};
