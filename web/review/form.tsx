import type { ComponentChildren } from 'preact';
import type { Review } from '../api.ts';
import { linkPath, type Params } from '../frame/address.ts';
import { ErrorSummary } from '../frame/parts/error-summary.tsx';
import { Field } from '../frame/parts/field.tsx';
import type { FieldFault } from '../frame/parts/field-fault.ts';
import { Hidden } from '../frame/parts/hidden.tsx';
import { useVisitor } from '../frame/visitor.ts';
import type { ReviewEntry } from './entry.ts';
import { scoreField } from './scores.ts';
import { StarChoice } from './stars.tsx';

interface Props {
  token: string;
  review: Review;
  zone?: string;
  entry: ReviewEntry;
  faults: readonly FieldFault[];
  notice?: ComponentChildren;
  carried: Params;
}

export const ReviewForm = ({ token, review, entry, faults, notice, carried }: Props) => {
  const { words, format } = useVisitor();
  return (
    <>
      {faults.length > 0 ? <ErrorSummary faults={faults} /> : notice}
      <h1>{words.review.title}</h1>
      <p class="lead">
        {words.review.intro(
          <bdi>{review.firstName}</bdi>,
          <bdi>{review.business}</bdi>,
          format.day(review.visitedAt.slice(0, 10)),
        )}
      </p>
      <form method="post" action={linkPath('r', token)} noValidate>
        <Hidden values={carried} />
        {review.staff.map(({ id, name, services }) => (
          <StarChoice
            key={id}
            staffId={id}
            name={name}
            services={services}
            score={entry.scores[id]}
            fault={faults.find((fault) => fault.field === scoreField(id))?.text}
          />
        ))}
        <Field
          id="words"
          label={words.review.words}
          hint={words.review.wordsHint}
          optional
          fault={faults.find((fault) => fault.field === 'words')?.text}
          control={({ id, name, ...tied }) => (
            <textarea id={id} name={name} {...tied} rows={5} dir="auto" value={entry.words} />
          )}
        />
        <div class="onward">
          <button type="submit">{review.review ? words.review.saveChange : words.review.send}</button>
        </div>
      </form>
    </>
  );
};
