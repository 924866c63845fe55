/** What the compiler does not see in the TypeScript under `www/`: layers, circles, promises nobody waits for. */

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { layers } from './layers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const everywhere = {
  files: ['www/**/*.ts'],
  ignores: ['www/generated/**'],
  plugins: { '@typescript-eslint': tseslint.plugin, layers },
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: {
      project: ['./tsconfig.json', './tsconfig.worker.json', './tsconfig.tests.json'],
      tsconfigRootDir: dirname(`${root}/x`),
    },
  },
  linterOptions: { reportUnusedDisableDirectives: 'error' },
  rules: {
    'layers/order': 'error',
    'layers/no-circles': 'error',
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-console': ['error', { allow: ['warn', 'error'] }],
    'no-constant-binary-expression': 'error',
    'no-self-compare': 'error',
    'no-unreachable-loop': 'error',
    'prefer-const': 'error',
    '@typescript-eslint/await-thenable': 'error',
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-floating-promises': [
      'error',
      // The test runner waits for its tests by itself.
      { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: 'test' }] },
    ],
    '@typescript-eslint/no-for-in-array': 'error',
    '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    '@typescript-eslint/no-unnecessary-type-assertion': 'error',
    '@typescript-eslint/no-base-to-string': 'error',
    '@typescript-eslint/restrict-plus-operands': 'error',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
    '@typescript-eslint/switch-exhaustiveness-check': 'error',
  },
};

/** `as const` makes a type narrower, never another. */
const CONSTANT = '[typeAnnotation.typeName.name="const"]';
/** What is imported by a computed address has the type that stands beside the import. */
const MODULE = '[expression.type="AwaitExpression"][expression.argument.type="ImportExpression"]';

/** Values keep the types they have; tests may pass off a part of a thing as the whole. */
const withoutCasts = {
  files: everywhere.files,
  ignores: [...everywhere.ignores, 'www/**/*.test.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      {
        selector: `TSAsExpression:not(${CONSTANT}, ${MODULE}), TSTypeAssertion`,
        message:
          'A cast is believed, not checked: narrow the value or parse it (engine/json.ts, kit/events.ts).',
      },
    ],
    '@typescript-eslint/no-unsafe-argument': 'error',
    '@typescript-eslint/no-unsafe-assignment': 'error',
    '@typescript-eslint/no-unsafe-call': 'error',
    '@typescript-eslint/no-unsafe-member-access': 'error',
    '@typescript-eslint/no-unsafe-return': 'error',
  },
};

export default tseslint.config(everywhere, withoutCasts);
