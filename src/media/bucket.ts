/** The bucket of pictures in R2, and the maker of smaller sizes: both bindings are optional. */

/** The bindings, where the site has them. */
export type MediaBindings = {
  readonly MEDIA?: R2Bucket | undefined;
  readonly IMAGES?: ImagesBinding | undefined;
};
