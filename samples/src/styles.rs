//! House styles: the same blocks as five different shops would lay them out.

use crate::letter::{Block, Good, Labels};
use std::fmt::Write;

/// A way to lay a mail out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// One table with heads, the addition in its last rows.
    Ledger,
    /// Product cards of nested tables with pictures.
    Cards,
    /// Blocks without a table.
    Blocks,
    /// A sparse definition list.
    Notes,
    /// Plain text alone.
    Typed,
}

/// The HTML of a mail in this style; empty for plain text alone.
pub fn html(
    style: Style,
    brand: &str,
    hue: u32,
    blocks: &[Block],
    labels: &Labels,
    foot: &[String],
) -> String {
    if style == Style::Typed {
        return String::new();
    }
    let mut b = String::new();
    for block in blocks {
        match block {
            Block::Title(t) => line(
                &mut b,
                &format!("<h1 style=\"font-size:21px;margin:0 0 12px\">{}</h1>", esc(t)),
            ),
            Block::Say(t) => line(
                &mut b,
                &format!("<p style=\"margin:0 0 14px\">{}</p>", esc(t).replace('\n', "<br>")),
            ),
            Block::Facts(f) => facts(&mut b, style, f),
            Block::Goods(g, sums) => goods(&mut b, style, g, sums, labels),
            Block::Button(t, to) => line(
                &mut b,
                &format!(
                    "<p><a href=\"{}\" style=\"background:hsl({hue},60%,35%);color:#fff;padding:10px 18px;text-decoration:none\">{}</a></p>",
                    esc(to),
                    esc(t)
                ),
            ),
            Block::Code(c) => line(
                &mut b,
                &format!("<p style=\"font-size:26px;letter-spacing:3px\"><b>{}</b></p>", esc(c)),
            ),
            Block::List(l) => {
                let items: String = l.iter().map(|i| format!("<li>{}</li>", esc(i))).collect();
                line(&mut b, &format!("<ul>{items}</ul>"));
            }
            Block::Praise(p) => praise(&mut b, p),
        }
    }
    let foot: String = foot
        .iter()
        .map(|f| format!("<p style=\"color:#666;font-size:12px\">{}</p>", link_foot(f)))
        .collect();
    let brand = esc(brand);
    match style {
        Style::Ledger => format!(
            "<!DOCTYPE html><html><body style=\"font-family:Arial,sans-serif\"><table width=\"600\" align=\"center\" cellpadding=\"0\" cellspacing=\"0\"><tr><td bgcolor=\"#f4f4f4\" style=\"padding:16px\"><b>{brand}</b></td></tr><tr><td style=\"padding:20px\">{b}</td></tr><tr><td style=\"padding:16px\">{foot}</td></tr></table></body></html>"
        ),
        Style::Cards => format!(
            "<html><head><meta charset=\"utf-8\"><style>.c{{max-width:640px}}</style></head><body><div style=\"display:none;max-height:0;overflow:hidden\">{brand}</div><table width=\"100%\"><tr><td align=\"center\"><table class=\"c\" width=\"640\"><tr><td><font size=\"5\" color=\"#333333\">{brand}</font></td></tr><tr><td>{b}</td></tr><tr><td>{foot}</td></tr></table></td></tr></table></body></html>"
        ),
        _ => format!(
            "<html><body><div style=\"max-width:620px;margin:auto;font:15px/1.5 Georgia,serif\"><div style=\"border-bottom:3px solid hsl({hue},50%,40%)\">{brand}</div>{b}<div>{foot}</div></div></body></html>"
        ),
    }
}

fn facts(b: &mut String, style: Style, facts: &[(String, String)]) {
    for (label, value) in facts {
        let (l, v) = (esc(label), esc(value));
        line(
            b,
            &match style {
                Style::Notes => format!("<dl><dt>{l}</dt><dd>{v}</dd></dl>"),
                Style::Blocks => format!("<div><span>{l}</span> <strong>{v}</strong></div>"),
                _ => format!(
                    "<table><tr><td style=\"color:#777\">{l}</td><td><b>{v}</b></td></tr></table>"
                ),
            },
        );
    }
}

