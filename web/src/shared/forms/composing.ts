/** Enter of an input method picks a word. Safari says so only by an old code, and after the composing has ended. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229
