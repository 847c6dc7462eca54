//! The project's files as the laws read them: code without comments, and the paths it names.

use std::fs;
use std::path::Path;

/// One file of the project, by its path from the root.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every file below `root` that is ours.
pub(crate) fn read_sources(root: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry"))
        {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() && !["target", ".git", ".data"].contains(&name.as_str()) {
                folders.push(path);
            } else if path.is_file() {
                let inside = path
                    .strip_prefix(root)
                    .expect("inside")
                    .to_string_lossy()
                    .into_owned();
                let text = fs::read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                sources.push(Source {
                    path: inside,
                    text: text.expect("readable"),
                });
            }
        }
    }
    sources
}

pub(crate) fn is_rust(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

/// The modules that a file declares and does not hold.
pub(crate) fn modules_declared(code: &str) -> Vec<String> {
    let words: Vec<&str> = code.split_whitespace().collect();
    let pairs = words.windows(2).filter(|pair| pair[0] == "mod");
    pairs
        .filter_map(|pair| pair[1].strip_suffix(';').map(ToOwned::to_owned))
        .collect()
}

/// Every path in the code with its line, `use a::{b, c::d}` written out as `a::b` and `a::c::d`.
pub(crate) fn named_paths(code: &str) -> Vec<(usize, Vec<String>)> {
    let text: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < text.len() {
        line += usize::from(text[at] == '\n');
        let starts =
            is_word_char(text[at]) && (at == 0 || !is_word_char(text[at - 1]) && text[at - 1] != ':');
        if !starts {
            at += 1;
            continue;
        }
        let mut paths = Vec::new();
        let end = read_tree(&text, at, &mut Vec::new(), &mut paths);
        let is_path = |path: &Vec<String>| path.len() > 1 || path[0] == "async";
        found.extend(paths.into_iter().filter(is_path).map(|path| (line, path)));
        line += text[at + 1..end.max(at + 1)]
            .iter()
            .filter(|c| **c == '\n')
            .count();
        at = end.max(at + 1);
    }
    found
}

/// Reads one path (or a group of them) at `at`, adds each written out, and says where it ends.
fn read_tree(text: &[char], mut at: usize, before: &mut Vec<String>, out: &mut Vec<Vec<String>>) -> usize {
    let depth = before.len();
    loop {
        let start = at;
        while at < text.len() && (is_word_char(text[at]) || text[at] == '*') {
            at += 1;
        }
        before.push(text[start..at].iter().collect());
        if text.get(at) != Some(&':') || text.get(at + 1) != Some(&':') {
            break;
        }
        at += 2;
        if text.get(at) == Some(&'{') {
            at += 1;
            while at < text.len() && text[at] != '}' {
                if is_word_char(text[at]) || text[at] == '*' {
                    at = read_tree(text, at, &mut before.clone(), out);
                    while at < text.len() && text[at] != ',' && text[at] != '}' {
                        at += 1;
                    }
                } else {
                    at += 1;
                }
            }
            before.truncate(depth);
            return at + 1;
        }
        if !text.get(at).is_some_and(|c| is_word_char(*c) || *c == '*') {
            break;
        }
    }
    out.push(before.clone());
    before.truncate(depth);
    at
}

pub(crate) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

pub(crate) fn has_word(line: &str, word: &str) -> bool {
    line.split(|c| !is_word_char(c)).any(|part| part == word)
}

/// The code with comments and the insides of texts blanked, line for line.
pub(crate) fn without_comments_and_texts(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = end_of_blank(&chars, at);
        if end > at {
            kept.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        } else {
            kept.push(chars[at]);
            at += 1;
        }
    }
    kept
}

/// Where the comment, text or character that begins at `at` ends; `at` itself if none begins.
fn end_of_blank(chars: &[char], at: usize) -> usize {
    let find = |from: usize, what: &str| {
        let what: Vec<char> = what.chars().collect();
        let hit = chars[from.min(chars.len())..]
            .windows(what.len())
            .position(|window| window == what);
        hit.map_or(chars.len(), |offset| from + offset + what.len())
    };
    let next = |offset: usize| chars.get(at + offset).copied().unwrap_or_default();
    let fresh = at == 0 || !is_word_char(chars[at - 1]);
    match chars[at] {
        '/' if next(1) == '/' => find(at, "\n").saturating_sub(1).max(at + 2),
        '/' if next(1) == '*' => find(at + 2, "*/"),
        'r' if fresh && (next(1) == '"' || next(1) == '#' && (next(2) == '"' || next(2) == '#')) => {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            find(at + 2 + hashes, &format!("\"{}", "#".repeat(hashes)))
        }
        '"' => {
            let mut end = at + 1;
            while end < chars.len() && chars[end] != '"' {
                end += if chars[end] == '\\' { 2 } else { 1 };
            }
            (end + 1).min(chars.len())
        }
        '\'' if next(1) == '\\' => find(at + 3, "'"),
        '\'' if next(2) == '\'' => at + 3,
        _ => at,
    }
}
