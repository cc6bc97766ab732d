import { FaultText } from '../frame/parts/field.tsx';
import { useVisitor } from '../frame/visitor.ts';
import { scoreField, scores } from './scores.ts';

const Star = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d="M12 2.8l2.8 5.9 6.4.8-4.7 4.5 1.2 6.4L12 17.3l-5.7 3.1 1.2-6.4L2.8 9.5l6.4-.8z" />
  </svg>
);

interface Props {
  staffId: string;
  name: string;
  services: readonly string[];
  score: number | undefined;
  fault: string | undefined;
}

/** Radio buttons that look like stars: arrows move, screen readers hear words, and no script is needed. */
export const StarChoice = ({ staffId, name, services, score, fault }: Props) => {
  const { words, format } = useVisitor();
  const field = scoreField(staffId);
  return (
    <fieldset class={fault ? 'rating faulty' : 'rating'} aria-describedby={fault && `${field}-fault`}>
      <legend>{words.review.rate(<bdi>{name}</bdi>)}</legend>
      <p class="hint">
        <bdi>{format.list(services)}</bdi>
      </p>
      <FaultText id={`${field}-fault`} text={fault} />
      <div class="stars">
        {scores.map((value) => (
          <label key={value} class="star">
            <input
              type="radio"
              id={value === 1 ? field : undefined}
              name={field}
              value={value}
              checked={score === value}
              aria-invalid={fault ? 'true' : undefined}
            />
            <Star />
            <span class="unseen">
              {words.review.scoreOf(format.count(value, words.review.star), words.review.scores[value])}
            </span>
          </label>
        ))}
      </div>
      <p class="scale fine" aria-hidden="true">
        <span>{words.review.scores[1]}</span>
        <span>{words.review.scores[5]}</span>
      </p>
    </fieldset>
  );
};

/** A score that was given. */
export const StarsGiven = ({ score }: { score: number }) => {
  const { words, format } = useVisitor();
  return (
    <span class="given" role="img" aria-label={format.count(score, words.review.star)}>
      {scores.map((value) => (
        <span key={value} class={value <= score ? 'lit' : undefined}>
          <Star />
        </span>
      ))}
    </span>
  );
};
