package io.nnem.testkit;

import io.nnem.core.Plugins;
import io.nnem.memory.RetentionProvider;
import org.junit.jupiter.api.Nested;

/** The contract, for each retention policy that comes with nnem. */
class RetentionPoliciesTest {

  abstract static class BuiltIn extends RetentionContract {
    private final String name;

    BuiltIn(String name) {
      this.name = name;
    }

    @Override
    protected RetentionProvider provider() {
      return Plugins.load(RetentionProvider.class).get(name);
    }
  }

  @Nested
  class Fifo extends BuiltIn {
    Fifo() {
      super("fifo");
    }
  }

  @Nested
  class LeastCertain extends BuiltIn {
    LeastCertain() {
      super("least-certain");
    }
  }

  @Nested
  class LeastRead extends BuiltIn {
    LeastRead() {
      super("least-read");
    }
  }

  @Nested
  class LeastRecentlyRead extends BuiltIn {
    LeastRecentlyRead() {
      super("least-recently-read");
    }
  }

  @Nested
  class Reservoir extends BuiltIn {
    Reservoir() {
      super("reservoir");
    }
  }
}
