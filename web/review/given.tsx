import type { ComponentChildren } from 'preact';
import type { Review } from '../api.ts';
import { href, linkPath, type Params } from '../frame/address.ts';
import { Icon } from '../frame/parts/icon.tsx';
import { useVisitor } from '../frame/visitor.ts';
import { momentWords } from '../i18n/moment.ts';
import { StarsGiven } from './stars.tsx';

interface Props {
  token: string;
  review: Review;
  given: NonNullable<Review['review']>;
  carried: Params;
  now: number;
  notice?: ComponentChildren;
}

/** The same for everyone, whatever the score. */
const InPublic = ({ url }: { url: string }) => {
  const { words } = useVisitor();
  return (
    <section class="in-public">
      <h2>{words.review.inPublic}</h2>
      <p>{words.review.publicText}</p>
      <a class="button" href={url} rel="noreferrer">
        {words.review.publicLink}
      </a>
    </section>
  );
};

const ChangeLink = ({ token, until, carried }: { token: string; until: string; carried: Params }) => {
  const visitor = useVisitor();
  const { words } = visitor;
  /* The text's own offset is the location's. */
  const local = `${until.slice(0, 16)}Z`;
  return (
    <div>
      <a class="quiet" href={href(linkPath('r', token), [['edit', '1'], ...carried])}>
        <Icon name="forward" />
        {words.review.change}
      </a>
      <p class="fine">{words.review.changeUntil(momentWords(visitor, local, 'UTC'))}</p>
    </div>
  );
};

/** The client's review. */
export const ReviewGiven = ({ token, review, given, carried, now, notice }: Props) => {
  const { words } = useVisitor();
  const { changeableUntil, publicReviewUrl } = review;
  return (
    <>
      {notice}
      <h1>{words.review.yours}</h1>
      <article class="ticket">
        <ul class="plain lines">
          {given.ratings.map(({ staffId, score }) => (
            <li key={staffId}>
              <bdi class="name">{review.staff.find((person) => person.id === staffId)?.name ?? staffId}</bdi>
              <StarsGiven score={score} />
            </li>
          ))}
        </ul>
        {given.words && (
          <blockquote dir="auto" class="own-words">
            {given.words}
          </blockquote>
        )}
      </article>
      {publicReviewUrl && <InPublic url={publicReviewUrl} />}
      {changeableUntil && Date.parse(changeableUntil) > now && (
        <ChangeLink token={token} until={changeableUntil} carried={carried} />
      )}
    </>
  );
};
