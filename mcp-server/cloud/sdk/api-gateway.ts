/** The part of API Gateway's client in use: REST APIs; see `ec2.ts`. */
export { APIGatewayClient, GetStagesCommand, paginateGetRestApis } from '@aws-sdk/client-api-gateway';
