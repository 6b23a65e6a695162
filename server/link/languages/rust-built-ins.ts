import { rustBuiltInsCore } from './rust-built-ins-core.ts';
import { rustBuiltInsIterators } from './rust-built-ins-iterators.ts';
import { rustBuiltInsLibrary } from './rust-built-ins-library.ts';

/**
 * What Rust's standard library and a few crates that nearly every project uses declare, as far as types follow from it:
 * in Rust, and read like any source. What has two underscores has no name of its own; `External__` stands for whatever
 * a crate outside the workspace declares,
 * `Mapped__` for what is an option or an iterator.
 */
export const rustBuiltIns = rustBuiltInsCore + rustBuiltInsIterators + rustBuiltInsLibrary;
