import { randomUUID } from 'node:crypto';
import { manageToken } from '../../../shared/booking/appointments/view.ts';
import { addDays, day, type Instant, localDate, minute, parseMoment } from '../../../shared/platform/time/time.ts';
import { reviewToken } from '../../../shared/reviews/token.ts';
import type { Desk } from './desk.ts';
import { people } from './people.ts';
import type { PlannedVisit } from './plan.ts';

/** The client leaves, and the desk marks the visit. */
const afterwards = 5 * minute;

/** Refusals that depend on the weekday on which somebody starts: closed, off, moved aside by what is booked already. */
const leftOut = ['time_unavailable', 'time_taken'];

type Gotten<T> = { ok: true; data: T } | { ok: false; problem: { code: string; detail?: string | undefined } };

/** The answer; undefined where the time can't be had on such a day. Throws on any other refusal. */
export const gotten = <T>(outcome: Gotten<T>): T | undefined => {
  if (outcome.ok) return outcome.data;
  const { code, detail = '' } = outcome.problem;
  if (leftOut.includes(code)) return undefined;
  throw new Error(`The demo's diary could not be filled: ${code} ${detail}`);
};

/** Books one visit of the plan some days before it, and lets happen to it what has happened by now; answers its id. */
export const livePlanned = async (desk: Desk, visit: PlannedVisit, zone: string, now: Instant): Promise<string[]> => {
  const date = addDays(localDate(now, zone), visit.day);
  const startsAt = parseMoment(`${date}T${visit.time}`, zone);
  const lead = (2 + (Number(visit.time.slice(0, 2)) % 5)) * day;
  const bookedAt = Math.min(startsAt - lead, now - 20 * minute);
  const { api } = desk(bookedAt);
  const booked = gotten(
    await api.bookAtDesk({
      idempotencyKey: randomUUID(),
      body: {
        locationId: visit.place,
        startsAt: `${date}T${visit.time}`,
        services: visit.services.map((serviceId) => ({ serviceId, staffId: visit.staff })),
        client: people[visit.who],
        ...(visit.notes ? { notes: visit.notes } : {}),
      },
    }),
  );
  if (!booked) return [];
  await livesOn(desk, booked.id, { ...visit, startsAt, endsAt: Date.parse(booked.endsAt), bookedAt, now });
  return [booked.id];
};

type Lived = Pick<PlannedVisit, 'noShow' | 'stars' | 'words' | 'staff'> & {
  startsAt: Instant;
  endsAt: Instant;
  bookedAt: Instant;
  now: Instant;
};

/** Lets happen to an appointment what would have happened until now: confirmed, arrived, completed or not, reviewed. */
export const livesOn = async (desk: Desk, id: string, visit: Lived): Promise<void> => {
  const { startsAt, endsAt, bookedAt, now, noShow, stars, words = '', staff } = visit;
  const mark = async (at: Instant, status: 'arrived' | 'completed' | 'no_show') => {
    gotten(await desk(at).api.markAppointment({ params: { appointmentId: id }, body: { status } }));
  };
  const remindedAt = startsAt - day;
  // Every second client answers the reminder.
  if (remindedAt > bookedAt && remindedAt < now && !noShow && (startsAt / minute) % 2 === 0) {
    const { tokens, api } = desk(remindedAt + 10 * minute);
    const token = await manageToken(tokens, { id, endsAt });
    gotten(await api.confirmByLink({ params: { token } }));
  }
  if (noShow) {
    if (startsAt + 20 * minute < now) await mark(startsAt + 20 * minute, 'no_show');
    return;
  }
  if (startsAt < now && endsAt + afterwards >= now) await mark(startsAt, 'arrived');
  if (endsAt + afterwards >= now) return;
  await mark(endsAt + afterwards, 'completed');
  if (stars === undefined) return;
  const { tokens, api } = desk(Math.min(endsAt + 3 * 60 * minute, now));
  const token = await reviewToken(tokens, { id, endsAt }, 'email');
  gotten(
    await api.putReviewByLink({ params: { token }, body: { ratings: [{ staffId: staff, score: stars }], words } }),
  );
};
