import { RuleTester } from 'eslint';
import { describe, it } from 'vitest';
import { noLiteralText } from './no-literal-text.js';

RuleTester.describe = describe;
RuleTester.it = it;

const tester = new RuleTester({
  languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
});

tester.run('no-literal-text', noLiteralText, {
  valid: ['<p>{t("chat.end")}</p>', '<p>· {n}</p>', '<a href="/x" className="wide">{t("y")}</a>'],
  invalid: [
    { code: '<p>Lopeta</p>', errors: 1 },
    { code: '<p>{"Lopeta"}</p>', errors: 1 },
    { code: '<button aria-label="Sulje" />', errors: 1 },
    { code: '<input labelText={`Nimi ${n}`} />', errors: 1 },
  ],
});
