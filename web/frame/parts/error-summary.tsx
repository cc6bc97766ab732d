import { useVisitor } from '../visitor.ts';
import type { FieldFault } from './field-fault.ts';
import { Notice } from './notice.tsx';

/** Above the form, with a link to each field; it takes the focus, the fields come after it. */
export const ErrorSummary = ({ faults }: { faults: readonly FieldFault[] }) => {
  const { words, format } = useVisitor();
  return (
    <Notice kind="fault" title={format.count(faults.length, words.faults.title)}>
      <ul class="plain">
        {faults.map((fault) => (
          <li key={fault.field}>
            <a href={`#${fault.field}`}>{fault.text}</a>
          </li>
        ))}
      </ul>
    </Notice>
  );
};
