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
  const search = (done: Assignment[], from: number): Assignment[] | undefined => {
    const segment = segments[done.length];
    if (!segment) {
      const free = occupationsOf(done).every(
        (occupation) => !workloadOf(occupation.personId).busy.some((busy) => overlaps(busy, occupation)),
      );
      return free ? done : undefined;
    }
    const time = { from, until: from + segment.service.durationMinutes * minute };
    const previous = done.at(-1)?.person;
    const candidates =
      previous && segment.candidates.includes(previous)
        ? [previous, ...segment.candidates.filter((person) => person !== previous)]
        : segment.candidates;
    for (const person of candidates) {
      const { working, busy } = workloadOf(person.id);
      if (!covers(working, time) || busy.some((taken) => overlaps(taken, time))) continue;
      const found = search([...done, { ...time, person, service: segment.service }], time.until);
      if (found) return found;
    }
    return undefined;
  };
  return search([], start);
};
