# __plain__

Say in one sentence what it is for.

- **Term**: what it means here.
- `create.ts` is the use case; `rules.ts` decides without I/O; `store.ts` has the items.

May import: platform, entities, audit, business, background, clients, messages, booking, diary, reviews.
