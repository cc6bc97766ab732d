import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import type { Review } from '../api.ts';
import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage, type LinkVisit, linkPage, openLink, throwIfLinkFails } from '../frame/link-page.tsx';
import type { Page, PageDeps, PageRequest, PageResponse } from '../frame/page.ts';
import type { FieldFault } from '../frame/parts/field-fault.ts';
import { Notice } from '../frame/parts/notice.tsx';
import { ProblemNotice } from '../frame/problem-notice.tsx';
import { seeOther } from '../frame/respond.tsx';
import { givenEntry, missingScores, type ReviewEntry, readReview } from './entry.ts';
import { ReviewForm } from './form.tsx';
import { ReviewGiven } from './given.tsx';

interface ReviewVisit extends LinkVisit {
  review: Review;
}

const openReview = async (deps: PageDeps, request: PageRequest): Promise<ReviewVisit> => {
  const { found, ...visit } = await openLink(deps, request, (api, asked) => api.getReviewByLink(asked));
  return { ...visit, review: found };
};

interface FormView {
  entry: ReviewEntry;
  faults?: readonly FieldFault[];
  problem?: ProblemBody;
  status?: number;
}

const formView = (visit: ReviewVisit, { entry, faults = [], problem, status }: FormView): PageResponse =>
  linkPage({
    visit,
    kind: 'r',
    params: visit.review.review ? [['edit', '1']] : [],
    title: visit.visitor.words.review.title,
    faulty: faults.length > 0 || problem !== undefined,
    ...(status && { status }),
    children: (
      <ReviewForm
        token={visit.token}
        review={visit.review}
        entry={entry}
        faults={faults}
        notice={problem && <ProblemNotice problem={problem} />}
        carried={carriedLanguage(visit)}
      />
    ),
  });

const givenView = (visit: ReviewVisit, given: NonNullable<Review['review']>, problem?: ProblemBody): PageResponse => {
  const { words } = visit.visitor;
  const thanks = visit.request.query.get('done') === 'sent' && (
    <Notice kind="done" title={words.review.thanks}>
      <p>{words.review.thanksText}</p>
    </Notice>
  );
  return linkPage({
    visit,
    kind: 'r',
    title: words.review.yours,
    faulty: problem !== undefined,
    ...(problem && { status: problem.status }),
    children: (
      <ReviewGiven
        token={visit.token}
        review={visit.review}
        given={given}
        carried={carriedLanguage(visit)}
        now={visit.now}
        notice={problem ? <ProblemNotice problem={problem} /> : thanks}
      />
    ),
  });
};

const isChangeable = ({ review, now }: ReviewVisit): boolean => Date.parse(review.changeableUntil ?? '') > now;

/** GET /r/{token}: the form, or the review that was given. */
export const reviewPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await openReview(deps, request);
    const given = visit.review.review;
    const edits = request.query.has('edit') && isChangeable(visit);
    return given && !edits ? givenView(visit, given) : formView(visit, { entry: givenEntry(visit.review) });
  };

/** POST /r/{token} */
export const sendReviewPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await openReview(deps, request);
    const { api, review, token, visitor } = visit;
    const entry = readReview(review, request.form ?? new URLSearchParams());
    const faults = missingScores(review, entry, visitor.words);
    if (faults.length > 0) return formView(visit, { entry, faults, status: 422 });

    const ratings = Object.entries(entry.scores).map(([staffId, score]) => ({ staffId, score }));
    const outcome = await api.putReviewByLink({ params: { token }, body: { ratings, words: entry.words } });
    if (outcome.ok) return seeOther(href(linkPath('r', token), [['done', 'sent'], ...carriedLanguage(visit)]));

    const { problem } = outcome;
    throwIfLinkFails(problem);
    if (problem.code === 'review_closed' && review.review) return givenView(visit, review.review, problem);
    if (problem.errors?.some((fault) => fault.path === 'words')) {
      const text = visitor.words.faults.tooLong(visitor.words.review.words);
      return formView(visit, { entry, faults: [{ field: 'words', text }], status: problem.status });
    }
    return formView(visit, { entry, problem, status: problem.status });
  };
