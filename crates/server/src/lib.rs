//! One port: the person's pages, in French and English.
