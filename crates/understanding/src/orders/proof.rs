//! Arithmetic as the proof: among the readings of lines and sums, the one that adds up.

use super::figures::{Figure, Figures};
use super::items::Item;
use super::sheet::Span;
use crate::grammar::lexicon::Role;
use mesinfos_domain::{Amount, Proof};

/// A sum chosen, with where it was read.
pub type Chosen = Option<(Amount, Span)>;

/// The sums of an order and the lines that go with them.
#[derive(Debug, Default)]
pub struct Sums {
    /// All included.
    pub total: Chosen,
    /// The lines.
    pub subtotal: Chosen,
    /// Delivery.
    pub shipping: Chosen,
    /// Tax.
    pub tax: Chosen,
    /// Taken off, positive.
    pub discount: Chosen,
    /// Other charges.
    pub fees: Chosen,
    /// Given back, positive.
    pub refunded: Chosen,
    /// Which candidates are the order's lines.
    pub lines: Vec<usize>,
    /// Whether a line's only price is that of one piece.
    pub prices_are_units: bool,
    /// What arithmetic says.
    pub proof: Proof,
}

/// Candidates of one role: distinct amounts, the best labelled first.
fn of_role(figures: &Figures, role: Role, most: usize) -> Vec<&Figure> {
    let mut list: Vec<&Figure> =
        figures.all.iter().filter(|f| f.role == Some(role) && !f.is_aside).collect();
    list.sort_by_key(|f| {
        (std::cmp::Reverse(f.strength.min(90) / 10), f.is_struck, std::cmp::Reverse(f.span.start))
    });
    let mut out: Vec<&Figure> = Vec::new();
    for f in list {
        if out.len() >= most {
            break;
        }
        if !out.iter().any(|o| o.amount == f.amount && o.is_struck == f.is_struck) {
            out.push(f);
        }
    }

    out
}

struct Case {
    lines: Vec<usize>,
    units: bool,
    sum: Amount,
    /// How good a reading is before arithmetic: fewer guesses first.
    merit: i32,
    /// Tried when nothing else adds up.
    is_last_resort: bool,
}

/// What a line costs when its only price is read as that of one piece, or of all.
fn cost(item: &Item, units: bool) -> Amount {
    let q = item.words.quantity.as_ref().map_or(1000, |q| q.0);
    let times = |a: Amount| Amount((a.0.saturating_mul(q) + 500) / 1000);
    match (&item.total, &item.unit, &item.price) {
        (Some(t), None, None) if units => times(t.0),
        (Some(t), _, _) => t.0,
        (None, Some(u), _) => times(u.0),
        (None, None, Some(p)) => {
            if units {
                times(p.0)
            } else {
                p.0
            }
        }
        (None, None, None) => Amount::ZERO,
    }
}

fn cases(items: &[Item], first_sum: u32) -> Vec<Case> {
    let mut subsets: Vec<(Vec<usize>, i32)> = Vec::new();
    let mut add = |list: Vec<usize>, merit: i32| {
        if !list.is_empty() && !subsets.iter().any(|(l, _)| *l == list) {
            subsets.push((list, merit));
        }
    };
    let pick = |keep: &dyn Fn(&Item) -> bool| -> Vec<usize> {
        items.iter().enumerate().filter(|(_, i)| keep(i)).map(|(n, _)| n).collect()
    };
    add(pick(&|i| i.has_titles && !i.is_suggested), 6);
    add(pick(&|i| !i.is_suggested && i.span.start < first_sum), 5);
    add(pick(&|i| !i.is_suggested), 4);
    // One table alone, or all up to one.
    let mut tables: Vec<u32> = items.iter().map(|i| i.table).collect();
    tables.dedup();
    tables.truncate(8);
    for t in &tables {
        add(pick(&|i| i.table == *t), 3);
    }
    // Leave out one line that may be none.
    if items.len() <= 40 {
        let all = pick(&|i| !i.is_suggested);
        for skip in 0..all.len() {
            let mut some = all.clone();
            some.remove(skip);
            add(some, 1);
        }
    }
    add(pick(&|_| true), 0);
    // A run of them: what stands above and below is none. Tried last, and only in want of a proof.
    let sure = subsets.len();
    let all = pick(&|i| !i.is_suggested);
    if all.len() <= 12 {
        for from in 0..all.len() {
            for to in from + 2..=all.len() {
                let run = all[from..to].to_vec();
                if !subsets.iter().any(|(l, _)| *l == run) {
                    subsets.push((run, 0));
                }
            }
        }
    }
    let several = |i: &Item| i.words.quantity.as_ref().is_some_and(|q| q.0 != 1000);
    let ambiguous = items.iter().any(|i| i.price.is_some() && i.total.is_none() && several(i));
    // A title says whose price it is, unless the sums say otherwise.
    let titled = items.iter().any(|i| i.total.is_some() && i.unit.is_none() && several(i));
    let leans_unit = items.iter().any(|i| i.leans_unit);
    let mut out = Vec::new();
    for (n, (lines, merit)) in subsets.into_iter().enumerate() {
        for units in [false, true] {
            if units && !ambiguous && !titled {
                continue;
            }
            let sum = lines.iter().map(|i| cost(&items[*i], units)).sum();
            out.push(Case {
                lines: lines.clone(),
                units,
                sum,
                is_last_resort: n >= sure,
                merit: merit * 2
                    - i32::from(units != leans_unit && ambiguous)
                    - if units && titled { 4 } else { 0 },
            });
        }
    }
    out
}

