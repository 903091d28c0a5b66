/*
 * Narrows results by the facets of facets.py.
 *
 *   columns = {theme: decode(columns of its file), …}, selection = {theme: ["eau", "sante"], spatial: [w, s, e, n]}
 *   filter(columns, numbers, selection)   documents
 *   count(columns, numbers, selection)    {theme: [{value, label, language, count, selected}], …, spatial: whether any has boxes}
 */
globalThis.vitrineFacets = (() => {
  "use strict";

  const slug = (label) => {
    const bare = label.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return bare.toLowerCase().match(/[a-z0-9]+/g)?.join("-");
  };

  function decode([head, shape, ...planes]) {
    const { documents, values, steps, each } = JSON.parse(new TextDecoder().decode(head));
    const codes = new Uint32Array(documents).map((_, place) => place);
    const sets = [];
    let at = 0;
    const next = () => {
      const byte = shape[at++];
      return byte > 127 ? byte - 128 + 128 * next() : byte;
    };

    if (!values) {
      let box = 0;
      const edges = (place) => [0, 2, 4, 6].map((low) => planes[low][place] + planes[low + 1][place] * 256);
      for (const place of codes) sets[place] = Array.from({ length: next() }, () => edges(box++));
      const allow = (bounds) => {
        const [west, south, east, north] = bounds.map((degrees) => (degrees + 180) * 100);
        const meets = ([left, bottom, width, height]) =>
          bottom <= north &&
          bottom + height >= south &&
          (left <= east) + (left + width >= west) + (west > east) > 1;
        return sets.map((boxes) => boxes.some(meets));
      };
      return { codes, sets, allow };
    }

    while (at < shape.length) {
      const count = next();
      const set = (sets.at(-1) ?? []).slice(0, next());
      while (set.length < count) set.push((set.at(-1) ?? -1) + 1 + next());
      sets.push(set);
    }
    let code = 0;
    for (const place of codes) {
      if (!steps) code = 0;
      const digit = sets.length ** (place % each);
      planes.forEach((plane, byte) => (code += Math.floor(plane[Math.floor(place / each)] / digit) * 256 ** byte));
      codes[place] = code %= sets.length;
    }
    const rows = values.map((row) => {
      const [label, value = slug(label), language] = [row].flat();
      return { value, label, language };
    });
    const allow = (selected) => {
      const wanted = rows.map(({ value }) => selected.includes(value));
      return sets.map((set) => set.some((number) => wanted[number]));
    };
    return { codes, sets, rows, allow };
  }

  function filter(columns, numbers, selection) {
    for (const [name, selected] of Object.entries(selection)) {
      if (!selected?.length) continue;
      const { codes, allow } = columns[name] ?? {};
      const allowed = allow?.(selected);
      numbers = numbers.filter((number) => allowed?.[codes[number]]);
    }
    return numbers;
  }

  function count(columns, numbers, selection) {
    const found = {};
    const left = filter(columns, numbers, selection);
    for (const [name, { codes, sets, rows }] of Object.entries(columns)) {
      const chosen = new Set(selection[name]);
      const open = chosen.size ? filter(columns, numbers, { ...selection, [name]: [] }) : left;
      if (!rows) {
        found[name] = open.some((number) => sets[number].length);
        continue;
      }
      const tally = new Uint32Array(sets.length);
      const counts = new Uint32Array(rows.length);
      for (const number of open) tally[codes[number]] += 1;
      sets.forEach((set, place) => set.forEach((number) => (counts[number] += tally[place])));
      found[name] = rows
        .map((row, number) => ({ ...row, count: counts[number], selected: chosen.delete(row.value) }))
        .concat(Array.from(chosen, (value) => ({ value, label: value, count: 0, selected: true })))
        .filter(({ count, selected }) => count || selected)
        .sort((a, b) => b.count - a.count);
    }
    return found;
  }

  return { decode, filter, count };
})();
