import { describe, expect, it } from 'vitest';
import { tableContext } from '../../infra/aws/adopted.ts';
import { functions } from '../../infra/manifest.ts';
import { tableKeys } from '../../shared/platform/table/table.ts';
import { deployedStack, synthesise } from './synthesise.ts';

const tableArn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Regulars-Table-1ABC_restored.2';
const streamArn = `${tableArn}/stream/2026-11-24T10:00:00.000`;

describe('a stack that adopts a table', () => {
  const { json, ofType, findings } = synthesise(functions, { [tableContext]: streamArn });
  const own = deployedStack();

  it('makes none of its own, and is otherwise the same', () => {
    const types = ({ Resources }: typeof json) => Object.values(Resources).map(({ Type }) => Type);
    expect(types(json).sort()).toEqual(
      types(own.json)
        .filter((type) => type !== 'AWS::DynamoDB::GlobalTable')
        .sort(),
    );
    expect(JSON.stringify(json)).not.toContain('TableStreamArn');
  });

  it('listens to the stream that is there, from its beginning', () => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping').filter(
      ([, { Properties }]) => 'FilterCriteria' in Properties,
    );
    expect(mappings.length).toBeGreaterThan(0);
    for (const [, { Properties }] of mappings)
      expect(Properties).toMatchObject({ EventSourceArn: streamArn, StartingPosition: 'TRIM_HORIZON' });
  });

  it('gives every function the name and the rights that it has with a table of its own', () => {
    const names = ofType('AWS::Lambda::Function').map(
      ([, { Properties }]) =>
        (Properties['Environment'] as { Variables?: Record<string, unknown> })?.Variables?.['TABLE_NAME'],
    );
    expect(new Set(names.filter((name) => name !== undefined))).toEqual(new Set(['Regulars-Table-1ABC_restored.2']));
    const reached = new Set(
      ofType('AWS::IAM::Policy').flatMap(([, { Properties }]) => {
        const { Statement } = Properties['PolicyDocument'] as {
          Statement: { Action: string | string[]; Resource?: unknown }[];
        };
        return Statement.flatMap(({ Action, Resource }) =>
          [Action].flat().some((action) => action.startsWith('dynamodb:')) ? [Resource].flat() : [],
        );
      }),
    );
    const indexes = Object.keys(tableKeys.indexes).map((name) => `${tableArn}/index/${name}`);
    expect(reached).toEqual(new Set([tableArn, ...indexes, streamArn]));
  });

  it('says the name of its table', () => {
    expect(json.Outputs).toMatchObject({ TableName: { Value: 'Regulars-Table-1ABC_restored.2' } });
  });

  it('leaves nothing of its own behind', () => {
    expect(Object.values(json.Resources).filter(({ DeletionPolicy }) => DeletionPolicy !== 'Delete')).toEqual([]);
  });

  it('has no finding of cdk-nag that nobody answered', () => {
    expect(findings).toEqual([]);
  });
});

describe('a stack that is told of no such table', () => {
  it.each(['Regulars-Table', tableArn, '', 'arn:aws:dynamodb:eu-west-1:1:table/x/stream/y'])('refuses %j', (value) => {
    expect(() => synthesise({}, { [tableContext]: value })).toThrow('npm run adopt');
  });
});