/// A combination of several figures of one role: none, each, or all together.
struct Pick {
    amount: Amount,
    used: Vec<Span>,
    merit: i32,
}

fn options(list: &[&Figure], abs: bool) -> Vec<Pick> {
    let value = |f: &Figure| if abs { f.amount.abs() } else { f.amount };
    let mut out: Vec<Pick> = Vec::new();
    for f in list {
        out.push(Pick {
            amount: value(f),
            used: vec![f.span.clone()],
            merit: 2 + i32::try_from(f.strength / 50).unwrap_or(0),
        });
    }
    if list.len() > 1 {
        out.push(Pick {
            amount: list.iter().map(|f| value(f)).sum(),
            used: list.iter().map(|f| f.span.clone()).collect(),
            merit: 2,
        });
    }
    let all_zero = list.iter().all(|f| f.amount == Amount::ZERO);
    if !all_zero || list.is_empty() {
        out.push(Pick { amount: Amount::ZERO, used: Vec::new(), merit: 0 });
    }
    out
}

fn close(a: Amount, b: Amount) -> bool {
    (a.0 - b.0).abs() <= 1
}

/// Whether lines make a sum: to the cent, unless counts or many lines were rounded.
fn fits(items: &[Item], case: &Case, sum: Amount) -> bool {
    let counted = |i: &usize| items[*i].words.quantity.as_ref().is_some_and(|q| q.0 != 1000);
    let is_rounded = case.lines.len() > 2 || case.lines.iter().any(counted);
    if is_rounded { close(case.sum, sum) } else { case.sum == sum }
}

/// Whether lines come near a sum without reaching it: three tenths of the total at most are left.
fn leaves_little(case: &Case, base: Amount, total: &Figure) -> bool {
    let left = base.0 - case.sum.0;
    left >= 0 && left.saturating_mul(10) <= total.amount.0.saturating_mul(3)
}

