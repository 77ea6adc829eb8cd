/** Replaces the XML parser `sax` in the bundle (wrangler.toml): nothing in the Worker parses XML. */
export default undefined;
