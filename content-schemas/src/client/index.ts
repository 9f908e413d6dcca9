export { type Client, type ClientOptions, type Copy, createClient, type Release } from './client.ts'
export { ReleaseError, type ReleaseErrorCode, verifyIndex } from './verify.ts'
