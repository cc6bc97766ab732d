import type { Service } from '../../api.ts';
import { Hidden } from '../../frame/parts/hidden.tsx';
import { Notice } from '../../frame/parts/notice.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { choiceParams } from '../choice/choice.ts';
import type { Offer, Plan } from '../choice/plan.ts';
import { StepFrame } from './frame.tsx';

const ServiceChoice = ({ service, chosen }: { service: Service; chosen: boolean }) => {
  const { words, format } = useVisitor();
  return (
    <li>
      <label class="card service">
        <input type="checkbox" name="service" value={service.id} checked={chosen} />
        <bdi class="name">{service.name}</bdi>
        <span class="fine">
          {format.duration(service.durationMinutes)}
          {service.seats && ` · ${words.book.groupClass}`}
        </span>
        <span class="price">{format.money(service.price)}</span>
      </label>
    </li>
  );
};

/** One or several services, by category in the order of the catalogue. */
export const ServicesStep = ({ plan, offer, unanswered }: { plan: Plan; offer: Offer; unanswered: boolean }) => {
  const { words } = useVisitor();
  const chosen = new Set(plan.services.map((service) => service.id));
  const categories = [...Map.groupBy(offer.services, (service) => service.category.name)];
  const { location, staff, form, source, lang } = plan.choice;
  const conflicts = {
    'too-many': words.book.tooMany,
    'no-place': words.book.noPlace,
    'class-alone': words.book.classAlone,
  };
  const fault = plan.conflict ? conflicts[plan.conflict] : unanswered ? words.book.nothingChosen : undefined;
  return (
    <StepFrame plan={plan} notice={fault && <Notice kind="fault" title={fault} />}>
      {categories.length === 0 ? (
        <p>{words.book.noServices}</p>
      ) : (
        <form method="get" action="/book">
          <p class="lead">{words.book.servicesHint}</p>
          <Hidden values={[['chosen', '1'], ...choiceParams({ services: [], location, staff, form, source, lang })]} />
          {categories.map(([category, services]) => (
            <fieldset key={category} class="category">
              <legend>
                <bdi>{category}</bdi>
              </legend>
              <ul class="plain cards">
                {services.map((service) => (
                  <ServiceChoice key={service.id} service={service} chosen={chosen.has(service.id)} />
                ))}
              </ul>
            </fieldset>
          ))}
          <div class="onward sticky">
            <button type="submit">{words.book.next}</button>
          </div>
        </form>
      )}
    </StepFrame>
  );
};