fn goods(b: &mut String, style: Style, goods: &[Good], sums: &[(String, String)], l: &Labels) {
    match style {
        Style::Ledger => {
            b.push_str(
                "<table width=\"100%\" border=\"1\" cellspacing=\"0\" cellpadding=\"6\"><tr>",
            );
            for head in l.heads {
                let _ = write!(b, "<th align=\"left\">{head}</th>");
            }
            b.push_str("</tr>\n");
            for g in goods {
                let _ = writeln!(
                    b,
                    "<tr><td>{}{}</td><td>{}</td><td align=\"right\">{}</td><td align=\"right\">{}</td></tr>",
                    esc(&g.name),
                    small(g, l),
                    g.quantity,
                    g.unit,
                    g.total
                );
            }
            for (label, value) in sums {
                let _ = writeln!(
                    b,
                    "<tr><td colspan=\"3\" align=\"right\">{}</td><td align=\"right\"><b>{value}</b></td></tr>",
                    esc(label)
                );
            }
            b.push_str("</table>\n");
        }
        Style::Cards => {
            for g in goods {
                let picture = if g.picture.is_empty() {
                    String::new()
                } else {
                    format!("<img src=\"{}\" width=\"80\" height=\"80\" alt=\"\">", g.picture)
                };
                let _ = writeln!(
                    b,
                    "<table width=\"100%\" style=\"border-bottom:1px solid #ddd\"><tr><td width=\"90\">{picture}</td><td><table><tr><td><b>{}</b></td></tr><tr><td>{}</td></tr><tr><td>{} × {}</td></tr></table></td><td align=\"right\" valign=\"top\">{}</td></tr></table>",
                    esc(&g.name),
                    small(g, l),
                    g.quantity,
                    g.unit,
                    g.total
                );
            }
            sum_rows(b, sums);
        }
        _ => {
            for g in goods {
                let _ = writeln!(
                    b,
                    "<div style=\"padding:8px 0\"><div>{} <span style=\"float:right\">{}</span></div><div style=\"color:#666\">{} : {}{}</div></div>",
                    esc(&g.name),
                    g.total,
                    l.heads[1],
                    g.quantity,
                    small(g, l)
                );
            }
            sum_rows(b, sums);
        }
    }
}

fn sum_rows(b: &mut String, sums: &[(String, String)]) {
    b.push_str("<table width=\"100%\">");
    for (label, value) in sums {
        let _ = write!(b, "<tr><td>{}</td><td align=\"right\">{value}</td></tr>", esc(label));
    }
    b.push_str("</table>\n");
}

fn small(g: &Good, l: &Labels) -> String {
    let mut parts = Vec::new();
    if !g.variant.is_empty() {
        parts.push(esc(&g.variant));
    }
    if !g.sku.is_empty() {
        parts.push(format!("{} {}", l.sku, esc(&g.sku)));
    }
    if !g.gtin.is_empty() {
        parts.push(format!("EAN {}", g.gtin));
    }
    if !g.seller.is_empty() {
        parts.push(format!("{} {}", l.sold_by, esc(&g.seller)));
    }
    parts.iter().map(|p| format!("<br><small>{p}</small>")).collect()
}

fn praise(b: &mut String, products: &[(String, String)]) {
    b.push_str("<table width=\"100%\"><tr>");
    for (name, price) in products {
        let _ = write!(b, "<td align=\"center\">{}<br><b>{price}</b></td>", esc(name));
    }
    b.push_str("</tr></table>\n");
}

/// The plain-text form, for the second part or for mails of text alone.
pub fn text(blocks: &[Block], l: &Labels, foot: &[String]) -> String {
    let mut t = String::new();
    for block in blocks {
        match block {
            Block::Title(s) => line(&mut t, &format!("{s}\n{}\n", "=".repeat(s.chars().count()))),
            Block::Say(s) => line(&mut t, &format!("{s}\n")),
            Block::Facts(f) => {
                for (label, value) in f {
                    line(&mut t, &format!("{label} : {value}"));
                }
                t.push('\n');
            }
            Block::Goods(goods, sums) => {
                for g in goods {
                    line(&mut t, &format!("{} x {}   {}", g.quantity, g.name, g.total));
                    for (label, value) in [
                        ("", &g.variant),
                        (l.sku, &g.sku),
                        ("EAN", &g.gtin),
                        (l.sold_by, &g.seller),
                    ] {
                        if !value.is_empty() {
                            line(&mut t, format!("    {label} {value}").trim_end());
                        }
                    }
                }
                line(&mut t, &"-".repeat(48));
                for (label, value) in sums {
                    line(&mut t, &format!("{label} : {value}"));
                }
                t.push('\n');
            }
            Block::Button(s, to) => line(&mut t, &format!("{s} : {to}\n")),
            Block::Code(c) => line(&mut t, &format!("    {c}\n")),
            Block::List(items) => {
                for i in items {
                    line(&mut t, &format!("- {i}"));
                }
                t.push('\n');
            }
            Block::Praise(p) => {
                for (name, price) in p {
                    line(&mut t, &format!("* {name} ({price})"));
                }
                t.push('\n');
            }
        }
    }
    line(&mut t, "--");
    for f in foot {
        line(&mut t, &f.replace("||", " : "));
    }
    t
}

/// `words||address` is a link.
fn link_foot(foot: &str) -> String {
    match foot.split_once("||") {
        Some((words, to)) => format!("<a href=\"{}\">{}</a>", esc(to), esc(words)),
        None => esc(foot),
    }
}

fn line(to: &mut String, s: &str) {
    to.push_str(s);
    to.push('\n');
}

fn esc(s: &str) -> String {
    s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
