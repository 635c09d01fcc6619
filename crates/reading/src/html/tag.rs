//! The tags that change how a mail is read; all others are `Other`.

macro_rules! tags {
    ($($name:ident = $text:literal),+ $(,)?) => {
        /// An element's tag.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[expect(missing_docs, reason = "the names are HTML's own")]
        pub enum Tag { $($name,)+ /// The root of the tree.
            Root, /// Any other element.
            Other }

        impl Tag {
            /// From a name in any case.
            pub fn from_name(name: &str) -> Tag {
                let mut low = [0u8; 12];
                let Some(low) = low.get_mut(..name.len()) else { return Tag::Other };
                low.copy_from_slice(name.as_bytes());
                low.make_ascii_lowercase();
                match &*low {
                    $(x if x == $text.as_bytes() => Tag::$name,)+
                    _ => Tag::Other,
                }
            }
        }
    };
}

tags! {
    A = "a", Abbr = "abbr", Address = "address", Article = "article", B = "b", Base = "base",
    Blockquote = "blockquote", Body = "body", Br = "br", Button = "button", Caption = "caption",
    Center = "center", Col = "col", Dd = "dd", Del = "del", Div = "div", Dl = "dl", Dt = "dt",
    Em = "em", Font = "font", Footer = "footer", Form = "form", H1 = "h1", H2 = "h2", H3 = "h3",
    H4 = "h4", H5 = "h5", H6 = "h6", Head = "head", Header = "header", Hr = "hr", Html = "html",
    I = "i", Iframe = "iframe", Img = "img", Input = "input", Ins = "ins", Li = "li",
    Link = "link", Main = "main", Meta = "meta", Nav = "nav", Noscript = "noscript",
    Object = "object", Ol = "ol", Option = "option", P = "p", Pre = "pre", S = "s",
    Script = "script", Section = "section", Select = "select", Small = "small", Span = "span",
    Strike = "strike", Strong = "strong", Style = "style", Sub = "sub", Sup = "sup",
    Table = "table", Tbody = "tbody", Td = "td", Template = "template", Textarea = "textarea",
    Tfoot = "tfoot", Th = "th", Thead = "thead", Time = "time", Title = "title", Tr = "tr",
    U = "u", Ul = "ul",
}

impl Tag {
    /// Elements that never hold anything.
    pub fn is_void(self) -> bool {
        matches!(
            self,
            Tag::Base
                | Tag::Br
                | Tag::Col
                | Tag::Hr
                | Tag::Img
                | Tag::Input
                | Tag::Link
                | Tag::Meta
        )
    }

    /// Elements whose content is no text to see and is kept as one piece (`script` holds JSON-LD).
    pub fn is_raw(self) -> bool {
        matches!(self, Tag::Script | Tag::Style | Tag::Title | Tag::Textarea | Tag::Iframe)
    }

    /// Elements whose content is never shown.
    pub fn is_unseen(self) -> bool {
        matches!(
            self,
            Tag::Head
                | Tag::Script
                | Tag::Style
                | Tag::Title
                | Tag::Template
                | Tag::Noscript
                | Tag::Iframe
        )
    }

    /// Elements that begin a line of their own.
    pub fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Blockquote
                | Body
                | Caption
                | Center
                | Dd
                | Div
                | Dl
                | Dt
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hr
                | Html
                | Li
                | Main
                | Nav
                | Ol
                | P
                | Pre
                | Section
                | Table
                | Tbody
                | Tfoot
                | Thead
                | Tr
                | Ul
        )
    }

    /// A cell of a table.
    pub fn is_cell(self) -> bool {
        matches!(self, Tag::Td | Tag::Th)
    }

    /// Struck through: an old price, not the one that counts.
    pub fn is_struck(self) -> bool {
        matches!(self, Tag::Del | Tag::S | Tag::Strike)
    }
}
