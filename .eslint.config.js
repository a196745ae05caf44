import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

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
      'no-empty': ['error', { allowEmptyCatch: false }],
      'svelte/no-at-html-tags': 'error',
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTML', 'setHTMLUnsafe'].map((property) => ({
          property,
          message: 'Markup is never made from strings: use Svelte.',
        })),
      ],
    },
  },
  {
    // Plane geometry over dense arrays: a guard at each index would hide the formulas.
    files: ['geo/basemap/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
