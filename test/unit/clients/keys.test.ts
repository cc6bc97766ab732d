import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addressHash, addressHashes, addressKey, addressSpellings } from '../../../shared/clients/keys.ts';

describe('the key of an address', () => {
  it.each([
    ['Mexico, with the 1 of mobiles', '+5215512345678', '+525512345678'],
    ['Argentina, with the 9 of mobiles', '+5491123456789', '+541123456789'],
    ['Argentina, another province', '+5493514567890', '+543514567890'],
    ['Brazil, without the ninth digit', '+551187654321', '+5511987654321'],
    ['Brazil, without it, far from São Paulo', '+559267891234', '+5592967891234'],
  ])('is one for two spellings: %s', (_, spelling, key) => {
    expect([addressKey(spelling), addressKey(key)]).toEqual([key, key]);
    expect(addressHash(spelling)).toBe(addressHash(key));
    expect([addressSpellings(spelling), addressSpellings(key)]).toEqual([
      [key, spelling],
      [key, spelling],
    ]);
  });

  it.each([
    ['a landline of Brazil', '+551132345678'],
    ['one of Brazil that never was without its 9', '+5511912345678'],
    ['the United States', '+17185550100'],
    ['Great Britain, which looks like it has one', '+447911123456'],
    ['an e-mail', 'nadia+5215512345678@example.com'],
  ])('is what it is: %s', (_, address) => {
    expect([addressKey(address), addressSpellings(address)]).toEqual([address, [address]]);
  });

  it('parts the mobile of Brazil from the landline that is left without its 9', () => {
    expect(addressHash('+5511932345678')).not.toBe(addressHash('+551132345678'));
  });

  it('hashes every spelling as it was before there were keys', () => {
    const plainHash = (address: string) => createHash('sha256').update(address).digest('hex').slice(0, 32);
    expect(addressHashes('+525512345678')).toEqual([plainHash('+525512345678'), plainHash('+5215512345678')]);
    expect(addressHashes('nadia@example.com')).toEqual([plainHash('nadia@example.com')]);
  });
});
