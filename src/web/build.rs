//! Embeds the panel's files (style, script, font, icons) into the binary.

fn main() {
    memory_serve::load_directory("src/web/assets");
}
