/** The part of EventBridge's client in use; see `ec2.ts`. */
export { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
