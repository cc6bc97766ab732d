import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../shared/business/catalogue.ts';
import {
  accessOf,
  contactFor,
  maySee,
  mustBeOwnWork,
  mustMayOn,
  mustWorkAt,
  mustWorkAtOneOf,
} from '../../../shared/people/access/rules.ts';
import type { Role } from '../../../shared/platform/http/contract.ts';

const standard: Settings['console'] = { staffSee: 'own', staffMay: 'mark', staffSeePhones: false, lockMinutes: 0 };
const access = (
  roles: Role[],
  who: { staffId?: string; locations?: string[] } = {},
  console: Partial<Settings['console']> = {},
) => accessOf({ roles, ...who }, { console: { ...standard, ...console } });
const visit = (staffId: string, locationId = 'soho') => ({ locationId, services: [{ staffId }] });
const contact = { firstName: 'Nadia', phone: '+44', email: 'n@example.com' };

describe('who is bound', () => {
  test.each<[Role[], boolean]>([
    [['owner'], false],
    [['manager'], false],
    [['reception'], false],
    [['staff'], true],
    [['staff', 'reception'], false],
    [[], true],
  ])('%j: %j', (roles, isBound) => {
    expect(access(roles).bounds !== undefined).toBe(isBound);
  });

  test('locations bind everybody but owners', () => {
    const locations = ['soho'];
    const bound = (role: Role) => access([role], { locations }).locations;
    expect([bound('owner'), bound('manager'), bound('reception'), bound('staff')]).toEqual([
      undefined,
      locations,
      locations,
      locations,
    ]);
  });
});

describe('what is seen', () => {
  test.each<[Settings['console']['staffSee'], boolean, boolean]>([
    ['own', true, false],
    ['names', true, false],
    ['all', true, true],
  ])('where staff see %s', (staffSee, own, others) => {
    const ana = access(['staff'], { staffId: 'ana' }, { staffSee });
    expect([maySee(ana, visit('ana')), maySee(ana, visit('ben'))]).toEqual([own, others]);
  });

  test('a visit of several people is each one’s own', () => {
    const both = { locationId: 'soho', services: [{ staffId: 'ben' }, { staffId: 'ana' }] };
    expect(maySee(access(['staff'], { staffId: 'ana' }), both)).toBe(true);
  });

  test('nobody has visits of their own without a row of staff', () => {
    expect(maySee(access(['staff']), visit(''))).toBe(false);
  });

  test('elsewhere nothing, whatever the settings say', () => {
    const who = { staffId: 'ana', locations: ['camden'] };
    expect(maySee(access(['staff'], who, { staffSee: 'all' }), visit('ana'))).toBe(false);
    expect(maySee(access(['manager'], who), visit('ana'))).toBe(false);
  });

  test('addresses only where the settings say so', () => {
    expect(contactFor(access(['staff']), contact)).toEqual({ firstName: 'Nadia', phone: undefined, email: undefined });
    expect(contactFor(access(['staff'], {}, { staffSeePhones: true }), contact)).toBe(contact);
    expect(contactFor(access(['reception']), contact)).toBe(contact);
  });
});

describe('what is done', () => {
  const refused = (act: () => void): boolean => {
    try {
      act();
      return false;
    } catch {
      return true;
    }
  };

  test.each<[Settings['console']['staffMay'], boolean, boolean]>([
    ['look', true, true],
    ['mark', false, true],
    ['change', false, false],
  ])('where staff may %s', (staffMay, noMark, noChange) => {
    const ana = access(['staff'], { staffId: 'ana' }, { staffMay, staffSee: 'all' });
    expect(refused(() => mustMayOn(ana, 'mark', visit('ana')))).toBe(noMark);
    expect(refused(() => mustMayOn(ana, 'change', visit('ana')))).toBe(noChange);
    expect(refused(() => mustMayOn(ana, 'mark', visit('ben')))).toBe(true);
  });

  test('plain staff give work to nobody but themselves and who has it', () => {
    const ana = access(['staff'], { staffId: 'ana' });
    expect(refused(() => mustBeOwnWork(ana, [{ staffId: 'ana' }]))).toBe(false);
    expect(refused(() => mustBeOwnWork(ana, [{ staffId: 'ana' }, { staffId: 'anyone' }]))).toBe(true);
    expect(refused(() => mustBeOwnWork(ana, [{ staffId: 'ben' }], ['ben']))).toBe(false);
    expect(refused(() => mustBeOwnWork(access(['reception']), [{ staffId: 'anyone' }]))).toBe(false);
    expect(refused(() => mustBeOwnWork(access(['staff']), [{ staffId: '' }]))).toBe(true);
  });

  test('where one works; of what lies at several locations, at one of them', () => {
    const soho = access(['manager'], { locations: ['soho'] });
    expect(refused(() => mustWorkAt(soho, 'camden'))).toBe(true);
    expect(refused(() => mustWorkAtOneOf(soho, ['camden', 'soho']))).toBe(false);
    expect(refused(() => mustWorkAtOneOf(soho, ['camden']))).toBe(true);
    expect(refused(() => mustWorkAtOneOf(access(['manager']), ['camden']))).toBe(false);
  });
});
