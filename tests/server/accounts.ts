/** A small shop with all that this room's tools look at. */
export const SHOP = `
account: "111122223333"
alias: shop
regions: [ap-northeast-2]
clock: 2026-11-20T09:00:00Z
protected: [vault]
ec2:
  - {id: i-0b47c0de00000001, name: web-1, type: t3.medium, state: running, az: ap-northeast-2a, tags: {env: prod}}
  - {id: i-0b47c0de00000002, name: web-2, type: t3.medium, state: running, az: ap-northeast-2b, tags: {env: prod}}
  - {id: i-0b47c0de00000003, name: api-1, type: m6i.large, state: running, az: ap-northeast-2a, tags: {env: prod},
     volumes: [{id: vol-0123456789abcdef0, size_gb: 100, device: /dev/xvda}]}
  - {id: i-0b47c0de00000004, name: batch-1, type: c6i.xlarge, state: stopped, az: ap-northeast-2b, tags: {env: dev}}
  - {id: i-0b47c0de00000005, name: bastion, type: t3.micro, state: running, az: ap-northeast-2a}
  - {id: i-0b47c0de00000006, name: twin, type: t3.micro, state: running, az: ap-northeast-2a}
  - {id: i-0b47c0de00000007, name: twin, type: t3.micro, state: stopped, az: ap-northeast-2a}
  - {id: i-0b47c0de00000008, name: vault, type: t3.micro, state: running, az: ap-northeast-2a}
rds:
  - {id: orders-db, engine: postgres}
asg:
  - {name: web-asg, min: 2, max: 4, desired: 2, instances: [web-1, web-2]}
elb:
  - {name: shop-alb, type: application, targets: [{id: web-1}, {id: web-2}]}
dependencies:
  - {from: web-1, to: api-1}
  - {from: api-1, to: orders-db}
changes:
  - {at: 2026-11-20T08:31:00Z, who: deploy-bot, event: RunInstances, resource: api-1}
alarms:
  - {name: api-cpu-high, state: ALARM, since: 2026-11-20T08:40:00Z, namespace: AWS/EC2, metric: CPUUtilization,
     dimensions: {InstanceId: api-1}, comparison: ">", threshold: 80, period: 60, periods: 3}
metrics:
  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: web-1}, shape: {base: 40, noise: 0.1}}
  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: api-1}, shape: {base: 90, noise: 0.05}}
  - {namespace: AWS/RDS, name: CPUUtilization, dimensions: {DBInstanceIdentifier: orders-db}, shape: {base: 20, noise: 0.1}}
`;
