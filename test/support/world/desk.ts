import type { DiaryAppointment } from '../../../shared/diary/contract.ts';
import type { Role } from '../../../shared/platform/http/contract.ts';
import { dataOf } from '../outcomes.ts';
import { freshKey, newcomer } from './booking.ts';
import type { World } from './world.ts';

export type Mark = 'arrived' | 'completed' | 'no_show' | 'cancelled';

/** What staff do, by role. */
export const staffOf = (world: World) => {
  const params = (appointmentId: string) => ({ params: { appointmentId } });
  const bodyOf = (startsAt: string, changes: Record<string, unknown> = {}) => ({
    locationId: 'brooklyn',
    startsAt,
    services: [{ serviceId: 'cut', staffId: 'amina' }],
    client: newcomer(),
    ...changes,
  });
  return {
    tryBook: (startsAt: string, changes: Record<string, unknown> = {}, role: Role = 'reception', key = freshKey()) =>
      world.as(role).bookAtDesk({ body: bodyOf(startsAt, changes), idempotencyKey: key }),
    book: async (startsAt: string, changes: Record<string, unknown> = {}) =>
      dataOf(await world.as('reception').bookAtDesk({ body: bodyOf(startsAt, changes), idempotencyKey: freshKey() })),
    change: (
      { id, version }: Pick<DiaryAppointment, 'id' | 'version'>,
      body: Record<string, unknown>,
      role: Role = 'reception',
    ) => world.as(role).changeAppointment({ ...params(id), ifMatch: version, body }),
    mark: (id: string, status: Mark, role: Role = 'reception') =>
      world.as(role).markAppointment({ ...params(id), body: { status } }),
    undo: (id: string, role: Role = 'reception') => world.as(role).undoMark(params(id)),
    approve: (id: string, role: Role = 'reception') => world.as(role).approveAppointment(params(id)),
    get: async (id: string) => dataOf(await world.as('reception').getAppointment(params(id))),
    history: async (id: string) => dataOf(await world.as('reception').getAppointmentHistory(params(id))).entries,
    diary: async (query: { date?: string; from?: string; to?: string; [name: string]: string | undefined }) =>
      dataOf(await world.as('reception').getDiary({ query: { locationId: 'brooklyn', ...query } })),
    client: async (clientId: string) => dataOf(await world.as('reception').getClient({ params: { clientId } })),
    block: (body: Record<string, unknown>, role: Role = 'reception', key = freshKey()) =>
      world.as(role).createBlock({ body: body as never, idempotencyKey: key }),
    unblock: (blockId: string, role: Role = 'reception') => world.as(role).removeBlock({ params: { blockId } }),
  };
};
export type Staff = ReturnType<typeof staffOf>;
