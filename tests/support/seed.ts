/**
 * The seed and the sizes of all random cases: a run is the same each time, a failing run is shown with its seed and path, and what
 * may have up to so many members has up to so many, where fast-check by itself would stop at ten.
 */
import fc from "fast-check";

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: 20_261_124,
  defaultSizeToMaxWhenMaxSpecified: true,
});
