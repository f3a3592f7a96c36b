/** Where copies of images are kept: a bucket of R2. */
export type ImageBucket = Pick<R2Bucket, 'get' | 'head' | 'put'>
