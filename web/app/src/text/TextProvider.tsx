import type { ReactNode } from 'react';
import { createContext, use, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { boot } from '../boot';
import { rememberInAddress } from './address';
import { type Format, formatIn } from './format';
import { type Audience, loadTexts } from './load';
import { type Args, type Key, type Lang, lookup } from './lookup';

export type Translate = (key: Key, args?: Args) => string;

export interface Text extends Format {
  t: Translate;
  lang: Lang;
  setLang: (lang: Lang) => void;
}

const TextContext = createContext<Text | null>(null);

/** The texts and formats of the page's language. */
export function useText(): Text {
  const text = use(TextContext);
  if (!text) throw new Error('useText outside TextProvider');
  return text;
}

interface Props {
  audience: Audience;
  initial: Lang;
  children: ReactNode;
}

interface Loaded {
  lang: Lang;
  texts: object;
}

/** Shows its children once the texts of the language are there; a later language replaces them in place. */
export function TextProvider({ audience, initial, children }: Props) {
  const [wanted, setLang] = useState(initial);
  const [loaded, setLoaded] = useState<Loaded | null>(null);

  useEffect(() => {
    let current = true;
    void loadTexts(audience, wanted).then((texts) => current && setLoaded({ lang: wanted, texts }));
    return () => void (current = false);
  }, [audience, wanted]);

  // Before the effects of the children, whose requests say in which language they want an answer.
  useLayoutEffect(() => {
    if (loaded) rememberInAddress(loaded.lang);
  }, [loaded]);

  const text = useMemo(() => loaded && textOf(loaded, setLang), [loaded]);
  return text && <TextContext value={text}>{children}</TextContext>;
}

/** For tests and for pages whose texts are already at hand. */
export function textOf({ lang, texts }: Loaded, setLang: (lang: Lang) => void): Text {
  return {
    ...formatIn(lang, boot().zone),
    t: (key, args) => lookup(texts, lang, key, args),
    lang,
    setLang,
  };
}
