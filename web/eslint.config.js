import pluginVue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/shared/api/schema.d.ts', 'public'] },
  ...tseslint.configs.strict,
  ...pluginVue.configs['flat/recommended'],
  ...accessibility.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    rules: {
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      // A feature speaks to another through its store, api or a component, never through its pages.
      'no-restricted-imports': ['error', { patterns: [{ group: ['@/features/*/pages/*'], message: 'Pages are reached by their route.' }] }],
      // The typed `t` of @/shared/i18n knows every key; the one of vue-i18n takes any string.
      'no-restricted-syntax': ['error', { selector: 'ImportSpecifier[imported.name="useI18n"][parent.source.value="vue-i18n"]', message: "Use useText() of '@/shared/i18n'." }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-name-in-template-casing': ['error', 'PascalCase'],
      'vue/define-macros-order': ['error', { order: ['defineProps', 'defineEmits'] }],
      'vue/no-v-html': 'error',
      // Drawn things have many attributes; a line each would hide the drawing.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always' } }],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      // Labels are tied by `for`, which is enough for every browser and reader we support.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  { files: ['src/shared/i18n/index.ts'], rules: { 'no-restricted-syntax': 'off' } },
)
