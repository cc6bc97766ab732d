import { href } from './address.ts';
import type { Page } from './page.ts';
import { seeOther } from './respond.tsx';

export const homePage: Page = async (request) => seeOther(href('/book', [...request.query]));
