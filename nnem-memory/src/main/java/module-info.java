/** The external memory: stores, retention, reading. */
@SuppressWarnings("requires-automatic") // auto-service is needed at compile time only
module io.nnem.memory {
  requires transitive io.nnem.core;
  requires static com.google.auto.service;

  exports io.nnem.memory;
  exports io.nnem.memory.retention;
  exports io.nnem.memory.store;

  uses io.nnem.memory.RetentionProvider;

  provides io.nnem.memory.RetentionProvider with
      io.nnem.memory.internal.FifoProvider,
      io.nnem.memory.internal.LeastCertainProvider,
      io.nnem.memory.internal.LeastReadProvider,
      io.nnem.memory.internal.LeastRecentlyReadProvider,
      io.nnem.memory.internal.ReservoirProvider;
}
