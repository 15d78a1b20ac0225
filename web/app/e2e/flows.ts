/** Every way through the program that is looked at: by axe in the tests, by eyes in the pictures. */
export { chat, lostChat, mailing, severalChats } from './flows/chat';
export { files } from './flows/files';
export { firstSteps } from './flows/first';
export { byDirectory } from './flows/directory';
export { administering, leading, officer, ownAccount } from './flows/offices';
export { offering } from './flows/offering';
export { passing } from './flows/pass';
export { setting } from './flows/settings';
export { closed, reading, signingIn, starting } from './flows/pages';
export { printing } from './flows/printing';
export { requesting } from './flows/requests';
export { reviewing } from './flows/review';
export { firstStart } from './flows/setup';
export { widget } from './flows/widget';
export type { Flow, World } from './flows/world';
