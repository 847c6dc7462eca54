//! HTML's marks taken off, or turned into those that WhatsApp reads.

/// HTML as [`crate::delivery::render::html`] writes it, with the marks that WhatsApp reads: `*bold*`, `_italic_`, `~struck~`. A mark holds
/// for one line only, and must touch its words.
pub fn starred(html: &str) -> String {
    let mut marked = html.to_owned();
    for (tag, mark) in [("b", '*'), ("i", '_'), ("s", '~')] {
        marked = with_mark(&marked, tag, mark);
    }
    unmarked(&marked)
}

fn with_mark(html: &str, tag: &str, mark: char) -> String {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(&open) {
        let (inside, behind) = after.split_once(&close).unwrap_or((after, ""));
        out.push_str(before);
        let lines: Vec<String> = inside
            .split('\n')
            .map(|line| {
                let words = line.trim();
                if words.is_empty() {
                    return line.to_owned();
                }
                line.replacen(words, &format!("{mark}{words}{mark}"), 1)
            })
            .collect();
        out.push_str(&lines.join("\n"));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// HTML as [`crate::delivery::render::html`] writes it, read back into plain words.
pub(crate) fn unmarked(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut in_mark = false;
    for c in html.chars() {
        match c {
            '<' => in_mark = true,
            '>' if in_mark => in_mark = false,
            c if !in_mark => plain.push(c),
            _ => {}
        }
    }
    plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
