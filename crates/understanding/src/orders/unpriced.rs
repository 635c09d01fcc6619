//! Things that are counted, listed or handed over without a column of prices.

use super::attribute;
use super::figures::CELLS;
use super::items::{Item, Scan, is_code};
use super::sheet::{Sheet, Span};
use super::titled::Titles;
use crate::grammar::fold::fold;
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{quantity, values};
use mesinfos_reading::limits;

/// What a sentence calls a product that it names.
const ARTICLES: [&str; 10] = [
    "article", "item", "artikel", "articulo", "articolo", "produit", "product", "produkt",
    "producto", "prodotto",
];

/// `x4`: a sign of multiplication before a number.
fn is_times(text: &str) -> bool {
    let count = text.trim().strip_prefix(['x', 'X', '×']).map(str::trim_start);
    count.is_some_and(|c| !c.is_empty() && c.len() <= 3 && c.bytes().all(|b| b.is_ascii_digit()))
}

impl Scan<'_> {
    /// Keeps a candidate in whose words a name was found.
    pub(super) fn keep_named(&mut self, row: usize, item: Item) {
        if item.words.name.is_some() {
            self.keep(row, item);
        }
    }

    /// Whether a row without price says how many of something.
    pub(super) fn is_count(&self, row: usize) -> bool {
        let sheet = self.sheet;
        let cells = sheet.cells_of(row);
        let text = sheet.at(&sheet.rows[row].span);
        if text.len() > 300 || cells.len() > CELLS || text.ends_with(['.', '!', '?']) {
            return false;
        }
        if self.is_pictured_by_name(row) {
            return true;
        }
        let wordy = |t: &str| {
            let l = lexicon::label(t);
            t.chars().filter(|c| c.is_alphabetic()).count() >= 3
                && !is_code(t)
                && (l.coverage() < 60 || l.weighty == 0)
        };
        // `Loupe x10`, and below it `x3`: the row below counts.
        let next = sheet.rows.get(row + 1).map(|r| sheet.at(&r.span));
        if self.is_of_parcels(row) || cells.len() == 1 && next.is_some_and(is_times) {
            return false;
        }
        if cells.len() > 1 {
            let count = cells
                .iter()
                .position(|c| attribute::count(sheet.at(&c.span)).is_some_and(|q| q <= 100_000));
            let is_phone = |t: &str| t.bytes().filter(|b| *b == b'-').count() > 1;
            let coded = cells.first().map(|c| sheet.at(&c.span));
            let coded = coded.filter(|t| is_code(t) && !is_phone(t)).map(|_| 0);
            return count.or(coded).is_some_and(|n| {
                cells.iter().enumerate().any(|(i, c)| i != n && wordy(sheet.at(&c.span)))
            });
        }
        if let Some((_, label, _)) = attribute::value_of(text)
            && !(label.contains(" – ") || label.contains(" - "))
        {
            return attribute::count(text).is_some() && !self.pending.is_empty();
        }
        let said = [" - ", " – ", " | ", " · "].iter().any(|s| {
            text.split(*s).skip(1).any(|p| {
                attribute::pair(p).is_some_and(|(l, v)| {
                    attribute::attribute_role(l) == Some(Role::Quantity)
                        && quantity::whole(v).is_some()
                })
            })
        });
        said || quantity::leading(text).is_some_and(|(_, at)| wordy(&text[at..]))
            || quantity::trailing(text).is_some_and(|(_, at)| wordy(&text[..at]))
    }

    /// `Billet : Étudiant`, and its count to come.
    pub(super) fn told(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let text = sheet.at(&sheet.rows[row].span);
        let Some((label, value)) = attribute::pair(text) else { return false };
        let span = sheet.rows[row].span.clone();
        let next = sheet.rows.get(row + 1).map(|r| sheet.at(&r.span).replace('\t', " "));
        let is_counted = next
            .as_deref()
            .and_then(attribute::value_of)
            .is_some_and(|(role, ..)| role == Role::Quantity);
        let label = lexicon::label(label);
        let of_others = [Role::Person, Role::Attribute, Role::OrderDate, Role::OtherDate];
        if !is_counted || label.weighty > 2 || of_others.into_iter().any(|r| label.has(r)) {
            return false;
        }
        let above = self.pending.last().map(|r| sheet.rows[*r].span.clone());
        let at = span.start + (value.as_ptr() as usize - text.as_ptr() as usize) as u32;
        let mut item = self.blank(row);
        item.words.take(sheet, &(at..at + value.len() as u32));
        // `Référence : 573200` right above
        let is_code = |span: &Span| attribute::is_reference(sheet.at(span));
        if let Some(code) = above.filter(is_code) {
            item.words.take(sheet, &code);
        }
        self.keep_named(row, item);
        true
    }

    /// A number alone below a product, under titles of which one is that of counts, or as `x4`.
    pub(super) fn bare_count(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let [cell] = sheet.cells_of(row) else { return false };
        let text = sheet.at(&cell.span);
        let counts = |t: &Titles| t.roles.iter().any(|r| r.2 == Some(Role::Quantity));
        let is_told = is_times(text) || self.titles.as_ref().is_some_and(counts);
        if text.len() > 4 || self.pending.is_empty() || !is_told {
            return false;
        }
        let Some(count) = quantity::whole(text) else { return false };
        let mut item = self.blank(row);
        item.words.quantity = Some((count, cell.span.clone()));
        if self.name_from_above(row, &mut item) {
            self.keep(row, item);
        }
        true
    }

    /// `Gr. 98/104, Petrol · 1 Stk.` or `2 Stk.` below a name; `Monture Galilée — Écaille, quantité 1`.
    pub(super) fn counted_tail(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let [cell] = sheet.cells_of(row) else { return false };
        let text = sheet.at(&cell.span);
        if text.len() > 160 || text.contains('\n') || text.ends_with(['!', '?']) {
            return false;
        }
        let parts = [" · ", " | ", " • ", ", ", " - ", " – "].iter();
        let last = parts.filter_map(|s| text.rsplit_once(s)).min_by_key(|(_, tail)| tail.len());
        let (head, tail) = last.unwrap_or(("", text));
        let is_said = tail.chars().any(char::is_alphabetic) && tail.len() <= 16;
        let Some(count) = quantity::pieces(tail)
            .or_else(|| attribute::value_of(tail).and_then(|_| attribute::count(tail)))
            .filter(|_| is_said)
        else {
            return false;
        };
        let span = cell.span.start..cell.span.start + head.len() as u32;
        let mut item = self.blank(row);
        item.words.quantity = Some((count, cell.span.clone()));
        // `Gr. 26`
        let is_attribute =
            lexicon::first_hit(&fold(head)).is_some_and(|h| h.roles.has(Role::Attribute));
        let is_below = head.is_empty()
            || is_attribute
            || attribute::is_detail(head)
            || values::are_values(head);
        if is_below && self.pending.is_empty() {
            return false;
        }
        if is_below && self.name_from_above(row, &mut item) {
            if !head.is_empty() {
                item.words.take(sheet, &span);
            }
            self.keep(row, item);
        } else if !is_below {
            item.words.take(sheet, &span);
            self.keep_named(row, item);
        }
        true
    }

    /// `Nous avons noté : 3 paniers (42,00 €), 1 tarte (16,50 €).`: counted things in a sentence,
    /// each with its price in brackets. The row after the sentence, when it is one: a plain text's paragraph is wrapped anywhere.
    pub(super) fn listed(&mut self, row: usize) -> Option<usize> {
        let sheet = self.sheet;
        let [first] = sheet.cells_of(row) else { return None };
        let table = sheet.rows[row].table;
        let wrapped = |r: &usize| {
            !sheet.is_html && sheet.rows[*r].table == table && sheet.cells_of(*r).len() == 1
        };
        let last = (row + 1..sheet.rows.len()).take(12).take_while(wrapped).last().unwrap_or(row);
        let span = first.span.start..sheet.rows[last].span.end;
        let text = sheet.at(&span);
        let mut from = 0;
        let mut found = Vec::new();
        for f in (row..=last).flat_map(|r| self.figures.of_row(r)) {
            let at = (f.span.start - span.start) as usize;
            let end = (f.span.end - span.start) as usize;
            let Some(head) = text.get(from..at).and_then(|h| h.trim_end().strip_suffix('(')) else {
                continue;
            };
            if !text[end..].trim_start().starts_with(')') {
                continue;
            }
            let begin = [", ", "; ", ": ", " et ", " and ", " und ", " y ", " e ", ",\n", ":\n"]
                .iter()
                .filter_map(|s| head.rfind(s).map(|i| i + s.len()))
                .max()
                .unwrap_or(0);
            let part = head[begin..].trim_end();
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let name = part[digits..].trim_start_matches([' ', '\u{a0}', '\n', 'x', '×']);
            let count = part[..digits].parse::<i64>().ok().filter(|n| (1..=999).contains(n));
            if let Some(count) =
                count.filter(|_| name.chars().filter(|c| c.is_alphabetic()).count() >= 3)
            {
                let start = span.start + (name.as_ptr() as usize - text.as_ptr() as usize) as u32;
                let mut item = self.blank(row);
                item.words.quantity = Some((count * 1000, start..start));
                let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
                item.words.name = Some((words, start..start + name.len() as u32));
                item.total = Some((f.amount, f.span.clone()));
                item.span = start..f.span.end;
                found.push(item);
            }
            from = end;
        }
        if found.len() < 2 {
            return None;
        }
        found.into_iter().for_each(|item| self.keep_named(row, item));
        Some(last + 1)
    }

    /// `Contenu : 2 × Lampe, 1 × Vase.`: several counted things in one sentence.
    pub(super) fn enumerated(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let [cell] = sheet.cells_of(row) else { return false };
        let text = sheet.at(&cell.span);
        if text.len() > 2_000 || text.contains('\n') {
            return false;
        }
        let from = text.find(": ").map_or(0, |at| at + 2);
        let list = text[from..].trim_end_matches('.');
        let mut parts: Vec<Span> = Vec::new();
        let mut at = 0;
        for part in list.split([',', ';']) {
            let span = Sheet::part(&cell.span, &(from + at..from + at + part.len()));
            at += part.len() + 1;
            match parts.last_mut() {
                _ if quantity::leading(part).is_some() => parts.push(span),
                Some(last) => last.end = span.end, // `2 x Lampe, bleue`
                None => return false,
            }
        }
        if parts.len() < 2 && (from == 0 || parts.is_empty()) {
            return false;
        }
        for span in parts {
            let mut item = self.blank(row);
            item.words.take(sheet, &span);
            item.span = span;
            self.keep_named(row, item);
        }
        true
    }

    /// Whether the first row of a row's table says that it tells of parcels: `Tracking ID | Status`.
    fn is_of_parcels(&self, row: usize) -> bool {
        let sheet = self.sheet;
        let table = sheet.rows[row].table;
        let first = (0..row).rev().take(30).take_while(|r| sheet.rows[*r].table == table).last();
        first.filter(|f| sheet.cells_of(*f).len() > 1).is_some_and(|f| {
            sheet
                .cells_of(f)
                .iter()
                .any(|c| lexicon::label(sheet.at(&c.span)).is_only(Role::Tracking))
        })
    }

    /// `… remboursé pour l'article Housse de couette (commande 244-879)`: a sentence that names one
    /// product, and behind it the order.
    pub(super) fn named_in_sentence(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let [cell] = sheet.cells_of(row) else { return false };
        let text = sheet.at(&cell.span);
        if text.len() > 600 {
            return false;
        }
        let Some(end) = text.find(" (") else { return false };
        let Some(inside) = text[end + 2..].split(')').next() else { return false };
        let word = text[..end].split_inclusive([' ', '\u{a0}', '\'', '’']).scan(0, |at, word| {
            *at += word.len();
            Some((*at, word))
        });
        let named = word.filter(|(_, word)| ARTICLES.contains(&fold(word.trim()).as_str())).last();
        let Some((from, _)) = named.filter(|_| super::number::names_one(inside)) else {
            return false;
        };
        let name = &text[from..end];
        if !name.starts_with(char::is_uppercase) || name.split_whitespace().count() > 14 {
            return false;
        }
        let mut item = Item { is_shown: true, ..self.blank(row) };
        item.words.take(sheet, &Sheet::part(&cell.span, &(from..end)));
        self.keep_named(row, item);
        true
    }

    /// `Patron de couture`, and below it the file to fetch: `patron-de-couture.zip`.
    pub(super) fn downloads(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let [cell] = sheet.cells_of(row) else { return false };
        let mut above = self.pending.last().map(|r| sheet.rows[*r].span.clone());
        let mut found = false;
        for line in sheet.lines_of(&cell.span).take(limits::ORDER_LINES) {
            if !is_file_name(sheet.at(&line)) {
                above = Some(line);
                continue;
            }
            // `Votre facture` leads to a paper, not to what was bought.
            let is_name = |name: &Span| lexicon::label(sheet.at(name)).coverage() < 60;
            let Some(name) = above.take().filter(is_name) else { continue };
            let mut item = self.blank(row);
            item.words.take(sheet, &name);
            item.words.quantity.get_or_insert((1000, name.clone()));
            item.span = name.start..line.end;
            if item.words.name.is_some() {
                self.keep(row, item);
                found = true;
            }
        }
        found
    }

    /// `Quantité : 2` below a product that nothing has counted yet, its reference between them.
    pub(super) fn counts_open(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let Some((i, last)) = self.open else { return false };
        let text = sheet.at(&sheet.rows[row].span);
        let joined = text.replace(['\n', '\t'], " ");
        let count = attribute::value_of(&joined)
            .filter(|(role, ..)| *role == Role::Quantity)
            .and_then(|(.., value)| quantity::whole(value));
        let Some(count) = count.filter(|_| row - last <= 4) else { return false };
        let words = &mut self.out[i].words;
        if words.quantity.is_some() {
            return false;
        }
        words.quantity = Some((count, sheet.rows[row].span.clone()));
        for r in self.pending.drain(..) {
            words.take(sheet, &sheet.rows[r].span);
        }
        self.open = Some((i, row));
        true
    }
}

/// The name of a file that is handed over: an archive, a book, a recording.
fn is_file_name(text: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["zip", "rar", "7z", "pdf", "epub", "mobi", "mp3", "mp4", "wav", "dmg", "exe", "apk"];
    text.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && !text.contains(char::is_whitespace)
            && !stem.contains(['/', '@'])
            && ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
    })
}
