declare const PIPELINE_VERSION: string | undefined

/** Names this code: a hash of the pipeline's sources, written in when they are bundled. Other code, other files. */
export const pipelineVersion: string = typeof PIPELINE_VERSION === 'string' ? PIPELINE_VERSION : 'unbundled'
