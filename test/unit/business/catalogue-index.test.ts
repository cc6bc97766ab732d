import { describe, expect, it } from 'vitest';
import { demoCatalogue } from '../../../infra/local/demo.ts';
import { createCatalogueIndex } from '../../../shared/business/catalogue-index.ts';
import { Problem } from '../../../shared/platform/http/problems.ts';

const catalogueIndex = createCatalogueIndex(await demoCatalogue(), 'test');

describe('the business answers', () => {
  it('who performs a service at a location', () => {
    expect(catalogueIndex.performers('cut', 'brooklyn').map(({ id }) => id)).toEqual(['amina', 'marco']);
    expect(catalogueIndex.performers('cut', 'los-feliz').map(({ id }) => id)).toEqual(['marco', 'sofia']);
  });

  it('nobody, where the service is not offered or not known', () => {
    expect(catalogueIndex.performers('facial', 'brooklyn')).toEqual([]);
    expect(catalogueIndex.performers('dance', 'brooklyn')).toEqual([]);
    expect(catalogueIndex.performers('cut', 'nowhere')).toEqual([]);
  });

  it('in whose zone a person’s diary is kept: that of the first location', () => {
    const marco = catalogueIndex.person('marco');
    expect(marco && catalogueIndex.diaryZone(marco)).toBe('America/New_York');
  });

  it('with a text in the language, else in the first that the business speaks', () => {
    expect(catalogueIndex.text({ en: 'Cut', bn: 'কাট' }, 'bn')).toBe('কাট');
    expect(catalogueIndex.text({ en: 'Cut', bn: 'কাট' }, 'ru')).toBe('Cut');
    expect(catalogueIndex.text({ hi: 'कट', ru: 'Стрижка' }, 'bn')).toBe('कट');
  });

  it('an unknown id with its field and what is known', () => {
    try {
      catalogueIndex.needLocation('nowhere', 'locationId');
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
      expect(catalogueIndex.location(id)).toBeUndefined();
      expect(() => catalogueIndex.needService(id, 'services')).toThrow(Problem);
    }
  });
});
