import { dateAfter } from '../model/acts/calendar.ts';
import type { Model, Offer } from '../model/model.ts';
import type { Entry, Freed, Happening, Line, LineRules } from './line.ts';
import { askedOf, isQuiet } from './line.ts';

/** What the system says of who waits now, by the entry's id. */
export type Told = ReadonlyMap<string, { status: 'waiting' | 'offered'; offer: Offer | undefined }>;

/** Where everything stands after some happenings. */
export interface Standing {
  line: Line;
  /** What was freed in the quiet hours, for the morning. */
  kept: readonly Freed[];
  /** Who has been offered a time of which release. */
  asked: readonly string[];
  /** What was freed while a form kept some of it, with the instant at which the form has it no longer. */
  held: readonly { freed: Freed; at: number }[];
}

/** Who waits, and who has been asked of what. */
type Asking = Pick<Standing, 'line' | 'asked'>;

const replaced = (line: Line, entry: Entry): Line => line.map((each) => (each.id === entry.id ? entry : each));

/** The same time of one release is freed once in a night. */
const withSpan = (kept: readonly Freed[], freed: Freed): Freed[] => {
  const isSame = ({ span, gap }: Freed): boolean =>
    gap === freed.gap && span.from === freed.span.from && span.until === freed.span.until;
  const known = kept.find(isSame);
  return known && !known.perhaps ? [...kept] : [...kept.filter((each) => each !== known), freed];
};

const offersIn = (line: Line): Offer[] => line.flatMap(({ offer }) => offer ?? []);

const at = (instant: number | undefined): string =>
  instant === undefined ? 'nothing' : new Date(instant).toISOString();

/**
 * Whether what the system says follows from what happened, in some order: things that happen in one moment have none.
 * `chains`: each in its own order. `orFaults`: why not, if it is not so. Sets `model.offers` to what stands.
 */
