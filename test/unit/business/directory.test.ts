import { describe, expect, it } from 'vitest';
import { demoCatalogue } from '../../../infra/local/demo.ts';
import { createDirectory } from '../../../shared/business/directory.ts';
import { Problem } from '../../../shared/platform/http/problems.ts';

const directory = createDirectory(await demoCatalogue(), 'test');

describe('the business answers', () => {
  it('who performs a service at a location', () => {
    expect(directory.performers('cut', 'brooklyn').map(({ id }) => id)).toEqual(['amina', 'marco']);
    expect(directory.performers('cut', 'los-feliz').map(({ id }) => id)).toEqual(['marco', 'sofia']);
  });

  it('nobody, where the service is not offered or not known', () => {
    expect(directory.performers('facial', 'brooklyn')).toEqual([]);
    expect(directory.performers('dance', 'brooklyn')).toEqual([]);
    expect(directory.performers('cut', 'nowhere')).toEqual([]);
  });

  it('in whose zone a person’s diary is kept: that of the first location', () => {
    const marco = directory.person('marco');
    expect(marco && directory.diaryZone(marco)).toBe('America/New_York');
  });

  it('with a text in the language, else in the first that the business speaks', () => {
    expect(directory.text({ en: 'Cut', bn: 'কাট' }, 'bn')).toBe('কাট');
    expect(directory.text({ en: 'Cut', bn: 'কাট' }, 'ru')).toBe('Cut');
    expect(directory.text({ hi: 'कट', ru: 'Стрижка' }, 'bn')).toBe('कट');
  });

  it('an unknown id with its field and what is known', () => {
    try {
      directory.needLocation('nowhere', 'locationId');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect((error as Problem).extras.errors).toEqual([
        { path: 'locationId', message: 'there is no location "nowhere"', allowed: ['brooklyn', 'los-feliz'] },
      ]);
    }
  });

  it('nothing to the names that every object has', () => {
    for (const id of ['constructor', 'tostring', 'hasownproperty']) {
      expect(directory.location(id)).toBeUndefined();
      expect(() => directory.needService(id, 'services')).toThrow(Problem);
    }
  });
});
