/** One picture as a form. The document knows it as text, so the form is built by hand. */
export const pictureForm = (file: Blob) => ({
  body: { file: '' },
  bodySerializer: () => {
    const form = new FormData()
    form.append('file', file, 'foto.jpg')
    return form
  },
})
