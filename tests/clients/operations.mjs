// Forty operations of Datadog's client for TypeScript against a sandbox; prints a line of JSON for each.
// node operations.mjs URL, with CLIENT at the folder that has the client in its node_modules.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.CLIENT}/`);
const { client, v1, v2 } = require("@datadog/datadog-api-client");

const [url] = process.argv.slice(2);
const configuration = client.createConfiguration({
  authMethods: { apiKeyAuth: "key", appKeyAuth: "app-key" },
  baseServer: new client.BaseServerConfiguration(url, {}),
  enableRetry: false,
});
configuration.unstableOperations = new Proxy({}, { get: () => true, has: () => true });

function unparsed(value, place = "") {
  if (value === null || typeof value !== "object") return [];
  const below = Object.entries(value).flatMap(([key, item]) => unparsed(item, `${place}.${key}`));
  const known = value.constructor?.name !== "UnparsedObject" && !value._unparsed;
  return known || below.length ? below : [`${place || "answer"} is not parsed`];
}

async function call(api, operation, ...parameters) {
  try {
    const answer = await api[operation](...parameters);
    console.log(JSON.stringify({ operation, problems: unparsed(answer) }));
    return answer;
  } catch (error) {
    console.log(JSON.stringify({ operation, problems: [String(error.message ?? error).slice(0, 400)] }));
    return undefined;
  }
}

const on = (api) => new api(configuration);

const monitors = on(v1.MonitorsApi);
const query = "avg(last_5m):avg:system.cpu.user{env:prod} > 90";
const monitor = await call(monitors, "createMonitor", {
  body: { name: "CPU", type: "query alert", query, message: "hot", options: { thresholds: { critical: 90 } } },
});
await call(monitors, "getMonitor", { monitorId: monitor?.id });
await call(monitors, "updateMonitor", { monitorId: monitor?.id, body: { name: "Processor" } });
await call(monitors, "listMonitors");
await call(monitors, "searchMonitors");

const dashboards = on(v1.DashboardsApi);
const board = { title: "Web", layoutType: "ordered", widgets: [{ definition: { type: "note", content: "c" } }] };
const dashboard = await call(dashboards, "createDashboard", { body: board });
await call(dashboards, "getDashboard", { dashboardId: dashboard?.id });
await call(dashboards, "updateDashboard", { dashboardId: dashboard?.id, body: { ...board, title: "Shop" } });
await call(dashboards, "listDashboards");

const objectives = on(v1.ServiceLevelObjectivesApi);
const numbers = { numerator: "sum:a{*}.as_count()", denominator: "sum:b{*}.as_count()" };
const slo = { name: "Up", type: "metric", query: numbers, thresholds: [{ target: 99, timeframe: "7d" }] };
const objective = await call(objectives, "createSLO", { body: slo });
await call(objectives, "getSLO", { sloId: objective?.data?.[0]?.id });
await call(objectives, "listSLOs");

const pipelines = on(v1.LogsPipelinesApi);
const parser = { type: "grok-parser", source: "message", grok: { matchRules: "a b", supportRules: "" } };
const pipeline = await call(pipelines, "createLogsPipeline", {
  body: { name: "web", filter: { query: "source:web" }, isEnabled: true, processors: [parser] },
});
await call(pipelines, "getLogsPipeline", { pipelineId: pipeline?.id });
await call(pipelines, "listLogsPipelines");
await call(pipelines, "getLogsPipelineOrder");

const indexes = on(v1.LogsIndexesApi);
await call(indexes, "createLogsIndex", { body: { name: "web", filter: { query: "source:web" } } });
await call(indexes, "listLogIndexes");
await call(indexes, "getLogsIndexOrder");

const metrics = on(v2.LogsMetricsApi);
const counted = { compute: { aggregationType: "count" }, filter: { query: "*" } };
await call(metrics, "createLogsMetric", {
  body: { data: { id: "web.logs", type: "logs_metrics", attributes: counted } },
});
await call(metrics, "listLogsMetrics");

const archives = on(v2.LogsArchivesApi);
const bucket = { type: "s3", bucket: "b", integration: { accountId: "123456789012", roleName: "r" } };
await call(archives, "createLogsArchive", {
  body: { data: { type: "archives", attributes: { name: "cold", query: "*", destination: bucket } } },
});
await call(archives, "listLogsArchives");

const downtimes = on(v2.DowntimesApi);
const quiet = { scope: "env:prod", monitorIdentifier: { monitorTags: ["team:web"] } };
const downtime = await call(downtimes, "createDowntime", {
  body: { data: { type: "downtime", attributes: quiet } },
});
await call(downtimes, "getDowntime", { downtimeId: downtime?.data?.id });
await call(downtimes, "listDowntimes");

await call(on(v1.NotebooksApi), "listNotebooks");
await call(on(v1.SyntheticsApi), "listTests");
await call(on(v1.SyntheticsApi), "listGlobalVariables");

const roles = on(v2.RolesApi);
const role = await call(roles, "createRole", { body: { data: { type: "roles", attributes: { name: "web" } } } });
await call(roles, "getRole", { roleId: role?.data?.id });
await call(roles, "listRoles");
await call(roles, "listPermissions");

const users = on(v2.UsersApi);
const user = await call(users, "createUser", {
  body: { data: { type: "users", attributes: { email: "ann@example.com" } } },
});
await call(users, "getUser", { userId: user?.data?.id });
await call(users, "listUsers");

const teams = on(v2.TeamsApi);
await call(teams, "createTeam", {
  body: { data: { type: "team", attributes: { name: "Web", handle: "web" } } },
});
await call(teams, "listTeams");

await call(on(v2.SecurityMonitoringApi), "listSecurityMonitoringRules");
await call(on(v2.SensitiveDataScannerApi), "listScanningGroups");
await call(on(v2.KeyManagementApi), "listAPIKeys");
await call(on(v2.RUMApi), "getRUMApplications");
