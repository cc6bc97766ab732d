import { randomUUID } from 'node:crypto';
import type { Of } from '../histories.ts';
import { demand, must, outcomeOf, type Scene } from '../scene.ts';
import { dateAfter, halfHourOf, instantOf, wall } from './calendar.ts';

/** Staff take time of a person or of the room off the diary, and give it back. */
export const createBlocks = ({ desk, model, people, own, now, world }: Scene) => ({
  async block({ owner, day, halfHour, length }: Of<'block'>): Promise<void> {
    const staffId = people[owner];
    const resourceId = staffId ? undefined : world.catalogue.resources[0]?.id;
    const date = dateAfter(now(), day);
    const [from, until] = [wall(date, halfHourOf(halfHour)), wall(date, halfHourOf(halfHour + length))];
    const wish = { owner: staffId ?? resourceId ?? '', from: instantOf(from), until: instantOf(until) };
    const right = model.isBlockable(wish) ? 'ok' : 'time_taken';
    const body = { ...(staffId ? { staffId } : { resourceId }), from, until };
    const answer = await desk.createBlock({ body, idempotencyKey: randomUUID() });
    demand(outcomeOf(answer) === right, () => `blocking ${from} of ${wish.owner}: ${outcomeOf(answer)}, not ${right}`);
    if (!answer.ok) return;
    own.blocks.add(answer.data.id);
    model.blocks.push({ ...wish, id: answer.data.id });
  },

  async unblock({ which }: Of<'unblock'>): Promise<void> {
    const all = model.blocks.filter(({ id }) => own.blocks.has(id));
    const block = all[which % Math.max(1, all.length)];
    if (!block) return;
    must(await desk.removeBlock({ params: { blockId: block.id } }), 'unblocking');
    model.unblocked(block);
  },
});
