/** Contract tests that a plug-in's author extends. */
module io.nnem.testkit {
  requires transitive io.nnem.autoencoder;
  requires transitive io.nnem.core;
  requires transitive io.nnem.credit;
  requires transitive io.nnem.memory;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires org.junit.jupiter.params;

  exports io.nnem.testkit;

  opens io.nnem.testkit to
      org.junit.platform.commons;
}
