//! An actor on a page: the letter that stands for a picture, and the name that leads to it.

use crate::words::{Html, letter_and_hue};

/// The letter on the hue of the name. Nothing is ever fetched for it.
pub fn picture(name: &str, class: &str) -> Html {
    let (letter, hue) = letter_and_hue(name);
    let letter = Html::text(&letter);
    Html::rendered(format!(
        r#"<span class="pic {class} h{hue}" aria-hidden="true">{letter}</span>"#
    ))
}

/// The picture and the name, which is a link and cannot turn the line around it.
pub fn actor(name: &str, address: &str) -> Html {
    let (name, picture) = (Html::text(name), picture(name, ""));
    let address = Html::text(address);
    Html::rendered(format!(
        r#"<span class="who">{picture}<span><a class="name" href="{address}"><bdi>{name}</bdi></a></span></span>"#
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_stays_a_name() {
        let html = actor("<script>\"", "/actors/1").to_string();
        assert!(html.contains("<bdi>&lt;script&gt;&quot;</bdi>"), "{html}");
    }
}
