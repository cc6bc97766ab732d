import { dataOf, type Subscription } from '../api.ts';
import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage, linkPage, openLink } from '../frame/link-page.tsx';
import type { Page, PageDeps, PageRequest, PageResponse } from '../frame/page.ts';
import { Notice } from '../frame/parts/notice.tsx';
import { plainText, seeOther } from '../frame/respond.tsx';
import { SubscriptionChoices } from './choices.tsx';

const scopes = ['marketing', 'all'] as const;
type Scope = (typeof scopes)[number];

const scopeOf = (text: string | null | undefined): Scope | undefined => scopes.find((scope) => scope === text);

/** Acts that a page may call done. */
type Done = Scope | 'resumed';
const doneOf = (text: string | null): Done | undefined => (text === 'resumed' ? text : scopeOf(text));

/** Said only where it is so. */
const isSo: Record<Done, (subscription: Subscription) => boolean> = {
  marketing: (subscription) => !subscription.marketing && !subscription.reviews,
  all: (subscription) => !subscription.all && !subscription.marketing && !subscription.reviews,
  resumed: (subscription) => subscription.all,
};

/** GET /u/{token}: shows and asks; mail scanners open links, so nothing changes here. */
export const subscriptionPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const { found: subscription, ...visit } = await openLink(deps, request, (api, { params }) =>
      api.getSubscription({ params }),
    );
    const { words } = visit.visitor;
    const done = doneOf(request.query.get('done'));
    return linkPage({
      visit,
      kind: 'u',
      title: words.subscription.title,
      children: (
        <>
          {done && isSo[done](subscription) && <Notice kind="done" title={words.subscription.done[done]} />}
          <SubscriptionChoices subscription={subscription} token={visit.token} carried={carriedLanguage(visit)} />
        </>
      ),
    });
  };

/** RFC 8058: a mail program posts this, and nobody reads the answer. */
const oneClick = async (deps: PageDeps, request: PageRequest, token: string): Promise<PageResponse> => {
  const outcome = await deps.clientFor(request).unsubscribeOneClick({
    params: { token },
    body: { 'List-Unsubscribe': 'One-Click' },
  });
  return outcome.ok ? plainText(outcome.data) : plainText(outcome.problem.title, outcome.status);
};

/** POST /u/{token}: by a press on the page, or by a mail program in one click. */
export const unsubscribePage =
  (deps: PageDeps): Page =>
  async (request) => {
    const token = request.params['token'] ?? '';
    if (request.form?.get('List-Unsubscribe') === 'One-Click') return oneClick(deps, request, token);
    const carried = carriedLanguage({ request });
    if (request.form?.get('resume') === 'yes') {
      dataOf(await deps.clientFor(request).resumeSubscription({ params: { token } }));
      return seeOther(href(linkPath('u', token), [['done', 'resumed'], ...carried]));
    }
    const scope = scopeOf(request.form?.get('scope'));
    if (!scope) return seeOther(href(linkPath('u', token), carried));
    dataOf(await deps.clientFor(request).unsubscribe({ params: { token }, body: { scope } }));
    return seeOther(href(linkPath('u', token), [['done', scope], ...carried]));
  };
