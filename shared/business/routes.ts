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
    const directory = await catalogue.recent();
    const language = query.language ?? directory.settings.languages[0] ?? 'en';
    return {
      services: directory.services.map((service) => ({
        ...service,
        name: directory.text(service.name, language),
        category: { id: service.category, name: directory.categoryName(service.category, language) },
        locations: service.locations ?? directory.locations.map(({ id }) => id),
        staff: directory.staff.filter((person) => person.skills.includes(service.id)).map(({ id }) => id),
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
