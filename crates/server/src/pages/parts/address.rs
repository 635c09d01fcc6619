//! Addresses of lists: filters, order and page stand in them, so that back works and a link keeps.

use std::fmt;

/// A path with its query; `Display` gives it percent-encoded (RFC 3986).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Address {
    /// A path without query.
    pub fn new(path: impl Into<String>) -> Address {
        Address { path: path.into(), pairs: Vec::new() }
    }

    /// The same with this value in place of any other of that name; an empty value drops it.
    pub fn with(&self, name: &str, value: impl fmt::Display) -> Address {
        let mut other = self.without(name);
        let value = value.to_string();
        if !value.is_empty() {
            other.pairs.push((name.to_owned(), value));
        }
        other
    }

    /// The same without this name.
    pub fn without(&self, name: &str) -> Address {
        let pairs = self.pairs.iter().filter(|(n, _)| n != name).cloned().collect();
        Address { path: self.path.clone(), pairs }
    }

    /// The value of a name, empty when it is not there.
    pub fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// The pairs that a GET form has to carry along as hidden fields: all but those it sets itself.
    pub fn carried(&self, set_by_form: &[&str]) -> Vec<(&str, &str)> {
        let carried = |n: &str| !set_by_form.contains(&n) && n != "page";
        self.pairs.iter().map(|(n, v)| (&**n, &**v)).filter(|(n, _)| carried(n)).collect()
    }

    /// Whether any filter is set.
    pub fn is_bare(&self) -> bool {
        self.pairs.iter().all(|(n, _)| n == "page" || n == "sort")
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for (i, (name, value)) in self.pairs.iter().enumerate() {
            f.write_str(if i == 0 { "?" } else { "&" })?;
            encode(f, name)?;
            f.write_str("=")?;
            encode(f, value)?;
        }
        Ok(())
    }
}

fn encode(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                write!(f, "{}", byte as char)?;
            }
            b' ' => f.write_str("+")?,
            _ => write!(f, "%{byte:02X}")?,
        }
    }
    Ok(())
}

/// The pages of a list: which rows each holds.
#[derive(Clone, Debug)]
pub struct Pager {
    /// Rows in all.
    pub all: u64,
    /// Rows a page.
    pub size: u64,
    /// This page, from 1.
    pub page: u64,
    /// The list's address without its page.
    pub address: Address,
}

impl Pager {
    /// A list of `all` rows, at this page (from 1; one beyond the end is the last).
    pub fn new(all: u64, size: u64, page: u64, address: &Address) -> Pager {
        let last = all.div_ceil(size.max(1)).max(1);
        Pager { all, size, page: page.clamp(1, last), address: address.without("page") }
    }

    /// The first row shown, from 1; 0 when there is none.
    pub fn first(&self) -> u64 {
        if self.all == 0 { 0 } else { (self.page - 1) * self.size + 1 }
    }

    /// The last row shown.
    pub fn last(&self) -> u64 {
        (self.page * self.size).min(self.all)
    }

    /// The pages worth a link, in order: the first, the neighbours, the last; `None` is a gap.
    pub fn links(&self) -> Vec<Option<PageLink>> {
        let last = self.all.div_ceil(self.size.max(1));
        if last < 2 {
            return Vec::new();
        }
        let near = self.page.saturating_sub(2).max(1)..=(self.page + 2).min(last);
        let mut wanted: Vec<u64> = std::iter::once(1).chain(near).chain(Some(last)).collect();
        wanted.dedup();
        let mut links = Vec::with_capacity(wanted.len() + 2);
        let mut before = 0;
        for page in wanted {
            if page > before + 1 {
                links.push(None);
            }
            before = page;
            links.push(Some(PageLink {
                first: (page - 1) * self.size + 1,
                last: (page * self.size).min(self.all),
                here: page == self.page,
                address: match page {
                    1 => self.address.clone(),
                    _ => self.address.with("page", page),
                },
            }));
        }
        links
    }
}

/// One page of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageLink {
    /// Its first row, from 1.
    pub first: u64,
    /// Its last row.
    pub last: u64,
    /// Whether it is the one shown.
    pub here: bool,
    /// Where it is.
    pub address: Address,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_replaces_itself_and_is_encoded() {
        let actors = Address::new("/actors").with("q", "Électro & co").with("kind", "bank");
        assert_eq!(actors.to_string(), "/actors?q=%C3%89lectro+%26+co&kind=bank");
        assert_eq!(actors.with("kind", "").with("q", "").to_string(), "/actors");
        assert_eq!(actors.with("kind", "travel").value("kind"), "travel");
        assert_eq!(actors.carried(&["q"]), [("kind", "bank")]);
    }

    #[test]
    fn pages_name_their_rows_and_leave_gaps() {
        let pager = Pager::new(214, 23, 1, &Address::new("/actors").with("page", 9));
        assert_eq!((pager.first(), pager.last()), (1, 23));
        let links = pager.links();
        let shown: Vec<_> = links.iter().map(|l| l.as_ref().map(|l| (l.first, l.last))).collect();
        assert_eq!(shown, [Some((1, 23)), Some((24, 46)), Some((47, 69)), None, Some((208, 214))]);
        assert_eq!(links[0].as_ref().map(|l| l.address.to_string()), Some("/actors".to_owned()));
        let beyond = Pager::new(3, 40, 99, &Address::new("/a"));
        assert_eq!((beyond.page, beyond.first(), beyond.last()), (1, 1, 3));
        assert!(beyond.links().is_empty());
        assert_eq!(Pager::new(0, 40, 1, &Address::new("/a")).first(), 0);
    }
}
