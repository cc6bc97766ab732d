import assert from 'node:assert/strict';
import type { AppointmentAnswer } from '../../../shared/booking/contract.ts';
import type { Stage } from './stage.ts';

/** Pages come from the same API: the gateway hands on their types and whatever the functions render. */
export const pages = async ({ steps, origin }: Stage, { token }: AppointmentAnswer): Promise<void> => {
  const get = async (path: string) => {
    const response = await fetch(`${origin}${path}`);
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  };
  await steps.step('booking page, appointment page, calendar file and API document are served', async () => {
    for (const path of ['/', '/book', `/a/${token}`, '/docs']) {
      const { status, type, text } = await get(path);
      assert.equal(status, 200, `${path}: ${text.slice(0, 300)}`);
      assert.match(type, /^text\/html/, path);
      assert.match(text, /<html[^>]* lang=/, path);
    }
    assert.match((await get(`/a/${token}/calendar.ics`)).text, /^BEGIN:VCALENDAR\r\n/);
    assert.equal(JSON.parse((await get('/v1/openapi.json')).text).openapi.slice(0, 3), '3.1');
  });
};
