/// The program that searches an index in a reader's browser, as it is published.
///
/// It belongs to the format of the index, not to a theme: a theme has the markup that it fills in, which
/// `Documentation/search.md` describes. Index parts come as scripts, because pages opened from disk may fetch
/// nothing else.
public let searchScript: String =
  commentedSearchScript.split(separator: "\n").map(compacted).filter { !$0.isEmpty }
  .joined(separator: "\n") + "\n"

/// A line as it is published: without the space in front, empty if it is a comment, and without the spaces around
/// signs if it has none of the characters that strings and patterns begin with.
private func compacted(_ line: Substring) -> String {
  let line = line.drop { $0 == " " }
  if line.hasPrefix("//") { return "" }
  if line.contains(where: { "\"'`/".contains($0) }) { return String(line) }
  func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F: true
    default: false
    }
  }
  let bytes = Array(line.utf8)
  var kept: [UInt8] = []
  for (byte, next) in zip(bytes, bytes.dropFirst() + [0]) where byte != 0x20 || isWord(next) {
    if byte != 0x20 || kept.last.map(isWord) ?? false { kept.append(byte) }
  }
  return String(decoding: kept, as: UTF8.self)
}

private let commentedSearchScript = #"""
  (() => {
    "use strict";
    const here = document.currentScript.src, form = document.querySelector("form[data-search]");
    if (!form) return;
    const $ = (name) => document.querySelector(`[data-search-${name}]`), make = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });
    const field = form.elements.q, list = $("results"), more = $("more"), said = $("count"), page = 10;
    const state = new URLSearchParams(location.search);
    let index, turn = 0;

    // Every file of the index is a script that calls this function with its name and what it holds.
    const asked = {}, waiting = {};
    window.sitegenSearch = (name, data) => waiting[name](data);
    const load = (name) => asked[name] ??= new Promise((done, fail) => {
      const script = make("script");
      waiting[name] = done;
      script.src = new URL(name + ".js", here);
      script.onerror = () => fail(delete asked[name]);
      document.head.append(script);
    });

    // Words, spelt as in the index: Folding.swift and WordReader.swift.
    const plain = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ĸ: "k", ł: "l", ŀ: "l", ŋ: "ng", þ: "th", ŧ: "t", ς: "σ" };
    const fold = (text) => text.replace(/[À-ľŁ-ɏΆ-ώЀ-ӹḀ-῿ﬀ-ﬆ！-～]/g, (c) => c.normalize("NFKD")).toLowerCase()
      .replace(/[\u0300-\u036f'’ʻʼ\xad\u200b-\u200d]/g, "").replace(/[ßæœøđðħıĸłŀŋþŧς]/g, (c) => plain[c]);
    const dense = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]";
    const letter = "[\\p{Alphabetic}\\p{N}\\p{Mn}\\p{Mc}]", spaced = `(?:(?!${dense})${letter})+`;
    const tokens = RegExp(`(?=${letter})${dense}|${spaced}(?:['’]${spaced})*`, "gu"), isDense = RegExp(dense, "u");
    const split = (text) => {
      const found = [];
      let end, last, run;
      for (const { 0: token, index: at } of fold(text).matchAll(tokens)) {
        const follows = isDense.test(token) && isDense.test(last) && at === end;
        run = follows ? run + 1 : 0;
        if (run === 1) found.pop();
        found.push(follows ? last + token : [...token].slice(0, 24).join(""));
        end = at + token.length;
        last = token;
      }
      return found;
    };

    // Lists: words that say how much of the one before they keep; numbers; documents of a word.
    const unpack = (list) => {
      let last = "";
      return (list.match(/[A-Z][^A-Z]*/g) ?? []).map((w) => last = last.slice(0, w.charCodeAt() - 65) + w.slice(1));
    };
    const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_", high = "()*+,./:;=?@[]^{|}";
    const numbers = (text) => {
      const found = [];
      let rest = 0;
      for (const c of text) {
        const digit = digits.indexOf(c);
        if (digit < 0) rest = rest * 18 + high.indexOf(c);
        else rest = found.push(rest * 64 + digit) * 0;
      }
      return found;
    };
    const weights = [40, 20, 12, 6, 3, 2];
    const each = (lists, found) => {
      for (const list of lists.match(/[!#-'][^!#-']*/g)) {
        const weight = weights["!#$%&'".indexOf(list[0])];
        let next = 0;
        if (list[1] === ">") {
          for (const c of list.slice(2)) for (let bit = 1; bit < 64; bit *= 2, next++) if (digits.indexOf(c) & bit) found(next, weight);
        } else for (const gap of numbers(list.slice(1))) found((next += gap + 1) - 1, weight);
      }
    };

    // The parts, at most three, of a list that can hold what begins with `key`.
    const parts = (name, key, starts) => {
      let first = 0;
      while (starts[first] <= key) first++;
      let last = first;
      while (starts[last] <= key + "\uffff" && last < first + 2) last++;
      // A list that is empty has no part at all.
      if (!index[name]) return [];
      return Promise.all(Array.from({ length: last - first + 1 }, (_, i) => load(name + (first + i))));
    };
    // The words of the index that begin with `key`; pairs of words if it is a pair.
    const begun = async (key) => {
      const found = [];
      for (const part of await parts("w", key, index.words)) {
        let last = "";
        for (const record of part.slice(1).split("~")) {
          const [, kept, rest, lists] = /(.)([^!#-']*)(.*)/s.exec(record);
          last = last.slice(0, kept.charCodeAt() - 65) + rest;
          if (last.startsWith(key) && last.includes(" ") === key.includes(" ")) found.push([last, lists]);
        }
      }
      return found;
    };
    // The words that differ from `word` by one letter. Either its beginning or its end is right.
    const reverse = (word) => [...word].reverse().join("");
    const near = async (word) => {
      if (word.length < 4) return [];
      const half = word.length < 8 ? 2 : 3, end = reverse(word.slice(half + 1));
      const found = [
        ...(await parts("s", word.slice(0, half), index.starts)).flatMap(unpack),
        ...(await parts("e", end, index.ends)).flatMap(unpack).map(reverse),
      ].filter((other) => {
        let i = 0, m = word.length, n = other.length;
        while (i < m && word[i] === other[i]) i++;
        while (m > i && n > i && word[m - 1] === other[n - 1]) m--, n--;
        return m - i < 2 && n - i < 2 || m - i === 2 && n - i === 2 && word[i] === other[i + 1] && word[i + 1] === other[i];
      });
      return [...new Set(found)].slice(0, 4);
    };

    // What holds all of `words`, or else words like them, or else some of them; best first, newer before older.
    const attempt = async (words, like) => {
      const total = new Map();
      for (const word of words) {
        const best = new Map();
        const take = (found, quality) => found.forEach(([term, lists]) => each(lists, (id, weight) => {
          best.set(id, Math.max(best.get(id) ?? 0, term === word ? weight : weight * quality));
        }));
        take(await begun(word), 0.6);
        if (like) for (const other of await near(word)) {
          like.add(other);
          take((await begun(other)).filter(([term]) => term === other), 0.4);
        }
        const rarity = Math.log(1 + index.count / best.size);
        best.forEach((score, id) => {
          const old = total.get(id) ?? { id, words: 0, score: 0 };
          total.set(id, { id, words: old.words + 1, score: old.score + score * rarity });
        });
      }
      const phrases = words.slice(1).map((word, i) => `${words[i]} ${word}`);
      if (words.length > 2) phrases.push(words.join(" "));
      for (const phrase of phrases) for (const [term, lists] of await begun(phrase)) each(lists, (id, weight) => {
        if (total.has(id)) total.get(id).score += weight * (term === phrase ? 5 : 1);
      });
      return [...total.values()].sort((a, b) => b.words - a.words || b.score - a.score || a.id - b.id);
    };
    // What is found, whether it has all words, and the words to mark.
    const find = async (words) => {
      let found = await attempt(words), keys = words;
      const hasAll = (hit) => hit.words === words.length;
      if (!found.some(hasAll)) {
        keys = new Set(words);
        found = await attempt(words, keys);
      }
      return found.some(hasAll) ? [found.filter(hasAll), true, [...keys]] : [found, false, [...keys]];
    };

    // For each facet the numbers of its values that each document has; the first facet is the year.
    const facets = async () => {
      const table = [index.years.flatMap((length, year) => Array(length).fill([year]))];
      for (const [which, sets, text] of await load("facets")) {
        const all = numbers(text);
        which.forEach((facet, i) => { table[facet] = all.map((n) => sets[n][i]); });
      }
      return table;
    };

    // Shows `text` with the words marked that begin with one of `keys`; `seen` is told which.
    const mark = (element, text, keys, seen) => {
      let end = 0;
      for (const { 0: token, index: at } of text.matchAll(tokens)) {
        const word = fold(token), hit = keys.filter((key) => isDense.test(word) ? key.includes(word) : word.startsWith(key));
        if (!hit.length) continue;
        hit.forEach((key) => seen.add(key));
        element.append(text.slice(end, at), make("mark", token));
        end = at + token.length;
      }
      element.append(text.slice(end));
    };
    const say = (text, values) => text.replace(/{(\w+)}/g, (all, name) => values[name] ?? all);

    // The results, each a copy of the theme's template with its slots filled.
    const fill = async (hits, words, keys) => {
      const loaded = await Promise.all(hits.map(({ id }) => load("d" + Math.floor(id / index.per))));
      return hits.map(({ id }, i) => {
        const [title, link, text, names, date, note, kind, palette] = loaded[i][id % index.per];
        const item = $("result").content.cloneNode(true), seen = new Set(), [year, month, day] = date.split("-");
        for (const slot of item.querySelectorAll("[data-search]")) {
          const { search, format, months, ...data } = slot.dataset;
          const unseen = words.filter((word) => !seen.has(word));
          const shown = { title, text, names, note, kind: data[kind] }[search];
          if (slot.localName === "a") slot.href = new URL("../../" + link, here);
          if (search === "palette") slot.classList.add("p" + palette, kind);
          else if (search === "elsewhere" && words.length === keys.length && unseen.length) slot.textContent = say(format, { words: unseen.join(", ") });
          else if (search === "date" && date) {
            slot.dateTime = date;
            slot.textContent = say(format, { day: +day, month: months.split(", ")[month - 1], year });
          } else if (shown) mark(slot, shown, search === "kind" ? [] : keys, seen);
          else slot.remove();
        }
        return item;
      });
    };

    const show = async () => {
      const mine = ++turn, query = field.value.trim(), words = [...new Set(split(query))];
      try {
        if (!index) {
          index = await load("index");
          for (const name of ["words", "starts", "ends"]) index[name] = unpack(index[name]);
        }
        const names = index.facets.map(([name]) => name);
        const chosen = index.facets.map(([name, values]) => values.findIndex(([slug]) => slug === state.get(name)));
        const narrowed = chosen.some((value) => value >= 0);
        let [every, hasAll, keys] = words.length ? await find(words) : [[], true, words];
        const table = every.length > page || narrowed ? await facets() : [];
        if (!words.length && narrowed) every = table[0].map((_, id) => ({ id }));
        const fits = ({ id }, but) => chosen.every((value, k) => value < 0 || k === but || table[k][id]?.includes(value));
        const hits = every.filter((hit) => fits(hit)), number = hits.length;
        const items = await fill(hits.slice(0, page), words, keys);
        if (mine !== turn) return;
        for (const chips of document.querySelectorAll("[data-search-facet]")) {
          const name = chips.dataset.searchFacet, k = names.indexOf(name), counts = [];
          for (const hit of every) if (table[k] && fits(hit, k)) for (const value of table[k][hit.id] ?? []) counts[value] = (counts[value] ?? 0) + 1;
          chips.replaceChildren(...counts.map((count, value) => {
            const [slug, label] = index.facets[k][1][value], next = new URLSearchParams(state), isOn = value === chosen[k];
            isOn ? next.delete(name) : next.set(name, slug);
            const item = make("li"), chip = make("a", label + " ");
            chip.href = "?" + next;
            chip.ariaCurrent = isOn || null;
            chip.append(make("span", count));
            item.append(chip);
            return item;
          }).flat());
          chips.parentNode.hidden = counts.flat().length < 2 && !(chosen[k] >= 0);
        }
        const message = number ? !hasAll ? "some" : number > 1 ? "many" : "one" : words.length || narrowed ? "none" : "idle";
        said.textContent = say(said.dataset[message] ?? "", { count: number, query });
        list.replaceChildren(...items);
        $("facets").hidden = !table.length;
        $("idle").hidden = number > 0;
        more.hidden = number <= page;
        more.onclick = async () => {
          const shown = list.children.length;
          more.disabled = true;
          const added = await fill(hits.slice(shown, shown + page), words, keys).catch(() => []);
          more.disabled = false;
          if (mine !== turn || !added.length) return;
          list.append(...added);
          more.hidden = list.children.length === number;
          list.children[shown].querySelector("a").focus();
        };
      } catch {
        said.textContent = said.dataset.failed;
      }
    };

    // What is typed is in the address, so that a search can be linked to and found again by going back.
    let wait;
    const send = () => {
      clearTimeout(wait);
      state.set("q", field.value.trim());
      try { history.replaceState(null, "", "?" + state); } catch {}
      show();
    };
    field.oninput = () => {
      clearTimeout(wait);
      wait = setTimeout(send, 200);
    };
    form.onsubmit = (event) => {
      event.preventDefault();
      send();
    };
    // The arrows lead from the field through the results and back.
    onkeydown = (event) => {
      const stops = [field, ...[...list.children].map((item) => item.querySelector("a"))];
      const at = stops.indexOf(document.activeElement), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (at < 0 || !stops[at + step]) return;
      event.preventDefault();
      stops[at + step].focus();
    };
    field.value = state.get("q");
    if (!field.value) field.focus({ preventScroll: true });
    show();
  })();
  """#
