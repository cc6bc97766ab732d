import type { ComponentChildren } from 'preact';
import { useVisitor } from '../visitor.ts';

interface Props {
  id: string;
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  optional?: boolean;
  /** Given what ties the control to its label, hint and fault. */
  control: (attributes: ControlAttributes) => ComponentChildren;
}

interface ControlAttributes {
  id: string;
  name: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

export const FaultText = ({ id, text }: { id: string; text: string | undefined }) =>
  text ? (
    <p class="fault-text" id={id}>
      {text}
    </p>
  ) : null;

/** A label, what helps to fill the field, what is wrong with it, and the field. */
export const Field = ({ id, label, hint, fault, optional, control }: Props) => {
  const { words } = useVisitor();
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={id}>
        {label}
        {optional && <span class="optional"> ({words.optional})</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FaultText id={`${id}-fault`} text={fault} />
      {control({
        id,
        name: id,
        'aria-describedby': described || undefined,
        'aria-invalid': fault ? 'true' : undefined,
      })}
    </div>
  );
};
