export { type Client, type ClientOptions, createClient, type VerifiedFile } from './client.ts'
export { type Copy, memoryCopy, type VerifyOptions, verifyCopy } from './copy.ts'
export { type Release, ReleaseError, type ReleaseErrorCode, StaleError, verifyIndex } from './verify.ts'
