// A form that would be sent by everybody is sent at once; without scripts its button does it.

export function enhance(form) {
  form.requestSubmit();
}
