import { readdirSync } from 'node:fs'
import pluginVue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import prettier from 'eslint-config-prettier'
import tseslint from 'typescript-eslint'

// The order of the features (docs/architecture.md, "Storeys"): each knows those before it. Pages stand above
// them all: they are reached by their route, and nobody imports them.
const FEATURES = [
  'accounts',
  'pets',
  'availability',
  'payments',
  'chat',
  'reviews',
  'triage',
  'consultations',
  'records',
  'doctors',
  'home',
  'licensing',
  'statistics',
  'operations',
]
const unplaced = readdirSync(new URL('src/features', import.meta.url)).filter((name) => !FEATURES.includes(name))
if (unplaced.length > 0) throw new Error(`No place in the order of the features: ${unplaced.join(', ')}`)

const pages = { group: ['@/features/*/pages/*'], message: 'Pages are reached by their route.' }

/** @param {string[]} features @param {string} message */
const without = (features, message) => {
  const group = features.flatMap((name) => [`@/features/${name}`, `@/features/${name}/**`])
  const patterns = features.length > 0 ? [pages, { group, message }] : [pages]
  return { 'no-restricted-imports': ['error', { patterns }] }
}

const order = FEATURES.map((feature, place) => ({
  files: [`src/features/${feature}/**/*.{ts,vue}`],
  ignores: ['src/features/*/pages/**', 'src/features/*/routes.ts'],
  rules: without(FEATURES.slice(place + 1), `This feature stands above ${feature}.`),
}))

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/shared/api/schema.d.ts', 'public'] },
  ...tseslint.configs.strict,
  ...pluginVue.configs['flat/recommended'],
  ...accessibility.configs['flat/recommended'],
  // How code is laid out is Prettier's business alone.
  prettier,
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    rules: {
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      // A feature speaks to another through its store, api or a component, never through its pages.
      'no-restricted-imports': ['error', { patterns: [pages] }],
      // The typed `t` of @/shared/i18n knows every key; the one of vue-i18n takes any string.
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportSpecifier[imported.name="useI18n"][parent.source.value="vue-i18n"]',
          message: "Use useText() of '@/shared/i18n'.",
        },
      ],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-name-in-template-casing': ['error', 'PascalCase'],
      'vue/define-macros-order': ['error', { order: ['defineProps', 'defineEmits'] }],
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      // Labels are tied by `for`, which is enough for every browser and reader we support.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  ...order,
  { files: ['src/shared/**/*.{ts,vue}'], rules: without(FEATURES, 'What is shared knows no feature.') },
  { files: ['src/shared/i18n/index.ts'], rules: { 'no-restricted-syntax': 'off' } },
)
