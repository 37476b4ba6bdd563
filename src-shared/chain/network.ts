/** The three ComputeChain networks a node can serve (l1-protocol.md, "Units, networks"). */
export type NetworkName = 'devnet' | 'testnet' | 'mainnet';

export type Network = {
  readonly name: NetworkName;
  /** What a block header carries, such as `cpc-devnet-1`. */
  readonly chainId: string;
  /** Length of a slot, in seconds. */
  readonly blockTimeSeconds: number;
  /** The lowest gas price a mempool takes, in minimal units per gas. */
  readonly minGasPrice: bigint;
};

export const NETWORKS: Readonly<Record<NetworkName, Network>> = {
  devnet: { name: 'devnet', chainId: 'cpc-devnet-1', blockTimeSeconds: 5, minGasPrice: 1000n },
  testnet: { name: 'testnet', chainId: 'cpc-testnet-1', blockTimeSeconds: 30, minGasPrice: 5000n },
  mainnet: { name: 'mainnet', chainId: 'cpc-mainnet-1', blockTimeSeconds: 60, minGasPrice: 1_000_000_000n },
};

/** The network whose headers carry this chain id, if it is one of ours. */
export function networkByChainId(chainId: string): Network | undefined {
  return Object.values(NETWORKS).find((network) => network.chainId === chainId);
}
