import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

/** What takes markup as a string, as a property or an attribute. */
const MARKUP = ['innerHTML', 'outerHTML', 'srcdoc'];

const NO_MARKUP = 'Markup is never made from strings: use Svelte.';

export default ts.config(
  { ignores: ['dist/', 'test-results/', 'node_modules/'] },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  { rules: { 'no-undef': 'off' } }, // TypeScript knows every global
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      'no-alert': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-globals': [
        'error',
        {
          name: 'DOMParser',
          message: 'It makes markup from text, which the policy of the page forbids: see src/io/markup.ts.',
        },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'svelte/no-at-html-tags': 'error',
      'no-restricted-properties': [
        'error',
        ...[...MARKUP, 'insertAdjacentHTML', 'setHTML', 'setHTMLUnsafe', 'createContextualFragment'].map(
          (property) => ({ property, message: NO_MARKUP }),
        ),
        ...['write', 'writeln'].map((property) => ({ object: 'document', property, message: NO_MARKUP })),
      ],
      'no-restricted-syntax': [
        'error',
        ...[
          `SvelteDirective[kind="Binding"][key.name.name=/^(${MARKUP.join('|')})$/]`,
          `SvelteAttribute[key.name=/^(${MARKUP.join('|')})$/]`,
          `ObjectExpression > Property > Identifier.key[name=/^(${MARKUP.join('|')})$/]`,
        ].map((selector) => ({ selector, message: NO_MARKUP })),
      ],
    },
  },
  {
    // Plane geometry over dense arrays: a guard at each index would hide the formulas.
    files: ['geo/basemap/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
