// What is chosen in a form, to and from the query of the address: ?q=dose&jurisdiction=JP&jurisdiction=US
// So a view can be passed on, and «back» works. Only fields with a name count; what the form does not offer is ignored.

const named = (form) => [...form.elements].filter((field) => field.name);
const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

/** What is chosen, in the order of the form, as a query without empty values. */
export const chosenIn = (form) => {
  const query = new URLSearchParams();
  for (const field of named(form)) {
    const value = isChoice(field) && !field.checked ? "" : field.value.trim();
    if (value) query.append(field.name, value);
  }
  return query;
};

/** Set every field of the form by a query. */
export const readAddress = (form, search = location.search) => {
  const asked = new URLSearchParams(search);
  const fields = named(form);
  for (const field of fields) {
    const value = asked.get(field.name) ?? "";
    if (field.type === "checkbox") field.checked = asked.getAll(field.name).includes(field.value);
    else if (field.type === "radio") field.checked = field.value === offered(fields.filter(({ name }) => name === field.name), value);
    else field.value = field.options ? offered([...field.options], value) : value;
  }
};

const offered = (choices, value) => (choices.some((choice) => choice.value === value) ? value : "");

/** Write what is chosen into the address; `how` is "replaceState", or "pushState" for what «back» should undo. */
export const writeAddress = (form, how = "replaceState") => {
  const query = chosenIn(form);
  const search = query.size ? `?${query}` : "";
  if (search === location.search) return;
  // A new question does not keep the place that the reader jumped to for the last one.
  history[how](null, "", `${location.pathname}${search}${how === "pushState" ? "" : location.hash}`);
};