/// Chooses lines and sums together.
pub fn prove(items: &[Item], figures: &Figures) -> Sums {
    let refunds = of_role(figures, Role::Refund, 4);
    let mut totals = of_role(figures, Role::Total, 6);
    // `~~531,01~~ 408,31` beside a refund: the order's total is the struck one.
    if refunds.iter().any(|f| f.amount != Amount::ZERO) && totals.iter().any(|f| f.is_struck) {
        totals.retain(|f| f.is_struck);
    } else if totals.iter().any(|f| !f.is_struck) {
        totals.retain(|f| !f.is_struck);
    }
    // `Balance due: 0.00` is no sum where another is.
    if totals.iter().any(|f| f.amount != Amount::ZERO) {
        totals.retain(|f| f.amount != Amount::ZERO);
    }
    let subtotals = of_role(figures, Role::Subtotal, 4);
    let shipping = options(&of_role(figures, Role::Shipping, 3), true);
    let taxes = of_role(figures, Role::Tax, 4);
    let discounts = options(&discount_figures(figures), true);
    let mut fees = options(&of_role(figures, Role::Fee, 4), false);
    // A gift card among the charges, printed without a minus: only arithmetic can tell.
    for f in figures.all.iter().filter(|f| f.role == Some(Role::Discount) && f.is_price()).take(3) {
        fees.push(Pick { amount: f.amount, used: vec![f.span.clone()], merit: -2 });
    }
    let tax_options = options(&taxes, true);
    let first_sum = figures
        .all
        .iter()
        .filter(|f| {
            matches!(f.role, Some(Role::Subtotal | Role::Shipping | Role::Tax))
                && f.strength >= 60
                && !f.is_aside
        })
        .map(|f| f.span.start)
        .find(|s| items.first().is_none_or(|i| *s > i.span.start))
        .unwrap_or(u32::MAX);
    let cases = cases(items, first_sum);
    let mut best: Option<(i32, Sums)> = None;
    let no_case = [Case {
        lines: Vec::new(),
        units: false,
        sum: Amount::ZERO,
        merit: 0,
        is_last_resort: false,
    }];
    let tried: &[Case] = if cases.is_empty() { &no_case } else { &cases };
    let mut budget = 60_000usize;
    for case in tried {
        let has_lines = !case.lines.is_empty();
        let is_proved = best.as_ref().is_some_and(|(_, s)| s.proof == Proof::Proved);
        if case.is_last_resort && is_proved {
            break;
        }
        for (rank, total) in totals.iter().enumerate() {
            for h in &shipping {
                for d in &discounts {
                    for f in &fees {
                        if f.used.iter().any(|span| d.used.contains(span)) {
                            continue; // one figure is not added and taken off
                        }
                        for x in std::iter::once(None)
                            .chain(tax_options.iter().filter(|x| x.amount.0 != 0).map(Some))
                        {
                            let extra = h.amount + f.amount - d.amount
                                + x.map_or(Amount::ZERO, |x| x.amount);
                            let base = total.amount - extra;
                            let mut score =
                                case.merit + h.merit + d.merit + f.merit + x.map_or(1, |_| 0)
                                    - 2 * rank as i32
                                    + (total.strength / 40) as i32;
                            budget = budget.saturating_sub(1);
                            if budget == 0 {
                                break;
                            }
                            // `Total net`, the tax, and then the total with it.
                            let adds_tax = x.is_some_and(|x| {
                                totals.iter().any(|t| close(t.amount + x.amount, total.amount))
                            });
                            score += 12 * i32::from(adds_tax);
                            let lines_fit = has_lines && fits(items, case, base);
                            let sub = subtotals.iter().find(|s| {
                                close(s.amount, base) || (has_lines && fits(items, case, s.amount))
                            });
                            let sub_fits = subtotals.iter().find(|s| close(s.amount, base));
                            let sub_is_lines =
                                sub.is_some_and(|s| fits(items, case, s.amount)) && has_lines;
                            score += match (lines_fit, sub_fits.is_some(), sub_is_lines) {
                                (true, true, _) => 120,
                                (true, false, true) => 110,
                                (true, false, false) if subtotals.is_empty() => 105,
                                (true, false, false) => 85,
                                (false, true, true) => 100,
                                (false, true, false) => 60,
                                (false, false, true) => 45,
                                // Nothing proves it: what is left would be a charge that no row names.
                                (false, false, false) => {
                                    2 * i32::from(has_lines && leaves_little(case, base, total))
                                }
                            };
                            // A sum above the lines is no line that makes it up.
                            score += if lines_fit { case.lines.len().min(3) as i32 } else { 0 };
                            if case.is_last_resort && !lines_fit {
                                continue;
                            }
                            if best.as_ref().is_none_or(|(b, _)| score > *b) {
                                let any = |list: &[&Figure]| {
                                    list.first().map(|f| (f.amount, f.span.clone()))
                                };
                                let sum = |o: &Pick, known: &[&Figure]| -> Chosen {
                                    o.used.first().map(|s| (o.amount, s.clone())).or_else(|| {
                                        any(known)
                                            .map(|(a, s)| (a.abs(), s))
                                            .filter(|_| o.used.is_empty() && o.merit > 0)
                                    })
                                };
                                let s = Sums {
                                    total: Some((total.amount, total.span.clone())),
                                    subtotal: sub_fits
                                        .or(sub)
                                        .or(subtotals.first())
                                        // `Summe: 430,50`, then `Bestellsumme: 443,00`: what the
                                        // lines come to is the subtotal, whatever it is called.
                                        .or_else(|| {
                                            totals.iter().find(|t| {
                                                has_lines
                                                    && close(t.amount, case.sum)
                                                    && !close(t.amount, total.amount)
                                            })
                                        })
                                        .map(|s| (s.amount, s.span.clone())),
                                    shipping: sum(h, &[]),
                                    discount: sum(d, &[]),
                                    fees: sum(f, &[]),
                                    tax: x
                                        .and_then(|x| sum(x, &[]))
                                        .or_else(|| best_tax(&taxes, total.amount)),
                                    refunded: any(&refunds).map(|(a, s)| (a.abs(), s)),
                                    lines: case.lines.clone(),
                                    prices_are_units: case.units,
                                    proof: if lines_fit
                                        || (!has_lines && sub_fits.is_some())
                                        || (sub_fits.is_some() && sub_is_lines)
                                    {
                                        Proof::Proved
                                    } else if has_lines {
                                        Proof::Doubtful
                                    } else {
                                        Proof::None
                                    },
                                };
                                best = Some((score, s));
                            }
                        }
                    }
                }
            }
        }
    }
    let mut sums =
        best.map(|b| b.1).unwrap_or_else(|| without_total(tried, &subtotals, &refunds, &taxes));
    // What arithmetic left unused is still said by the mail.
    let first = |role: Role| {
        of_role(figures, role, 1)
            .first()
            .filter(|f| f.strength >= 60)
            .map(|f| (f.amount.abs(), f.span.clone()))
    };
    sums.shipping = sums.shipping.or_else(|| first(Role::Shipping));
    sums.discount = sums
        .discount
        .or_else(|| discount_figures(figures).first().map(|f| (f.amount.abs(), f.span.clone())));
    sums
}

