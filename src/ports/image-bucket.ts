/** Where copies of pictures are kept: a bucket of R2. */
export type PictureBucket = Pick<R2Bucket, 'get' | 'head' | 'put'>
