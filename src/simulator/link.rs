//! Which addresses the service takes for a link.

/// Whether the service would follow this address: http, https, tg or ton, and a host with a dot in it.
pub(crate) fn is_link(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    if lower.starts_with("tg://") || lower.starts_with("ton://") {
        return true;
    }
    let rest = lower
        .strip_prefix("http://")
        .or_else(|| lower.strip_prefix("https://"));
    let host = rest
        .unwrap_or(&lower)
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    (rest.is_some() || !lower.contains("://"))
        && name.contains('.')
        && !name.starts_with('.')
        && !name.ends_with('.')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '.' || c == '-' || c == '_')
}