/// Without any total: the subset that meets the subtotal, or the likeliest.
fn without_total(
    cases: &[Case],
    subtotals: &[&Figure],
    refunds: &[&Figure],
    taxes: &[&Figure],
) -> Sums {
    let fits = |c: &&Case| subtotals.iter().any(|s| close(s.amount, c.sum));
    let likely = || cases.iter().filter(|c| !c.is_last_resort);
    let case = likely().filter(fits).max_by_key(|c| c.merit);
    let case = case.or_else(|| likely().max_by_key(|c| c.merit));
    let Some(case) = case else { return Sums::default() };
    let sub = subtotals.iter().find(|s| close(s.amount, case.sum)).or(subtotals.first());
    Sums {
        subtotal: sub.map(|s| (s.amount, s.span.clone())),
        tax: best_tax(taxes, Amount(i64::MAX)),
        refunded: refunds.first().map(|f| (f.amount.abs(), f.span.clone())),
        lines: case.lines.clone(),
        prices_are_units: case.units,
        proof: if !case.lines.is_empty() && sub.is_some_and(|s| close(s.amount, case.sum)) {
            Proof::Proved
        } else {
            Proof::None
        },
        ..Sums::default()
    }
}

/// Several rates of tax: their sum when one of them is not it already.
fn best_tax(taxes: &[&Figure], total: Amount) -> Chosen {
    let mut rest: Vec<&&Figure> =
        taxes.iter().filter(|f| f.amount.abs() < total && f.strength >= 50).collect();
    rest.sort_by_key(|f| std::cmp::Reverse(f.amount.abs()));
    let (top, others) = rest.split_first()?;
    let sum: Amount = others.iter().map(|f| f.amount.abs()).sum();
    let alone = others.is_empty()
        || close(sum, top.amount.abs())
        || others.iter().all(|f| f.amount == Amount::ZERO);
    Some((if alone { top.amount.abs() } else { top.amount.abs() + sum }, top.span.clone()))
}

/// Discounts by label, and negative sums that nothing explains.
fn discount_figures(figures: &Figures) -> Vec<&Figure> {
    let named = of_role(figures, Role::Discount, 3);
    let mut out = named;
    for f in figures
        .all
        .iter()
        .filter(|f| f.role.is_none() && f.amount < Amount::ZERO && !f.is_struck && !f.is_aside)
    {
        if out.len() < 4 && !out.iter().any(|o| o.amount.abs() == f.amount.abs()) {
            out.push(f);
        }
    }
    out
}
