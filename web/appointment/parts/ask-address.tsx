import type { Appointment } from '../../api.ts';
import { linkPath, type Params } from '../../frame/address.ts';
import { Hidden } from '../../frame/parts/hidden.tsx';
import { useVisitor } from '../../frame/visitor.ts';

interface Props {
  appointment: Appointment;
  token: string;
  carried: Params;
}

/** Asks for the yes to what was ticked when it was booked; nothing is sent because of the box alone. */
export const AskNews = ({ appointment: { address }, token, carried }: Props) => {
  const { news } = useVisitor().words.appointment;
  if (!address?.asked) return null;
  return (
    <form class="actions" id="news" method="post" action={linkPath('a', token, 'agree')}>
      <Hidden values={carried} />
      <h2>{news.title}</h2>
      <p>{address.asked}</p>
      <button type="submit" class="secondary">
        {news.send}
      </button>
    </form>
  );
};

/** Asks whoever came by a message whether the address is theirs, while nobody has said so. */
export const AskAddress = ({ appointment: { address }, token, carried }: Props) => {
  const says = useVisitor().words.appointment;
  if (address?.state !== 'given') return null;
  return (
    <form class="actions" method="post" action={linkPath('a', token, 'prove')}>
      <Hidden values={carried} />
      <p class="fine">{says.proveText[address.channel]}</p>
      <button type="submit" class="secondary">
        {says.prove[address.channel]}
      </button>
    </form>
  );
};
