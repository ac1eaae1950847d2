package io.nnem.testkit;

import io.nnem.core.Plugins;
import io.nnem.memory.RetentionProvider;

class FifoTest extends RetentionContract {
  @Override
  protected RetentionProvider provider() {
    return Plugins.load(RetentionProvider.class).get("fifo");
  }
}
