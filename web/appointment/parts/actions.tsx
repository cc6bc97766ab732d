import { againPath } from '../../../shared/booking/online/again.ts';
import type { Language } from '../../../shared/platform/fields.ts';
import type { Appointment } from '../../api.ts';
import { href, linkPath, type Params } from '../../frame/address.ts';
import { Hidden } from '../../frame/parts/hidden.tsx';
import { Icon } from '../../frame/parts/icon.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { momentWords } from '../../i18n/moment.ts';
import { isTooLate, stageOf } from '../stage.ts';
import { Calendars } from './calendars.tsx';

interface Props {
  appointment: Appointment;
  token: string;
  business: string;
  carried: Params;
  now: number;
  /** It is time to say whether one comes. */
  asks: boolean;
  isJustBooked: boolean;
}

/** The same services, place and people, at another time. */
const againHref = ({ services, location }: Appointment, language: Language): string =>
  againPath({
    services: services.map(({ id, staff }) => ({ id, staffId: staff.id })),
    locationId: location.id,
    language,
  });

/** Actions that the client has now, and until when. */
export const Actions = ({ appointment, token, business, carried, now, asks, isJustBooked }: Props) => {
  const visitor = useVisitor();
  const { words } = visitor;
  const { may, changeableUntil, zone } = appointment;
  const says = words.appointment;
  const until = momentWords(visitor, changeableUntil, zone);
  return (
    <>
      {isJustBooked && <Calendars appointment={appointment} token={token} business={business} isFirst={true} />}
      {(asks || may.move || may.cancel) && (
        <div class="actions">
          {asks && (
            <form method="post" action={linkPath('a', token, 'confirm')}>
              <Hidden values={carried} />
              <button type="submit">
                <Icon name="check" />
                {says.confirm}
              </button>
            </form>
          )}
          {may.move && (
            <a class="button secondary" href={href(linkPath('a', token, 'move'), carried)}>
              {says.move}
            </a>
          )}
          {may.cancel && (
            <a class="button secondary" href={href(linkPath('a', token, 'cancel'), carried)}>
              {says.cancel}
            </a>
          )}
        </div>
      )}
      {may.cancel && !may.move && <p class="fine">{words.problems.too_many_moves.text}</p>}
      {may.move && (
        <p class="fine">
          {says.until(until)} {says.afterThat}
        </p>
      )}
      {isTooLate(appointment, now) && <p class="fine">{says.tooLate}</p>}
      {!isJustBooked && stageOf(appointment, now) === 'ahead' && (
        <Calendars appointment={appointment} token={token} business={business} isFirst={false} />
      )}
      <p class="links">
        <a class="quiet" href={againHref(appointment, visitor.language)}>
          <Icon name="forward" />
          {says.again}
        </a>
      </p>
    </>
  );
};
