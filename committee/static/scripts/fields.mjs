// Fields that are only wanted while another field has a certain value. Without this script they always show.

/** Show `piece` only while the field named by its data-only-while has the value in its data-is. */
export function enhance(piece) {
  const form = piece.closest("form");
  const { onlyWhile: name, is: wanted } = piece.dataset;
  const show = () => {
    piece.hidden = new FormData(form).get(name) !== wanted;
  };
  form.addEventListener("change", show);
  show();
}
