import { Icon } from '../../frame/parts/icon.tsx';
import { bookHref } from '../choice/choice.ts';
import type { Plan } from '../choice/plan.ts';
import { StepFrame } from './frame.tsx';

export const LocationStep = ({ plan }: { plan: Plan }) => (
  <StepFrame plan={plan}>
    <ul class="plain cards">
      {plan.places.map((place) => (
        <li key={place.id}>
          <a class="card pick" href={bookHref({ ...plan.choice, location: place.id, startsAt: undefined })}>
            <span class="round" aria-hidden="true">
              <Icon name="pin" />
            </span>
            <bdi class="name">{place.name}</bdi>
            <bdi class="fine">{place.address}</bdi>
            <Icon name="forward" />
          </a>
        </li>
      ))}
    </ul>
  </StepFrame>
);
