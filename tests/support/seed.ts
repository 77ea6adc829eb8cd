/** The seed of every random case: a run is the same each time, and a failing run is shown with its seed and path. */
import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_124 });
