//! Files to send: pictures of a number, a paper, and what someone sends who means harm or has bad luck.

use tanggap::simulator::picture;

/// A JPEG that looks different for every seed.
pub(crate) fn jpeg(seed: u64) -> Vec<u8> {
    picture::jpeg(seed)
}

/// The picture of the same seed as PNG.
pub(crate) fn png(seed: u64) -> Vec<u8> {
    picture::png(seed)
}

/// The picture of the same seed, scaled and compressed anew: other bytes, the same look.
pub(crate) fn same_picture_recompressed(seed: u64) -> Vec<u8> {
    picture::recompressed(seed)
}

/// A JPEG that ends in the middle.
pub(crate) fn truncated_jpeg() -> Vec<u8> {
    let whole = picture::jpeg(1);
    whole[..whole.len() / 2].to_vec()
}

/// A small paper of one empty page.
pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        .to_vec()
}

/// Sides of the bomb, in pixels.
const SIDE: u32 = 40_000;

/// A sound PNG of 40 000 × 40 000 pixels in little more than a megabyte: 1.6 thousand million pixels to decode.
pub(crate) fn bomb() -> Vec<u8> {
    let mut header = Vec::new();
    header.extend(SIDE.to_be_bytes());
    header.extend(SIDE.to_be_bytes());
    // One bit a pixel, grey, nothing special.
    header.extend([1, 0, 0, 0, 0]);
    let zeros = u64::from(SIDE) * (u64::from(SIDE) / 8 + 1);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut bytes, *b"IHDR", &header);
    chunk(&mut bytes, *b"IDAT", &deflated_zeros(zeros));
    chunk(&mut bytes, *b"IEND", &[]);
    bytes
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
    let begin = out.len();
    out.extend(name);
    out.extend(data);
    let crc = crc32(&out[begin..]);
    out.extend(crc.to_be_bytes());
}

fn crc32(data: &[u8]) -> u32 {
    let mut crc = !0;
    for byte in data {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            };
        }
    }
    !crc
}

/// So many zero bytes as a zlib stream: one zero, then "the last 258 bytes again" in 13 bits each.
fn deflated_zeros(count: u64) -> Vec<u8> {
    let mut bits = Bits::default();
    // The last block, with fixed codes.
    bits.put(0b1, 1);
    bits.put(0b01, 2);
    for _ in 0..=((count - 1) % 258) {
        bits.code(0b0011_0000, 8);
    }
    for _ in 0..(count - 1) / 258 {
        bits.code(0b1100_0101, 8);
        bits.code(0, 5);
    }
    bits.code(0, 7);
    let mut stream = vec![0x78, 0x9c];
    stream.extend(bits.finish());
    let sum = u32::try_from(count % 65_521).expect("below");
    stream.extend((sum << 16 | 1).to_be_bytes());
    stream
}

/// Bits in the order of deflate: from the low end of each byte.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        self.held |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held.to_le_bytes()[0]);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// A Huffman code goes in from its high end.
    fn code(&mut self, code: u32, count: u32) {
        for bit in (0..count).rev() {
            self.put(code >> bit & 1, 1);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push(self.held.to_le_bytes()[0]);
        }
        self.bytes
    }
}
