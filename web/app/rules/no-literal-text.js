/** Attributes whose value a person sees or hears. */
const SPOKEN = new Set([
  'alt', 'aria-description', 'aria-label', 'aria-roledescription', 'closeText', 'groupHintText', 'groupStatusText',
  'hintText', 'label', 'labelText', 'optionalText', 'placeholder', 'statusText', 'title', 'visualPlaceholder',
]);

/**
 * Every string that a person meets lives in src/text: a letter written straight into JSX, or into
 * an attribute that is spoken, is an error.
 */
export const noLiteralText = {
  meta: { type: 'problem', messages: { literal: 'Put "{{text}}" in src/text/{fi,sv,en}.json.' }, schema: [] },
  create(context) {
    const refuse = (node, text) => {
      if (/\p{L}/u.test(text)) context.report({ node, messageId: 'literal', data: { text: text.trim() } });
    };
    const spoken = (node) => SPOKEN.has(node.name.name);
    return {
      JSXText: (node) => refuse(node, node.value),
      'JSXElement > JSXExpressionContainer > Literal': (node) => refuse(node, String(node.value)),
      'JSXAttribute[value.type="Literal"]': (node) => spoken(node) && refuse(node, String(node.value.value)),
      'JSXAttribute > JSXExpressionContainer > :matches(Literal, TemplateLiteral)': (node) => {
        const attribute = node.parent.parent;
        if (!spoken(attribute)) return;
        const text = node.type === 'Literal' ? String(node.value) : node.quasis.map((q) => q.value.raw).join('');
        refuse(node, text);
      },
    };
  },
};
