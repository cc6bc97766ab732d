import type { Service, StaffMember } from '../business/catalogue.ts';
import { minute } from '../platform/time.ts';
import { covers, type Interval, overlaps } from './intervals.ts';

/** One service of a visit and who may perform it, the preferred first. */
export interface Segment {
  service: Service;
  candidates: readonly StaffMember[];
}

/** One service of a visit with its person and time. */
export interface Assignment extends Interval {
  service: Service;
  person: StaffMember;
}

/** A person's time taken by a visit, buffers included. */
export interface Occupation extends Interval {
  personId: string;
}

/** What a person's days look like: when they work, when they are taken. */
export interface Workload {
  working: readonly Interval[];
  busy: readonly Interval[];
}

export const visitMinutes = (segments: readonly { service: Service }[]): number =>
  segments.reduce((sum, { service }) => sum + service.durationMinutes, 0);

/**
 * Services of one visit follow each other without pause: the client is already there. What one person does in a row
 * takes the first service's buffer before it and the last one's buffer after it.
 */
export const occupationsOf = (assignments: readonly Assignment[]): Occupation[] => {
  const runs: Occupation[] = [];
  assignments.forEach(({ person, service, from, until }, index) => {
    const after = until + service.bufferAfterMinutes * minute;
    const current = runs.at(-1);
    if (current && assignments[index - 1]?.person.id === person.id) current.until = after;
    else runs.push({ personId: person.id, from: from - service.bufferBeforeMinutes * minute, until: after });
  });
  return runs;
};

/**
 * Who performs each service of a visit that starts at `start`, or undefined when it doesn't fit: every service within
 * its person's working time, every person free with buffers. Stays with one person where that is possible.
 */
export const assign = (
  segments: readonly Segment[],
  start: number,
  workloadOf: (personId: string) => Workload,
): Assignment[] | undefined => {
  const free = (person: StaffMember, time: Interval) =>
    !workloadOf(person.id).busy.some((busy) => overlaps(busy, time));
  const tidied = ({ person, service, until }: Assignment) =>
    free(person, { from: until, until: until + service.bufferAfterMinutes * minute });

  // Whether the rest fits depends only on who performed the last service: no such question is asked twice, or many
  // services by anyone would take time that grows with every combination of people.
  const deadEnds = new Set<string>();
  const search = (index: number, from: number, last?: Assignment): Assignment[] | undefined => {
    const segment = segments[index];
    if (!segment) return !last || tidied(last) ? [] : undefined;
    const key = `${index} ${last?.person.id}`;
    if (deadEnds.has(key)) return undefined;
    const { service } = segment;
    const until = from + service.durationMinutes * minute;
    const stays = segment.candidates.filter((person) => person === last?.person);
    for (const person of new Set([...stays, ...segment.candidates])) {
      const staying = person === last?.person;
      const buffer = staying ? 0 : service.bufferBeforeMinutes * minute;
      if (!covers(workloadOf(person.id).working, { from, until })) continue;
      if (!free(person, { from: from - buffer, until }) || (last && !staying && !tidied(last))) continue;
      const assignment = { service, person, from, until };
      const rest = search(index + 1, until, assignment);
      if (rest) return [assignment, ...rest];
    }
    deadEnds.add(key);
    return undefined;
  };
  return search(0, start);
};
