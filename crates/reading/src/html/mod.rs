//! A light tree of a mail's HTML: made in one pass, borrowed from its source, deaf to nothing.
//!
//! A conforming HTML5 tree builder foster-parents, reconstructs formatting and costs five times
//! as much; to read what a mail shows, nesting of tables, blocks and links is enough. Showing a
//! mail in a browser goes through a real sanitiser instead (`server`).

pub(crate) mod entity;
mod parse;
mod sheets;
pub(crate) mod style;
mod tag;

pub use style::Layout;
pub use tag::Tag;

use std::borrow::Cow;
use std::ops::Range;

/// A node's place in its [`Dom`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub u32);

const NONE: u32 = u32::MAX;

/// One element or one run of text.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// What it is.
    pub kind: NodeKind<'a>,
    /// Bytes in the source: for text, the text itself; for an element, from its `<` to the end of
    /// its closing tag.
    pub span: Range<u32>,
    parent: u32,
    first_child: u32,
    last_child: u32,
    next: u32,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum NodeKind<'a> {
    /// An element; its attributes are read with [`Dom::attr`].
    Element(Tag, Range<u32>),
    /// Text with its entities decoded.
    Text(Cow<'a, str>),
}

/// A tree of HTML.
#[derive(Clone, Debug)]
pub struct Dom<'a> {
    /// The HTML it was made from.
    pub source: &'a str,
    nodes: Vec<Node<'a>>,
    attrs: Vec<(&'a str, Cow<'a, str>)>,
    sheets: sheets::Sheets<'a>,
    /// How each node is seen: all who read the tree ask it of each element.
    looks: Vec<style::Look>,
    /// Whether a limit cut the reading short.
    pub truncated: bool,
}

impl<'a> Dom<'a> {
    /// Reads HTML. Linear in its length; at most [`crate::limits::HTML_BYTES`] are read.
    pub fn parse(html: &'a str) -> Dom<'a> {
        parse::parse(html)
    }

    /// The root: an element without tag that holds all others.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// The node at this place.
    pub fn node(&self, id: NodeId) -> &Node<'a> {
        &self.nodes[id.0 as usize]
    }

    /// How many nodes there are; ids run from 0 in document order.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing but the root.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// All nodes in document order.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The element's tag; `None` for text.
    pub fn tag(&self, id: NodeId) -> Option<Tag> {
        match self.node(id).kind {
            NodeKind::Element(tag, _) => Some(tag),
            NodeKind::Text(_) => None,
        }
    }

    /// The text of a text node.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).kind {
            NodeKind::Text(t) => Some(t),
            NodeKind::Element(..) => None,
        }
    }

    /// An attribute by its lower-case name, entities decoded.
    pub fn attr(&self, id: NodeId, name: &str) -> Option<&str> {
        self.attrs(id).iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_ref())
    }

    /// All attributes of an element, as written.
    pub fn attrs(&self, id: NodeId) -> &[(&'a str, Cow<'a, str>)] {
        match &self.node(id).kind {
            NodeKind::Element(_, r) => &self.attrs[r.start as usize..r.end as usize],
            NodeKind::Text(_) => &[],
        }
    }

    /// The element that holds this node.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).parent)
    }

    /// The node after this one under the same parent.
    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).next)
    }

    /// The nodes directly inside.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(some(self.node(id).first_child), |&c| self.next_sibling(c))
    }

    /// The holders of this node, nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&p| self.parent(p))
    }

    /// The ids of all nodes inside `id`, without itself: ids are given in document order, so a
    /// subtree is one run.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..self.end_of(id)).map(NodeId)
    }

    /// One past the last node of this subtree.
    pub fn end_of(&self, id: NodeId) -> u32 {
        let mut last = id.0;
        while self.nodes[last as usize].last_child != NONE {
            last = self.nodes[last as usize].last_child;
        }
        last + 1
    }

    /// Whether this element hides what is inside: `display:none`, no height, `hidden`, by its own
    /// style or by its class. Tiny or colourless letters are inherited: [`crate::Page`] minds them.
    pub fn is_hidden(&self, id: NodeId) -> bool {
        self.look(id).is_hidden
    }

    /// Where this element is drawn, by its own style or by its class.
    pub fn layout(&self, id: NodeId) -> Layout {
        self.look(id).layout
    }

    /// How this element is seen.
    pub(crate) fn look(&self, id: NodeId) -> style::Look {
        self.looks.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// Reads how an element is seen, once the style sheets were read.
    fn read_look(&self, id: NodeId) -> style::Look {
        let (mut look, mut by_name) = (style::Look::default(), false);
        let mut hidden = false;
        let mut by_sheet = Layout::default();
        for (name, value) in self.attrs(id) {
            match name.len() {
                5 if name.eq_ignore_ascii_case("style") => look = style::look(value),
                5 if name.eq_ignore_ascii_case("class") && !self.sheets.is_empty() => {
                    for class in value.split_ascii_whitespace() {
                        by_name |= self.sheets.hides(class);
                        by_sheet = self.sheets.layout(class).or(by_sheet);
                    }
                }
                2 if name.eq_ignore_ascii_case("id") && !self.sheets.is_empty() => {
                    let name = format!("#{value}");
                    by_name |= self.sheets.hides(&name);
                    by_sheet = self.sheets.layout(&name).or(by_sheet);
                }
                6 if name.eq_ignore_ascii_case("hidden") => hidden = true,
                _ => {}
            }
        }
        look.is_hidden |= hidden || by_name && !look.is_shown;
        look.layout = look.layout.or(by_sheet).or(self.sheets.inside(self, id));
        look
    }
}

fn some(id: u32) -> Option<NodeId> {
    (id != NONE).then_some(NodeId(id))
}
