import { type Binding, bind } from '../platform/http/server.ts';
import { getBusiness, getJourney, listLocations, listServices, listStaff } from './contract.ts';
import type { CatalogueReader } from './reader.ts';

export const businessBindings = (catalogue: CatalogueReader): Binding[] => [
  bind(getBusiness, async () => {
    const { settings } = await catalogue.recent();
    return settings;
  }),
  bind(listLocations, async () => {
    const { locations } = await catalogue.recent();
    return { locations };
  }),
  bind(listServices, async ({ query }) => {
    const catalogueIndex = await catalogue.recent();
    const language = query.language ?? catalogueIndex.settings.languages[0] ?? 'en';
    return {
      services: catalogueIndex.services.map((service) => ({
        ...service,
        name: catalogueIndex.text(service.name, language),
        category: { id: service.category, name: catalogueIndex.categoryName(service.category, language) },
        locations: service.locations ?? catalogueIndex.locations.map(({ id }) => id),
        staff: catalogueIndex.staff.filter((person) => person.skills.includes(service.id)).map(({ id }) => id),
      })),
    };
  }),
  bind(listStaff, async () => {
    const { staff } = await catalogue.recent();
    return { staff: staff.map((person) => ({ ...person, services: person.skills })) };
  }),
];

export const businessDeskBindings = (catalogue: CatalogueReader): Binding[] => [
  bind(getJourney, async () => {
    const { journey, settings } = await catalogue.current();
    return { touchpoints: journey, quietHours: settings.quietHours };
  }),
];
