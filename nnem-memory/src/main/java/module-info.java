/** The external memory: stores, eviction, recall, reading. */
@SuppressWarnings("requires-automatic") // auto-service is needed at compile time only
module io.nnem.memory {
  requires transitive io.nnem.core;
  requires static com.google.auto.service;

  exports io.nnem.memory;
  exports io.nnem.memory.eviction;
  exports io.nnem.memory.recall;
  exports io.nnem.memory.store;

  uses io.nnem.memory.EvictionPolicyProvider;
  uses io.nnem.memory.MemoryStoreProvider;
  uses io.nnem.memory.RecallProvider;

  provides io.nnem.memory.EvictionPolicyProvider with
      io.nnem.memory.internal.ClassBalancedProvider,
      io.nnem.memory.internal.FifoProvider,
      io.nnem.memory.internal.LeastCertainProvider,
      io.nnem.memory.internal.LeastReadProvider,
      io.nnem.memory.internal.LeastRecentlyReadProvider,
      io.nnem.memory.internal.ReservoirProvider;
  provides io.nnem.memory.MemoryStoreProvider with
      io.nnem.memory.internal.FixedCapacityProvider;
  provides io.nnem.memory.RecallProvider with
      io.nnem.memory.internal.RecallAllProvider,
      io.nnem.memory.internal.RecallNearestProvider,
      io.nnem.memory.internal.RecallPartitionedProvider;
}
