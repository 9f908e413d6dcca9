/** Name of the lease by which a worker shows that it is there. */
export const workerLease = 'worker'
/** For how long it holds, milliseconds. */
export const leaseTime = 30_000
