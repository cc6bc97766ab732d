import { type Api, type Business, dataOf } from '../../api.ts';
import type { PageDeps, PageRequest } from '../../frame/page.ts';
import { type Visitor, visitorOf } from '../../frame/visitor.ts';
import type { Offer } from './plan.ts';

export interface Visit {
  api: Api;
  request: PageRequest;
  business: Business;
  visitor: Visitor;
  offer: Offer;
}

/** Context of every step of booking. */
export const openVisit = async (deps: PageDeps, request: PageRequest): Promise<Visit> => {
  const api = deps.clientFor(request);
  const business = dataOf(await api.getBusiness({}));
  const visitor = await visitorOf(request, business);
  const [services, places, people] = await Promise.all([
    api.listServices({ query: { language: visitor.language } }),
    api.listLocations({}),
    api.listStaff({}),
  ]);
  const offer = {
    services: dataOf(services).services,
    places: dataOf(places).locations,
    people: dataOf(people).staff,
  };
  return { api, request, business, visitor, offer };
};
