import type { Params } from '../frame/address.ts';
import { Hidden } from '../frame/parts/hidden.tsx';
import { Icon } from '../frame/parts/icon.tsx';
import { useVisitor } from '../frame/visitor.ts';
import { byPartOfDay, type Week, type WeekDay } from './week.ts';

interface WeekLinks {
  week: (from: string) => string;
  day: (date: string) => string;
  /** Address to which a time leads; or the form that a press on it sends, with the time as its `startsAt`. */
  time: ((startsAt: string) => string) | { action: string; carried: Params };
}

const Turn = ({ links, week }: { links: WeekLinks; week: Week }) => {
  const { words, format } = useVisitor();
  const first = week.days[0];
  const last = week.days.at(-1);
  return (
    <div class="turn">
      {week.previous ? (
        <a class="quiet" href={links.week(week.previous)} rel="prev">
          <Icon name="back" />
          <span>{words.book.earlier}</span>
        </a>
      ) : (
        <span />
      )}
      <p>{first && last && format.days(first.date, last.date)}</p>
      {week.next ? (
        <a class="quiet" href={links.week(week.next)} rel="next">
          <span>{words.book.later}</span>
          <Icon name="forward" />
        </a>
      ) : (
        <span />
      )}
    </div>
  );
};

const Day = ({ day, open, links }: { day: WeekDay; open: boolean; links: WeekLinks }) => {
  const { words, format } = useVisitor();
  const free = day.times.length > 0;
  const said = `${format.day(day.date)}: ${free ? format.count(day.times.length, words.book.times) : words.book.noTimes}`;
  const seen = (
    <>
      <span aria-hidden="true">{format.weekday(day.date)}</span>
      <b aria-hidden="true">{format.dayOfMonth(day.date)}</b>
      <span class="unseen">{said}</span>
    </>
  );
  return (
    <li>
      {free ? (
        <a class="day" href={links.day(day.date)} aria-current={open ? 'date' : undefined}>
          {seen}
        </a>
      ) : (
        <span class="day closed">{seen}</span>
      )}
    </li>
  );
};

const Time = ({ time, to }: { time: WeekDay['times'][number]; to: WeekLinks['time'] }) => {
  const { words, format } = useVisitor();
  const seen = (
    <>
      {/* The text's own offset is the location's: its clock is read as it stands. */}
      {format.timeInPart(`${time.startsAt.slice(0, 16)}Z`, 'UTC')}
      {time.seatsLeft !== undefined && <small>{format.count(time.seatsLeft, words.book.seatsLeft)}</small>}
    </>
  );
  return typeof to === 'function' ? (
    <a class="time" href={to(time.startsAt)}>
      {seen}
    </a>
  ) : (
    <button class="time" type="submit" name="startsAt" value={time.startsAt}>
      {seen}
    </button>
  );
};

const Times = ({ day, links }: { day: WeekDay; links: WeekLinks }) => {
  const { words, format } = useVisitor();
  const parts = (
    <>
      {byPartOfDay(day.times, words.book.eveningFrom).map(({ part, times }) => (
        <div key={part}>
          <h3>{words.book.parts[part]}</h3>
          <ul class="times">
            {times.map((time) => (
              <li key={time.startsAt}>
                <Time time={time} to={links.time} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
  return (
    <section aria-labelledby="open-day" class="times-of-day">
      <h2 id="open-day">{format.day(day.date)}</h2>
      {typeof links.time === 'function' ? (
        parts
      ) : (
        <form method="post" action={links.time.action}>
          <Hidden values={links.time.carried} />
          {parts}
        </form>
      )}
    </section>
  );
};

const Nothing = ({ week, links }: { week: Week; links: WeekLinks }) => {
  const { words, format } = useVisitor();
  return (
    <div class="nothing">
      <p>{week.nextFree ? words.book.weekEmpty : words.book.nothingFree(format.day(week.last))}</p>
      {week.nextFree && (
        <a class="button" href={links.week(week.nextFree)}>
          {words.book.nextFree(format.day(week.nextFree))}
        </a>
      )}
    </div>
  );
};

/** Seven days, and the times of one of them. */
export const WeekOfTimes = ({ week, links }: { week: Week; links: WeekLinks }) => {
  const { words, format } = useVisitor();
  const moment = week.open?.times[0]?.startsAt ?? `${week.days[0]?.date ?? week.last}T12:00Z`;
  return (
    <div class="week">
      <nav aria-label={words.book.days}>
        <Turn week={week} links={links} />
        <ol class="days">
          {week.days.map((day) => (
            <Day key={day.date} day={day} open={day === week.open} links={links} />
          ))}
        </ol>
      </nav>
      {week.open ? <Times day={week.open} links={links} /> : <Nothing week={week} links={links} />}
      <p class="fine">{words.timeZone(format.zoneName(moment, week.zone))}</p>
    </div>
  );
};
