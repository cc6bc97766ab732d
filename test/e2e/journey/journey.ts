import { createApi, createBooker } from '../api.ts';
import { manager, seed } from '../emulator/catalogue.ts';
import { createInbox } from '../emulator/inbox.ts';
import { leftovers } from '../emulator/leftovers.ts';
import { startFront } from '../front.ts';
import { signIn, signInOwner } from '../staff.ts';
import { createTimetable } from '../timetable.ts';
import { booking } from './booking.ts';
import { desk } from './desk.ts';
import { doors } from './doors.ts';
import { pages } from './pages.ts';
import { reminders } from './reminders.ts';
import { bookAhead, restore } from './restore.ts';
import type { Setting, Stage } from './stage.ts';
import { visit } from './visit.ts';

/** The whole journey, in real time: some three to six minutes, depending on when the next full five minutes are. */
export const journey = async (setting: Setting): Promise<void> => {
  const { steps, emulator, deployed } = setting;
  const inbox = createInbox(emulator);
  const ownerToken = await steps.step(
    'the owner signs in with the password of the invitation, and chooses another',
    () => signInOwner(emulator, deployed, inbox),
  );
  const tokens = await steps.step('staff sign in through Cognito', async () => ({
    owner: ownerToken,
    manager: await signIn(emulator, deployed, manager, 'manager'),
    reception: await signIn(emulator, deployed, 'reception@salon.example', 'reception'),
    nobody: await signIn(emulator, deployed, 'nobody@salon.example'),
  }));
  const timetable = createTimetable(Date.now());
  await steps.step('a catalogue is loaded into the table', () => seed(emulator, deployed, timetable));
  const origin = await startFront(deployed.ApiUrl);
  const stage: Stage = { ...setting, origin, timetable, tokens, inbox, api: createApi(origin) };

  const book = await createBooker(stage.api);
  const booked = await booking(stage, book);
  await Promise.all([
    reminders(stage, booked),
    visit(stage, booked),
    doors(stage),
    pages(stage, booked.reminded),
    desk(stage, book),
  ]);
  const ahead = await bookAhead(stage);
  await leftovers(stage);
  await restore(stage, ahead);
};
