//! Small blocks of memory kept for the next time.
//!
//! A training step of a small network asks for some hundred small blocks and gives them all back. An allocator that
//! joins neighbours and splits them again spends a fifth of the step on it; here blocks of up to 512 bytes wait in
//! a list for each size. Of no size do more wait than were once in use at the same time; larger blocks go to the
//! allocator beneath.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// Sizes are rounded up to this many bytes, which is also how blocks are aligned.
const UNIT: usize = 16;
const LARGEST: usize = 512;

/// An allocator over another one, for a single thread.
pub struct ReusingAllocator<A> {
    beneath: A,
    // The first waiting block for each number of units; a waiting block holds the address of the next.
    waiting: UnsafeCell<[*mut u8; LARGEST / UNIT + 1]>,
}

// SAFETY: the module is built without threads; nothing else has access to a WebAssembly memory of its own.
#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
unsafe impl<A> Sync for ReusingAllocator<A> {}

impl<A> ReusingAllocator<A> {
    /// Nothing waits yet.
    pub const fn new(beneath: A) -> Self {
        Self { beneath, waiting: UnsafeCell::new([null_mut(); LARGEST / UNIT + 1]) }
    }
}

/// How many units a block takes; nothing if it is not a small one.
#[inline]
fn units(layout: Layout) -> Option<usize> {
    let small = layout.size() <= LARGEST && layout.align() <= UNIT && layout.size() > 0;
    small.then(|| layout.size().div_ceil(UNIT))
}

// SAFETY: a block is in use or waits in the list of its size, never both; all blocks of a list were allocated
// beneath with that list's size and alignment, which fit every layout that maps to the list.
unsafe impl<A: GlobalAlloc> GlobalAlloc for ReusingAllocator<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(units) = units(layout) else {
            // SAFETY: the caller's promise about the layout.
            return unsafe { self.beneath.alloc(layout) };
        };
        // SAFETY: one thread, and the reference ends before anything else can ask for memory.
        let first = unsafe { &mut (*self.waiting.get())[units] };
        if first.is_null() {
            // SAFETY: at most `LARGEST` bytes, and `UNIT` is a power of two.
            return unsafe { self.beneath.alloc(Layout::from_size_align_unchecked(units * UNIT, UNIT)) };
        }
        let block = *first;
        // SAFETY: a waiting block holds an address.
        *first = unsafe { block.cast::<*mut u8>().read() };
        block
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some(units) = units(layout) else {
            // SAFETY: a large block was allocated beneath with this layout.
            return unsafe { self.beneath.dealloc(block, layout) };
        };
        // SAFETY: as in `alloc`.
        let first = unsafe { &mut (*self.waiting.get())[units] };
        // SAFETY: nobody uses the block any more, and one unit has room for an address.
        unsafe { block.cast::<*mut u8>().write(*first) };
        *first = block;
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise about size and alignment.
        let new = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (units(layout), units(new)) {
            // SAFETY: a large block was allocated beneath with this layout, and stays there.
            (None, None) => return unsafe { self.beneath.realloc(block, layout, size) },
            (old, new) if old == new => return block,
            _ => {}
        }
        // SAFETY: a layout of a positive size, as the caller promises.
        let moved = unsafe { self.alloc(new) };
        if !moved.is_null() {
            // SAFETY: both blocks have room for the bytes copied, and the old one is not used any more.
            unsafe {
                block.copy_to_nonoverlapping(moved, layout.size().min(size));
                self.dealloc(block, layout);
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::alloc::System;

    fn layout(size: usize, align: usize) -> Layout {
        Layout::from_size_align(size, align).unwrap()
    }

    #[test]
    fn a_block_given_back_is_given_out_again_for_its_size_only() {
        let allocator = ReusingAllocator::new(System);
        // SAFETY: each block is given back once and with its layout, and is not used after that.
        unsafe {
            let block = allocator.alloc(layout(40, 8));
            assert!(block.addr().is_multiple_of(UNIT));
            allocator.dealloc(block, layout(40, 8));
            let larger = allocator.alloc(layout(49, 8));
            assert_ne!(larger, block);
            assert_eq!(allocator.alloc(layout(33, 16)), block);
            allocator.dealloc(block, layout(33, 16));
            allocator.dealloc(larger, layout(49, 8));
        }
    }

    #[test]
    fn blocks_in_use_never_overlap_and_keep_their_contents_when_they_grow_and_shrink() {
        let allocator = ReusingAllocator::new(System);
        let mut random = crate::random::Random::new(1, crate::random::Purpose::Batches);
        let mut blocks: Vec<(*mut u8, Layout, u8)> = Vec::new();
        // SAFETY: of a block in use all bytes were written.
        let check = |(block, layout, mark): &(*mut u8, Layout, u8)| unsafe {
            assert!(block.addr().is_multiple_of(layout.align()));
            assert!(std::slice::from_raw_parts(*block, layout.size()).iter().all(|byte| byte == mark));
        };
        for turn in 0..20_000u32 {
            let mark = turn as u8;
            let size = 1 + random.below(700);
            if blocks.len() < 100 {
                let layout = layout(size, 1 << random.below(6));
                // SAFETY: the layout has a size, and System does not run out of memory here.
                unsafe {
                    let block = allocator.alloc(layout);
                    block.write_bytes(mark, layout.size());
                    blocks.push((block, layout, mark));
                }
                continue;
            }
            let index = random.below(blocks.len());
            check(&blocks[index]);
            let (block, old, mark) = blocks.swap_remove(index);
            // SAFETY: the block is in use with this layout and is taken off the list; of the new one `size` bytes are written.
            unsafe {
                if turn % 2 == 0 {
                    allocator.dealloc(block, old);
                } else {
                    let block = allocator.realloc(block, old, size);
                    let new = layout(size, old.align());
                    check(&(block, layout(size.min(old.size()), old.align()), mark));
                    block.write_bytes(mark, size);
                    blocks.push((block, new, mark));
                }
            }
        }
        for entry in blocks {
            check(&entry);
            // SAFETY: it is in use with this layout, and this is its last use.
            unsafe { allocator.dealloc(entry.0, entry.1) };
        }
    }
}
