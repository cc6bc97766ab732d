import { type Schedule, type ScheduleBook, type ScheduleInput, scheduleArn } from '../schedules.ts';
import { AwsError } from './aws-error.ts';
import type { AwsAnswer, AwsRequest, AwsService } from './service.ts';

const json = { 'content-type': 'application/json' };
const ok = (body: object): AwsAnswer => ({ status: 200, headers: json, body: JSON.stringify(body) });
const seconds = (instant: number): number => instant / 1000;

const described = (schedule: Schedule): object => {
  const { ClientToken: _, ...definition } = schedule.definition;
  return {
    ActionAfterCompletion: 'NONE',
    State: 'ENABLED',
    ScheduleExpressionTimezone: 'UTC',
    ...definition,
    Name: schedule.name,
    GroupName: schedule.group,
    Arn: scheduleArn(schedule),
    CreationDate: seconds(schedule.createdAt),
    LastModificationDate: seconds(schedule.modifiedAt),
  };
};

const summary = (schedule: Schedule): object => ({
  Arn: scheduleArn(schedule),
  Name: schedule.name,
  GroupName: schedule.group,
  State: schedule.definition.State ?? 'ENABLED',
  CreationDate: seconds(schedule.createdAt),
  LastModificationDate: seconds(schedule.modifiedAt),
  Target: { Arn: schedule.definition.Target?.Arn },
});

const listed = (book: ScheduleBook, query: URLSearchParams): object => {
  const prefix = query.get('NamePrefix') ?? '';
  const after = query.get('NextToken') ?? '';
  const state = query.get('State');
  const max = Number(query.get('MaxResults') ?? 100);
  const matching = book
    .list(query.get('ScheduleGroup') ?? undefined)
    .filter((schedule) => schedule.name.startsWith(prefix) && schedule.name > after)
    .filter((schedule) => !state || (schedule.definition.State ?? 'ENABLED') === state);
  const page = matching.slice(0, max);
  const more = matching.length > page.length ? { NextToken: page.at(-1)?.name } : {};
  return { Schedules: page.map(summary), ...more };
};

const nameIn = ({ path }: AwsRequest): string => decodeURIComponent(path.slice('/schedules/'.length));

const actions: Record<string, string> = {
  POST: 'CreateSchedule',
  PUT: 'UpdateSchedule',
  DELETE: 'DeleteSchedule',
  GET: 'GetSchedule',
};

/** EventBridge Scheduler (REST JSON), one-time schedules. */
export const schedulerService = (book: ScheduleBook): AwsService => ({
  action: ({ method, path }) =>
    path === '/schedules' ? 'ListSchedules' : path.startsWith('/schedules/') ? (actions[method] ?? '') : '',
  handle: (action, request) => {
    const { query, body } = request;
    const group = query.get('groupName') ?? undefined;
    switch (action) {
      case 'CreateSchedule':
        return ok({ ScheduleArn: scheduleArn(book.create(nameIn(request), JSON.parse(body) as ScheduleInput)) });
      case 'UpdateSchedule':
        return ok({ ScheduleArn: scheduleArn(book.update(nameIn(request), JSON.parse(body) as ScheduleInput)) });
      case 'DeleteSchedule':
        book.delete(nameIn(request), group);
        return ok({});
      case 'GetSchedule':
        return ok(described(book.get(nameIn(request), group)));
      case 'ListSchedules':
        return ok(listed(book, query));
      default:
        throw new AwsError('UnknownOperationException', 'This operation does not exist on this computer.', 404);
    }
  },
  fault: ({ code, message, status }) => ({
    status,
    headers: { ...json, 'x-amzn-errortype': code },
    body: JSON.stringify({ Message: message }),
  }),
});
