/** What to do about a key that docker's stacks do not have. */

/** Of files for `docker compose`, which has gone on without `docker stack`. (github.com/compose-spec/compose-spec schema) */
const OF_COMPOSE: ReadonlySet<string> = new Set([
  ...['annotations', 'attach', 'blkio_config', 'cpu_count', 'cpu_percent', 'cpu_period', 'cpu_quota', 'cpu_rt_period'],
  ...['cpu_rt_runtime', 'cpu_shares', 'cpus', 'cpuset', 'develop', 'device_cgroup_rules', 'extends'],
  ...['gpus', 'group_add', 'include', 'label_file', 'mem_limit', 'mem_reservation', 'mem_swappiness', 'memswap_limit'],
  ...['models', 'name', 'oom_kill_disable', 'pids_limit', 'platform', 'post_start', 'pre_stop', 'profiles', 'provider'],
  ...['pull_policy', 'runtime', 'scale', 'storage_opt', 'use_api_socket', 'uts', 'volumes_from'],
]);

export function hintFor(key: string, known: readonly string[]): string {
  const meant = known.find((candidate) => isSlip(key, candidate));
  if (meant !== undefined) return `did you mean ${meant}?`;
  if (OF_COMPOSE.has(key)) return 'only docker compose knows it; take it out of the files for a swarm';
  return 'take it out, or keep it under a name that begins with x- at the top of the file';
}

/** One letter too many, too few or another one, or two that have changed places; or only written otherwise. */
function isSlip(written: string, known: string): boolean {
  const [a, b] = [written, known].map((name) => name.toLowerCase().replace(/[-_]/g, ''));
  if (a === b) return true;
  let start = 0;
  while (start < a!.length && a![start] === b![start]) start += 1;
  const [restA, restB] = [a!.slice(start), b!.slice(start)];
  const isSwapped = restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0];
  return isSwapped || restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}
