import { fakeNumber } from './fake.ts';

const QUALITIES =
  'ample bright brisk calm candid civil clear deft eager early even fair fleet fond frank fresh gentle glad keen kind lively lucid mellow merry mild neat nimble plucky proper quick quiet ready sage serene sharp sober solid sound spry stable steady stout sturdy sunny swift tidy trim trusty upbeat vivid warm wise witty zesty';
const ANIMALS =
  'adder badger beaver bison bream camel carp cicada civet condor coot crane curlew dingo dipper eland ermine falcon ferret finch gannet gecko gibbon godwit heron hoopoe ibex ibis jackal kestrel kiwi lapwing lemur linnet lynx magpie marmot marten merlin narwhal newt okapi oriole osprey otter plover puffin quail raven robin seal shrew siskin skua stoat swift tapir tern thrush vole weasel whimbrel wren yak';

/**
 * A name for a service that was sent without one. The daemon draws such names by chance (moby
 * internal/namesgenerator); here the subject decides, and names that are taken are passed over.
 */
export function inventedName(subject: string, taken: ReadonlySet<string>): string {
  const qualities = QUALITIES.split(' ');
  const animals = ANIMALS.split(' ');
  for (let attempt = 0; ; attempt += 1) {
    const quality = qualities[fakeNumber(`${subject}/${attempt}/quality`, qualities.length)];
    const animal = animals[fakeNumber(`${subject}/${attempt}/animal`, animals.length)];
    const name = `${quality}_${animal}`;
    if (!taken.has(name)) return name;
    if (attempt >= qualities.length * animals.length) return `${name}${taken.size}`;
  }
}
