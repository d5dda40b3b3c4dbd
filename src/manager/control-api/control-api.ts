/**
 * The control API: one process for each request, since requests run in parallel until they meet at the write slot.
 * What can be checked without the lock is checked on arrival, the rest inside the transaction.
 */
import { ApiError } from '../../base/index.ts';
import type { Transaction } from '../../store/index.ts';
import { rank } from '../rank.ts';
import type { Context, Reactor } from '../reactor.ts';
import { type Membership, removeNode, updateNode } from './nodes.ts';
import {
  createDataObject,
  createNetwork,
  removeDataObject,
  removeNetwork,
  updateCluster,
  updateDataObject,
} from './objects.ts';
import type { ApiAnswer, ApiRequest } from './requests.ts';
import { checkService, createService, removeService, updateService } from './services.ts';

/** How a request ended. */
export type ApiOutcome = { readonly answer: ApiAnswer } | { readonly error: ApiError };

/** Identifies a request to whoever made it. */
export type Ticket = number;

export interface RequestArguments {
  readonly ticket: Ticket;
  readonly request: ApiRequest;
}

interface RequestState extends RequestArguments {
  answer: ApiAnswer;
}

export const CONTROL_API = 'control-api';

/** `answered` is told how each request ended, in the instant of its commit or refusal. */
export function controlApi(
  membership: Membership,
  answered: (ticket: Ticket, outcome: ApiOutcome) => void,
): Reactor<RequestState> {
  return {
    name: CONTROL_API,
    rank: rank.controlApi,

    start(ctx, args) {
      const state: RequestState = { ...(args as RequestArguments), answer: undefined };
      const refusal = refusalOf(ctx, state.request);
      if (refusal) {
        answered(state.ticket, { error: refusal });
        ctx.end();
      } else ctx.write({ do: 'request' });
      return state;
    },

    receive() {},

    steps: {
      answer(ctx, state: RequestState) {
        answered(state.ticket, { answer: state.answer });
        ctx.end();
      },
    },

    writes: {
      request(ctx, state: RequestState, tx: Transaction) {
        state.answer = execute(ctx, tx, state.request, membership);
        ctx.next({ do: 'answer' });
      },
    },

    failed(ctx, state, _step, error) {
      answered(state.ticket, { error: error instanceof ApiError ? error : new ApiError('Unknown', error.message) });
      ctx.end();
    },
  };
}

function refusalOf(ctx: Context, request: ApiRequest): ApiError | undefined {
  if (request.op !== 'createService' && request.op !== 'updateService') return undefined;
  try {
    checkService(ctx.store, request);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  return undefined;
}

function execute(ctx: Context, tx: Transaction, request: ApiRequest, membership: Membership): ApiAnswer {
  switch (request.op) {
    case 'createService':
      return createService(tx, request, ctx.newId(), ctx.now);
    case 'updateService':
      return updateService(tx, request, ctx.now);
    case 'removeService':
      return void removeService(tx, request);
    case 'updateNode':
      return updateNode(tx, request, membership);
    case 'removeNode':
      return void removeNode(tx, request, membership, ctx.now);
    case 'updateCluster':
      return updateCluster(tx, request);
    case 'createNetwork':
      return createNetwork(tx, request, ctx.newId());
    case 'removeNetwork':
      return void removeNetwork(tx, request);
    case 'createSecret':
    case 'createConfig':
      return createDataObject(tx, request, ctx.newId());
    case 'updateSecret':
    case 'updateConfig':
      return updateDataObject(tx, request);
    case 'removeSecret':
    case 'removeConfig':
      return void removeDataObject(tx, request);
  }
}
