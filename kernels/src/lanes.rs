//! Eight numbers side by side: two vectors of four in WebAssembly, an array elsewhere.
//!
//! The compiler finds only some of the vectors in loops over arrays of eight; in WebAssembly, where there are no wider
//! ones, they are written out. Each operation rounds on its own (no fused multiply-add, no relaxed SIMD), so that
//! every browser computes the same bits.

#[cfg(target_arch = "wasm32")]
use core::arch::wasm32::{
    f32x4, f32x4_add, f32x4_gt, f32x4_mul, f32x4_splat, i32x4_trunc_sat_f32x4, v128, v128_bitselect,
};

/// How many numbers.
pub(crate) const LANES: usize = 8;

/// The numbers.
#[cfg(target_arch = "wasm32")]
#[derive(Clone, Copy)]
pub(crate) struct Lanes(v128, v128);

/// The numbers.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy)]
pub(crate) struct Lanes([f32; LANES]);

#[cfg(target_arch = "wasm32")]
impl Lanes {
    /// The same number eight times.
    #[inline(always)]
    pub(crate) fn splat(value: f32) -> Self {
        Self(f32x4_splat(value), f32x4_splat(value))
    }

    /// Eight numbers that lie side by side.
    #[inline(always)]
    pub(crate) fn read(v: &[f32; LANES]) -> Self {
        Self(f32x4(v[0], v[1], v[2], v[3]), f32x4(v[4], v[5], v[6], v[7]))
    }

    /// The numbers, side by side.
    #[inline(always)]
    pub(crate) fn values(self) -> [f32; LANES] {
        use core::arch::wasm32::f32x4_extract_lane as lane;
        let Self(a, b) = self;
        [
            lane::<0>(a),
            lane::<1>(a),
            lane::<2>(a),
            lane::<3>(a),
            lane::<0>(b),
            lane::<1>(b),
            lane::<2>(b),
            lane::<3>(b),
        ]
    }

    /// Whole numbers, cut.
    #[inline(always)]
    pub(crate) fn whole(self) -> [i32; LANES] {
        use core::arch::wasm32::i32x4_extract_lane as lane;
        let (a, b) = (i32x4_trunc_sat_f32x4(self.0), i32x4_trunc_sat_f32x4(self.1));
        [
            lane::<0>(a),
            lane::<1>(a),
            lane::<2>(a),
            lane::<3>(a),
            lane::<0>(b),
            lane::<1>(b),
            lane::<2>(b),
            lane::<3>(b),
        ]
    }

    /// Sum, number by number.
    #[inline(always)]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(f32x4_add(self.0, other.0), f32x4_add(self.1, other.1))
    }

    /// Product, number by number.
    #[inline(always)]
    pub(crate) fn times(self, other: Self) -> Self {
        Self(f32x4_mul(self.0, other.0), f32x4_mul(self.1, other.1))
    }

    /// Where this is greater than `than`, the number of `yes`, else that of `no`.
    #[inline(always)]
    pub(crate) fn if_greater(self, than: Self, yes: Self, no: Self) -> Self {
        Self(
            v128_bitselect(yes.0, no.0, f32x4_gt(self.0, than.0)),
            v128_bitselect(yes.1, no.1, f32x4_gt(self.1, than.1)),
        )
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Lanes {
    /// The same number eight times.
    #[inline(always)]
    pub(crate) fn splat(value: f32) -> Self {
        Self([value; LANES])
    }

    /// Eight numbers that lie side by side.
    #[inline(always)]
    pub(crate) fn read(values: &[f32; LANES]) -> Self {
        Self(*values)
    }

    /// The numbers, side by side.
    #[inline(always)]
    pub(crate) fn values(self) -> [f32; LANES] {
        self.0
    }

    /// Whole numbers, cut.
    #[inline(always)]
    pub(crate) fn whole(self) -> [i32; LANES] {
        self.0.map(|value| value as i32)
    }

    /// Sum, number by number.
    #[inline(always)]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(std::array::from_fn(|lane| self.0[lane] + other.0[lane]))
    }

    /// Product, number by number.
    #[inline(always)]
    pub(crate) fn times(self, other: Self) -> Self {
        Self(std::array::from_fn(|lane| self.0[lane] * other.0[lane]))
    }

    /// Where this is greater than `than`, the number of `yes`, else that of `no`.
    #[inline(always)]
    pub(crate) fn if_greater(self, than: Self, yes: Self, no: Self) -> Self {
        let chosen = |lane: usize| if self.0[lane] > than.0[lane] { yes.0[lane] } else { no.0[lane] };
        Self(std::array::from_fn(chosen))
    }
}

impl Lanes {
    /// This and the products of one number with eight.
    #[inline(always)]
    pub(crate) fn plus_product(self, one: f32, eight: Self) -> Self {
        self.plus(Self::splat(one).times(eight))
    }

    /// As many numbers as there are in `values`, zeros behind them.
    #[inline(always)]
    pub(crate) fn read_some(values: &[f32]) -> Self {
        match values.try_into() {
            Ok(all) => Self::read(all),
            Err(_) => {
                let mut filled = [0.0; LANES];
                filled[..values.len()].copy_from_slice(values);
                Self::read(&filled)
            }
        }
    }

    /// The first of the numbers, as many as `into` has room for.
    #[inline(always)]
    pub(crate) fn write_some(self, into: &mut [f32]) {
        into.copy_from_slice(&self.values()[..into.len()]);
    }
}
