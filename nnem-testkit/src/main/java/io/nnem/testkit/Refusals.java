package io.nnem.testkit;

/** Whether a call throws, where it may and need not. */
final class Refusals {

  private Refusals() {}

  static boolean throwsFrom(Runnable call) {
    try {
      call.run();
      return false;
    } catch (RuntimeException e) {
      return true;
    }
  }
}
