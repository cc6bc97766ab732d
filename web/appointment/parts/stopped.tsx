import type { Appointment } from '../../api.ts';
import { href, linkPath, type Params } from '../../frame/address.ts';
import { useVisitor } from '../../frame/visitor.ts';

interface Props {
  address: Pick<NonNullable<Appointment['address']>, 'channel' | 'stopped' | 'subscription'> | undefined;
  /** Words for each channel. */
  text: Record<'email' | 'sms', string>;
  carried: Params;
}

/** Tells whoever came by a message that no more of them come, and where to change that. */
export const Stopped = ({ address, text, carried }: Props) => {
  const says = useVisitor().words.appointment.stopped;
  if (!address?.stopped) return null;
  return (
    <div class="actions">
      <p>{text[address.channel]}</p>
      <a class="button secondary" href={href(linkPath('u', address.subscription), carried)}>
        {says.change}
      </a>
    </div>
  );
};
