import { type Excuses, phonesOf, subjectOf } from '../journey/audit.ts';
import type { Rows } from '../journey/rows.ts';
import type { Invocation, Ledger } from '../lambda/ledger.ts';

/** Why copies were not recorded: the function was killed, or the answer of a service was kept from it. */
export interface Unrecorded {
  killed: number;
  answerHidden: number;
  /** Neither: a fault of ours. */
  unexplained: string[];
}

interface Copy {
  about: string;
  answerHidden: boolean;
  settled: boolean;
}

const add = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

const splitMessage = (message: string): { appointmentId: string; touchpoint: string } => {
  const [appointmentId = '', touchpoint = ''] = message.split('#');
  return { appointmentId, touchpoint };
};

const aboutOf = ({ appointmentId, touchpoint }: { appointmentId: string; touchpoint: string }): string =>
  `${appointmentId} ${touchpoint}`;

/** Copies that an invocation sent, with whether it came to record that. */
const copiesOf = ({ effects }: Invocation, byPhone: ReadonlyMap<string, string>): Copy[] => {
  const copies: Copy[] = [];
  for (const { effect, answerHidden } of effects) {
    if (effect.kind === 'mailed') {
      copies.push({ about: aboutOf(splitMessage(effect.message)), answerHidden, settled: false });
    } else if (effect.kind === 'texted') {
      const text = { channel: 'text' as const, tags: {}, text: effect.text, to: [effect.phone] };
      const subject = subjectOf(text, byPhone);
      if (subject) copies.push({ about: aboutOf(subject), answerHidden, settled: false });
    } else if (effect.kind === 'settled') {
      const about = aboutOf(splitMessage(effect.message));
      const copy = copies.find((each) => each.about === about && !each.settled && !each.answerHidden);
      if (copy) copy.settled = true;
    }
  }
  return copies;
};

/** Messages that an invocation claimed and whose outcome it didn't record. */
const openClaims = ({ effects }: Invocation): string[] => {
  const open = new Set<string>();
  for (const { effect } of effects) {
    if (effect.kind === 'claimed') open.add(effect.message);
    if (effect.kind === 'settled') open.delete(effect.message);
  }
  return [...open];
};

/** What the ledger explains. Only what it saw with its own eyes counts: a copy that left, a record that never came. */
export const excusesFrom = (ledger: Ledger, rows: Pick<Rows, 'appointments'>): Excuses & { causes: Unrecorded } => {
  const byPhone = phonesOf(rows);
  const unrecorded = new Map<string, number>();
  const interrupted = new Map<string, number>();
  const causes: Unrecorded = { killed: 0, answerHidden: 0, unexplained: [] };
  for (const invocation of ledger.withEffects()) {
    for (const { about, settled, answerHidden } of copiesOf(invocation, byPhone)) {
      if (settled) continue;
      add(unrecorded, about);
      if (invocation.died) causes.killed += 1;
      else if (answerHidden || invocation.mishaps > 0) causes.answerHidden += 1;
      else causes.unexplained.push(about);
    }
    for (const message of openClaims(invocation)) {
      if (invocation.died || invocation.mishaps > 0) add(interrupted, message);
    }
  }
  return {
    causes,
    unrecorded: (appointmentId, touchpoint) => unrecorded.get(aboutOf({ appointmentId, touchpoint })) ?? 0,
    interrupted: (message) => interrupted.get(message) ?? 0,
  };
};
