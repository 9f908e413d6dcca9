import { type Bucket, type BucketPlace, bucketAt, openBucket } from 'pipeline/release/bucket.ts'
import { type Environment, environment } from './environment.ts'

/** The bucket of an installation that keeps its releases and pictures in one; undefined where a folder holds them. */
export const bucketOf = ({ storeUrl, bucketAccount }: Environment): BucketPlace | undefined =>
  bucketAccount && { ...bucketAt(storeUrl), ...bucketAccount }

let opened: { bucket: Bucket | undefined } | undefined
/** The bucket of this process's installation, opened once. */
export function bucket(): Bucket | undefined {
  const place = opened ? undefined : bucketOf(environment())
  opened ??= { bucket: place && openBucket(place) }
  return opened.bucket
}
