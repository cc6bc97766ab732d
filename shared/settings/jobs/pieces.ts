import type { Piece } from '../../background/jobs/job.ts';
import { datesBetween } from '../../platform/time/dates.ts';
import type { Job } from './job.ts';

/** A piece of the settings' own jobs. */
export type OwnPiece = Exclude<Piece, { kind: 'lesson-record' }>;

/** The name under which a piece of a job is marked as done. */
export const pieceName = (piece: Piece): string => {
  switch (piece.kind) {
    case 'cancel-touched':
      return piece.appointmentId;
    case 'replan-offers':
      return `${piece.locationId}#offers`;
    case 'lesson-record':
      throw new Error('a piece of another capability');
    default:
      return `${piece.locationId}#${piece.date}`;
  }
};

/** All the work of a job, cut so that each piece is done well within the time that a function has. */
export const piecesOf = ({ id, kind, days, unscheduled, appointments = [] }: Job): OwnPiece[] => {
  if (kind === 'cancel')
    return appointments.map((appointmentId) => ({ kind: 'cancel-touched', jobId: id, appointmentId }));
  if (!days) return [];
  const { locations, from, until } = days;
  return locations.flatMap((locationId): OwnPiece[] => [
    ...(unscheduled ? [{ kind: 'replan-offers' as const, jobId: id, locationId }] : []),
    ...datesBetween(from, until).map((date) => ({ kind, jobId: id, locationId, date })),
  ]);
};
