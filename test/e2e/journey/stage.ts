import type { Api } from '../api.ts';
import type { Deployed } from '../emulator/deploy.ts';
import type { Inbox } from '../emulator/inbox.ts';
import type { Emulator } from '../emulator/ministack.ts';
import type { Steps } from '../steps.ts';
import type { Timetable } from '../timetable.ts';

export interface Setting {
  steps: Steps;
  emulator: Emulator;
  deployed: Deployed;
  workDir: string;
}

/** What the parts of the journey share. */
export interface Stage extends Setting {
  origin: string;
  timetable: Timetable;
  inbox: Inbox;
  /** As a client's browser. */
  api: Api;
  tokens: { owner: string; manager: string; reception: string; nobody: string };
}
