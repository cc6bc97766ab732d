import type { TimeRefusal } from '../../api.ts';
import { entryForm } from '../../frame/address.ts';
import { Hidden } from '../../frame/parts/hidden.tsx';
import { Notice } from '../../frame/parts/notice.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { momentWords } from '../../i18n/moment.ts';
import { choiceParams } from '../choice/choice.ts';
import { type Entry, entryParams } from '../choice/entry.ts';
import type { Plan } from '../choice/plan.ts';
import { StepFrame } from './frame.tsx';
import { StepLink } from './step-link.tsx';

/** Somebody else was faster: one press books a time nearby with everything as entered. */
export const TakenStep = ({ plan, entry, problem }: { plan: Plan; entry: Entry; problem: TimeRefusal }) => {
  const visitor = useVisitor();
  const { words, format } = visitor;
  const choice = { ...plan.choice, startsAt: undefined };
  const nearest = problem.nearest ?? [];
  const zone = plan.place?.zone ?? 'UTC';
  const title = problem.code === 'time_taken' ? words.book.takenTitle : words.problems.time_unavailable.title;
  return (
    <StepFrame
      plan={{ ...plan, step: 'time', choice }}
      notice={
        <Notice kind="fault" title={title}>
          <p>{nearest.length > 0 ? words.book.takenText : words.book.takenNone}</p>
        </Notice>
      }
    >
      <form id={entryForm} method="post" action="/book" target="_top" aria-label={words.book.nearest}>
        <Hidden values={[...choiceParams(choice), ...entryParams(entry), ['website', entry.website]]} />
        {nearest.length > 0 && (
          <>
            <h2>{words.book.nearest}</h2>
            <ul class="plain cards">
              {nearest.map(({ startsAt }) => (
                <li key={startsAt}>
                  <button class="secondary wide" type="submit" name="startsAt" value={startsAt}>
                    {words.book.bookAt(momentWords(visitor, startsAt, zone))}
                  </button>
                </li>
              ))}
            </ul>
            <p class="fine">{words.timeZone(format.zoneName(nearest[0]?.startsAt ?? '', zone))}</p>
          </>
        )}
      </form>
      <p>
        <StepLink plan={plan} step="time" class="quiet">
          {words.book.otherTimes}
        </StepLink>
      </p>
    </StepFrame>
  );
};
