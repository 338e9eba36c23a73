/// The program that searches an index in a reader's browser, as it is published.
///
/// It belongs to the format of the index, not to a theme: a theme has the markup that it fills in, which
/// `Documentation/search.md` describes. Index parts come as scripts, because pages opened from disk may fetch
/// nothing else.
public let searchScript: [UInt8] = shortened(
  Array(commentedSearchScript.utf8).split(separator: 0x0A).flatMap { line in
    let kept = compacted(line)
    return kept.isEmpty ? [] : kept + [0x0A]
  },
  longNames.split(separator: " "))

/// Variables that are published under shorter names: none of them is a property or a word of a string.
private let longNames = """
  found word keys last other token value narrowed weight list limit table slot hasAll number field lists \
  best element start chosen state isDense key hit seen first shown sizes item isFirst hits rest left spent \
  every counts counted waiting load wanted numbers digits tokens places attempt begun parts reverse chips \
  string fill asked pairs order near total quote
  """

private let commentedSearchScript = #"""
  (() => {
    const doc = document, here = doc.currentScript.src, form = doc.querySelector("form[data-search]");
    if (!form) return;
    const $ = name => doc.querySelector(`[data-search-${name}]`), make = (name, text = "") => Object.assign(doc.createElement(name), { textContent: text });
    const field = form.elements.q, list = $("results"), more = $("more"), said = $("count"), box = $("facets"), page = 10;
    const state = new URLSearchParams(location.search);
    let index, counted, turn = 0;

    // Every file of the index is a script that calls this function with its name and what it holds. What one question
    // loads is counted, this program included: texts are loaded last, as far as `most` bytes go.
    const asked = {}, waiting = {}, most = 59e3;
    let spent;
    window.sitegenSearch = (name, data) => {
      if (name[0] !== "t") spent += new Blob([JSON.stringify(data)]).size + 30;
      waiting[name](data);
    };
    const load = name => asked[name] ??= new Promise((done, fail) => {
      const script = make("script");
      waiting[name] = done;
      script.src = new URL(name + ".js", here);
      script.onerror = () => fail(delete asked[name]);
      doc.head.append(script);
    });

    // Words, spelt as in the index: Folding.swift and WordReader.swift.
    const plain = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ĸ: "k", ł: "l", ŀ: "l", ŋ: "ng", þ: "th", ŧ: "t", ς: "σ" };
    const fold = text => text.replace(/[À-ľŁ-ɏΆ-ώЀ-ӹḀ-῿ﬀ-ﬆ！-～]/g, c => c.normalize("NFKD")).toLowerCase()
      .replace(/[\u0300-\u036f'’ʻʼ\xad\u200b-\u200d]/g, "").replace(/[ßæœøđðħıĸłŀŋþŧς]/g, c => plain[c]);
    const dense = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]";
    const letter = "[\\p{Alphabetic}\\p{N}\\p{Mn}\\p{Mc}]", spaced = `(?:(?!${dense})${letter})+`;
    const tokens = RegExp(`(?=${letter})${dense}|${spaced}(?:['’]${spaced})*`, "gu"), isDense = RegExp(dense, "u");
    const split = text => {
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
    const unpack = list => {
      let last = "";
      return (list.match(/[A-Z][^A-Z]*/g) ?? []).map(w => last = last.slice(0, w.charCodeAt() - 65) + w.slice(1));
    };
    const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_", high = "()*+,./:;=?@[]^{|}";
    const numbers = text => {
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

    // The parts, the first `limit`, of a list that can hold what begins with `key`.
    const parts = (name, key, starts, limit = 3) => {
      let first = 0;
      while (starts[first] <= key) first++;
      let last = first;
      while (starts[last] <= key + "\uffff" && last < first + limit - 1) last++;
      // A list that is empty has no part at all.
      if (!index[name]) return [];
      return Promise.all(Array.from({ length: last - first + 1 }, (_, i) => load(name + (first + i))));
    };
    // The words of the index that begin with `key`; pairs of words if it is a pair.
    const begun = async (key, limit) => {
      const found = [];
      for (const part of await parts("w", key, index.words, limit)) {
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
    const reverse = word => [...word].reverse().join("");
    const near = async (word, limit) => {
      if (word.length < 4) return [];
      const half = Math.max(2, word.length - 1 >> 1), end = reverse(word.slice(half + 1));
      const found = [
        ...(await parts("s", word.slice(0, half), index.starts)).flatMap(unpack),
        ...(await parts("e", end, index.ends)).flatMap(unpack).map(reverse),
      ].filter(other => {
        let i = 0, m = word.length, n = other.length;
        while (i < m && word[i] === other[i]) i++;
        while (m > i && n > i && word[m - 1] === other[n - 1]) m--, n--;
        return other !== word && (m - i < 2 && n - i < 2 || m - i === 2 && n - i === 2 && word[i] === other[i + 1] && word[i + 1] === other[i]);
      });
      return [...new Set(found)].slice(0, limit);
    };

    // What holds any of `words`, or of the words like them in `like`; best first, newer before older. Sets `rare`
    // to the words that nothing holds, or else to the two with the fewest documents.
    let rare;
    const attempt = async (words, like) => {
      const total = new Map(), sizes = [], limit = words.length > 3 ? 1 : 2;
      const hit = id => total.get(id) ?? total.set(id, { id, held: new Set(), score: 0 }).get(id);
      for (const [at, word] of words.entries()) {
        const best = new Map();
        const take = (found, quality) => found.forEach(([term, lists]) => each(lists, (id, weight) => {
          best.set(id, Math.max(best.get(id) ?? 0, term === word ? weight : weight * quality));
        }));
        // So much begins with a single letter that it is no help.
        take(await begun(word, word.length < 2 ? 1 : limit), 0.6);
        sizes.push(best.size);
        for (const other of like.get(word) ?? []) take((await begun(other, 1)).filter(([term]) => term === other), 0.4);
        const rarity = Math.log(1 + index.count / best.size);
        best.forEach((score, id) => {
          hit(id).held.add(at);
          hit(id).score += score * rarity;
        });
      }
      const order = [...sizes.keys()].sort((a, b) => sizes[a] - sizes[b]);
      rare = order.filter((at, i) => !sizes[at] || sizes[order[0]] && i < 2).map(at => words[at]);
      const pairs = words.slice(1).map((word, at) => [at, `${words[at]} ${word}`]);
      if (words.length > 2) pairs.push([0, words.join(" ")]);
      for (const [at, pair] of pairs) for (const [term, lists] of await begun(pair, limit)) each(lists, (id, weight) => {
        // Also where so many words begin like the second that not all of them were read.
        hit(id).held.add(at).add(at + 1);
        hit(id).score += weight * (term === pair ? 5 : 1);
      });
      return [...total.values()].sort((a, b) => b.held.size - a.held.size || b.score - a.score || a.id - b.id);
    };
    // What is found, whether it has all words, and what to mark: for each word itself and those like it.
    const find = async words => {
      const hasAll = hit => hit.held.size === words.length, like = new Map();
      let found = await attempt(words, like);
      if (!found.some(hasAll)) {
        for (const word of rare) like.set(word, await near(word, Math.ceil(4 / rare.length)));
        found = await attempt(words, like);
      }
      const keys = words.map(word => [word, ...like.get(word) ?? []]);
      return found.some(hasAll) ? [found.filter(hasAll), true, keys] : [found, false, keys];
    };

    // For each facet the numbers of its values that each document has; the first facet is the year.
    const facets = async () => {
      const table = [index.years.flatMap((length, year) => Array(length).fill([year]))];
      for (const [which, sets, text] of await load("facets")) {
        const all = numbers(text);
        which.forEach((facet, i) => { table[facet] = all.map(n => sets[n][i]); });
      }
      return table;
    };

    // The words of `text` that begin with one of `keys`, and the numbers of those they are for.
    const places = (text, keys) => [...text.matchAll(tokens)].flatMap(({ 0: token, index: at }) => {
      const word = fold(token), fits = key => isDense.test(word) ? key.includes(word) : word.startsWith(key);
      const held = [...keys.keys()].filter(i => keys[i].some(fits));
      return held.length ? [{ at, token, held }] : [];
    });
    // Shows `text` with these words marked; `seen` is told their numbers.
    const mark = (element, text, keys, seen) => {
      let end = 0;
      for (const { at, token, held } of places(text, keys)) {
        held.forEach(i => seen.add(i));
        element.append(text.slice(end, at), make("mark", token));
        end = at + token.length;
      }
      element.append(text.slice(end));
    };
    // Shows the text of a document around the words that are `left` to be seen, at two places at most, each where
    // most of them stand together.
    const quote = async (element, id, size, keys, seen, left) => {
      const count = Math.ceil(size / index.piece);
      let room = 2;
      for (let n = 0; n < count && room && left().length; n++) {
        const name = `t${id}-${n}`;
        if (!asked[name] && (spent += size / count) > most) return;
        const text = (await load(name)).replace(/\s+/g, " "), found = places(text, keys);
        while (room) {
          const wanted = left();
          let start, best = 0;
          for (const { at } of found) {
            const sum = wanted.filter(i => found.some(other => other.at >= at && other.at < at + 90 && other.held.includes(i))).length;
            if (sum > best) best = sum, start = at;
          }
          if (!best) break;
          room--;
          const from = Math.max(text.lastIndexOf(" ", start - 70) + 1, start - 90);
          const to = Math.min(start + 110 + text.slice(start + 110).search(/ |$/), start + 130);
          mark(element, (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " … " : ""), keys, seen);
        }
      }
    };
    const say = (text, values) => text.replace(/{(\w+)}/g, (all, name) => values[name] ?? all);

    // The results, each a copy of the theme's template with its slots filled.
    const fill = async (hits, words, keys) => {
      const loaded = await Promise.all(hits.map(({ id }) => load("d" + Math.floor(id / index.per))));
      return Promise.all(hits.map(async ({ id, held = [] }, i) => {
        const [title, link, text, names, date, note, kind, palette, size] = loaded[i][id % index.per];
        const item = $("result").content.cloneNode(true), seen = new Set(), [year, month, day] = date.split("-");
        const left = () => [...held].filter(at => !seen.has(at));
        for (const slot of item.querySelectorAll("[data-search]")) {
          const { search, format, months, ...data } = slot.dataset;
          const shown = { title, text, names, note, kind: data[kind] }[search];
          if (slot.localName === "a") slot.href = new URL("../../" + link, here);
          if (search === "palette") slot.classList.add("p" + palette, kind);
          else if (search === "excerpt") await quote(slot, id, size, keys, seen, left).catch(() => {});
          else if (search === "elsewhere" && left().length) slot.textContent = say(format, { words: left().map(at => words[at]).join(", ") });
          else if (search === "date" && date) {
            slot.dateTime = date;
            slot.textContent = say(format, { day: +day, month: months.split(", ")[month - 1], year });
          } else if (shown) mark(slot, shown, search === "kind" ? [] : keys, seen);
          if (!slot.textContent && search !== "palette") slot.remove();
        }
        return item;
      }));
    };

    const show = async () => {
      const mine = ++turn, query = field.value.trim(), words = [...new Set(split(query))].slice(0, 8);
      try {
        const isFirst = !index;
        spent = isFirst ? 1e4 : 0;
        if (isFirst) {
          index = await load("index");
          for (const name of ["words", "starts", "ends"]) index[name] = unpack(index[name]);
        }
        const names = index.facets.map(([name]) => name);
        const chosen = index.facets.map(([name, values]) => values.findIndex(([slug]) => slug === state.get(name)));
        const narrowed = chosen.some(value => ~value);
        let [every, hasAll, keys] = words.length ? await find(words) : [[], true, words];
        // Readers who are shown something else than they asked for correct themselves before they choose. What is
        // large is loaded when they open it.
        const offered = hasAll && every.length > page && !keys.some(key => key[1]) || narrowed;
        if (isFirst && index.large && "open" in box) box.open = narrowed;
        const table = offered && (narrowed || box.open !== false) ? await facets() : [];
        if (!words.length && narrowed) every = table[0].map((_, id) => ({ id }));
        const fits = ({ id }, but) => chosen.every((value, k) => !~value || k === but || table[k][id]?.includes(value));
        const hits = every.filter(hit => fits(hit)), number = hits.length;
        const items = await fill(hits.slice(0, page), words, keys);
        if (mine !== turn) return;
        for (const chips of doc.querySelectorAll("[data-search-facet]")) {
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
          chips.parentNode.hidden = counts.flat().length < 2 && !(chosen[k] + 1);
        }
        const message = number ? !hasAll ? "some" : number > 1 ? "many" : "one" : words.length || narrowed ? "none" : "idle";
        said.textContent = say(said.dataset[message] ?? "", { count: number, query: query || chosen.flatMap((value, k) => index.facets[k][1][value]?.[1] ?? []) });
        list.replaceChildren(...items);
        box.hidden = !offered;
        counted = table.length;
        $("idle").hidden = number;
        more.hidden = number <= page;
        more.onclick = async () => {
          const shown = list.children.length;
          more.disabled = true;
          spent = 0;
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
      try { history.replaceState(0, "", "?" + state); } catch {}
      show();
    };
    box.ontoggle = () => {
      box.open && !box.hidden && !counted && show();
    };
    field.oninput = () => {
      clearTimeout(wait);
      wait = setTimeout(send, 200);
    };
    form.onsubmit = event => {
      event.preventDefault();
      send();
    };
    // The arrows lead from the field through the results and back.
    onkeydown = event => {
      const stops = [field, ...[...list.children].map(item => item.querySelector("a"))];
      const at = stops.indexOf(doc.activeElement), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (at < 0 || !stops[at + step]) return;
      event.preventDefault();
      stops[at + step].focus();
    };
    field.value = state.get("q");
    if (!field.value) field.focus({ preventScroll: true });
    show();
  })();
  """#
