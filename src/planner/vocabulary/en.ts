import type { Vocabulary } from './concepts.ts';

/** English. */
export const EN: Vocabulary = {
  language: 'en',
  verbs: {
    'act:detach': 'strip/stripping/stripped | unset/unsetting/unset',
    'act:start':
      'start/starting/started | launch/launching/launched | power on/powering on/powered on | turn on/turning on/turned on | switch on/switching on/switched on | bring up/bringing up/brought up | boot/booting/booted | boot up/booting up/booted up | power up/powering up/powered up | fire up/firing up/fired up | spin up/spinning up/spun up | wake up/waking up/woke up | start up/starting up/started up | resume/resuming/resumed | bring back up/bringing back up/brought back up | wake/waking/woke',
    'act:stop':
      'stop/stopping/stopped | halt/halting/halted | shut down/shutting down/shut down | shutdown/shutting down/shutdown | power off/powering off/powered off | power down/powering down/powered down | turn off/turning off/turned off | switch off/switching off/switched off | bring down/bringing down/brought down | take down/taking down/took down | shut off/shutting off/shut off | spin down/spinning down/spun down | take offline/taking offline/taken offline | pull the plug on/pulling the plug on/pulled the plug on | suspend/suspending/suspended | pause/pausing/paused',
    'act:restart':
      'restart/restarting/restarted | reboot/rebooting/rebooted | bounce/bouncing/bounced | power cycle/power cycling/power cycled | power-cycle/power-cycling/power-cycled | cycle/cycling/cycled | reset/resetting/reset | kick/kicking/kicked | re-start/re-starting/re-started | relaunch/relaunching/relaunched | recycle/recycling/recycled',
    'act:terminate':
      'throw away/throwing away/thrown away | blow away/blowing away/blown away | do away with/doing away with/did away with | terminate/terminating/terminated | delete/deleting/deleted | destroy/destroying/destroyed | kill/killing/killed | remove/removing/removed | get rid of/getting rid of/got rid of | nuke/nuking/nuked | tear down/tearing down/torn down | decommission/decommissioning/decommissioned | wipe/wiping/wiped | wipe out/wiping out/wiped out | erase/erasing/erased | drop/dropping/dropped | purge/purging/purged | retire/retiring/retired | trash/trashing/trashed | kill off/killing off/killed off',
    'act:resize':
      'resize/resizing/resized | upsize/upsizing/upsized | downsize/downsizing/downsized | convert/converting/converted | upgrade/upgrading/upgraded | downgrade/downgrading/downgraded | rightsize/rightsizing/rightsized',
    'act:grow':
      'grow/growing/grew | extend/extending/extended | expand/expanding/expanded | enlarge/enlarging/enlarged | increase/increasing/increased | bump/bumping/bumped | bump up/bumping up/bumped up | raise/raising/raised | add/adding/added',
    'act:shrink':
      'shrink/shrinking/shrunk | reduce/reducing/reduced | decrease/decreasing/decreased | lower/lowering/lowered',
    'act:scale':
      'scale/scaling/scaled | scale up/scaling up/scaled up | scale down/scaling down/scaled down | scale out/scaling out/scaled out | scale in/scaling in/scaled in',
    'act:set':
      'set/setting/set | change/changing/changed | modify/modifying/modified | update/updating/updated | configure/configuring/configured | adjust/adjusting/adjusted | make/making/made | give/giving/gave | allocate/allocating/allocated | switch/switching/switched | put/putting/put | cap/capping/capped | limit/limiting/limited | reserve/reserving/reserved | restrict/restricting/restricted',
    'act:tag':
      'tag/tagging/tagged | label/labelling/labelled | label/labeling/labeled | untag/untagging/untagged',
    'act:rollback':
      'roll back/rolling back/rolled back | rollback/rolling back/rolled back | undo/undoing/undone | back out/backing out/backed out | go back to the previous version of/going back to/went back to',
    'act:redeploy':
      'redeploy/redeploying/redeployed | re-deploy/re-deploying/re-deployed | roll/rolling/rolled | force a new deployment of/forcing a new deployment of/forced a new deployment of',
    'act:cleanup':
      'clean up/cleaning up/cleaned up | cleanup/cleaning/cleaned | clean/cleaning/cleaned | clear up/clearing up/cleared up',
    'act:revert': 'revert/reverting/reverted | restore/restoring/restored',
    'act:create': 'create/creating/created | file/filing/filed | provision/provisioning/provisioned',
    'act:comment': 'comment/commenting/commented',
    'act:close': 'close/closing/closed',
    'act:send':
      'publish/publishing/published | send/sending/sent | emit/emitting/emitted | post/posting/posted | broadcast/broadcasting/broadcast',
    'act:enable': 'enable/enabling/enabled | activate/activating/activated | unpause/unpausing/unpaused',
    'act:disable':
      'disable/disabling/disabled | deactivate/deactivating/deactivated | kill switch/killing/killed',
    'act:open':
      'open/opening/opened | expose/exposing/exposed | allow/allowing/allowed | grant/granting/granted',
    'act:other':
      'attach/attaching/attached | detach/detaching/detached | migrate/migrating/migrated | move/moving/moved | rename/renaming/renamed | patch/patching/patched | install/installing/installed | uninstall/uninstalling/uninstalled | drain/draining/drained | failover/failing over/failed over | fail over/failing over/failed over | promote/promoting/promoted | deploy/deploying/deployed | clone/cloning/cloned | copy/copying/copied | run/running/ran | execute/executing/executed | replace/replacing/replaced | rotate/rotating/rotated | hibernate/hibernating/hibernated | format/formatting/formatted | unmount/unmounting/unmounted | mount/mounting/mounted | deregister/deregistering/deregistered | register/registering/registered | associate/associating/associated | truncate/truncating/truncated | swap/swapping/swapped | isolate/isolating/isolated | quarantine/quarantining/quarantined | evict/evicting/evicted | cordon/cordoning/cordoned | back up/backing up/backed up',
    'read:show':
      'show/showing/shown | display/displaying/displayed | print/printing/printed | get/getting/got | fetch/fetching/fetched | pull up/pulling up/pulled up | check/checking/checked | give me/giving me/gave me | tell me/telling me/told me | let me see/seeing/saw | see/seeing/seen | view/viewing/viewed | look at/looking at/looked at | pull/pulling/pulled | read/reading/read | plot/plotting/plotted | graph/graphing/graphed | check on/checking on/checked on | look up/looking up/looked up | monitor closely/monitoring closely/monitored closely | report/reporting/reported | show me/showing me/showed me | what does/what do/what did | chart/charting/charted | watch/watching/watched | break down/breaking down/broken down | split/splitting/split | tail/tailing/tailed',
    'read:list':
      'list/listing/listed | list out/listing out/listed out | enumerate/enumerating/enumerated | inventory/inventorying/inventoried',
    'read:describe':
      'describe/describing/described | tell me about/telling me about/told me about | inspect/inspecting/inspected',
    'read:summarise':
      'summarise/summarising/summarised | summarize/summarizing/summarized | sum up/summing up/summed up | recap/recapping/recapped | digest/digesting/digested',
    'read:investigate':
      'investigate/investigating/investigated | analyse/analysing/analysed | analyze/analyzing/analyzed | diagnose/diagnosing/diagnosed | troubleshoot/troubleshooting/troubleshot | debug/debugging/debugged | look into/looking into/looked into | dig into/digging into/dug into | find out/finding out/found out | get to the bottom of/getting to the bottom of/got to the bottom of | figure out/figuring out/figured out | explain/explaining/explained',
    'read:search':
      'search/searching/searched | find/finding/found | grep/grepping/grepped | query/querying/queried | look for/looking for/looked for | search for/searching for/searched for | are there any/is there any/were there any',
    'read:design':
      'design/designing/designed | architect/architecting/architected | build me/building me/built me | sketch/sketching/sketched | build/building/built',
    'read:generate': 'generate/generating/generated | write/writing/wrote | draft/drafting/drafted',
    'read:scan': 'scan/scanning/scanned | map out/mapping out/mapped out',
  },
  separable: {
    'act:detach': 'take…off | pull…off',
    'act:shrink': 'turn…down to | drop…to | cut…to | drop…down to | bring…down to | take…down to',
    'act:start':
      'turn…on | switch…on | power…on | bring…up | bring…back up | bring…online | bring…back online | boot…up | spin…up | fire…up | wake…up | power…up | start…up | get…running | get…back up | get…up and running | bring…back | get…back online | get…online | get…going | put…online',
    'act:stop':
      'turn…off | switch…off | power…off | shut…down | shut…off | bring…down | take…down | take…offline | power…down | spin…down | put…to sleep',
    'act:rollback': 'roll…back | back…out | put…back to | switch…back to | take…back to | move…back to',
    'act:terminate': 'tear…down | wipe…out | kill…off',
    'act:scale': 'scale…up | scale…down | scale…out | scale…in',
    'act:cleanup': 'clean…up',
    'act:grow': 'bump…up | turn…up to | bring…up to | take…up to',
    'ref:withdraw': 'leave…alone | leave…be',
  },
  nouns: {
    'topic:aws_health': 'health event | aws event | aws incident | maintenance event | service event',
    'topic:failover': 'failover | fail-over',
    'kind:instance':
      'instance | server | machine | vm | box | host | ec2 instance | ec2 | ec2 server | virtual machine | ec2 box | boxen',
    'kind:database':
      'database | db | rds | rds instance | rds database | database instance | db instance | dbs',
    'kind:function': 'function | lambda | lambda function | serverless function',
    'kind:service': 'service | ecs service | microservice | ecs task | fargate service',
    'kind:deployment': 'deployment | k8s deployment | kubernetes deployment',
    'kind:auto_scaling_group':
      'auto scaling group | autoscaling group | asg | scaling group | auto-scaling group | scale group',
    'kind:load_balancer':
      'load balancer | loadbalancer | alb | nlb | elb | lb | load-balancer | application load balancer | network load balancer',
    'kind:api': 'api gateway | rest api | http api',
    'kind:cluster': 'cluster | ecs cluster | eks cluster | k8s cluster | kubernetes cluster',
    'kind:managed_cluster':
      'msk cluster | emr cluster | msk | emr | mwaa | mwaa environment | airflow environment',
    'topic:alarm': 'alarm | alert | cloudwatch alarm | alerting | page',
    'topic:log': 'log | log line | log entry | log message | logging | stack trace | stacktrace | exception',
    'topic:log_group': 'log group | loggroup | log stream',
    'topic:event': 'event',
    'topic:change': 'change | modification | audit trail | cloudtrail event | change history',
    'topic:earlier_version':
      'previous version | last version | version before | earlier version | prior version | old version | the last version | last release | the last release | previous release | previous revision | last revision | the version before | previous deployment',
    'topic:deploy': 'deployments | deploy | deployment history | recent deployment | release | rollout',
    'topic:dependency':
      'dependency | dependencies | dependent | upstream | downstream | blast radius | caller | callee | dependency graph',
    'topic:cost':
      'cost | bill | billing | invoice | charge | aws bill | aws cost | cloud cost | expense | money | price',
    'topic:anomaly': 'anomaly | anomalies | outlier | spike | irregularity',
    'topic:incident': 'incident | outage report',
    'topic:runbook':
      'runbook | sop | playbook | procedure | standard operating procedure | guide | run book | documentation | doc | wiki | instructions',
    'topic:pod': 'pod | container',
    'topic:node': 'node | worker node | k8s node | kubernetes node',
    'topic:namespace': 'namespace',
    'topic:target': 'target | backend | target group | registered target | target health',
    'topic:issue': 'issue | ticket',
    'topic:trace': 'trace',
    'topic:script': 'script | recovery script | remediation script',
    'topic:problem': 'problem | trouble | outage | disruption',
    'topic:top_sql':
      'load | top sql | top query | top queries | slow query | slow queries | expensive query | expensive queries | database load | db load | wait event | performance insight | heaviest query | heaviest queries | query load | busiest query',
    'guarded:network_object':
      'vpc | subnet | route table | internet gateway | nat gateway | network acl | peering connection | vpn | transit gateway',
    'guarded:bucket_object': 'bucket | s3 bucket | s3 | log group data',
    'guarded:snapshot': 'snapshot | backup | ami | image',
    'guarded:trail':
      'cloudtrail | cloud trail | trail | aws config | config recorder | guardduty | audit log | audit logging',
    'guarded:identity':
      'iam | iam user | iam role | iam policy | iam policies | role policy | access key | permission | admin access | administrator access | policy | policies | iam permission | admin right | admin rights | admin privilege',
    'guarded:security_group':
      'security group | firewall | firewall rule | inbound rule | ingress rule | ingress | port | ssh port | sg',
    'measure:connections': 'connection | db connection | database connection | open connection',
    'measure:errors': 'error | failure | error rate | error count | faults',
    'measure:requests': 'request | request count | hit | request rate | rps | traffic',
    'measure:invocations': 'invocation | call count | execution',
    'measure:throttles': 'throttle | throttling | throttled request | throttled call',
    'measure:errors_5xx': '5xx | 5xx error | server error | http 5xx | 500 error | 5xxs | 500s',
    'measure:errors_4xx': '4xx | 4xx error | client error | 4xxs',
    'measure:healthy_hosts': 'healthy host | healthy host count',
    'measure:unhealthy_hosts': 'unhealthy host | unhealthy host count | unhealthy target',
    'topic:metric': 'metric | statistic | stat',
    'unit:count': 'unit | task | copy | copies | replica | member',
    'time:second_unit': 'sec | secs',
    'time:minute': 'minute | min',
    'time:hour': 'hour | hr',
    'time:day': 'day',
    'time:week': 'week | wk',
    'time:month': 'month',
  },
  words: {
    'kind:service': 'ecs',
    'topic:top_sql':
      'sql | sql statement | sql statements | queries | running queries | waiting on | waiting for | hammering | long running queries | wait events | waits | top waits | loaded',
    'topic:by_tag': 'by tag | per tag',
    'time:year_end':
      'year end | year-end | end of the year | end of year | the end of this year | rest of the year | eoy',
    'time:next_month': 'next month',
    'topic:aws_name': 'aws | amazon | amazon web services',
    'topic:aws_health':
      'aws health | aws outage | aws outages | health dashboard | service health dashboard | personal health dashboard | aws status page | scheduled maintenance | planned maintenance | upcoming maintenance | maintenance scheduled | maintenance planned',
    'topic:failover': 'fail over | failed over | failing over',
    'level:info': 'info | informational',
    'level:low': 'low',
    'level:medium': 'medium',
    'level:high': 'high',
    'level:critical': 'critical',
    'topic:severity': 'severity | sev | priority',
    'topic:timeout': 'timeout | time limit | time-out',
    'topic:history':
      'history | recent history | last fire | last fired | last trigger | state changes | transitions | times did | how often | how many times',
    'kind:api': 'apis',
    'topic:forecast':
      'forecast | projected | projection | predict | predicted | estimate | expected | will the bill be | will it cost | going to cost | will we spend | will be spent | will we pay | going to spend | on track to spend | will our bill be | going to pay | will cost | forecasted | end up | will we have spent | will we have paid | by the end of',
    'topic:cost':
      'will the bill be | will it cost | going to cost | will we spend | will be spent | will we pay | going to spend | will our bill be | going to pay | will cost | spend | spending | spent | did we spend | how much are we paying | paying | pay | cost | costs | costing | aws spend | burn | burned | will we have spent | will we have paid',
    'topic:anomaly':
      'weird | unusual | strange | anomalous | abnormal | odd | suspicious | unexpected | weirdness | out of the ordinary | spiky | funny',
    'topic:touch':
      'touched | touch | mess with | fiddle with | tamper with | messed with | fiddled with | tampered with | edited | changed | modified | updated | deployed | made changes to | did what to | meddled with',
    'topic:change': 'what happened | happened | what is new | whats new | what is different',
    'topic:dependency':
      'would break | breaks if | would be affected | is affected | be impacted | is impacted by | depends on | depend on | depending on | relies on | rely on | talks to | talk to | connected to | connects to | uses | calls | called by | calling | who uses | affected if | impacted by | hangs off | hang off | needs to work | break if | goes down with',
    'topic:console':
      'console output | console log | console logs | boot log | boot logs | system log | system logs | serial console | boot output | serial output | boot messages | console | serial log | kernel log | boot console',
    'topic:drift':
      'drift | drifted | config drift | configuration drift | drifting | out of sync | baseline | differs from git',
    'topic:config': 'timeout | time limit | config | configuration | settings | setup',
    'topic:todo':
      'what to do | what should i do | what should we do | what do i do | what do we do | how should i respond | how to handle | how to respond | how to deal with | how do we handle | how do i fix | how do we fix | how to fix | how to recover | how do i recover | steps for | steps to | best practice | best practices | recommended way | how do we deal with | how do i handle | how do i deal with',
    'topic:tag_word': 'tag | tags | tagged | tagged with | labelled | labeled | label | labels',
    'topic:untagged':
      'untagged | no tag | no tags | without tags | without a tag | missing tags | missing tag | not tagged | lack tags | lack a tag | lacks a tag | missing the tag | without the tag | missing | lacking | lack',
    'topic:kubernetes': 'kubernetes | k8s | eks',
    'topic:chaos':
      'chaos | chaos experiment | chaos experiments | chaos test | chaos mesh | fault injection | chaos testing | experiment',
    'topic:disk':
      'disk | volume | ebs volume | ebs | storage | root volume | root disk | drive | disk size | volume size | disk space | hard drive | hard disk | ssd | root drive | data disk | filesystem',
    'topic:monitoring':
      'monitoring | auto monitoring | auto-monitoring | automatic monitoring | monitor mode | watch mode | auto mode | surveillance | the monitor | auto monitor | automonitoring | monitoring mode',
    'topic:auto': 'auto',
    'topic:health': 'health | healthy | unhealthy | health check | health checks | target health',
    'topic:status':
      'status | state | details | detail | info | information | doing | up | alive | ok | okay | fine | specs | spec | how is | hows | ip | ip address | private ip | public ip | availability zone | az | launch time | uptime | start time | instance id | configuration of | looking | overview of | up and running | in good shape | reachable | properties | payload | body',
    'topic:problem':
      'problems | issues itself | having trouble | having issues | having problems | having an outage | operational issue | service health | health dashboard | status page | degraded | outage | something wrong | anything wrong',
    'topic:symptom':
      'slow | slower | sluggish | down | broken | failing | laggy | unresponsive | not responding | not working | timing out | crashing | erroring | stuck | hung | frozen | bad | flaky | high | low | hanging | spiking | wedged | acting up | misbehaving | overloaded | dead | unavailable | unreachable | throwing errors | hot | not reachable | dying | crash | crashed | unhealthy | full | degraded | returning errors | so high | playing up | hosed | borked | fell over | toast',
    'topic:cause':
      'cause | root cause | root-cause | rca | reason | what is wrong with | whats wrong with | what happened to | what happened with | what went wrong with | what is going on with | whats going on with | what is the matter with | whats up with | what is up with | culprit | what broke',
    'topic:aws':
      'aws itself | is aws | aws health | amazon itself | aws service health | aws outage | aws side | aws problem | aws status | aws down',
    'topic:infrastructure':
      'infrastructure | infra | estate | architecture | three tier | three-tier | web app | terraform | landing zone | 3 tier | 3-tier | stack | static site | data pipeline | serverless app',
    'topic:overview': 'overview | summary | at a glance | cluster health',
    'topic:datadog': 'datadog | dd',
    'topic:opensearch': 'opensearch | elasticsearch | open search',
    'topic:github': 'github | github issue | github issues | gh issue | gh issues | git hub',
    'topic:prometheus': 'prometheus | promql',
    'topic:monitor': 'monitor | monitors',
    'topic:instance_type':
      'instance type | instance class | database class | db class | class | instance size | machine type | type | machine size | size',
    'topic:capacity':
      'capacity | desired capacity | desired count | desired size | desired | replica count | task count | task counts | running count',
    'topic:metric': 'metrics | utilization | utilisation | usage | graph',
    'topic:by_service':
      'by service | per service | for each service | each service | broken down by service | split by service | grouped by service | service by service | which service | which services | by aws service | service breakdown',
    'topic:by_region':
      'by region | per region | for each region | each region | broken down by region | split by region | grouped by region | region by region | which region',
    'topic:by_account':
      'by account | per account | by linked account | each account | for each account | broken down by account',
    'topic:by_usage': 'by usage type | per usage type | by usage | usage type',
    'topic:daily': 'daily | per day | day by day | by day | each day | a day',
    'topic:monthly': 'monthly | per month | month by month | by month | each month',
    'topic:average': 'average | avg | mean',
    'topic:maximum': 'maximum | max | peak | highest',
    'topic:minimum': 'minimum | min value | lowest',
    'topic:total': 'sum of | sum',
    'topic:parameter': 'parameter | parameter value',
    'topic:owner': 'owner tag',
    'measure:cpu':
      'load | cpu | cpu usage | cpu utilization | cpu utilisation | cpu load | processor | processor usage | cpuutilization | cpus | processor load',
    'measure:memory':
      'memory | ram | mem | memory usage | free memory | memory utilization | freeable memory | freeablememory | mem usage | ram usage',
    'measure:network':
      'network | bandwidth | network traffic | network usage | throughput | network throughput',
    'measure:network_in':
      'network in | inbound traffic | incoming traffic | bytes in | networkin | inbound network | ingress traffic | network inbound | download traffic',
    'measure:network_out':
      'network out | outbound traffic | outgoing traffic | bytes out | networkout | outbound network | egress | egress traffic | network outbound | upload traffic',
    'measure:disk_read':
      'disk read | disk reads | read ops | read iops | read throughput | disk read ops | disk read bytes',
    'measure:disk_write':
      'disk write | disk writes | write ops | write iops | write throughput | disk write ops | disk write bytes',
    'measure:disk_used':
      'disk space | disk usage | disk utilization | disk used | disk utilisation | disk space usage | how full is the disk | disk io | disk i/o',
    'measure:status_check':
      'status check | status checks | status check failed | status check failures | failed status checks | statuscheckfailed',
    'measure:latency':
      'latency | response time | response times | p99 latency | target response time | p99 | p95',
    'measure:errors': 'errors | error rate',
    'measure:requests': 'requests per second | requests | req/s',
    'measure:duration': 'duration | durations | run time | execution time | runtime | execution duration',
    'measure:concurrency':
      'concurrency | concurrent executions | concurrent invocations | reserved concurrency | concurrency limit',
    'measure:free_storage':
      'free storage | free space | free disk space | storage space | free storage space | disk left | space left | storage left | remaining storage',
    'measure:iops': 'iops | io | i/o',
    'measure:replica_lag': 'replica lag | replication lag | lag',
    'measure:cpu_credits': 'cpu credits | cpu credit balance | credit balance | credits | burst credits',
    'guarded:world':
      'the world | the internet | 0.0.0.0/0 | everyone | public | the public | publicly | anywhere | any ip | ::/0 | everybody | to all ips | the whole internet',
    'guarded:account_object': 'the account | aws account | whole account | this account | organization',
    'state:running':
      'running | started | online | active | up right now | currently up | turned on | switched on | powered on | are on',
    'state:stopped':
      'stopped | offline | not running | shut down | powered off | turned off | switched off | halted | are off | are down | is off | isnt running | arent running | powered down',
    'state:terminated': 'terminated | deleted | destroyed',
    'state:pending': 'pending | starting up',
    'state:firing':
      'firing | fired | tripping | triggered | ringing | going off | active alarms | in alarm | alarming | red | active alerts | raised | currently firing | on fire | active right now | tripped | in alarm state | blaring | screaming | breached | are active | open alerts',
    'state:ok': 'are ok | that are ok | is ok | in ok | ok state | in ok state | green',
    'state:insufficient': 'insufficient data | insufficient_data | no data',
    'mark:negation':
      "don't | do not | dont | not | never | no longer | don t | cannot | can't | cant | won't | wont | shouldn't | shouldnt | should not | must not | mustn't | no need to | isn't | isnt | aren't | arent | wasn't | wasnt | didn't | didnt | refrain from | avoid | leave alone | hold off | hold off on | stay away from | by no means | without | neither | nor | doesn't | doesnt | rather than | wouldn't | nobody | no one | hands off | keep your hands off | do nothing to | nothing to | stop short of | do n't | don’t | needn't | abort | leave",
    'mark:except':
      'except | except for | but not | excluding | apart from | other than | and not | instead of | aside from | minus | save for | with the exception of | all but',
    'mark:hypothetical':
      'what would happen | what happens | what if | what will happen | suppose | supposing | imagine | hypothetically | would it | could it | if i | if we | if you | if someone | if somebody | what would | consequences of | impact of | effect of | effects of | risk of | risks of | in theory | theoretically | would we lose | will i lose | do we lose | would i lose | is there a risk | simulate | say we | say i | let us say | lets say | were to | pretend | would anything | will anything | how long does it take | how long would | how long will | what breaks | who would notice | implications of | who is affected | dry run | dry-run',
    'mark:about':
      'maybe | perhaps | can i | could i | may i | might i | should i | should we | shall i | shall we | is it safe | is it ok | is it okay | ok to | okay to | safe to | do i need to | do we need to | do i have to | do we have to | am i allowed | are we allowed | can we | could we | may we | is it possible | possible to | would it be | is it worth | worth | when should | why should | thinking about | thinking of | considering | planning to | plan to | i might | we might | was going to | were going to | is it a good idea | good idea to | should | is it necessary | any reason to | any risk in | wondering | debating | whether | does it make sense | must i | must we | need i | would you recommend | do you recommend | do you think | are you able to | is there a way to | who can | who may | who is allowed to | can it | tempted to | dare i | unsure | i used to | intend to | going to | about to | supposed to | advisable | have the right to | allowed to | is it a good time to | good time to | bad time to | is now a good time to',
    'mark:howto':
      'how do i | how to | how do we | how can i | how can we | how should i | how would i | how does one | how do you | how would you | steps to | steps for | procedure for | way to | what is the best way | best way to | guide to | instructions for | explain how | show me how | tell me how | teach me | what command | which command | how would one | what is the procedure | how are we supposed to | whats the right way | right way to',
    'mark:why':
      "why | how come | what caused | what made | for what reason | what is causing | what's causing | whats causing | what led to | reason for | reason why",
    'mark:who':
      'who | whom | which user | which person | which engineer | anyone | anybody | someone | somebody | has anybody | has anyone',
    'mark:when': 'when | what time | at what time | since when',
    'mark:which':
      "which | what | what's | whats | how many | how much | where | what are | what is | which one | which ones | whatever | are there | is there | what kind of | do we have | do i have | have we got",
    'mark:if':
      'if | in case | when | once | whenever | unless | as soon as | until | after | before | provided | assuming | as long as | only if | the moment | should it | while | every time | every day | every night | every hour | every week | each night | each time | nightly | at midnight | at night',
    'mark:reported':
      'told me | told us | told you | asked me | asked us | asked you | told | said | says | told | tells | asked | asks | wants me to | wants us to | wanted to | suggested | suggests | recommended | recommends | according to | mentioned | wrote | writes | ordered | claims | claimed | reads | advised | insists | insisted | instructs | instructed | demanded | proposed | proposes | thinks | thought | begged | yelled | shouted | noted | posted | messaged | pinged | emailed | heard | quote | wants to',
    'mark:was':
      'was | were | did | has | have | had | been | got | has been | have been | already | just got | ago',
    'mark:subject':
      'they | he | she | we | people | someone else | everyone else | users | i | you | who | nobody | it says | usually | normally | always | often',
    'mark:please':
      "please | pls | plz | kindly | just | go ahead and | go ahead | now | right now | immediately | asap | right away | quickly | again | for me | for us | thanks | thx | for good | permanently | forever | without asking | no questions asked | without confirmation | without approval | without confirming | right this second | this instant | hey | ok | okay | so | well | alright | quick | hi | hello | hey there | first | next | finally | lastly | gracefully | safely | carefully | force | forcefully | hard | ty | cheers | real quick | real fast | at once | stat | this minute | immediatly | mate | buddy | dear | if you can | if possible | if you would | if you please | if you could | if you do not mind | if you dont mind | anyway | manually | do it now | hurry | one more time | once more | urgently | a bit | really | simply | straight away | straightaway | try to | try and | be so kind as to | be a dear and | do | do a | do me a favor and | do me a favour and | perform a | perform | issue a | trigger a | initiate a | initiate | run a | don't ask | don't ask me | do not ask | don't bother asking | for the night | for the weekend | overnight | for a while | for today | dont ask | dont ask me | do not ask me | without prompting | skip the confirmation | skip confirmation | skip approval | no confirmation | no confirmation needed | i approve | approved | yolo | gimme",
    'mark:ask':
      'can you | could you | would you | will you | can u | could u | would you please | would you mind | mind | would you kindly | can you please | could you please | can ya | could someone | can someone | could somebody | can somebody | are you able to please | go and | why dont you | i order you to | you can | you may | you should | you must | please go and',
    'mark:want':
      "i want to | i need to | i'd like to | i would like to | i want you to | i need you to | i'd like you to | i would like you to | we need to | we want to | let's | lets | let us | need to | want to | time to | have to | got to | gotta | needs a | needs to be | need a | should be | needs | i need | i want | must be | has to be | requires a | let me | we have to | wanna | we must | i must | i have to | it is time to | we'd like to | id like to | we gotta | i gotta | help me | i wanna | could use a | deserves a | ill have you",
    'mark:causative':
      "i'd like | i would like | i want | we want | we'd like | we need | i need | please have | please get | can we get | can i get | could we get | could i get | can we have | could we have | let's get | lets get | let's have | need to get | want to get | needs to be | need to be | must be | has to be | have to be | get | have",
    'mark:then':
      'then | and then | after that | afterwards | next | followed by | finally | after which | subsequently',
    'mark:and': 'and | & | plus | as well as | along with | together with | or | + | n',
    'mark:but': 'but | however | though | although | yet | only',
    'mark:because':
      "because | since it is | since it's | as it | because of | due to | cause it | cuz | seeing that | given that | so that | so i can | so we can | in order to | to save | to free | for maintenance | to apply | to fix | to clear | bc | since its | as its | as it is | to save money | to pick up | to see if | now that | given how",
    'mark:relative':
      'which is | which are | that is | that are | who is | which isnt | that isnt | which was | that was | that has | that have | which has | which have | that',
    'mark:future':
      'tomorrow | later | tonight | next week | next month | in the evening | in a while | soon | in a bit | at noon | next time | this weekend | on monday | on friday | next monday | after work | scheduled for | schedule | in the morning | on sunday | on saturday',
    'mark:on': 'on | to on',
    'mark:off': 'off | to off',
    'mark:relative_amount':
      'by | another | more | fewer | less | double | twice | halve | extra | additional | triple | one more',
    'ref:it':
      'it | that one | this one | this | that | the same one | that thing | that instance | this instance | that server | this server | that machine | this machine | that box | this box | that guy | that host | the instance | that db | that database | said instance | the thing | him | her',
    'ref:its': "its | it's | that one's | his | that instance's | that server's",
    'ref:them':
      'their | them | these | those | they | those two | these two | all of them | the two | both of them | those instances | these instances | those servers | these servers | the pair | the lot',
    'ref:other_one':
      'the other one | the other | other one | and the other one | its sibling | its twin | the other instance | the other server | the other box',
    'ref:both': 'both | both of',
    'ref:all':
      'all | every | each | all the | all of the | all of our | every single | entire | whole | all our | the entire | the whole | each and every | every last',
    'ref:one_of':
      'any | any of | any of the | one of | one of the | either | either of | a random | whichever | some of the',
    'ref:everything':
      'everything | all of it | every thing | all things | all the things | anything | the lot of it | all resources | every resource | the whole fleet | the entire fleet | the fleet | our fleet | the whole environment | the entire environment | the whole estate',
    'ref:first':
      'first | the first | the first one | first one | 1st | number one | former | option 1 | the 1st',
    'ref:second':
      'second | the second | the second one | second one | 2nd | number two | latter | option 2 | the 2nd',
    'ref:third': 'third | the third | the third one | third one | 3rd | number three | option 3 | the 3rd',
    'ref:last': 'the last one | the last | last one | the final one',
    'ref:yes':
      'yes | y | yep | yeah | yup | sure | ok do it | do it | correct | right | exactly | affirmative | go for it | confirm | confirmed | of course | absolutely | that is right | sounds good | yes please | indeed | aye | ya',
    'ref:no': 'no | nope | nah | n | no thanks | negative | no way',
    'ref:withdraw':
      'forget it | never mind | nevermind | cancel | cancel that | scratch that | drop it | no need | leave it | skip it | nvm | forget that | ignore that | changed my mind | stop that | none of them | neither of them | leave it alone | leave them alone | neither | forget about it | not now | i changed my mind | leave it be | call it off | none | on second thought no | belay that | hold on | wait | disregard | disregard that | cancel it',
    'ref:thanks':
      "thanks | thank you | thx | cheers mate | that's all | that is all | thats all | great thanks | many thanks | much appreciated | ty so much | bye | goodbye | good job | nice work | nice one | well done | perfect | awesome | cool | great | good night | appreciate it | good work | great job | that will be all | lovely | thank u | got it | brilliant | see you",
    'ref:greeting':
      'hello | hi | hey | good morning | good afternoon | good evening | howdy | greetings | yo | whats up | sup | hi there | hello there',
    'ref:help':
      'help | what can you do | what do you do | who are you | how do you work | what are you | what can i ask | usage help | list commands | how does this work | what can i say',
    'ref:instead': 'instead | rather',
    'ref:also':
      'also | too | as well | how about | what about | and | same for | and for | and also | what of | hows about',
    'ref:same':
      'the same for | the same to | same thing for | same thing to | do the same for | do the same to | do the same with | same with | same for | likewise for | ditto for | ditto',
    'time:last_span':
      'last | past | previous | recent | latest | over the last | in the last | over the past | during the past | within the last | during the last | for the last | for the past | trailing | preceding | in the past',
    'time:since': 'since | from | starting | beginning',
    'time:until': 'until | till | through | up to',
    'time:now': 'now | right now | currently | current | at the moment | at present | presently',
    'time:today': 'today | so far today',
    'time:yesterday': 'yesterday | last night | day before',
    'time:day_before_yesterday': 'day before yesterday | the day before yesterday',
    'time:this_week': 'this week | week to date',
    'time:last_week': 'last week | previous week',
    'time:this_month': 'this month | month to date | mtd | current month | so far this month',
    'time:last_month': 'last month | previous month',
    'time:month_end':
      'end of the month | end of month | month end | month-end | end of this month | eom | month is over | rest of the month | by the end of the month | months end',
    'time:this_year': 'this year | year to date | ytd',
    'time:noon': 'noon | midday',
    'time:midnight': 'midnight',
    'time:morning': 'morning | this morning',
    'time:evening': 'evening | this evening',
    'time:am': 'am | a.m.',
    'time:pm': 'pm | p.m.',
    'time:half': 'half an | half a | half',
    'unit:gb': 'gb | gib | gig | gigs | gigabyte | gigabytes | g',
    'unit:tb': 'tb | tib | terabyte | terabytes',
    'unit:mb': 'mb | mib | meg | megs | megabyte | megabytes | m',
    'unit:percent': '% | percent | pct',
    'time:second_unit': 'seconds',
    'month:1': 'january | jan',
    'month:2': 'february | feb',
    'month:3': 'march',
    'month:4': 'april | apr',
    'month:5': 'in may',
    'month:6': 'june | jun',
    'month:7': 'july | jul',
    'month:8': 'august | aug',
    'month:9': 'september | sep | sept',
    'month:10': 'october | oct',
    'month:11': 'november | nov',
    'month:12': 'december | dec',
    particle: "'s | ’s",
    plain:
      'do we run | we run | are we running | do we use | are deployed | is deployed | currently deployed | a | an | on | the | my | our | your | of | in | for | to | at | with | me | us | is | are | be | there | any | some | currently | current | over | during | within | into | from | about | behind | under | inside | named | called | name | id | please | existing | here | lately | recently | around | per | has | have | does | will | would | can | could | as | out | up | so far | own | actually | still | very | much | many | it is | right | one | ones | group | following | called the | between | against | across | see | going | happening | have been | like | per-instance | value | values | number | count | data | time | period | shop | region | ec2 console | production use | on aws | in aws | aws | cloud | these days | on my | on the | on our | level | levels | current value | numbers | figures | figure | look | looks | feeling | today',
  },
  numbers: {
    zero: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    fifteen: 15,
    twenty: 20,
    thirty: 30,
    'forty-five': 45,
    sixty: 60,
    hundred: 100,
    couple: 2,
    'a couple of': 2,
    'a few': 3,
    dozen: 12,
    'an hour': 1,
  },
  roles: {
    gateway: 'gateway gw',
    database: 'db database',
    databases: 'db database',
    db: 'db database',
    production: 'prod production prd live',
    prod: 'prod production prd live',
    staging: 'staging stage stg',
    stage: 'staging stage stg',
    development: 'dev development',
    dev: 'dev development',
    testing: 'test testing qa',
    test: 'test testing qa',
    qa: 'qa test',
    jump: 'jump bastion jumpbox jumphost',
    bastion: 'bastion jump jumpbox',
    frontend: 'frontend front fe web',
    backend: 'backend back be',
    worker: 'worker wrk',
    cache: 'cache redis memcached',
    payments: 'payment payments pay',
    payment: 'payment payments pay',
    orders: 'order orders',
    order: 'order orders',
  },
};
