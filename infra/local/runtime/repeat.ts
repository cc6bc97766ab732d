/** Frequency and order in which triggers reach functions; once and in order unless a test wants it otherwise. */
export interface RepeatTriggers {
  /** Deliveries of every stream record and every queue message. */
  times: number;
  /** Numbers in [0, 1) that decide the order of each round; without it the order stays. */
  shuffle?: () => number;
  /** All rounds at once, as when several instances of a function run. */
  atOnce?: boolean;
  /** Batches of a queue and notices that are on their way at the same time; one, unless a test wants more. */
  inParallel?: number;
}

const shuffled = <T>(items: readonly T[], random: () => number): T[] => {
  const order = [...items];
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const [a, b] = [order[index] as T, order[other] as T];
    order[index] = b;
    order[other] = a;
  }
  return order;
};

/** Runs `deliver` over the items as often as wanted, each time in an order of its own. */
export const deliverRepeatedly = async <T>(
  items: readonly T[],
  { times, shuffle, atOnce = false }: RepeatTriggers,
  deliver: (items: readonly T[]) => Promise<void>,
): Promise<void> => {
  const rounds = Array.from({ length: times }, () => (shuffle ? shuffled(items, shuffle) : items));
  if (atOnce) {
    await Promise.all(rounds.map(deliver));
    return;
  }
  for (const round of rounds) await deliver(round);
};

export const once: RepeatTriggers = { times: 1 };

export const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Runs as many at the same time as wanted, in their order. */
export const inParallel = async <T>(
  items: readonly T[],
  atOnce: number,
  handle: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await handle(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};