export const createExplain = (model: Model, rules: LineRules) => {
  return (
    before: Standing,
    chains: readonly (readonly Happening[])[],
    told: Told,
    now: number,
  ): { standing: Standing } | { faults: string[] } => {
    const faults: string[] = [];

    const blame = (fault: string): undefined => {
      if (faults.length < 8 && !faults.includes(fault)) faults.push(fault);
      return undefined;
    };

    /** The line once this entry has been looked at; undefined: the system says otherwise. */
    const look = ({ line, asked }: Asking, entry: Entry, freed: Freed): (Asking & { offered: boolean }) | undefined => {
      model.offers = offersIn(line);
      const best = rules.bestFor(entry, freed, now, asked);
      if (!best) return { line, asked, offered: false };
      const offer = told.get(entry.id)?.offer;
      if (offer?.startsAt !== best.startsAt || !best.people.includes(offer.personId)) {
        const [right, wrong] = [
          `${at(best.startsAt)} by ${best.people}`,
          `${at(offer?.startsAt)} by ${offer?.personId}`,
        ];
        return blame(
          `${entry.id} (${entry.serviceId}, ${entry.email}) is the next for ${right}, and is offered ${wrong}`,
        );
      }
      const offered: Entry = { ...entry, status: 'offered', offer, gap: freed.gap };
      return { line: replaced(line, offered), asked: [...asked, askedOf(freed, entry)], offered: true };
    };

    /** Goes through the line; `most`: so many of them. */
    const offerTo = (from: Asking, freed: Freed, most: number, except?: string): Asking | undefined => {
      let left = most;
      let current: Asking = { line: from.line, asked: from.asked };
      for (const { id } of from.line) {
        const entry = current.line.find((each) => each.id === id);
        if (!entry || id === except || left === 0) continue;
        const seen = look(current, entry, freed);
        if (!seen) return undefined;
        current = { line: seen.line, asked: seen.asked };
        if (seen.offered) left -= 1;
      }
      return current;
    };

    /** If the form is left its time may be offered then. */
    const heldOf = (freed: Freed): Standing['held'] =>
      model.holds
        .filter((hold) =>
          model.takes(hold).some(({ from, until }) => from < freed.span.until && freed.span.from < until),
        )
        .map(({ until }) => ({ freed, at: until }));

    const happen = (
      standing: Standing,
      happening: Happening,
    ): { standing: Standing; next: Happening[] } | undefined => {
      const { line } = standing;
      if (happening.what === 'freed') {
        const { span, times, gap, perhaps } = happening;
        const freed = { span, times, gap };
        if (span.until <= now) return { standing, next: [] };
        if (isQuiet(now))
          return { standing: { ...standing, kept: withSpan(standing.kept, { ...freed, perhaps }) }, next: [] };
        const after = offerTo(standing, freed, line.length);
        return after && { standing: { ...standing, ...after, held: [...standing.held, ...heldOf(freed)] }, next: [] };
      }
      const entry = line.find(({ id }) => id === happening.entryId);
      if (!entry?.offer) throw new Error(`${happening.entryId} has no offer that could be over`);
      const { offer } = entry;
      const freed = rules.releasedBy(entry, offer);
      const status = entry.status === 'left' ? 'left' : 'waiting';
      const without = replaced(line, {
        ...entry,
        status,
        offer: undefined,
        gap: undefined,
        passed: [...entry.passed, offer.startsAt],
        missed: happening.isMissed ? entry.missed + 1 : 0,
      });
      const left: Asking = { line: without, asked: standing.asked };
      const after = isQuiet(now) ? left : offerTo(left, freed, 1, entry.id);
      return after && { standing: { ...standing, ...after }, next: [{ what: 'freed', ...freed }] };
    };

    const isTold = ({ line }: Standing): boolean => {
      const wrong = line.find(({ id, status, offer, to }) => {
        const theirs = told.get(id);
        if (status === 'offered') return theirs?.offer?.id !== offer?.id;
        if (status === 'waiting' && dateAfter(now, 0) <= to) return theirs?.status !== 'waiting';
        return theirs !== undefined;
      });
      if (!wrong) return true;
      const { status, offer } = told.get(wrong.id) ?? { status: 'not there' };
      const theirs = `${status} with ${at(offer?.startsAt)} by ${offer?.personId}`;
      blame(
        `${wrong.id} (${wrong.serviceId}, ${wrong.email}) is ${wrong.status} with ${at(wrong.offer?.startsAt)}, not ${theirs}`,
      );
      return false;
    };

    /** At night nobody is asked; and a time that suits nobody now suits nobody once others have theirs. */
    const isWithoutOrder = (from: Standing, to: Standing, others: readonly (readonly Happening[])[]): boolean =>
      isQuiet(now) || (from.line === to.line && !others.flat().some(({ what }) => what === 'over'));

    /** Where another order has led already, in vain. */
    const tried = new Set<string>();

    const search = (standing: Standing, left: readonly (readonly Happening[])[]): Standing | undefined => {
      if (left.length === 0) return isTold(standing) ? standing : undefined;
      const here = JSON.stringify([standing, left]);
      if (tried.has(here)) return undefined;
      tried.add(here);
      for (const [index, [first, ...rest]] of left.entries()) {
        const others = left.filter((_, other) => other !== index);
        const goOn = (from: Standing, chain: readonly Happening[]) =>
          search(from, chain.length > 0 ? [chain, ...others] : others);
        const after = first && happen(standing, first);
        const found = after && goOn(after.standing, [...after.next, ...rest]);
        if (found || (after && isWithoutOrder(standing, after.standing, others))) return found;
        const without = first?.what === 'freed' && first.perhaps ? goOn(standing, rest) : undefined;
        if (without) return without;
      }
      return undefined;
    };

    const standing = search(
      before,
      chains.filter(({ length }) => length > 0),
    );
    if (standing) model.offers = offersIn(standing.line);
    return standing ? { standing } : { faults };
  };
};
