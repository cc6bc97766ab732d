import { href } from '../frame/address.ts';
import type { Page, PageDeps } from '../frame/page.ts';
import { seeOther } from '../frame/respond.tsx';
import { waitFields } from '../waiting-list/wish.ts';
import { bookHref, choiceParams, readChoice } from './choice/choice.ts';
import { keepDraft } from './choice/draft.ts';
import { entryParams, readEntry } from './choice/entry.ts';

/**
 * POST /book/change: looks at another step, or at this one in another language, and keeps what has been typed.
 * `step`: the one asked for; `at`: the one from which, `wait` being the form of the waiting list.
 */
export const changePage =
  (_: PageDeps): Page =>
  async (request) => {
    const form = request.form ?? new URLSearchParams();
    const entry = readEntry(form);
    const given = readChoice(form);
    const choice = {
      ...given,
      form: entry.formToken || given.form,
      lang: form.get('language') ?? given.lang,
    };
    const step = form.get('step') ?? form.get('at') ?? undefined;
    const to = step === 'wait' ? href('/book/wait', choiceParams(choice)) : bookHref(choice, step);
    return seeOther(
      to,
      choice.form ? [keepDraft(request, choice.form, [...entryParams(entry), ...waitFields(form)])] : [],
    );
  };
