import { createApi, createBooker } from '../api.ts';
import { manager, seed } from '../emulator/catalogue.ts';
import { owner } from '../emulator/deploy.ts';
import { createInbox } from '../emulator/inbox.ts';
import { leftovers } from '../emulator/leftovers.ts';
import { startFront } from '../front.ts';
import { signIn, signInInvited } from '../staff.ts';
import { createTimetable } from '../timetable.ts';
import { booking } from './booking.ts';
import { desk } from './desk.ts';
import { doors } from './doors.ts';
import { pages } from './pages.ts';
import { people } from './people.ts';
import { reminders } from './reminders.ts';
import { bookAhead, restore } from './restore.ts';
import type { Setting, Stage } from './stage.ts';
import { visit } from './visit.ts';
import { zoneRules } from './zone-rules.ts';

/** The whole journey, in real time: some three to six minutes, depending on when the next full five minutes are. */
export const journey = async (setting: Setting): Promise<void> => {
  const { steps, emulator, deployed } = setting;
  const inbox = createInbox(emulator);
  const timetable = createTimetable(Date.now());
  await steps.step('a catalogue is loaded into the table', () => seed(emulator, deployed, timetable));
  const origin = await startFront(deployed.ApiUrl);
  const ownerToken = await steps.step(
    'the owner signs in with the password of the invitation, chooses another, and has to turn on an authenticator',
    () => signInInvited(origin, inbox, owner),
  );
  const tokens = await steps.step('staff sign in through Cognito', async () => ({
    owner: ownerToken,
    manager: await signIn(emulator, deployed, origin, manager, 'manager'),
    reception: await signIn(emulator, deployed, origin, 'reception@salon.example', 'reception'),
    nobody: await signIn(emulator, deployed, origin, 'nobody@salon.example'),
  }));
  const stage: Stage = { ...setting, origin, timetable, tokens, inbox, api: createApi(origin) };

  const book = createBooker(stage.api);
  const booked = await booking(stage, book);
  await Promise.all([
    reminders(stage, booked),
    visit(stage, booked),
    doors(stage),
    people(stage),
    pages(stage, booked.reminded),
    desk(stage, book),
  ]);
  await zoneRules(stage);
  const ahead = await bookAhead(stage);
  await leftovers(stage);
  await restore(stage, ahead);
};
