import en from 'text:en/widget';
import fi from 'text:fi/widget';
import sv from 'text:sv/widget';
import { type Args, type Key, type Lang, lookup } from '../src/text/lookup';

const texts = { fi, sv, en };

export type T = (key: Key & `widget.${string}`, args?: Args) => string;

export const textsIn = (lang: Lang): T => (key, args) => lookup(texts[lang], lang, key, args);
