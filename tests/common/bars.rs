//! Digits of another kind.

/// Digits of another kind, quick to learn: class `c` is a bright bar across the columns around `2 c + 4`.
pub fn bar(class: usize, variant: usize) -> Vec<u8> {
    let mut pixels = vec![0u8; 28 * 28];
    for row in 2 + variant % 5..20 + variant % 7 {
        for column in 2 * class + 3..2 * class + 6 {
            pixels[row * 28 + column] = 155 + (variant * 37 % 100) as u8;
        }
    }
    pixels
}

/// Bars of these classes and variants as files of MNIST: pictures, labels.
pub fn idx(pictures: &[(usize, usize)]) -> [Vec<u8>; 2] {
    let count = (pictures.len() as u32).to_be_bytes();
    let mut images =
        [&0x803u32.to_be_bytes()[..], &count, &28u32.to_be_bytes(), &28u32.to_be_bytes()].concat();
    pictures.iter().for_each(|(class, variant)| images.extend(bar(*class, *variant)));
    let mut labels = [&0x801u32.to_be_bytes()[..], &count].concat();
    labels.extend(pictures.iter().map(|(class, _)| *class as u8));
    [images, labels]
}
