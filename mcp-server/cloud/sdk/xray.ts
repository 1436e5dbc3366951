/** The part of X-Ray's client in use; see `ec2.ts`. */
export { paginateGetServiceGraph, XRayClient } from '@aws-sdk/client-xray';
