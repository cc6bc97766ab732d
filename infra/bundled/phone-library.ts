/**
 * Stands in bundles for `libphonenumber-js/core`: the one function of it that is used, from the library's own build
 * for today's engines, without what Babel adds for those of 2009.
 */
// @ts-expect-error The library types its front doors only.
export { default as parsePhoneNumberFromString } from '../../node_modules/libphonenumber-js/es6-modern/parsePhoneNumber.js';
