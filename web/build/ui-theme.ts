/**
 * How Nuxt UI's parts look here. Colours come from styles/nuxt-ui.css; this file sets shapes and sizes:
 * button 48 (lg, the default) and 44 (sm), field 52, corners 14. Our size names keep Nuxt UI's.
 */
const press =
  'transition-[background-color,color,transform,box-shadow] duration-[120ms] ease-out active:scale-[0.985] motion-reduce:active:scale-100'

/** What opens from a button, and what from a long press. */
const menu = {
  slots: {
    content: 'bg-surface rounded-[16px] ring ring-line shadow-(--shadow-sheet)',
    group: 'p-1.5',
  },
  variants: {
    size: { md: { item: 'min-h-11 px-3 py-2 gap-3 text-[0.9375rem]/5 font-semibold', itemLeadingIcon: 'size-5' } },
  },
}

export const theme = {
  colors: {
    primary: 'leaf',
    secondary: 'apricot',
    success: 'leaf',
    info: 'leaf',
    warning: 'apricot',
    error: 'apricot',
    neutral: 'paper',
  },
  icons: {
    arrowLeft: 'i-ph-arrow-left',
    arrowRight: 'i-ph-arrow-right',
    check: 'i-ph-check-bold',
    chevronDown: 'i-ph-caret-down',
    chevronLeft: 'i-ph-caret-left',
    chevronRight: 'i-ph-caret-right',
    chevronUp: 'i-ph-caret-up',
    close: 'i-ph-x',
    ellipsis: 'i-ph-dots-three',
    error: 'i-ph-warning-circle-fill',
    external: 'i-ph-arrow-up-right',
    eye: 'i-ph-eye',
    eyeOff: 'i-ph-eye-slash',
    info: 'i-ph-info',
    loading: 'i-ph-circle-notch-bold',
    minus: 'i-ph-minus',
    plus: 'i-ph-plus',
    search: 'i-ph-magnifying-glass',
    success: 'i-ph-check-circle-fill',
    upload: 'i-ph-upload-simple',
    warning: 'i-ph-warning-fill',
  },
  button: {
    slots: {
      base: `rounded-[14px] font-bold justify-center text-center tracking-[-0.005em] disabled:opacity-100 aria-disabled:opacity-100 ${press}`,
      label: 'whitespace-normal text-clip',
    },
    variants: {
      size: {
        sm: { base: 'min-h-11 px-4 py-2 text-[0.9375rem]/5 gap-2', leadingIcon: 'size-5', trailingIcon: 'size-5' },
        lg: { base: 'min-h-12 px-5 py-2.5 text-[0.9375rem]/5 gap-2', leadingIcon: 'size-5', trailingIcon: 'size-5' },
      },
      // The label stays in the middle of a wide button, its icon right beside it.
      block: { true: { trailingIcon: 'ms-0' } },
      square: { true: 'px-0 aspect-square' },
    },
    compoundVariants: [
      {
        color: 'primary',
        variant: 'solid',
        class:
          'bg-primary text-on-primary hover:bg-primary-hover active:bg-primary-hover disabled:bg-primary aria-disabled:bg-primary',
      },
      {
        color: 'secondary',
        variant: 'solid',
        class: 'bg-apricot text-on-apricot hover:bg-apricot-hover active:bg-apricot-hover disabled:bg-apricot',
      },
      {
        color: 'error',
        variant: 'solid',
        class: 'bg-danger text-on-danger hover:bg-danger-hover active:bg-danger-hover disabled:bg-danger',
      },
      {
        color: 'primary',
        variant: 'soft',
        class: 'bg-tint text-link hover:bg-tint-2 active:bg-tint-2 disabled:bg-tint',
      },
      {
        color: 'error',
        variant: 'soft',
        class: 'bg-danger-tint text-danger hover:bg-danger-tint active:bg-danger-tint',
      },
      {
        color: 'neutral',
        variant: 'outline',
        class: 'bg-surface text-ink ring ring-inset ring-line hover:bg-sunken active:bg-sunken',
      },
      { color: 'neutral', variant: 'ghost', class: 'text-ink hover:bg-sunken active:bg-sunken' },
      { color: 'primary', variant: 'ghost', class: 'text-link hover:bg-tint active:bg-tint' },
      { color: 'error', variant: 'ghost', class: 'text-danger hover:bg-danger-tint active:bg-danger-tint' },
    ],
    defaultVariants: { size: 'lg' },
  },
  input: {
    slots: {
      root: 'w-full',
      base: 'rounded-[14px] font-medium bg-surface ring-edge focus-visible:ring-2 focus-visible:ring-primary focus-visible:outline-4 focus-visible:outline-tint-2 focus-visible:shadow-none aria-invalid:ring-2 aria-invalid:ring-danger',
      leadingIcon: 'text-ink-3',
    },
    variants: {
      size: {
        lg: { base: 'h-13 px-4 text-base/6 md:text-base/6', leading: 'ps-4', trailing: 'pe-2', leadingIcon: 'size-5' },
      },
    },
    compoundVariants: [
      { leading: true, size: 'lg', class: 'ps-12' },
      { trailing: true, size: 'lg', class: 'pe-14' },
    ],
    defaultVariants: { size: 'lg' },
  },
  modal: {
    slots: {
      content: 'bg-surface divide-y-0',
      header: 'shrink-0 p-6 pb-2 sm:px-6 min-h-0',
      // Inputs that nobody sees are placed in it: elsewhere they would make the whole sheet scroll, its head too.
      body: 'relative shrink-0 px-6 py-2 sm:px-6 sm:py-2',
      footer: 'shrink-0 flex-wrap p-6 pt-4 sm:px-6 gap-3',
      title: 'text-[1.125rem]/6 font-extrabold tracking-[-0.015em] text-ink',
      description: 'mt-2 text-[0.9375rem]/6 text-ink-2',
    },
    variants: {
      overlay: { true: { overlay: 'bg-[#0c1a18]/55' } },
      fullscreen: { false: { content: 'rounded-[28px] ring-0 shadow-(--shadow-sheet) max-w-md' } },
    },
    // Where large text or a low window leaves no room, all of it scrolls: its head and its foot as well.
    compoundVariants: [{ scrollable: false, fullscreen: false, class: { content: 'overflow-y-auto' } }],
  },
  dropdownMenu: menu,
  contextMenu: menu,
  toast: {
    slots: {
      root: 'bg-night ring-0 shadow-(--shadow-sheet) rounded-[16px] rounded-es-[6px] p-4 gap-3',
      title: 'text-[0.9375rem]/5 font-bold text-on-night',
      description: 'text-[0.8125rem]/5 text-on-night-2',
      close: 'text-on-night hover:bg-transparent size-11 -m-3',
    },
    variants: {
      color: {
        primary: { icon: 'text-leaf-300' },
        success: { icon: 'text-leaf-300' },
        error: { icon: 'text-apricot-300' },
        warning: { icon: 'text-apricot-400' },
        neutral: { icon: 'text-on-night-2' },
      },
    },
  },
}
