const second = 1000;
const minute = 60 * second;
const step = 5 * minute;

const nextStep = (instant: number): number => Math.ceil(instant / step) * step;
const seconds = (milliseconds: number): string =>
  `${milliseconds < 0 ? '-' : ''}PT${Math.round(Math.abs(milliseconds) / second)}S`;

/**
 * Appointments start on whole steps of five minutes; the offsets of the journey are chosen so that what a salon spreads
 * over days happens within a few real minutes.
 */
export const createTimetable = (start: number) => {
  /** Offsets and schedules know whole seconds. */
  const now = Math.ceil(start / second) * second;
  /** A visit that takes place while the test runs. */
  const visit = nextStep(now + 30 * second);
  /** Has its reminder in 80 seconds. */
  const reminded = nextStep(now + 150 * second);
  /** Where an appointment moves from `reminded`; has its reminder in 95 seconds. */
  const movedTo = reminded + step;
  const reminderAt = now + 80 * second;
  const movedReminderAt = now + 95 * second;
  return {
    visit,
    reminded,
    movedTo,
    reminderAt,
    movedReminderAt,
    reminderOffset: seconds(reminderAt - reminded),
    movedReminderOffset: seconds(movedReminderAt - movedTo),
    /** From the end of a visit of five minutes; so 20 and 45 seconds after its start. */
    reviewOffset: seconds(20 * second - step),
    comeBackOffset: seconds(45 * second - step),
  };
};
export type Timetable = ReturnType<typeof createTimetable>;
