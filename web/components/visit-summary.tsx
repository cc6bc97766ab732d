import { bookHref } from '../booking/choice.ts';
import { chosenPeople, type Plan, type Step } from '../booking/steps.ts';
import { totalOf } from '../booking/total.ts';
import { useVisitor } from '../visitor.ts';

/** What is chosen so far, each with a way back to change it. */
export const VisitSummary = ({ plan }: { plan: Plan }) => {
  const { words, format } = useVisitor();
  const { choice, services, place } = plan;
  const people = chosenPeople(plan);
  const names = [...new Set(people.map((person) => person?.name ?? words.book.anyone))];
  const total = totalOf(services);

  const Change = ({ step, what }: { step: Step; what: string }) =>
    plan.steps.includes(step) && step !== plan.step ? (
      <a class="change" href={bookHref(choice, step)} aria-label={words.book.changeWhat(what)}>
        {words.change}
      </a>
    ) : null;

  return (
    <aside class="summary" aria-label={words.book.visit}>
      <h2>{words.book.visit}</h2>
      <dl>
        <div>
          <dt>{format.count(services.length, words.book.service)}</dt>
          <dd>
            {services.map((service) => (
              <bdi key={service.id} class="row">
                {service.name}
              </bdi>
            ))}
          </dd>
          <Change step="services" what={words.book.steps.services} />
        </div>
        {place && (
          <div>
            <dt>{words.book.place}</dt>
            <dd>
              <bdi>{place.name}</bdi>
            </dd>
            <Change step="location" what={words.book.place} />
          </div>
        )}
        {choice.staff && names.length > 0 && (
          <div>
            <dt>{words.book.person}</dt>
            <dd>
              {names.map((name) => (
                <bdi key={name} class="row">
                  {name}
                </bdi>
              ))}
            </dd>
            <Change step="staff" what={words.book.person} />
          </div>
        )}
        {choice.startsAt && place && plan.step === 'details' && (
          <div>
            <dt>{words.book.time}</dt>
            <dd>
              <span class="row">{format.date(choice.startsAt, place.zone)}</span>
              <span class="row">{format.time(choice.startsAt, place.zone)}</span>
              <span class="row fine">{words.timeZone(format.zoneName(choice.startsAt, place.zone))}</span>
            </dd>
            <Change step="time" what={words.book.time} />
          </div>
        )}
        {total && (
          <div class="sum">
            <dt>{words.book.total}</dt>
            <dd>
              <b>{format.money(total.price)}</b>
              <span class="fine"> · {format.duration(total.minutes)}</span>
            </dd>
          </div>
        )}
      </dl>
    </aside>
  );
};
