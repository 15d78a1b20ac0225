/** What people call a contact by: the end of its id. */
export const handle = (contact: string) => contact.slice(-4).toUpperCase();
