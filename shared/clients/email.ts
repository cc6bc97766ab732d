/** As it is compared: mailboxes that differ in case only are one. */
export const normaliseEmail = (text: string): string => text.trim().toLowerCase();
