//! `cargo xtask bench pages`: every page that links lead to from home, how quick and how heavy.

use super::browser::{Site, percentile};
use super::import::{DATA, folder};
use crate::measure;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

/// Addresses followed of each sort of page, and how often each is asked for.
const OF_A_SORT: usize = 12;
const TIMES: usize = 10;
/// The bars: milliseconds that 95 % stay under, kilobytes before pictures.
const BAR: (f64, usize) = (50.0, 100);

pub fn run(args: &[String]) -> Result<()> {
    if !args.is_empty() {
        bail!("cargo xtask bench pages, after `cargo xtask bench import`");
    }
    let data = folder().join(DATA);
    let mut site = Site::open(&data).context("run `cargo xtask bench import` first")?;
    println!("{}; {TIMES} times each address, one connection", measure::machine());
    let sorts = follow(&mut site)?;
    let mut over = 0;
    println!("{:44} addresses    p50 ms   p95 ms   worst     kB", "page");
    for (sort, addresses) in &sorts {
        let (mut times, mut heaviest): (Vec<Duration>, usize) = (Vec::new(), 0);
        for _ in 0..TIMES {
            for address in addresses {
                let answer = site.get(address)?;
                heaviest = heaviest.max(answer.body.len());
                times.push(answer.took);
            }
        }
        let (p50, p95) = (percentile(&mut times, 50), percentile(&mut times, 95));
        let is_over = p95 >= BAR.0 || heaviest >= BAR.1 * 1000;
        over += usize::from(is_over);
        println!(
            "{sort:44} {:9} {p50:9.1} {p95:8.1} {:7.1} {:6}{}",
            addresses.len(),
            percentile(&mut times, 100),
            heaviest / 1000,
            if is_over { "  over" } else { "" }
        );
    }
    println!("{} sorts of pages, {over} over {} ms or {} kB", sorts.len(), BAR.0, BAR.1);
    Ok(())
}

/// Some addresses of each sort of page, found as a person would: from link to link.
fn follow(site: &mut Site) -> Result<BTreeMap<String, Vec<String>>> {
    let mut sorts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut next: VecDeque<String> = VecDeque::from(["/".to_owned(), "/settings".to_owned()]);
    while let Some(address) = next.pop_front() {
        let of_sort = sorts.entry(sort(&address)).or_default();
        if of_sort.len() >= OF_A_SORT {
            continue;
        }
        of_sort.push(address.clone());
        let answer = site.get(&address)?;
        if answer.status != 200 {
            of_sort.pop(); // sends elsewhere
            continue;
        }
        for link in links(&answer.body) {
            if seen.insert(link.clone()) {
                next.push_back(link);
            }
        }
    }
    sorts.retain(|_, addresses| !addresses.is_empty());
    Ok(sorts)
}

/// The site's own pages that a page leads to; downloads, styles and other languages left out.
fn links(page: &str) -> impl Iterator<Item = String> + '_ {
    ["href=\"", "src=\""].into_iter().flat_map(move |attribute| {
        page.split(attribute).skip(1).filter_map(|rest| {
            let link = rest.split(['"', '#']).next()?.replace("&amp;", "&").replace("&#38;", "&");
            let left_out =
                ["/assets", "/language", "/sign-out"].iter().any(|p| link.starts_with(p));
            let is_file =
                ["/original", "/part/", "/file", "/picture/"].iter().any(|p| link.contains(p));
            (link.starts_with('/') && !link.starts_with("//") && !left_out && !is_file)
                .then_some(link)
        })
    })
}

/// `/actor/12?page=3` is a page of the sort `/actor/N?page`.
fn sort(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path: Vec<&str> = path
        .split('/')
        .map(|p| if !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()) { "N" } else { p })
        .collect();
    let asked: Vec<&str> = query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .filter(|n| !n.is_empty())
        .collect();
    match asked.is_empty() {
        true => path.join("/"),
        false => format!("{}?{}", path.join("/"), asked.join("&")),
    }
}
