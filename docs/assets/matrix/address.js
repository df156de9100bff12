// The state of a form in the query of the address; what the form does not offer is ignored.

const fields = (form) => [...form.elements].filter((field) => field.name);

/** Set the form by the address. */
export const readAddress = (form) => {
  const asked = new URLSearchParams(location.search);
  for (const field of fields(form)) {
    const value = asked.get(field.name) ?? "";
    if (field.type === "checkbox") field.checked = value === field.value;
    else field.value = [...field.options].some((option) => option.value === value) ? value : "";
  }
};

/** Write the form's state into the address without leaving the page. */
export const writeAddress = (form) => {
  const url = new URL(location.href);
  for (const field of fields(form)) {
    const value = field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
    if (value) url.searchParams.set(field.name, value);
    else url.searchParams.delete(field.name);
  }
  history.replaceState(null, "", url);
};
