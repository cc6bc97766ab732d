import { useVisitor } from '../frame/visitor.ts';
import { namesOf, type Plan } from './choice/plan.ts';
import { totalOf } from './choice/total.ts';

/** The visit so far in one line, above what is asked: on a phone the summary stands below. */
export const Gist = ({ plan }: { plan: Plan }) => {
  const { words, format } = useVisitor();
  const { services, place } = plan;
  const total = totalOf(services);
  if (services.length === 0) return null;
  const parts = [
    services.map(({ name }) => name).join(', '),
    ...namesOf(plan, words.book.anyone),
    ...(place ? [place.name] : []),
    ...(total ? [format.money(total.price)] : []),
  ];
  return (
    <p class="gist">
      {parts.map((part, index) => (
        <span key={part}>
          <bdi>{part}</bdi>
          {index < parts.length - 1 && ' · '}
        </span>
      ))}
    </p>
  );
};
