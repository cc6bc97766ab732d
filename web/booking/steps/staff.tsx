import { anyone } from '../../../shared/booking/contract.ts';
import { firstLetter } from '../../frame/parts/first-letter.ts';
import { Hidden } from '../../frame/parts/hidden.tsx';
import { Icon } from '../../frame/parts/icon.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { bookHref, choiceParams } from '../choice/choice.ts';
import type { Plan } from '../choice/plan.ts';
import { StepFrame } from './frame.tsx';

const Pick = ({ to, letter, name, hint }: { to: string; letter?: string; name: string; hint?: string }) => (
  <li>
    <a class="card pick" href={to}>
      <span class="round" aria-hidden="true">
        {letter ?? <Icon name="check" />}
      </span>
      <bdi class="name">{name}</bdi>
      {hint && <span class="fine">{hint}</span>}
      <Icon name="forward" />
    </a>
  </li>
);

const OneForAll = ({ plan }: { plan: Plan }) => {
  const { words } = useVisitor();
  const to = (staff: string) => bookHref({ ...plan.choice, staff: [staff], startsAt: undefined });
  return (
    <ul class="plain cards">
      <Pick to={to(anyone)} name={words.book.anyone} hint={words.book.anyoneHint} />
      {plan.people.map((person) => (
        <Pick key={person.id} to={to(person.id)} letter={firstLetter(person.name)} name={person.name} />
      ))}
    </ul>
  );
};

/** Select boxes of one name: the form sends them in the order of the services. */
const OneForEach = ({ plan }: { plan: Plan }) => {
  const { words } = useVisitor();
  const { choice } = plan;
  return (
    <form method="get" action="/book">
      <Hidden values={choiceParams({ ...choice, staff: undefined, startsAt: undefined })} />
      {plan.services.map((service, index) => {
        const chosen = choice.staff?.length === 1 ? choice.staff[0] : choice.staff?.[index];
        return (
          <div class="field" key={service.id}>
            <label for={`person-${index}`}>{words.book.personFor(<bdi>{service.name}</bdi>)}</label>
            <select id={`person-${index}`} name="staff">
              <option value={anyone}>{words.book.anyone}</option>
              {plan.performers[index]?.map((person) => (
                <option key={person.id} value={person.id} selected={person.id === chosen}>
                  {person.name}
                </option>
              ))}
            </select>
          </div>
        );
      })}
      <div class="onward">
        <button type="submit">{words.book.next}</button>
      </div>
    </form>
  );
};

/** One person for the visit where somebody can do all of it; else, or if asked for, one for each service. */
export const StaffStep = ({ plan, each }: { plan: Plan; each: boolean }) => {
  const { words } = useVisitor();
  const either = plan.services.length > 1 && plan.people.length > 0;
  const apart = plan.people.length === 0 || (either && each);
  const other = bookHref({ ...plan.choice, startsAt: undefined }, 'staff');
  return (
    <StepFrame plan={plan}>
      {apart ? <OneForEach plan={plan} /> : <OneForAll plan={plan} />}
      {either && (
        <p>
          <a class="quiet" href={apart ? other : `${other}&each=1`}>
            {apart ? words.book.onePerson : words.book.perService}
          </a>
        </p>
      )}
    </StepFrame>
  );
};
