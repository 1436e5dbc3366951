/** The part of API Gateway's second client in use: HTTP and WebSocket APIs; see `ec2.ts`. */
export { ApiGatewayV2Client, GetApisCommand, GetStagesCommand } from '@aws-sdk/client-apigatewayv2';
